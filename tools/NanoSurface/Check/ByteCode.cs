using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>How large an assembly's code is in the board's format, whose places in the code are numbers of 16 bits.</summary>
    internal static class ByteCode
    {
        /// <summary>Octets of all the code of one assembly; with more its tools refuse it.</summary>
        public const int OctetsMax = ushort.MaxValue;

        // An entry of a method's table of exception handlers, and the count behind the table.
        private const int HandlerOctets = 12;
        private const int HandlerCountOctets = 1;

        /// <summary>Adds up an assembly's code as the board's tools write it.</summary>
        /// <param name="module">The assembly.</param>
        /// <returns>The octets.</returns>
        public static int Octets(ModuleDefinition module)
        {
            return module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).Sum(method => Octets(method.Body));
        }

        private static int Octets(MethodBody body)
        {
            int handlers = body.ExceptionHandlers.Count;
            return body.Instructions.Sum(Octets) + (handlers > 0 ? (handlers * HandlerOctets) + HandlerCountOctets : 0);
        }

        // References and places have 2 octets for 4 there, and a switch counts in one.
        private static int Octets(Instruction instruction)
        {
            return instruction.OpCode.OperandType switch
            {
                OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineString
                    or OperandType.InlineBrTarget => instruction.GetSize() - 2,
                OperandType.InlineSwitch => instruction.GetSize() - 3 - (2 * ((Instruction[])instruction.Operand).Length),
                _ => instruction.GetSize(),
            };
        }
    }
}

using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>The members that are there on the board and do not do what they do elsewhere.</summary>
    internal static class CallCheck
    {
        private const string StringType = "System.String";
        private const string ObjectType = "System.Object";

        /// <summary>The rule that an instruction breaks by what it calls, and how; null where it breaks none.</summary>
        public static (Rule Rule, string Detail)? Broken(Instruction instruction)
        {
            if (instruction.Operand is MethodReference method)
            {
                string type = method.DeclaringType.FullName;
                if (type == "System.Net.Sockets.Socket" && method.Name == "get_Connected")
                {
                    return (Rules.SocketConnected, string.Empty);
                }

                return type == StringType && method.Name == "Format" ? (Rules.Formatting, string.Empty) : null;
            }

            bool isValue = instruction.OpCode.Code is Code.Constrained or Code.Box;
            return isValue && instruction.Operand is TypeReference value && IsEnum(value) && MakesText(instruction.Next)
                ? (Rules.EnumToString, TypeShape.Display(value))
                : null;
        }

        private static bool IsEnum(TypeReference type)
        {
            return type is TypeDefinition definition
                ? definition.IsEnum
                : NanoApi.Board.Find(TypeShape.Display(type))?.Kind == ApiTypeKind.Enum;
        }

        /// <summary>A call of ToString, or one that calls it on the object which it takes last.</summary>
        private static bool MakesText(Instruction? next)
        {
            if (next?.Operand is not MethodReference method)
            {
                return false;
            }

            return method.Name == "ToString"
                || (method.DeclaringType.FullName is StringType or "System.Text.StringBuilder"
                    && method.Parameters.LastOrDefault()?.ParameterType.FullName == ObjectType);
        }
    }
}

using System;
using Mono.Cecil.Cil;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>The instructions that the board's interpreter lacks, ignores or gets wrong.</summary>
    internal static class Opcodes
    {
        private const string OverflowCheck = ".ovf";

        /// <summary>The rule that an instruction breaks by itself; null where it breaks none.</summary>
        public static Rule? Broken(OpCode opcode)
        {
            switch (opcode.Code)
            {
                case Code.Localloc:
                    return Rules.StackAllocation;

                case Code.Volatile:
                    return Rules.Volatile;

                case Code.Arglist or Code.Mkrefany or Code.Refanyval or Code.Refanytype:
                    return Rules.TypedReference;

                case Code.Calli or Code.Jmp or Code.Tail or Code.Cpblk or Code.Initblk or Code.Ckfinite or Code.Readonly or Code.Unaligned:
                    return Rules.Instruction;

                default:
                    return opcode.Name.Contains(OverflowCheck, StringComparison.Ordinal) ? Rules.Checked : null;
            }
        }
    }
}

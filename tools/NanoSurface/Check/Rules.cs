using System.Collections.Generic;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>Every rule. An id is never used again for something else.</summary>
    internal static class Rules
    {
        /// <summary>A part of the board's program is not there to be checked.</summary>
        public static readonly Rule Missing = new(
            "NANO000", "no sources", "nothing would be checked, and a check of nothing passes",
            "put the sources where the folder layout says, or change SourceSets with the layout");

        /// <summary>A generic type or method of our own.</summary>
        public static readonly Rule GenericDefinition = new(
            "NANO001", "generic type or method", "generic types break at run time, generic methods hang",
            "write it for the one type that needs it, or take object");

        /// <summary>A use of a generic type or method.</summary>
        public static readonly Rule GenericUse = new(
            "NANO002", "use of a generic type or method", "Func<>, Action<T>, EventHandler<T> and their like compile and break at run time",
            "declare a delegate or a class for the types needed");

        /// <summary>An array with more than one dimension.</summary>
        public static readonly Rule MultiDimensionalArray = new(
            "NANO003", "multi-dimensional array", "the assembly crashes when it is loaded",
            "use a jagged array, or one array and a computed index");

        /// <summary>A body in an interface.</summary>
        public static readonly Rule InterfaceBody = new(
            "NANO004", "interface member with a body", "the interpreter does not find it",
            "put the body into a base class or a static class");

        /// <summary>Pointers and everything else that is unsafe.</summary>
        public static readonly Rule Unsafe = new(
            "NANO005", "unsafe code", "pointers are refused by the board's tools",
            "index the array");

        /// <summary>Memory taken from the stack.</summary>
        public static readonly Rule StackAllocation = new(
            "NANO006", "stackalloc", "it throws on the board",
            "use a buffer that was allocated at boot");

        /// <summary>Arithmetic that should throw on overflow.</summary>
        public static readonly Rule Checked = new(
            "NANO007", "checked arithmetic", "it does not check on the board",
            "compare before you compute; where no checked stands in the line, use an int as length or index");

        /// <summary>Instructions that the interpreter lacks.</summary>
        public static readonly Rule Instruction = new(
            "NANO008", "instruction that the interpreter lacks", "it throws when it gets there",
            "call methods and delegates in the ordinary way");

        /// <summary>Volatile access.</summary>
        public static readonly Rule Volatile = new(
            "NANO009", "volatile", "the board's core library lacks it, and the interpreter ignores it",
            "use Interlocked or lock, or keep the field to the one thread of the loop");

        /// <summary>References that carry their type, and argument lists.</summary>
        public static readonly Rule TypedReference = new(
            "NANO010", "typed reference or argument list", "the interpreter lacks the instructions",
            "pass ref parameters, or an object[]");

        /// <summary>The name of an enumeration's value.</summary>
        public static readonly Rule EnumToString = new(
            "NANO011", "text of an enumeration's value", "the board has no names and gives the number",
            "cast to int, or switch over the names that are needed");

        /// <summary>Members that are there and never say the truth.</summary>
        public static readonly Rule SocketConnected = new(
            "NANO012", "Socket.Connected", "it is always false on an accepted socket",
            "Poll for reading, and take Receive's 0 for the end");

        /// <summary>Composite formatting.</summary>
        public static readonly Rule Formatting = new(
            "NANO013", "String.Format or an interpolated string", "it costs 6 microseconds and memory each time",
            "append octets to the output buffer, or concatenate where nothing is in a hurry");

        /// <summary>The platform's assertion.</summary>
        public static readonly Rule DebugAssert = new(
            "NANO014", "Debug.Assert", "it vanishes from a release",
            "use Invariant");

        /// <summary>What compilers add from C# 11 on.</summary>
        public static readonly Rule CompilerAttribute = new(
            "NANO015", "RefSafetyRulesAttribute", "it shifts the table of native methods, and calls go astray",
            "compile with language version 9");

        /// <summary>A method whose code is elsewhere.</summary>
        public static readonly Rule Extern = new(
            "NANO016", "extern method", "the board's firmware holds no native code for it",
            "write it in C#, or call what the board's libraries offer");

        /// <summary>More code than one assembly can have.</summary>
        public static readonly Rule CodeSize = new(
            "NANO017", "assembly too large", "the board's tools refuse code of more than 65,535 octets in one assembly",
            "move a part of it to an assembly of its own, or make it smaller");

        /// <summary>All of them, in the order of their ids.</summary>
        public static IReadOnlyList<Rule> All { get; } =
        [
            Missing, GenericDefinition, GenericUse, MultiDimensionalArray, InterfaceBody, Unsafe, StackAllocation, Checked,
            Instruction, Volatile, TypedReference, EnumToString, SocketConnected, Formatting, DebugAssert, CompilerAttribute,
            Extern, CodeSize,
        ];
    }
}

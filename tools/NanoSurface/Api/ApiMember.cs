using System.Collections.Generic;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>One listed member with everything its line says of it.</summary>
    internal sealed class ApiMember
    {
        /// <summary>The name that metadata gives to a constructor.</summary>
        public const string ConstructorName = ".ctor";

        /// <summary>Field, method, property or event.</summary>
        public required ApiMemberKind Kind { get; init; }

        /// <summary>Documentation id of the declaring type.</summary>
        public required string DeclaringTypeId { get; init; }

        /// <summary>The name in metadata: <see cref="ConstructorName"/> for a constructor.</summary>
        public required string Name { get; init; }

        /// <summary>The parameters, in order; empty for fields and events.</summary>
        public required IReadOnlyList<ApiParameter> Parameters { get; init; }

        /// <summary>Documentation id of the type returned, or of the field, property or event.</summary>
        public required string TypeId { get; init; }

        /// <summary>Protected; else public.</summary>
        public bool IsProtected { get; set; }

        /// <summary>Has no instance.</summary>
        public bool IsStatic { get; set; }

        /// <summary>A field that only constructors write.</summary>
        public bool IsReadOnly { get; set; }

        /// <summary>Runs in the board's firmware.</summary>
        public bool IsNative { get; set; }

        /// <summary>Introduces a virtual method.</summary>
        public bool IsVirtual { get; set; }

        /// <summary>Overrides one.</summary>
        public bool IsOverride { get; set; }

        /// <summary>Abstract, whether it introduces or overrides.</summary>
        public bool IsAbstract { get; set; }

        /// <summary>The last parameter takes any number of arguments.</summary>
        public bool HasParamArray { get; set; }

        /// <summary>A constant's value as the list writes it; null for what is no constant.</summary>
        public string? ConstantText { get; set; }

        /// <summary>Calls vanish where this symbol is not defined; null where they stay.</summary>
        public string? ConditionalSymbol { get; set; }

        /// <summary>A property with a readable accessor.</summary>
        public bool HasGetter { get; set; }

        /// <summary>A property with a writable accessor.</summary>
        public bool HasSetter { get; set; }

        /// <summary>Whether this is a constructor.</summary>
        public bool IsConstructor => Kind == ApiMemberKind.Method && Name == ConstructorName;
    }
}

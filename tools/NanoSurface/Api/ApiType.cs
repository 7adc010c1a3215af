using System.Collections.Generic;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>One listed type.</summary>
    internal sealed class ApiType
    {
        private readonly List<ApiMember> _members = [];

        /// <summary>Documentation id without its letter, a dot before a nested type's name: <c>System.IO.File</c>.</summary>
        public required string Id { get; init; }

        /// <summary>Class, struct, and so on.</summary>
        public required ApiTypeKind Kind { get; init; }

        /// <summary>Id of the base type; null for interfaces and System.Object.</summary>
        public required string? BaseId { get; init; }

        /// <summary>Ids of the interfaces.</summary>
        public required IReadOnlyList<string> InterfaceIds { get; init; }

        /// <summary>Name of the assembly whose list holds the type.</summary>
        public required string AssemblyName { get; init; }

        /// <summary>The type around a nested one; null for others.</summary>
        public ApiType? DeclaringType { get; set; }

        /// <summary>The members, in the list's order.</summary>
        public IReadOnlyList<ApiMember> Members => _members;

        /// <summary>The name in metadata: no namespace or declaring type, but the count of type parameters (<c>Action`1</c>).</summary>
        public string Name => Id[(Id.LastIndexOf('.') + 1)..];

        /// <summary>The namespace; empty for nested types, as in metadata.</summary>
        public string Namespace => DeclaringType is null && Id.Contains('.') ? Id[..Id.LastIndexOf('.')] : string.Empty;

        /// <summary>How many type parameters it has.</summary>
        public int Arity
        {
            get
            {
                int tick = Name.IndexOf('`', System.StringComparison.Ordinal);
                return tick < 0 ? 0 : int.Parse(Name[(tick + 1)..]);
            }
        }

        /// <summary>Whether signatures hold it by value. System.Enum derives from System.ValueType and is a class all the same.</summary>
        public bool IsValueType => Kind == ApiTypeKind.Enum || (Kind == ApiTypeKind.Struct && Id != "System.Enum");

        /// <summary>Takes a member in.</summary>
        public void Add(ApiMember member) => _members.Add(member);
    }
}

using System.Collections.Generic;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>What the compiler needs to know of the board's assemblies and no documentation id says.</summary>
    internal static class Supplement
    {
        private static readonly HashSet<string> s_refStructs = ["System.SpanByte"];

        private static readonly HashSet<string> s_repeatableAttributes =
        [
            "System.Diagnostics.CodeAnalysis.MemberNotNullAttribute",
            "System.Diagnostics.CodeAnalysis.MemberNotNullWhenAttribute",
            "System.Diagnostics.CodeAnalysis.NotNullIfNotNullAttribute",
            "System.Diagnostics.ConditionalAttribute",
            "System.Diagnostics.DebuggerDisplayAttribute",
            "System.Diagnostics.DebuggerTypeProxyAttribute",
            "System.Runtime.CompilerServices.InternalsVisibleToAttribute",
            "nanoFramework.TestFramework.DataRowAttribute",
        ];

        /// <summary>Can't be a field, be boxed or be captured by a lambda.</summary>
        public static bool IsRefStruct(ApiType type) => s_refStructs.Contains(type.Id);

        /// <summary>May stand more than once on the same thing.</summary>
        public static bool IsRepeatableAttribute(ApiType type) => s_repeatableAttributes.Contains(type.Id);

        /// <summary>
        /// Whether a field of our own is added, which metadata needs for nothing: a struct without fields counts as
        /// assigned from the start, and an unassigned local of one would pass here and fail with the board's compiler.
        /// </summary>
        public static bool NeedsHiddenField(ApiType type)
        {
            return type.Kind == ApiTypeKind.Struct && type.IsValueType && type.Id != "System.Void";
        }
    }
}

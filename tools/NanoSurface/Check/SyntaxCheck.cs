using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>The rules whose trespass leaves no trace in a release's IL, or none with a name.</summary>
    internal static class SyntaxCheck
    {
        private const string DebugType = "System.Diagnostics.Debug";
        private const string AssertMethod = "Assert";

        /// <summary>Looks through all files.</summary>
        /// <param name="compilation">The compilation.</param>
        /// <param name="findings">Takes what is found.</param>
        public static void Run(CSharpCompilation compilation, ICollection<Finding> findings)
        {
            foreach (SyntaxTree tree in compilation.SyntaxTrees)
            {
                SyntaxNode root = tree.GetRoot();
                foreach (SyntaxToken token in root.DescendantTokens())
                {
                    if (Broken(token) is Rule rule)
                    {
                        findings.Add(Finding.Of(rule, SourcePlace.Of(token.GetLocation(), tree.FilePath)));
                    }
                }

                foreach (SyntaxNode anonymous in root.DescendantNodes().OfType<AnonymousObjectCreationExpressionSyntax>())
                {
                    // The compiler makes a generic type of it, and names no line where that does not compile.
                    SourcePlace place = SourcePlace.Of(anonymous.GetLocation(), tree.FilePath);
                    findings.Add(Finding.Of(Rules.GenericUse, place, "anonymous type"));
                }

                foreach (InvocationExpressionSyntax call in root.DescendantNodes().OfType<InvocationExpressionSyntax>())
                {
                    if (!IsNamedAssert(call))
                    {
                        continue;
                    }

                    // Binding costs, so only what has the name is bound. An own method called Assert is nobody's business.
                    ISymbol? method = compilation.GetSemanticModel(tree).GetSymbolInfo(call).Symbol;
                    if (method?.ContainingType?.ToDisplayString() == DebugType)
                    {
                        findings.Add(Finding.Of(Rules.DebugAssert, SourcePlace.Of(call.GetLocation(), tree.FilePath)));
                    }
                }
            }
        }

        // Unsafe code without pointers compiles to ordinary code. A volatile field fails where it is used, with a message that
        // does not say volatile.
        private static Rule? Broken(SyntaxToken token)
        {
            return token.Kind() switch
            {
                SyntaxKind.UnsafeKeyword => Rules.Unsafe,
                SyntaxKind.VolatileKeyword => Rules.Volatile,
                _ => null,
            };
        }

        private static bool IsNamedAssert(InvocationExpressionSyntax call)
        {
            return call.Expression switch
            {
                MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == AssertMethod,
                IdentifierNameSyntax name => name.Identifier.ValueText == AssertMethod,
                _ => false,
            };
        }
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MailAppliance.Tests.Tidy
{
    /// <summary>What C# may not be here, beside what the compiler and the analyzers say.</summary>
    internal static partial class CodeRules
    {
        private static readonly string[] s_commented = ["firmware", "hal", "boards"];
        private static readonly string[] s_hot = ["firmware/Smtp", "firmware/Pop3", "firmware/Store", "firmware/Loop", "firmware/Login", "firmware/Core"];

        internal static IEnumerable<Finding> Check(SourceText file)
        {
            return Types(file).Concat(Pragmas(file)).Concat(Consoles(file)).Concat(Syncs(file)).Concat(Comments(file)).Concat(HotPath(file));
        }

        private static IEnumerable<Finding> Types(SourceText file)
        {
            MemberDeclarationSyntax[] types = [.. file.Syntax.DescendantNodes(IsNoType).OfType<MemberDeclarationSyntax>().Where(IsType)];
            foreach (MemberDeclarationSyntax type in types.Skip(1))
            {
                yield return file.At(NameOf(type), "one type to a file; this is another");
            }

            if (types.Length > 0 && NameOf(types[0]).ValueText != file.Stem)
            {
                yield return file.At(NameOf(types[0]), $"a file is named like its type, {NameOf(types[0]).ValueText}");
            }
        }

        private static IEnumerable<Finding> Pragmas(SourceText file)
        {
            for (int index = 0; index < file.Lines.Count; index++)
            {
                if (Pragma().IsMatch(file.Lines[index]) && !Reason().IsMatch(file.Lines[index]))
                {
                    yield return new Finding(file.Path, index + 1, "a warning is switched off with the reason behind it, after //");
                }
            }
        }

        private static IEnumerable<Finding> Consoles(SourceText file)
        {
            return !file.IsIn("firmware")
                ? []
                : Names(file).Where(name => name.ValueText == "Console")
                    .Select(name => file.At(name, "firmware/ has no console: ILog takes lines"));
        }

        private static IEnumerable<Finding> Syncs(SourceText file)
        {
            return file.Stem == "FileSync"
                ? []
                : file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(IsSync)
                    .Select(call => file.At(call, "a file is synced by FileSync.ToDisk: .NET's own loses the error"));
        }

        private static bool IsSync(InvocationExpressionSyntax call)
        {
            string? name = (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText;
            return name == "FlushToDisk" || (name == "Flush" && call.ArgumentList.Arguments is [{ Expression: var flag }] && flag.IsKind(SyntaxKind.TrueLiteralExpression));
        }

        private static IEnumerable<Finding> Comments(SourceText file)
        {
            if (!s_commented.Any(file.IsIn))
            {
                return [];
            }

            return file.Syntax.DescendantNodes().OfType<MemberDeclarationSyntax>()
                .Where(member => IsPublic(member) && !IsCommented(member) && !IsFurtherPart(member))
                .Select(member => file.At(NameOf(member), "a public member has a /// comment"));
        }

        private static IEnumerable<Finding> HotPath(SourceText file)
        {
            if (!s_hot.Any(file.IsIn))
            {
                return [];
            }

            return file.Syntax.DescendantNodesAndTokens().Select(place => (Place: place, What: WhatIsForbidden(place)))
                .Where(found => found.What is not null)
                .Select(found => file.At(found.Place, $"no {found.What} where mail flows: it allocates, or the board can't run it"));
        }

        private static string? WhatIsForbidden(SyntaxNodeOrToken place)
        {
            return place.Kind() switch
            {
                SyntaxKind.SimpleLambdaExpression or SyntaxKind.ParenthesizedLambdaExpression => "lambda",
                SyntaxKind.AnonymousMethodExpression => "lambda",
                SyntaxKind.LocalFunctionStatement => "local function",
                SyntaxKind.GenericName or SyntaxKind.TypeParameterList => "generic",
                SyntaxKind.ForEachStatement or SyntaxKind.ForEachVariableStatement => "foreach",
                SyntaxKind.ParamsKeyword => "params",
                SyntaxKind.InterpolatedStringExpression => "string interpolation",
                SyntaxKind.QueryExpression => "query",
                SyntaxKind.YieldReturnStatement => "yield",
                _ => null,
            };
        }

        /// <summary>Every identifier that code uses or declares; comments aside.</summary>
        internal static IEnumerable<SyntaxToken> Names(SourceText file)
        {
            return file.Syntax.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken));
        }

        /// <summary>The names of the types that a file declares in a namespace.</summary>
        internal static IEnumerable<string> TypesOf(SourceText file)
        {
            return file.Syntax.DescendantNodes(IsNoType).OfType<MemberDeclarationSyntax>().Where(IsType)
                .Select(type => NameOf(type).ValueText);
        }

        private static bool IsNoType(SyntaxNode node)
        {
            return node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax;
        }

        private static bool IsType(MemberDeclarationSyntax member)
        {
            return member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;
        }

        // What is public or protected in types that are all public, and whatever a public interface or enumeration has.
        private static bool IsPublic(MemberDeclarationSyntax member)
        {
            if (member is BaseNamespaceDeclarationSyntax or GlobalStatementSyntax)
            {
                return false;
            }

            bool isOpen = member.Modifiers.Any(SyntaxKind.PublicKeyword) || member.Modifiers.Any(SyntaxKind.ProtectedKeyword)
                || member is EnumMemberDeclarationSyntax || member.Parent is InterfaceDeclarationSyntax;
            return isOpen && (member.Parent is not BaseTypeDeclarationSyntax outer || IsPublic(outer));
        }

        private static bool IsCommented(MemberDeclarationSyntax member)
        {
            return member.GetLeadingTrivia().Any(SyntaxKind.SingleLineDocumentationCommentTrivia);
        }

        private static bool IsFurtherPart(MemberDeclarationSyntax member)
        {
            return IsType(member) && member.Modifiers.Any(SyntaxKind.PartialKeyword);
        }

        private static SyntaxToken NameOf(MemberDeclarationSyntax member)
        {
            return member switch
            {
                BaseTypeDeclarationSyntax type => type.Identifier,
                DelegateDeclarationSyntax type => type.Identifier,
                MethodDeclarationSyntax method => method.Identifier,
                PropertyDeclarationSyntax property => property.Identifier,
                BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier,
                _ => member.GetFirstToken(),
            };
        }

        [GeneratedRegex(@"^\s*#pragma\s+warning\s+disable\b")]
        private static partial Regex Pragma();

        [GeneratedRegex(@"//\s*\w+")]
        private static partial Regex Reason();
    }
}

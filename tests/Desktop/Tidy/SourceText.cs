using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MailAppliance.Tests.Tidy
{
    /// <summary>A file that people write.</summary>
    internal sealed class SourceText
    {
        private readonly Lazy<CompilationUnitSyntax> _syntax;

        /// <summary>Makes one; a test of a rule makes its own.</summary>
        /// <param name="path">From the root, with slashes.</param>
        /// <param name="text">What is in it.</param>
        internal SourceText(string path, string text)
        {
            Path = path;
            Text = text;
            Lines = text.Split('\n');
            _syntax = new(() => CSharpSyntaxTree.ParseText(text, path: path).GetCompilationUnitRoot());
        }

        internal string Path { get; }

        internal string Text { get; }

        /// <summary>Its lines, line feeds aside; behind the last line feed there is one more, which is empty.</summary>
        internal IReadOnlyList<string> Lines { get; }

        internal bool IsCode => Path.EndsWith(".cs", StringComparison.Ordinal);

        /// <summary>The name up to the first dot: <c>SmtpSession</c> of <c>SmtpSession.Commands.cs</c>.</summary>
        internal string Stem => System.IO.Path.GetFileName(Path).Split('.')[0];

        internal CompilationUnitSyntax Syntax => _syntax.Value;

        internal bool IsIn(string folder)
        {
            return Path.StartsWith(folder + "/", StringComparison.Ordinal);
        }

        /// <summary>A finding at a place in the syntax.</summary>
        internal Finding At(SyntaxNodeOrToken place, string rule)
        {
            return new Finding(Path, (place.GetLocation()?.GetLineSpan().StartLinePosition.Line ?? 0) + 1, rule);
        }
    }
}

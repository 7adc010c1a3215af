using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MailAppliance.Tests.Tidy
{
    /// <summary>All tests and dialogues, and the marks in them.</summary>
    internal sealed partial class Proofs
    {
        private const string Dialogues = "tests/Dialogues";

        private readonly HashSet<string> _places = new(StringComparer.Ordinal);
        private readonly List<Mark> _marks = [];

        internal Proofs(IEnumerable<SourceText> files)
        {
            foreach (SourceText file in files.Where(file => file.IsIn("tests") && !file.IsIn("tests/Desktop/Tidy")))
            {
                if (file.Path.EndsWith(".dialogue", StringComparison.Ordinal))
                {
                    _places.Add(file.Path);
                    TakeMarks(file, "#", _ => file.Path);
                }
                else if (file.IsCode)
                {
                    TakeTests(file);
                }
            }
        }

        /// <summary>Whatever can be named as a proof: <c>Class.Test</c>, or a dialogue's path.</summary>
        internal IReadOnlySet<string> Places => _places;

        internal IReadOnlyList<Mark> Marks => _marks;

        internal static bool IsDialogue(string place)
        {
            return place.StartsWith(Dialogues, StringComparison.Ordinal);
        }

        private void TakeTests(SourceText file)
        {
            MethodDeclarationSyntax[] tests = [.. file.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(IsTest)];
            foreach (MethodDeclarationSyntax test in tests)
            {
                _places.Add(NameOf(test));
            }

            TakeMarks(file, "//", line =>
            {
                MethodDeclarationSyntax? around = tests.FirstOrDefault(test => IsAround(test, line));
                string outside = tests.Length > 0 ? file.Stem + "." : string.Empty;
                return around is not null ? NameOf(around) : outside;
            });
        }

        private void TakeMarks(SourceText file, string comment, Func<int, string> placeOf)
        {
            for (int index = 0; index < file.Lines.Count; index++)
            {
                Match match = MarksBehindComment().Match(file.Lines[index]);
                bool isWholeLine = match.Index == 0 || comment == "//";
                if (match.Success && match.Groups["comment"].Value == comment && isWholeLine)
                {
                    string place = placeOf(index + 1);
                    _marks.AddRange(match.Groups["clause"].Captures.Select(clause => new Mark(clause.Value, place, file.Path, index + 1)));
                }
            }
        }

        private static bool IsTest(MethodDeclarationSyntax method)
        {
            return method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == "TestMethod");
        }

        private static bool IsAround(MethodDeclarationSyntax test, int line)
        {
            FileLinePositionSpan span = test.GetLocation().GetLineSpan();
            return line > span.StartLinePosition.Line && line <= span.EndLinePosition.Line + 1;
        }

        private static string NameOf(MethodDeclarationSyntax test)
        {
            return $"{test.FirstAncestorOrSelf<ClassDeclarationSyntax>()!.Identifier.ValueText}.{test.Identifier.ValueText}";
        }

        [GeneratedRegex(@"(?<comment>//|^#)(?:\s*\[(?<clause>D?[0-9]+)\])+")]
        private static partial Regex MarksBehindComment();
    }
}

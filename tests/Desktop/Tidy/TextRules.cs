using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace MailAppliance.Tests.Tidy
{
    /// <summary>What a line or a file may not be, whatever language it is in.</summary>
    internal static partial class TextRules
    {
        internal const int LinesMax = 500;

        // Lists that were taken over as they are, and no text of ours: a line for each member that the board's libraries have.
        private const string Lists = "tools/NanoSurface/nano-api";

        internal static IEnumerable<Finding> Check(SourceText file)
        {
            bool isList = file.IsIn(Lists) && file.Path.EndsWith(".txt", StringComparison.Ordinal);
            return isList ? [] : Length(file).Concat(LineEnds(file)).Concat(WhiteSpace(file)).Concat(Words(file));
        }

        private static IEnumerable<Finding> Length(SourceText file)
        {
            int lines = file.Lines.Count - (file.Text.EndsWith('\n') ? 1 : 0);
            if (lines > LinesMax && !IsSolution(file))
            {
                string rule = $"no file has over {LinesMax} lines (this one has {lines}): one thing to a file";
                yield return new Finding(file.Path, LinesMax + 1, rule);
            }
        }

        private static IEnumerable<Finding> LineEnds(SourceText file)
        {
            int carriageReturn = file.Text.IndexOf('\r', StringComparison.Ordinal);
            if (carriageReturn >= 0)
            {
                int line = file.Text.AsSpan(0, carriageReturn).Count('\n') + 1;
                yield return new Finding(file.Path, line, "lines end in LF, and no CR is written out: \\r in a text says it");
            }

            if (file.Text.Length > 0 && !file.Text.EndsWith('\n'))
            {
                yield return new Finding(file.Path, file.Lines.Count, "a file ends with a line end");
            }

            if (file.Text.EndsWith("\n\n", StringComparison.Ordinal))
            {
                yield return new Finding(file.Path, file.Lines.Count - 1, "a file ends with one line end, not with empty lines");
            }
        }

        private static IEnumerable<Finding> WhiteSpace(SourceText file)
        {
            for (int index = 0; index < file.Lines.Count; index++)
            {
                string line = file.Lines[index].TrimEnd('\r');
                if (!IsSolution(file) && line.Contains('\t', StringComparison.Ordinal))
                {
                    yield return new Finding(file.Path, index + 1, "no tabs: four spaces indent, \\t in a text says it");
                }

                if (line.EndsWith(' ') || line.EndsWith('\t'))
                {
                    yield return new Finding(file.Path, index + 1, "no white space at a line's end; \\s in a dialogue says it");
                }
            }
        }

        private static IEnumerable<Finding> Words(SourceText file)
        {
            for (int index = 0; index < file.Lines.Count; index++)
            {
                Match match = Unfinished().Match(file.Lines[index]);
                if (match.Success)
                {
                    yield return new Finding(file.Path, index + 1, $"no {match.Value}: finish it, or write an issue");
                }
            }
        }

        // Visual Studio writes them, with tabs.
        private static bool IsSolution(SourceText file)
        {
            return file.Path.EndsWith(".sln", StringComparison.Ordinal);
        }

        [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|X" + @"XX)\b")]
        private static partial Regex Unfinished();
    }
}

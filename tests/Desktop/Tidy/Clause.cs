using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace MailAppliance.Tests.Tidy
{
    /// <summary>A line of CONFORMANCE.md: <c>| id | clause | status | proofs or reason |</c>.</summary>
    /// <param name="Id">1 to 98, or D1 and so on.</param>
    /// <param name="Status">One of <see cref="Statuses"/>.</param>
    /// <param name="Proofs">The tests and dialogues that it names.</param>
    /// <param name="Line">Its line in the file, from 1.</param>
    internal sealed partial record Clause(string Id, string Status, IReadOnlyList<string> Proofs, int Line)
    {
        internal const string File = "CONFORMANCE.md";

        internal static readonly IReadOnlyList<string> Statuses = ["done", "partly", "not yet", "does not apply"];

        /// <summary>Whether a status must name what proves it.</summary>
        internal bool NeedsProof => Status is "done" or "partly";

        internal static IEnumerable<Clause> Read(SourceText file)
        {
            for (int index = 0; index < file.Lines.Count; index++)
            {
                string[] cells = file.Lines[index].Split('|');
                if (cells.Length >= 6 && Identity().IsMatch(cells[1]))
                {
                    string rest = string.Join('|', cells[4..]);
                    string[] proofs = [.. Proof().Matches(rest).Select(match => match.Groups[1].Value)];
                    yield return new Clause(cells[1].Trim(), cells[3].Trim(), proofs, index + 1);
                }
            }
        }

        [GeneratedRegex(@"^\s*D?[0-9]+\s*$")]
        private static partial Regex Identity();

        [GeneratedRegex(@"`(tests/Dialogues/[^`]*|\w+\.\w+)`")]
        private static partial Regex Proof();
    }
}

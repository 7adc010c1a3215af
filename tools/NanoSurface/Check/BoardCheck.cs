using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>The check as a whole: compile, then read what was compiled.</summary>
    internal static class BoardCheck
    {
        /// <summary>Checks everything in a repository that the board's tools compile.</summary>
        /// <param name="root">The repository's folder.</param>
        /// <returns>One report for each board and one for the tests on the device.</returns>
        public static IReadOnlyList<SetReport> Run(string root)
        {
            return [.. SourceSets.Find(root).Select(set => Report(set, BoardCompiler.BoardLanguage))];
        }

        /// <summary>Checks one source set.</summary>
        /// <param name="set">The sources.</param>
        /// <param name="language">Another language version, for tests of the check itself.</param>
        public static IReadOnlyList<Finding> Check(SourceSet set, LanguageVersion language = BoardCompiler.BoardLanguage)
        {
            return Report(set, language).Findings;
        }

        private static SetReport Report(SourceSet set, LanguageVersion language)
        {
            int octets = 0;
            List<Finding> findings = [.. set.Missing];
            CSharpCompilation compilation = BoardCompiler.Compile(set, language);
            SyntaxCheck.Run(compilation, findings);
            if (BoardCompiler.Emit(compilation, set.Name, findings) is EmittedAssembly assembly)
            {
                octets = IlCheck.Run(assembly, new SourceLocator(compilation, set.Name), findings);
            }

            return new SetReport(set, Distinct(findings), octets);
        }

        /// <summary>One message for a rule and a line is enough: a single expression may break a rule in five instructions.</summary>
        public static IReadOnlyList<Finding> Distinct(IEnumerable<Finding> findings)
        {
            return
            [
                .. findings
                    .OrderBy(finding => finding.Place)
                    .ThenBy(finding => finding.Id, System.StringComparer.Ordinal)
                    .DistinctBy(finding => (finding.Id, finding.Place.Path, finding.Place.Line)),
            ];
        }
    }
}

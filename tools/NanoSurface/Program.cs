using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>The command: checks the repository and says what it found.</summary>
    internal static class Program
    {
        private const int Passed = 0;
        private const int Failed = 1;

        /// <summary>Runs the command.</summary>
        /// <returns>0 where the board can run everything, else 1.</returns>
        public static int Main(string[] args)
        {
            Option<DirectoryInfo> root = new("--root")
            {
                Description = "The repository's folder. Without it: the one around the current folder.",
            };
            RootCommand command = new("Checks that the board's sources use only what the board has and can run.") { root };
            command.SetAction(result => Run(
                result.GetValue(root)?.FullName ?? RepositoryRoot.Find(Environment.CurrentDirectory), Console.Out, Console.Error));
            return command.Parse(args).Invoke();
        }

        /// <summary>Checks a repository.</summary>
        /// <param name="root">Its folder; null where none was found.</param>
        /// <param name="output">Takes the findings and the result.</param>
        /// <param name="error">Takes what kept the check from running.</param>
        /// <returns>The exit code.</returns>
        public static int Run(string? root, TextWriter output, TextWriter error)
        {
            if (root is null || !Directory.Exists(root))
            {
                error.WriteLine("NanoSurface: no repository here; name its folder with --root.");
                return Failed;
            }

            IReadOnlyList<SetReport> reports = BoardCheck.Run(root);
            IReadOnlyList<Finding> findings = BoardCheck.Distinct(reports.SelectMany(report => report.Findings));
            foreach (Finding finding in findings)
            {
                output.WriteLine(finding);
            }

            foreach (SetReport report in reports)
            {
                bool passed = !report.Findings.Any(finding => finding.IsError);
                output.WriteLine($"{report.Set.Name}: {report.Set.Files.Count} files, {report.CodeOctets} octets of code, {(passed ? "passed" : "FAILED")}");
            }

            int errors = findings.Count(finding => finding.IsError);
            output.WriteLine(errors == 0
                ? "NanoSurface: the board has and can run all of it."
                : $"NanoSurface: {errors} {(errors == 1 ? "place" : "places")} to change.");
            return errors == 0 ? Passed : Failed;
        }
    }
}

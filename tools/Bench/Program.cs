using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using MailAppliance.Tools.Bench.Measures;
using MailAppliance.Tools.Bench.Report;

namespace MailAppliance.Tools.Bench
{
    /// <summary>The command: measures, and prints each figure beside its bound.</summary>
    internal static class Program
    {
        private const int AllMet = 0;
        private const int SomeMissed = 1;

        private static readonly IMeasure[] s_measures =
        {
            new AllocationMeasure(), new CopyMeasure(), new CardMeasure(), new RateMeasure(), new RetrievalMeasure(), new RestMeasure(),
            new RecoveryMeasure(),
        };

        private static int Main(string[] args)
        {
            Option<bool> quick = new("--quick") { Description = "A run of a few seconds: the same figures, rougher." };
            Option<string[]> only = new("--only") { Description = "One measurement; may be given again.\n" + Names(), HelpName = "NAME" };
            only.AcceptOnlyFromAmong(s_measures.Select(measure => measure.Name).ToArray());
            Option<DirectoryInfo> folder = new("--folder")
            {
                Description = "Where cards and files are made for the run: the volume that is measured. Without it: the system's folder for such.",
            };
            RootCommand command = new("Measures what a message costs. Exit code 0 where every bound is kept, else 1.") { quick, only, folder };
            command.SetAction(result => Run(
                result.GetValue(quick), result.GetValue(only) ?? [], result.GetValue(folder)?.FullName ?? Path.GetTempPath()));
            return command.Parse(args).Invoke();
        }

        private static int Run(bool isQuick, string[] only, string parent)
        {
            string folder = Directory.CreateDirectory(Path.Combine(parent, "mail-appliance-bench-" + Guid.NewGuid().ToString("N"))).FullName;
            var table = new FigureTable();
            try
            {
                var effort = new Effort(isQuick, folder);
                foreach (IMeasure measure in s_measures.Where(measure => only.Length == 0 || only.Contains(measure.Name)))
                {
                    measure.Run(table, effort);
                }
            }
            finally
            {
                Directory.Delete(folder, true);
            }

            foreach (string missed in table.Missed)
            {
                Console.WriteLine("MISS: " + missed);
            }

            Console.WriteLine(table.Missed.Count == 0 ? "Every bound is kept." : $"Bounds missed: {table.Missed.Count}.");
            return table.Missed.Count == 0 ? AllMet : SomeMissed;
        }

        private static string Names()
        {
            return string.Join('\n', s_measures.Select(measure => $"{measure.Name}: {measure.Summary}"));
        }
    }
}

using System;
using System.CommandLine;
using System.Security.Cryptography;
using Spectre.Console;

namespace MailAppliance.Tools.Torture
{
    /// <summary>The command: torments the appliance, and says whether it kept its promises.</summary>
    internal static class Program
    {
        private const int AllKept = 0;
        private const int Broken = 1;
        private const long RunsUnlessGiven = 10_000;

        private static int Main(string[] args)
        {
            Option<long?> seed = new("--seed") { Description = "Seed of the first run; each next run has the next number. Without it: a new one, which is printed.", HelpName = "N" };
            Option<long?> runs = new("--runs") { Description = "Runs. Without it: 10000, or as many as fit --minutes.", HelpName = "N" };
            Option<double?> minutes = new("--minutes") { Description = "Minutes after which no run is begun.", HelpName = "N" };
            Option<int> cuts = new("--cuts") { Description = "2 cuts the power once more in the recovery behind each cut.", DefaultValueFactory = _ => 1, HelpName = "1|2" };
            cuts.AcceptOnlyFromAmong("1", "2");
            Option<int> threads = new("--threads") { Description = "Threads; a run is the same in any.", DefaultValueFactory = _ => Environment.ProcessorCount, HelpName = "N" };
            RootCommand command = new(
                "Runs the whole appliance on devices that lie, from seeds: clients send, fetch, delete and vanish while the card errs and the power goes,"
                + " and after every boot all that was promised is checked. Exit code 0 where every promise was kept, else 1.")
            {
                seed, runs, minutes, cuts, threads,
            };
            command.SetAction(result => Run(new TortureOptions
            {
                Seed = result.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue),
                Runs = result.GetValue(runs) ?? (result.GetValue(minutes) == null ? RunsUnlessGiven : long.MaxValue),
                Time = result.GetValue(minutes) is double given ? TimeSpan.FromMinutes(given) : TimeSpan.MaxValue,
                CutsEach = result.GetValue(cuts),
                Threads = Math.Max(1, result.GetValue(threads)),
            }));
            return command.Parse(args).Invoke();
        }

        // Plain where the output goes into a file.
        private static IAnsiConsole Console()
        {
            var settings = new AnsiConsoleSettings();
            if (System.Console.IsOutputRedirected)
            {
                settings.Ansi = AnsiSupport.No;
                settings.ColorSystem = ColorSystemSupport.NoColors;
            }

            return AnsiConsole.Create(settings);
        }

        private static int Run(TortureOptions options)
        {
            var torturer = new Torturer(options);
            var report = new TortureReport(Console(), options);
            report.Run(torturer);
            if (torturer.Failure != null)
            {
                report.Show(torturer.Failure);
            }

            report.Summarise(torturer);
            return torturer.Failure == null ? AllKept : Broken;
        }
    }
}

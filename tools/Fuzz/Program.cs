using System;
using System.CommandLine;
using System.Security.Cryptography;
using MailAppliance.Tools.Fuzz.Inputs;
using MailAppliance.Tools.Fuzz.Targets;
using Spectre.Console;

namespace MailAppliance.Tools.Fuzz
{
    /// <summary>The command: feeds what comes from outside with what nobody would send, and says what broke.</summary>
    internal static class Program
    {
        private const int NothingFound = 0;
        private const int Found = 1;
        private const long InputsUnlessGiven = 10_000_000;

        private static int Main(string[] args)
        {
            Option<long?> seed = new("--seed") { Description = "From which all inputs follow. Without it: a new one, which is printed.", HelpName = "N" };
            Option<long?> inputs = new("--inputs") { Description = "Inputs. Without it: 10000000, or as many as fit --minutes.", HelpName = "N" };
            Option<double?> minutes = new("--minutes") { Description = "Minutes after which it ends.", HelpName = "N" };
            Option<string[]> targets = new("--target") { Description = "What to feed; may be given more than once. Without it: all.", HelpName = "NAME", DefaultValueFactory = _ => [.. TargetList.Names] };
            targets.AcceptOnlyFromAmong([.. TargetList.Names]);
            Option<int> threads = new("--threads") { Description = "Threads; an input is the same in any.", DefaultValueFactory = _ => Environment.ProcessorCount, HelpName = "N" };
            Option<long?> input = new("--input") { Description = "Makes the batch of one target again that this input is in, up to it.", HelpName = "N" };
            Option<string?> octets = new("--octets") { Description = "Feeds one target these octets and no others.", HelpName = "ESCAPED" };
            Option<int> plan = new("--plan") { Description = "How the world behaves around --octets.", HelpName = "N" };
            RootCommand command = new(
                "Feeds the sessions, the configuration, the login decoders, the access list and recovery with mutated input, and checks what must hold for any."
                + " Exit code 0 where nothing was found, else 1.")
            {
                seed, inputs, minutes, targets, threads, input, octets, plan,
            };
            command.SetAction(result =>
            {
                var options = new FuzzOptions
                {
                    Seed = result.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue),
                    Inputs = result.GetValue(inputs) ?? (result.GetValue(minutes) == null ? InputsUnlessGiven : long.MaxValue),
                    Time = result.GetValue(minutes) is double given ? TimeSpan.FromMinutes(given) : TimeSpan.MaxValue,
                    Threads = Math.Max(1, result.GetValue(threads)),
                    Targets = result.GetValue(targets)!,
                };
                var report = new FuzzReport(Console(), options);
                return result.GetValue(octets) is string text ? Feed(report, options, text, result.GetValue(plan))
                    : result.GetValue(input) is long number ? Replay(report, options, number)
                    : Run(report, options);
            });
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

        private static int Run(FuzzReport report, FuzzOptions options)
        {
            var fuzzer = new Fuzzer(options);
            report.Run(fuzzer);
            int found = NothingFound;
            foreach (Finding finding in fuzzer.Findings)
            {
                report.Show(finding);
                found = Found;
            }

            report.Summarise(fuzzer);
            return found;
        }

        private static int Replay(FuzzReport report, FuzzOptions options, long number)
        {
            if (options.Targets.Count != 1)
            {
                return report.Refuse("--input wants one --target");
            }

            var batch = new Batch(options.Targets[0]);
            Finding? finding = batch.Run(options.Seed, number / batch.InputsMax, (int)(number % batch.InputsMax) + 1, () => true);
            if (finding != null)
            {
                report.Show(finding);
            }

            return report.Say(finding == null) ? NothingFound : Found;
        }

        private static int Feed(FuzzReport report, FuzzOptions options, string text, int plan)
        {
            byte[]? octets = EscapedText.ToOctets(text);
            if (options.Targets.Count != 1 || octets == null)
            {
                return report.Refuse(octets == null ? "--octets: expected printable ASCII, \\r, \\n, \\xNN" : "--octets wants one --target");
            }

            BrokenInvariantException? broken = new Batch(options.Targets[0]).Try(new FuzzInput(octets, plan));
            if (broken != null)
            {
                report.Refuse($"{broken.Invariant}: {broken.Message}");
            }

            return report.Say(broken == null) ? NothingFound : Found;
        }
    }
}

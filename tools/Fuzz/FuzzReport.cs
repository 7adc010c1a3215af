using System;
using System.Globalization;
using System.Linq;
using MailAppliance.Tools.Fuzz.Inputs;
using Spectre.Console;

namespace MailAppliance.Tools.Fuzz
{
    /// <summary>Says how it went: progress, a table, and for a finding all that is needed to see it again.</summary>
    internal sealed class FuzzReport
    {
        private const int Misused = 2;

        private readonly IAnsiConsole _console;
        private readonly FuzzOptions _options;

        /// <summary>Makes it.</summary>
        internal FuzzReport(IAnsiConsole console, FuzzOptions options)
        {
            _console = console;
            _options = options;
        }

        /// <summary>Runs behind a bar.</summary>
        internal void Run(Fuzzer fuzzer)
        {
            _console.MarkupLineInterpolated($"Seed [bold]{_options.Seed}[/], {_options.Threads} threads.");
            _console.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context =>
                {
                    bool isCounted = _options.Inputs != long.MaxValue;
                    ProgressTask task = context.AddTask("inputs", true, isCounted ? _options.Inputs : Math.Max(1, _options.Time.TotalSeconds));
                    var start = DateTime.UtcNow;
                    fuzzer.Run(() =>
                    {
                        double seconds = (DateTime.UtcNow - start).TotalSeconds;
                        task.Value = isCounted ? fuzzer.Done : seconds;
                        task.Description = Invariant($"{fuzzer.Done:N0} inputs, {fuzzer.Done / Math.Max(seconds, 0.001):N0} a second");
                    });
                });
        }

        /// <summary>What it came to.</summary>
        internal void Summarise(Fuzzer fuzzer)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumns(
                new TableColumn("target"), new TableColumn("inputs").RightAligned(), new TableColumn("features").RightAligned(), new TableColumn("found"));
            foreach ((string name, TargetProgress progress) in fuzzer.Progress)
            {
                table.AddRow(name, Invariant($"{progress.Done:N0}"), Invariant($"{progress.FeaturesMax:N0}"), Markup.Escape(progress.Finding?.Invariant ?? "nothing"));
            }

            _console.Write(table);
            _console.MarkupLineInterpolated($"{Invariant($"{fuzzer.Done:N0} inputs in {fuzzer.Elapsed.TotalSeconds:N0} s, {fuzzer.Done / fuzzer.Elapsed.TotalSeconds:N0} a second")}, seed {_options.Seed}");
            Say(!fuzzer.Findings.Any());
        }

        /// <summary>Says what was found, and how to see it again.</summary>
        internal void Show(Finding finding)
        {
            _console.MarkupLineInterpolated($"[red]{finding.Target}: {finding.Invariant}[/]: {finding.What}");
            _console.MarkupLineInterpolated($"seed [bold]{finding.Seed}[/], input {finding.Number}, {finding.Original.Octets.Length} octets, shrunk to {finding.Input.Octets.Length}:");
            Raw(EscapedText.Of(finding.Input.Octets));
            const string Command = "dotnet run -c Release --project tools/Fuzz -- --target";
            Raw($"Replay: {Command} {finding.Target} --seed {finding.Seed} --input {finding.Number}");
            Raw($"Alone:  {Command} {finding.Target} --plan {finding.Input.Plan} --octets '{EscapedText.Of(finding.Input.Octets)}'");
        }

        /// <summary>Says whether anything was found.</summary>
        /// <returns>What it was given.</returns>
        internal bool Say(bool isClean)
        {
            _console.MarkupLine(isClean ? "[green]Nothing was found.[/]" : "[red]An invariant was broken.[/]");
            return isClean;
        }

        /// <summary>Says what is wrong.</summary>
        /// <returns>The exit code for a command that can't be carried out.</returns>
        internal int Refuse(string why)
        {
            _console.MarkupLineInterpolated($"[red]{why}[/]");
            return Misused;
        }

        // To be copied: no line of it may be broken.
        private void Raw(string line)
        {
            _console.Profile.Out.Writer.WriteLine(line);
        }

        private static string Invariant(FormattableString text)
        {
            return text.ToString(CultureInfo.InvariantCulture);
        }
    }
}

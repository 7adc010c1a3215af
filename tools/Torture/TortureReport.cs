using System;
using System.Globalization;
using MailAppliance.Hal.Desktop.Simulated;
using Spectre.Console;

namespace MailAppliance.Tools.Torture
{
    /// <summary>Says how it went: progress, a table, and for a broken promise all that is needed to see it again.</summary>
    internal sealed class TortureReport
    {
        private readonly IAnsiConsole _console;
        private readonly TortureOptions _options;

        /// <summary>Makes it.</summary>
        internal TortureReport(IAnsiConsole console, TortureOptions options)
        {
            _console = console;
            _options = options;
        }

        /// <summary>Makes the runs behind a bar.</summary>
        internal void Run(Torturer torturer)
        {
            _console.MarkupLineInterpolated($"Seed [bold]{_options.Seed}[/], {_options.Threads} threads, {_options.CutsEach} cuts each.");
            _console.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context =>
                {
                    bool isCounted = _options.Runs != long.MaxValue;
                    ProgressTask task = context.AddTask("runs", true, isCounted ? _options.Runs : Math.Max(1, _options.Time.TotalSeconds));
                    var start = DateTime.UtcNow;
                    torturer.Run(() =>
                    {
                        double seconds = (DateTime.UtcNow - start).TotalSeconds;
                        task.Value = isCounted ? torturer.Ended : seconds;
                        task.Description = Invariant($"{torturer.Ended:N0} runs, {torturer.Ended / Math.Max(seconds, 0.001):N0} a second");
                    });
                });
        }

        /// <summary>What the runs came to.</summary>
        internal void Summarise(Torturer torturer)
        {
            Totals totals = torturer.Totals;
            var table = new Table().Border(TableBorder.Rounded).AddColumns(new TableColumn("count"), new TableColumn("in all").RightAligned());
            Row(table, "runs", totals.Runs);
            Row(table, "runs a second", (long)(totals.Runs / torturer.Elapsed.TotalSeconds));
            Row(table, "runs with a full lap of the ring", totals.Laps);
            Row(table, "events", totals.Events);
            Row(table, "turns of the loop", totals.Turns);
            Row(table, "mails begun", totals.Mails);
            Row(table, "messages fetched and compared by checks", totals.Fetched);
            Row(table, "power cuts", totals.Cuts);
            Row(table, "boots", totals.Boots);
            Row(table, "cards seen gone, and recovered without a boot", totals.Gone);
            Row(table, "messages dropped for new ones", totals.Dropped);
            Row(table, "drops of which the order was judged", totals.Judged);
            Row(table, "recipients refused for a quota", totals.OverQuota);
            for (int lie = 0; lie < totals.Lies.Length; lie++)
            {
                Row(table, "card: " + (CardLie)lie, totals.Lies[lie]);
            }

            for (int trouble = 0; trouble < totals.Troubles.Length; trouble++)
            {
                Row(table, "network: " + (NetworkTrouble)trouble, totals.Troubles[trouble]);
            }

            _console.Write(table);
            _console.MarkupLine(torturer.Failure == null ? "[green]No promise was broken.[/]" : "[red]A promise was broken.[/]");
        }

        /// <summary>Makes the run once more, with its events, and says what broke.</summary>
        internal void Show(Failure failure)
        {
            var run = new TortureRun(_options.CutsEach);
            run.Trail.IsOn = true;
            Failure? again = run.Run(failure.Seed);
            foreach (string line in run.Trail.Lines)
            {
                _console.WriteLine(line);
            }

            _console.MarkupLineInterpolated($"[red]{failure.Promise}[/]: {failure.What}");
            _console.MarkupLineInterpolated($"seed [bold]{failure.Seed}[/], event {failure.AtEvent}{(again == null ? "; the replay did not break it: that is a fault of the torture" : string.Empty)}");
            _console.MarkupLineInterpolated($"Replay: dotnet run -c Release --project tools/Torture -- --seed {failure.Seed} --runs 1 --cuts {_options.CutsEach}");
        }

        private static void Row(Table table, string what, long count)
        {
            table.AddRow(what, Invariant($"{count:N0}"));
        }

        private static string Invariant(FormattableString text)
        {
            return text.ToString(CultureInfo.InvariantCulture);
        }
    }
}

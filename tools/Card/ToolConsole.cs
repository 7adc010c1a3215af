using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Spectre.Console;

namespace MailAppliance.Tools.Card
{
    /// <summary>Where the tool's output goes, how it tells how far it is, and how it asks.</summary>
    internal sealed class ToolConsole
    {
        private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

        /// <summary>Takes a message's octets.</summary>
        public required Stream Octets { get; init; }

        /// <summary>Takes lines.</summary>
        public required TextWriter Text { get; init; }

        /// <summary>Takes what went wrong.</summary>
        public required TextWriter Errors { get; init; }

        /// <summary>Answers questions; null where nobody is there to be asked.</summary>
        public TextReader? Answers { get; init; }

        /// <summary>Asks for a secret that is not shown while it is typed; null where there is none to be read.</summary>
        public Func<string, string?> Secret { get; init; } = _ => null;

        /// <summary>Whether lines are read as they come, so that a bar can be drawn.</summary>
        public bool IsTerminal { get; init; }

        /// <summary>Whether somebody has asked for a stop.</summary>
        public Func<bool> IsStopAsked { get; init; } = () => false;

        /// <summary>Does long work under a bar; without a terminal a line a second tells how far it is, none in the first.</summary>
        /// <param name="what">What is done, in a word.</param>
        /// <param name="total">All there is to do.</param>
        /// <param name="work">Does it, and says each time how much is done.</param>
        /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
        public void Work(string what, long total, Action<Action<long>> work)
        {
            if (!IsTerminal)
            {
                WorkWithLines(what, total, work);
                return;
            }

            AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context =>
                {
                    ProgressTask task = context.AddTask(Markup.Escape(what), true, Math.Max(1, total));
                    work(done =>
                    {
                        CheckStop();
                        task.Value = done;
                    });
                });
        }

        /// <summary>Asks a question that is answered by yes or no.</summary>
        /// <param name="question">The question.</param>
        /// <returns>True for yes.</returns>
        public bool Confirm(string question)
        {
            Text.Write(question + " [yes/no] ");
            Text.Flush();
            string answer = Answers?.ReadLine()?.Trim() ?? string.Empty;
            return answer.Equals("yes", StringComparison.OrdinalIgnoreCase) || answer.Equals("y", StringComparison.OrdinalIgnoreCase);
        }

        private void WorkWithLines(string what, long total, Action<Action<long>> work)
        {
            long said = Stopwatch.GetTimestamp();
            work(done =>
            {
                CheckStop();
                if (Stopwatch.GetElapsedTime(said) >= s_pause)
                {
                    said = Stopwatch.GetTimestamp();
                    Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {100 * done / Math.Max(1, total)} %"));
                    Text.Flush();
                }
            });
        }

        private void CheckStop()
        {
            if (IsStopAsked())
            {
                throw new OperationCanceledException();
            }
        }
    }
}

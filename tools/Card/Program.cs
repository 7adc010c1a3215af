using System;
using System.IO;
using System.Text;
using Spectre.Console;

namespace MailAppliance.Tools.Card
{
    /// <summary>The command: a card's ring, while nothing runs on it.</summary>
    internal static class Program
    {
        /// <summary>Runs the command.</summary>
        /// <returns>0 where it was done, 1 where it was refused or failed or something is damaged, 2 where the command line is wrong.</returns>
        public static int Main(string[] args)
        {
            using var signal = new StopSignal();
            using Stream octets = Console.OpenStandardOutput();
            return new CardCommandLine(new ToolConsole
            {
                Octets = octets,
                Text = Console.Out,
                Errors = Console.Error,
                Answers = Console.IsInputRedirected || Console.IsOutputRedirected ? null : Console.In,
                Secret = ReadSecret,
                IsTerminal = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi,
                IsStopAsked = () => signal.IsAsked,
            }).Run(args);
        }

        // The question goes where the line does not, so that this may be redirected into a file.
        private static string? ReadSecret(string question)
        {
            if (Console.IsInputRedirected)
            {
                return Console.In.ReadLine();
            }

            Console.Error.Write(question);
            var secret = new StringBuilder();
            for (ConsoleKeyInfo key = Console.ReadKey(true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(true))
            {
                if (key.Key != ConsoleKey.Backspace)
                {
                    secret.Append(key.KeyChar);
                }
                else if (secret.Length > 0)
                {
                    secret.Length--;
                }
            }

            Console.Error.WriteLine();
            return secret.ToString();
        }
    }
}

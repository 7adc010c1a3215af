using System;
using System.IO;
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
                IsTerminal = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi,
                IsStopAsked = () => signal.IsAsked,
            }).Run(args);
        }
    }
}

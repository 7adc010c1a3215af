using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using Spectre.Console;

namespace MailAppliance.Tools.Simulator
{
    /// <summary>The command: the appliance on this computer.</summary>
    internal static class Program
    {
        private const int Stopped = 0;
        private const int NotStarted = 1;
        private const int Broken = 2;

        /// <summary>Runs the command.</summary>
        /// <returns>0 after a stop in order, 1 where it could not start, 2 after a fault of its own.</returns>
        public static int Main(string[] args)
        {
            var configuration = new Option<string>("--config")
            {
                Description = "The configuration file. Without it: the user's own, made at the first start with a random password.",
                HelpName = "FILE",
            };
            var card = new Option<string>("--card")
            {
                Description = "The folder that is the card; made where it is missing. Without it: the folder 'card' beside the configuration.",
                HelpName = "DIR",
            };
            Option<Endpoint?> smtp = EndpointOption("--smtp", "SMTP", "127.0.0.1:2525");
            Option<Endpoint?> pop3 = EndpointOption("--pop3", "POP3", "127.0.0.1:1100");
            Option<Endpoint?> smtps = EndpointOption("--smtps", "SMTP with TLS from the first octet", "nowhere");
            Option<Endpoint?> pop3s = EndpointOption("--pop3s", "POP3 with TLS from the first octet", "nowhere");
            var trace = new Option<bool>("--trace") { Description = "Print what goes over the wire, both ways; passwords are masked." };
            var quiet = new Option<bool>("--quiet") { Description = "Print warnings and errors only." };
            var command = new RootCommand("The mail appliance on this computer: SMTP in, POP3 out, a folder as its card. Ctrl-C stops it in order.")
            {
                configuration, card, smtp, pop3, smtps, pop3s, trace, quiet,
            };
            command.SetAction(result => Run(new SimulatorOptions
            {
                Configuration = result.GetValue(configuration),
                Card = result.GetValue(card),
                Smtp = result.GetValue(smtp),
                Pop3 = result.GetValue(pop3),
                Smtps = result.GetValue(smtps),
                Pop3s = result.GetValue(pop3s),
                Trace = result.GetValue(trace),
                Quiet = result.GetValue(quiet),
            }));
            ParseResult parsed = command.Parse(args);
            if (parsed.Errors.Count > 0)
            {
                // One clear line instead of a page of help.
                Console.Error.WriteLine("error: " + string.Join("; ", parsed.Errors.Select(error => error.Message)) + " (--help lists the options)");
                return NotStarted;
            }

            return parsed.Invoke();
        }

        private static Option<Endpoint?> EndpointOption(string name, string service, string normally)
        {
            return new Option<Endpoint?>(name)
            {
                Description = $"Where {service} listens, before what the configuration says (which is {normally} unless set); port 0 is any free one.",
                HelpName = "ADDR:PORT",
                CustomParser = ReadEndpoint,
            };
        }

        private static Endpoint? ReadEndpoint(ArgumentResult argument)
        {
            string text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : string.Empty;
            Endpoint? endpoint = Endpoint.Parse(text);
            if (endpoint == null)
            {
                argument.AddError($"expected ADDR:PORT such as 127.0.0.1:2525 or [::1]:2525, found \"{text}\"");
            }

            return endpoint;
        }

        private static int Run(SimulatorOptions options)
        {
            // Lines that are lost behind a closed pipe are no reason to stop taking mail.
            using Stream output = Console.OpenStandardOutput();
            bool isLive = !options.Quiet && !options.Trace && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;
            using LiveView? view = isLive ? new LiveView() : null;
            try
            {
                var host = new SimulatorHost(options, Console.Out);
                host.Run(view != null ? view.Log : new StreamLog(output, LogSeverity.Detail), view);
                return Stopped;
            }
            catch (OperationCanceledException)
            {
                return Stopped;
            }
            catch (ToolException error)
            {
                Console.Error.WriteLine("error: " + error.Message);
                return NotStarted;
            }
#pragma warning disable CA1031 // The last line of defence: a fault of ours is printed, never silent.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Console.Error.WriteLine("error: stopped by a fault: " + error);
                return Broken;
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using MailAppliance.Configuration;
using MailAppliance.Tools.Card.Commands;

namespace MailAppliance.Tools.Card
{
    /// <summary>The command line: what can be said, and what it leads to.</summary>
    internal sealed class CardCommandLine
    {
        /// <summary>Exit code: done, and nothing is damaged.</summary>
        public const int Done = 0;

        /// <summary>Exit code: refused or failed, or something is damaged.</summary>
        public const int Failed = 1;

        /// <summary>Exit code: the command line can't be understood.</summary>
        public const int Misused = 2;

        /// <summary>Exit code: a fault of the tool's own.</summary>
        public const int Broken = 3;

        private readonly ToolConsole _console;
        private readonly Option<string?> _card = new("--card")
        {
            Description = "The card: a folder with MAIL.RNG in it, or the ring's file. Without it: the simulator's own.",
            HelpName = "DIR|FILE",
            Recursive = true,
        };

        /// <summary>Makes one.</summary>
        /// <param name="console">Takes the output.</param>
        public CardCommandLine(ToolConsole console)
        {
            _console = console;
        }

        /// <summary>Runs a command.</summary>
        /// <param name="arguments">The command line.</param>
        /// <returns>The exit code.</returns>
        public int Run(IReadOnlyList<string> arguments)
        {
            var command = new RootCommand("Looks into a card's ring while nothing runs on it, takes mail out of it and puts mail into it.")
            {
                _card, List(), Verify(), Export(), Show(), Log(), Import(), Resize(), Format(), Password(),
            };
            ParseResult parsed = command.Parse(arguments);
            if (parsed.Errors.Count > 0)
            {
                _console.Errors.WriteLine("error: " + string.Join("; ", parsed.Errors.Select(error => error.Message)) + " (--help lists what there is)");
                return Misused;
            }

            return parsed.Invoke(new InvocationConfiguration
            {
                Output = _console.Text,
                Error = _console.Errors,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }

        private Command List()
        {
            Option<string?> maildrop = MaildropOption();
            var command = new Command("ls", "List the messages: unique-id, octets, arrival, maildrops, subject.") { maildrop };
            return With(command, (parsed, path) =>
            {
                ListCommand.Run(_console, path, parsed.GetValue(maildrop));
                return true;
            });
        }

        private Command Verify()
        {
            var command = new Command("verify", "Check the whole ring, as a file-system checker does, and write nothing. Exits with 1 where something is damaged.");
            return With(command, (_, path) => VerifyCommand.Run(_console, path));
        }

        private Command Export()
        {
            var folder = new Option<string?>("--eml") { Description = "Write a file for each message and maildrop into this folder.", HelpName = "DIR" };
            var mbox = new Option<string?>("--mbox") { Description = "Write all messages, each once, into one mbox file (mboxrd).", HelpName = "FILE" };
            Option<string?> maildrop = MaildropOption();
            var force = new Option<bool>("--force") { Description = "Replace files that are there." };
            var command = new Command("export", "Copy messages into files.") { folder, mbox, maildrop, force };
            command.Validators.Add(result =>
            {
                if (result.GetResult(folder) == null && result.GetResult(mbox) == null)
                {
                    result.AddError("export: expected --eml DIR or --mbox FILE");
                }
            });
            return With(command, (parsed, path) => ExportCommand.Run(
                _console, path, parsed.GetValue(folder), parsed.GetValue(mbox), parsed.GetValue(maildrop), parsed.GetValue(force)));
        }

        private Command Show()
        {
            var id = new Argument<string>("ID") { Description = "The message's unique-id, as ls and UIDL say it." };
            var command = new Command("show", "Print one message, its octets as they are.") { id };
            return With(command, (parsed, path) =>
            {
                ShowCommand.Run(_console, path, parsed.GetValue(id)!);
                return true;
            });
        }

        private Command Log()
        {
            var command = new Command("log", "Print the log that the appliance keeps on its card, and say what is missing of it. Exits with 1 where something is.");
            return With(command, (_, path) => LogCommand.Run(_console, path));
        }

        private Command Import()
        {
            var files = new Argument<string[]>("FILE") { Description = "Messages, one a file; lines may end in LF.", Arity = ArgumentArity.OneOrMore };
            var to = new Option<string?>("--to") { Description = "The maildrops that get them. Without it: the ring's first.", HelpName = "NAME[,NAME]" };
            var command = new Command("import", "Put messages into the ring; all or, where they do not fit, none. They get new unique-ids.") { files, to };
            return With(command, (parsed, path) =>
            {
                ImportCommand.Run(_console, path, parsed.GetValue(files)!, parsed.GetValue(to));
                return true;
            });
        }

        private Command Resize()
        {
            var size = new Argument<long>("SIZE") { Description = "The new size, such as 64M.", CustomParser = ReadSize };
            var drop = new Option<bool>("--drop-damaged") { Description = "Leave damaged messages behind." };
            var command = new Command("resize", "Make a ring of another size that holds the same mail, and replace the old one in one step.") { size, drop };
            return With(command, (parsed, path) =>
            {
                ResizeCommand.Run(_console, path, parsed.GetValue(size), parsed.GetValue(drop));
                return true;
            });
        }

        private Command Format()
        {
            var size = new Option<long?>("--size")
            {
                Description = "The ring's size, such as 64M. Without it: the one that the file has, or 64M.",
                HelpName = "SIZE",
                CustomParser = argument => ReadSize(argument),
            };
            var yes = new Option<bool>("--yes") { Description = "Do not ask." };
            var command = new Command("format", "Make an empty ring. All mail on the card is gone then.") { size, yes };
            return With(command, (parsed, path) =>
            {
                FormatCommand.Run(_console, path, parsed.GetValue(size), parsed.GetValue(yes));
                return true;
            });
        }

        private Command Password()
        {
            var iterations = new Option<int>("--iterations")
            {
                Description = "How often to hash: more is harder to guess, and slower to log in.",
                HelpName = "N",
                DefaultValueFactory = _ => PasswordCommand.IterationsUsual,
            };
            iterations.Validators.Add(result =>
            {
                if (result.Tokens.Count == 1 && !(int.TryParse(result.Tokens[0].Value, out int count) && count is >= 1 and <= PasswordHash.IterationsMax))
                {
                    result.AddError($"--iterations: expected 1 to {PasswordHash.IterationsMax}, found \"{result.Tokens[0].Value}\"");
                }
            });
            var command = new Command("password", "Ask for a password, or read it from the standard input, and print its password-hash line.") { iterations };
            command.SetAction(parsed => Guard(() =>
            {
                PasswordCommand.Run(_console, parsed.GetValue(iterations));
                return true;
            }));
            return command;
        }

        private static Option<string?> MaildropOption()
        {
            return new Option<string?>("--maildrop") { Description = "Only the messages of this maildrop.", HelpName = "NAME" };
        }

        private static long ReadSize(ArgumentResult argument)
        {
            string text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : string.Empty;
            long? octets = RingSize.Parse(text);
            if (octets == null)
            {
                argument.AddError($"{RingSize.Expected}, found \"{text}\"");
            }

            return octets ?? 0;
        }

        private Command With(Command command, Func<ParseResult, string, bool> run)
        {
            command.SetAction(parsed => Guard(() => run(parsed, CardLocation.Find(parsed.GetValue(_card)))));
            return command;
        }

        private int Guard(Func<bool> run)
        {
            try
            {
                return run() ? Done : Failed;
            }
            catch (ToolException error)
            {
                _console.Errors.WriteLine("error: " + error.Message);
                return Failed;
            }
            catch (OperationCanceledException)
            {
                _console.Errors.WriteLine("error: stopped; the card is as it was");
                return Failed;
            }
#pragma warning disable CA1031 // The last line of defence: a fault of ours is printed, never silent.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _console.Errors.WriteLine("error: stopped by a fault: " + error);
                return Broken;
            }
        }
    }
}

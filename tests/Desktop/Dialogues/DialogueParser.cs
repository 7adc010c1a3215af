using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace MailAppliance.Tests.Dialogues
{
    /// <summary>Reads dialogues.</summary>
    public sealed partial class DialogueParser
    {
        private static readonly Dictionary<string, DialogueStepKind> s_arrows = new()
        {
            ["->"] = DialogueStepKind.SendLine,
            [">>"] = DialogueStepKind.SendOctets,
            ["<-"] = DialogueStepKind.Expect,
            ["<*"] = DialogueStepKind.ExpectLater,
            ["<<"] = DialogueStepKind.ExpectMessage,
        };

        private static readonly Dictionary<string, DialogueStepKind> s_verbs = new()
        {
            ["hangs up"] = DialogueStepKind.HangUp,
            ["resets"] = DialogueStepKind.Reset,
            ["starts TLS"] = DialogueStepKind.StartTls,
            ["is closed"] = DialogueStepKind.IsClosed,
            ["is silent"] = DialogueStepKind.IsSilent,
        };

        private readonly List<DialogueStep> _steps = [];
        private readonly HashSet<string> _connections = [];
        private readonly DialogueConfiguration _configuration = new();
        private DialogueWay[] _ways = Enum.GetValues<DialogueWay>();
        private bool _inSection;

        /// <summary>Reads a dialogue.</summary>
        /// <param name="name">The file's name, for messages.</param>
        /// <param name="text">What is in it.</param>
        /// <returns>The dialogue.</returns>
        /// <exception cref="DialogueException">It is badly written; the message has file and line.</exception>
        public static Dialogue Parse(string name, string text)
        {
            DialogueParser parser = new();
            int number = 0;
            foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
            {
                number++;
                try
                {
                    parser.Take(line, number);
                }
                catch (DialogueException exception)
                {
                    throw new DialogueException($"{name}({number}): {exception.Message}", exception);
                }
            }

            if (!parser._steps.Any(step => step.IsExpectation))
            {
                throw new DialogueException($"{name}({number}): nothing is expected in this dialogue");
            }

            return new Dialogue(name, parser._ways, parser._configuration.ToString(), parser._steps);
        }

        private void Take(string line, int number)
        {
            string trimmed = line.Trim();
            if (trimmed.Length == 0 || trimmed.StartsWith('#'))
            {
                return;
            }

            if (TakeArrow(line, number) || TakeVerb(trimmed, number) || TakeAppliance(trimmed, number))
            {
                return;
            }

            if (_steps.Count > 0)
            {
                throw new DialogueException($"expected a step, found \"{trimmed}\"; settings come before the first step");
            }

            TakeSetting(trimmed);
        }

        private bool TakeArrow(string line, int number)
        {
            // One space behind the arrow belongs to the notation; all else, trailing spaces too, to the text.
            Match match = ArrowLine().Match(line);
            if (!match.Success)
            {
                return false;
            }

            string connection = Known(match.Groups["name"].Value);
            DialogueText text = DialogueText.Parse(match.Groups["text"].Value);
            DialogueStepKind kind = s_arrows[match.Groups["arrow"].Value];
            if (kind == DialogueStepKind.ExpectMessage && !(text.Pieces.Count == 1 && text.Pieces[0].Variable != null))
            {
                throw new DialogueException("expected << {name}");
            }

            _steps.Add(new DialogueStep(number, kind, connection, text, line.Trim()));
            return true;
        }

        private bool TakeVerb(string line, int number)
        {
            Match open = OpenLine().Match(line);
            if (open.Success)
            {
                string name = open.Groups["name"].Value;
                if (!_connections.Add(name))
                {
                    throw new DialogueException($"a connection {name} is there already");
                }

                _steps.Add(new DialogueStep(number, DialogueStepKind.Open, name, DialogueText.Empty, open.Groups["service"].Value));
                return true;
            }

            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0 || !s_verbs.TryGetValue(line[(space + 1)..].Trim(), out DialogueStepKind kind))
            {
                return false;
            }

            _steps.Add(new DialogueStep(number, kind, Known(line[..space]), DialogueText.Empty, line));
            return true;
        }

        private bool TakeAppliance(string line, int number)
        {
            Match wait = WaitLine().Match(line);
            if (wait.Success)
            {
                long unit = wait.Groups["unit"].Value switch { "ms" => 1, "s" => 1000, "m" => 60_000, _ => 3_600_000 };
                long milliseconds = unit * long.Parse(wait.Groups["count"].Value, CultureInfo.InvariantCulture);
                string text = milliseconds.ToString(CultureInfo.InvariantCulture);
                _steps.Add(new DialogueStep(number, DialogueStepKind.Wait, "", DialogueText.Empty, text));
                return true;
            }

            if (line is not ("restart" or "power cut"))
            {
                return false;
            }

            DialogueStepKind kind = line == "restart" ? DialogueStepKind.Restart : DialogueStepKind.PowerCut;
            _steps.Add(new DialogueStep(number, kind, "", DialogueText.Empty, line));
            return true;
        }

        private void TakeSetting(string line)
        {
            _inSection |= line.StartsWith('[');
            Match setting = SettingLine().Match(line);
            if (_inSection)
            {
                _configuration.AddSectionLine(line);
            }
            else if (!setting.Success)
            {
                throw new DialogueException($"expected a step or a setting, found \"{line}\"");
            }
            else if (setting.Groups["key"].Value == "play")
            {
                _ways = [.. setting.Groups["value"].Value.Split(',', StringSplitOptions.TrimEntries).Select(ParseWay)];
            }
            else
            {
                _configuration.Set(setting.Groups["key"].Value, setting.Groups["value"].Value);
            }
        }

        private static DialogueWay ParseWay(string name)
        {
            return Enum.TryParse(name, ignoreCase: true, out DialogueWay way)
                ? way
                : throw new DialogueException($"expected whole, octets or pipelined, found \"{name}\"");
        }

        private string Known(string connection)
        {
            return _connections.Contains(connection)
                ? connection
                : throw new DialogueException($"no connection {connection} was opened; write {connection} = smtp or {connection} = pop3");
        }

        [GeneratedRegex(@"^\s*(?<name>[a-z][a-z0-9]*) +(?<arrow>->|>>|<-|<\*|<<)( (?<text>.*))?$")]
        private static partial Regex ArrowLine();

        [GeneratedRegex(@"^(?<name>[a-z][a-z0-9]*) *= *(?<service>smtp|pop3|smtps|pop3s)$")]
        private static partial Regex OpenLine();

        [GeneratedRegex(@"^wait (?<count>[0-9]{1,9}) *(?<unit>ms|s|m|h)$")]
        private static partial Regex WaitLine();

        [GeneratedRegex(@"^(?<key>[a-z0-9-]+) *= *(?<value>.*)$")]
        private static partial Regex SettingLine();
    }
}

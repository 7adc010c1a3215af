using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace MailAppliance.Tests.Dialogues
{
    /// <summary>Plays a dialogue against an appliance, one way.</summary>
    public sealed class DialoguePlayer
    {
        private readonly Dialogue _dialogue;
        private readonly DialogueWay _way;
        private readonly IDialogueTarget _target;
        private readonly Dictionary<string, DialogueClient> _clients = [];
        private readonly Dictionary<string, string> _variables = [];
        private readonly StringBuilder _trace = new();
        private string _speaker = "";

        private DialoguePlayer(Dialogue dialogue, DialogueWay way, IDialogueTarget target)
        {
            _dialogue = dialogue;
            _way = way;
            _target = target;
        }

        /// <summary>Plays a dialogue on an empty card.</summary>
        /// <param name="dialogue">The dialogue.</param>
        /// <param name="way">How the client's octets arrive.</param>
        /// <param name="target">The appliance, not started.</param>
        /// <exception cref="DialogueException">It went otherwise than written; the message has file, line, way and what came before.</exception>
        public static void Play(Dialogue dialogue, DialogueWay way, IDialogueTarget target)
        {
            DialoguePlayer player = new(dialogue, way, target);
            target.Start(dialogue.Configuration);
            target.RunUntilQuiet();
            for (int index = 0; index < dialogue.Steps.Count; index++)
            {
                player.Play(dialogue.Steps[index], index);
            }

            player.Finish();
        }

        private void Play(DialogueStep step, int index)
        {
            bool goesOn = step.Connection == _speaker && (step.IsSend || step.IsExpectation);
            if (_way != DialogueWay.Pipelined || !goesOn || (step.IsSend && step.Text.Variables.Any(name => !_variables.ContainsKey(name))))
            {
                Exchange(step);
            }

            _speaker = step.Connection;
            switch (step.Kind)
            {
                case DialogueStepKind.Open:
                    _clients.Add(step.Connection, new DialogueClient(_target.Open(step.Argument)));
                    _target.RunUntilQuiet();
                    break;
                case DialogueStepKind.SendLine:
                case DialogueStepKind.SendOctets:
                    Send(step);
                    break;
                case DialogueStepKind.Expect:
                case DialogueStepKind.ExpectLater:
                case DialogueStepKind.ExpectMessage:
                    _clients[step.Connection].Expected.Add(step);
                    break;
                default:
                    Do(step);
                    break;
            }

            if (_way == DialogueWay.Pipelined && IsLastOf(index))
            {
                PipelineMore(step);
            }
        }

        private void Send(DialogueStep step)
        {
            DialogueClient client = _clients[step.Connection];
            client.Outgoing.AddRange(step.Text.Resolve(_variables));
            if (step.Kind == DialogueStepKind.SendLine)
            {
                client.Outgoing.AddRange("\r\n"u8);
            }
        }

        // Steps that are no words: everything said before has been answered by now.
        private void Do(DialogueStep step)
        {
            DialogueClient? client = step.Connection.Length > 0 ? _clients[step.Connection] : null;
            switch (step.Kind)
            {
                case DialogueStepKind.HangUp:
                    client!.Connection.HangUp();
                    break;
                case DialogueStepKind.Reset:
                    client!.Connection.Reset();
                    break;
                case DialogueStepKind.StartTls:
                    client!.Connection.StartTls();
                    break;
                case DialogueStepKind.Wait:
                    _target.AdvanceClock(long.Parse(step.Argument, CultureInfo.InvariantCulture));
                    break;
                case DialogueStepKind.Restart:
                    _target.Restart();
                    break;
                case DialogueStepKind.PowerCut:
                    _target.PowerCut();
                    break;
                default:
                    Check(client!.Unread.Length == 0, step, "nothing more", client);
                    bool isClosed = step.Kind == DialogueStepKind.IsClosed;
                    Check(client.Connection.IsClosed == isClosed, step, isClosed ? "the connection closed" : "the connection open", client);
                    break;
            }

            _trace.AppendLine(CultureInfo.InvariantCulture, $"    {step.Line}: {step.Kind} {step.Argument}");
            _target.RunUntilQuiet();
        }

        // Sends what has gathered and reads the answers. Where lines go one by one that is at each next step.
        private void Exchange(DialogueStep? next)
        {
            foreach (DialogueClient client in _clients.Values)
            {
                bool isQuit = _way == DialogueWay.Pipelined && next?.Kind == DialogueStepKind.IsClosed && EndsInQuit(client.Outgoing);
                if (isQuit)
                {
                    // What is pipelined behind QUIT is never executed: no answer may come.
                    client.Outgoing.AddRange("NOOP\r\n"u8);
                }

                Transmit(client);
                foreach (DialogueStep step in client.Expected)
                {
                    Expect(client, step);
                }

                client.HasListened |= client.Expected.Count > 0;
                client.Expected.Clear();
                if (next != null && next.IsSend && client.HasListened && _clients[next.Connection] == client)
                {
                    Check(client.Unread.Length == 0, next, "nothing before this is sent", client);
                }
            }
        }

        private void Transmit(DialogueClient client)
        {
            byte[] octets = [.. client.Outgoing];
            client.Outgoing.Clear();
            if (octets.Length == 0)
            {
                return;
            }

            _trace.AppendLine(CultureInfo.InvariantCulture, $"    sent {Show(Encoding.Latin1.GetString(octets))}");
            int step = _way == DialogueWay.Octets ? 1 : octets.Length;
            for (int at = 0; at < octets.Length; at += step)
            {
                client.Connection.Send(octets.AsSpan(at, step));
                _target.RunUntilQuiet();
            }
        }

        private void Expect(DialogueClient client, DialogueStep step)
        {
            if (step.Kind == DialogueStepKind.ExpectMessage)
            {
                ExpectMessage(client, step);
                return;
            }

            string unread = client.Unread;
            string? line = client.ReadLine();
            while (line != null && !DialoguePattern.Matches(step.Text, line, _variables))
            {
                Check(step.Kind == DialogueStepKind.ExpectLater, step, step.Argument, line);
                line = client.ReadLine();
            }

            Check(line != null, step, step.Argument, unread);
            _trace.AppendLine(CultureInfo.InvariantCulture, $"    {step.Line}: got {Show(line!)}");
        }

        private void ExpectMessage(DialogueClient client, DialogueStep step)
        {
            long octets = 0;
            string unread = client.Unread;
            string? line = client.ReadLine();
            while (line != null && line != ".")
            {
                octets += line.Length + 2 - (line.StartsWith('.') ? 1 : 0);
                line = client.ReadLine();
            }

            Check(line != null, step, "a line with only a dot", unread);
            string count = octets.ToString(CultureInfo.InvariantCulture);
            Check(DialoguePattern.Matches(step.Text, count, _variables), step, $"{step.Argument} (other octets)", $"{count} octets");
            _trace.AppendLine(CultureInfo.InvariantCulture, $"    {step.Line}: got {count} octets");
        }

        // More arrives behind the last words of a connection that lives on: it is answered, and nothing before it is lost.
        private void PipelineMore(DialogueStep step)
        {
            DialogueClient client = _clients[step.Connection];
            client.Outgoing.AddRange("NOOP\r\n"u8);
            client.Expected.Add(step with { Kind = DialogueStepKind.Expect, Text = DialogueText.Parse("..."), Argument = "an answer to NOOP" });
        }

        private bool IsLastOf(int index)
        {
            DialogueStep step = _dialogue.Steps[index];
            return (step.IsSend || step.IsExpectation) && !_dialogue.Steps.Skip(index + 1).Any(
                later => later.Connection == step.Connection || later.Kind is DialogueStepKind.Restart or DialogueStepKind.PowerCut);
        }

        private void Finish()
        {
            Exchange(null);
            foreach ((string name, DialogueClient client) in _clients)
            {
                DialogueStep last = _dialogue.Steps.Last(step => step.Connection == name);
                Check(client.Unread.Length == 0, last, "nothing more", client);
            }
        }

        private static bool EndsInQuit(List<byte> octets)
        {
            return Encoding.Latin1.GetString([.. octets]).EndsWith("QUIT\r\n", StringComparison.OrdinalIgnoreCase);
        }

        private void Check(bool isRight, DialogueStep step, string expected, DialogueClient client)
        {
            Check(isRight, step, expected, client.Unread + (client.Connection.IsClosed ? " (closed)" : ""));
        }

        private void Check(bool isRight, DialogueStep step, string expected, string found)
        {
            if (!isRight)
            {
                string trace = _trace.ToString();
                throw new DialogueException(
                    $"{_dialogue.Name}({step.Line}), {_way}: expected {expected}, found \"{Show(found)}\"\n"
                        + (trace.Length > 4000 ? "    ...\n" + trace[^4000..] : trace));
            }
        }

        private static string Show(string octets)
        {
            string text = string.Concat(octets.Take(400).Select(octet => octet switch
            {
                '\r' => "\\r",
                '\n' => "\\n",
                < ' ' or > '~' => $"\\x{(int)octet:x2}",
                _ => octet.ToString(),
            }));
            return octets.Length > 400 ? $"{text}... ({octets.Length} octets)" : text;
        }
    }
}

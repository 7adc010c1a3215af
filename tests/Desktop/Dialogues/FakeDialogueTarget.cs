using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace MailAppliance.Tests.Dialogues
{
    /// <summary>
    /// Something to try the player on: a line server that answers "ECHO x" with "x", forgets "MARK" at a power cut, ends at
    /// QUIT, and can be told to make the mistakes that a dialogue must find.
    /// </summary>
    internal sealed class FakeDialogueTarget : IDialogueTarget
    {
        private readonly List<Client> _clients = [];
        private long _now;
        private int _marks;
        private int _savedMarks;

        /// <summary>Whether what is pipelined behind QUIT is executed.</summary>
        public bool GoesOnAfterQuit { get; init; }

        /// <summary>Whether input behind the first line is thrown away.</summary>
        public bool LosesPipelinedInput { get; init; }

        /// <summary>Whether a line is answered before its line end is there.</summary>
        public bool AnswersEarly { get; init; }

        /// <summary>What it was configured with.</summary>
        public string Configuration { get; private set; } = "";

        /// <summary>The most octets that arrived at once.</summary>
        public int OctetsAtOnceMax { get; private set; }

        public void Start(string configuration) => Configuration = configuration;

        public IDialogueConnection Open(string service)
        {
            Client client = new(this, _now);
            client.Say($"220 {service}");
            _clients.Add(client);
            return client;
        }

        public void RunUntilQuiet()
        {
            foreach (Client client in _clients.Where(client => !client.IsClosed && _now - client.LastHeard >= 10_000))
            {
                client.Say("421 idle");
                client.IsClosed = true;
            }

            _clients.ForEach(client => client.Run());
        }

        public void AdvanceClock(long milliseconds) => _now += milliseconds;

        public void Restart()
        {
            _savedMarks = _marks;
            _clients.ForEach(client => client.Say("421 down"));
            PowerCut();
        }

        public void PowerCut()
        {
            _marks = _savedMarks;
            _clients.ForEach(client => client.IsClosed = true);
            _clients.Clear();
        }

        public void Dispose()
        {
        }

        private sealed class Client(FakeDialogueTarget target, long now) : IDialogueConnection
        {
            private readonly List<byte> _received = [];
            private string _input = "";

            public ReadOnlySpan<byte> Received => _received.ToArray();

            public bool IsClosed { get; set; }

            public long LastHeard { get; private set; } = now;

            public void Say(string line)
            {
                if (!IsClosed)
                {
                    _received.AddRange(Encoding.Latin1.GetBytes(line + "\r\n"));
                }
            }

            public void Send(ReadOnlySpan<byte> octets)
            {
                target.OctetsAtOnceMax = Math.Max(target.OctetsAtOnceMax, octets.Length);
                _input += Encoding.Latin1.GetString(octets);
                LastHeard = target._now;
            }

            public void HangUp() => IsClosed = true;

            public void StartTls() => throw new NotSupportedException();

            public void Reset() => IsClosed = true;

            public void Run()
            {
                if (target.AnswersEarly && _input == "ECHO early")
                {
                    Say("early");
                }

                for (int end = _input.IndexOf("\r\n", StringComparison.Ordinal); end >= 0; end = _input.IndexOf("\r\n", StringComparison.Ordinal))
                {
                    string line = _input[..end];
                    _input = target.LosesPipelinedInput ? "" : _input[(end + 2)..];
                    Answer(line);
                }
            }

            private void Answer(string line)
            {
                string[] words = line.Split(' ', 2);
                target._marks += words[0] == "MARK" ? 1 : 0;
                switch (words[0])
                {
                    case "ECHO":
                        Say(words[1]);
                        break;
                    case "LINES":
                        words[1].Split(' ').ToList().ForEach(Say);
                        break;
                    case "QUIT":
                        Say("bye");
                        IsClosed = !target.GoesOnAfterQuit;
                        break;
                    default:
                        Say($"ok {target._marks}");
                        break;
                }
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MailAppliance.Tools.Bench.Clients
{
    /// <summary>Several sending connections, driven by one thread, so that one core is left to the receiver.</summary>
    internal sealed class SenderGroup : IDisposable
    {
        private const int SilenceMicroseconds = 60_000_000;

        private readonly SmtpSender[] _senders;
        private readonly List<Socket> _readable = new();
        private readonly List<Socket> _writable = new();

        /// <summary>Connects.</summary>
        /// <param name="server">Where.</param>
        /// <param name="recipient">Who gets the mails.</param>
        /// <param name="connections">How many connections.</param>
        /// <param name="isGreedy">See <see cref="SmtpSender"/>.</param>
        internal SenderGroup(IPEndPoint server, string recipient, int connections, bool isGreedy = true)
        {
            _senders = new SmtpSender[connections];
            for (int at = 0; at < connections; at++)
            {
                _senders[at] = new SmtpSender(server, recipient, isGreedy);
            }
        }

        /// <summary>Sends mails over all connections at once, until the last has its 250.</summary>
        /// <param name="mail">The mail.</param>
        /// <param name="count">How many, over all connections together.</param>
        /// <returns>How long it took.</returns>
        internal TimeSpan Run(byte[] mail, int count)
        {
            byte[] middle = _senders[0].MakeMiddle(mail);
            byte[] final = Mail.OnTheWire(mail, Array.Empty<byte>());
            long start = Stopwatch.GetTimestamp();
            for (int at = 0; at < _senders.Length; at++)
            {
                _senders[at].Begin(middle, final, (count / _senders.Length) + (at < count % _senders.Length ? 1 : 0));
            }

            while (Wait())
            {
                foreach (SmtpSender sender in _senders)
                {
                    if (_writable.Contains(sender.Socket))
                    {
                        sender.Send();
                    }

                    if (_readable.Contains(sender.Socket))
                    {
                        sender.Receive();
                    }
                }
            }

            return Stopwatch.GetElapsedTime(start);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            foreach (SmtpSender sender in _senders)
            {
                sender.Dispose();
            }
        }

        private bool Wait()
        {
            _readable.Clear();
            _writable.Clear();
            foreach (SmtpSender sender in _senders)
            {
                if (!sender.IsDone)
                {
                    _readable.Add(sender.Socket);
                }

                if (sender.IsSending)
                {
                    _writable.Add(sender.Socket);
                }
            }

            if (_readable.Count == 0)
            {
                return false;
            }

            Socket.Select(_readable, _writable.Count == 0 ? null : _writable, null, SilenceMicroseconds);
            return _readable.Count + _writable.Count > 0 ? true : throw new TimeoutException("the server fell silent");
        }
    }
}

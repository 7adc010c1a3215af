using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailAppliance.Tools.Bench.Clients
{
    /// <summary>
    /// One sending connection, as cheap as it can be made, so that the receiver is what is measured: each mail is one block of
    /// octets made beforehand, with the next mail's MAIL, RCPT and DATA pipelined behind its final dot (RFC 2920).
    /// </summary>
    internal sealed class SmtpSender : IDisposable
    {
        private readonly Socket _socket;
        private readonly byte[] _commands;
        private readonly byte[] _replies = new byte[4096];
        private readonly bool _isGreedy;
        private byte[] _middle = Array.Empty<byte>();
        private byte[] _final = Array.Empty<byte>();
        private byte[] _sending = Array.Empty<byte>();
        private int _sent;
        private int _expected;
        private bool _atLineStart = true;
        private int _begun;
        private int _count;

        /// <summary>Connects and says EHLO.</summary>
        /// <param name="server">Where.</param>
        /// <param name="recipient">Who gets the mails.</param>
        /// <param name="isGreedy">Whether the next mail's commands go behind the final dot, or wait for its reply.</param>
        internal SmtpSender(IPEndPoint server, string recipient, bool isGreedy)
        {
            _isGreedy = isGreedy;
            _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            _socket.Connect(server);
            ReadReply();
            _socket.Send("EHLO bench.lan\r\n"u8);
            ReadReply();
            _commands = Encoding.ASCII.GetBytes($"MAIL FROM:<ups@lan>\r\nRCPT TO:<{recipient}>\r\nDATA\r\n");
        }

        /// <summary>The socket, to wait for.</summary>
        internal Socket Socket
        {
            get { return _socket; }
        }

        /// <summary>Mails that got their 250 since <see cref="Begin"/>.</summary>
        internal int Stored { get; private set; }

        /// <summary>All mails are stored.</summary>
        internal bool IsDone
        {
            get { return Stored == _count; }
        }

        /// <summary>There are octets that the connection has not taken yet.</summary>
        internal bool IsSending
        {
            get { return _sent < _sending.Length; }
        }

        /// <summary>What goes out for each mail but the last.</summary>
        /// <param name="mail">The mail.</param>
        /// <returns>Octets that all senders of a group may share.</returns>
        internal byte[] MakeMiddle(byte[] mail)
        {
            return Mail.OnTheWire(mail, _isGreedy ? _commands : Array.Empty<byte>());
        }

        /// <summary>Starts a run.</summary>
        /// <param name="middle">What goes out for each mail but the last.</param>
        /// <param name="final">What goes out for the last.</param>
        /// <param name="count">How many mails.</param>
        internal void Begin(byte[] middle, byte[] final, int count)
        {
            _middle = middle;
            _final = final;
            _socket.Blocking = false;
            _count = count;
            _begun = 0;
            Stored = 0;
            _expected = 1;
            StartSending(_commands);
        }

        /// <summary>Sends as much as the connection takes.</summary>
        internal void Send()
        {
            int taken = _socket.Send(_sending, _sent, _sending.Length - _sent, SocketFlags.None, out SocketError error);
            if (error != SocketError.Success && error != SocketError.WouldBlock)
            {
                throw new SocketException((int)error);
            }

            _sent += taken;
        }

        /// <summary>Takes replies, and goes on.</summary>
        internal void Receive()
        {
            int count = _socket.Receive(_replies, 0, _replies.Length, SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock)
            {
                return;
            }

            if (error != SocketError.Success || count == 0)
            {
                throw new IOException("the server closed the connection");
            }

            for (int at = 0; at < count; at++)
            {
                if (_atLineStart)
                {
                    TakeReply(_replies[at], at, count);
                }

                _atLineStart = _replies[at] == '\n';
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _socket.Dispose();
        }

        // Replies come in the order MAIL, RCPT, DATA, final dot: 1, 2, 3, 0. One line each.
        private void TakeReply(byte first, int at, int count)
        {
            int reply = _expected;
            _expected = (_expected + 1) & 3;
            if (first != (reply == 3 ? '3' : '2'))
            {
                throw new IOException("the server said " + Encoding.ASCII.GetString(_replies, at, count - at));
            }

            if (reply == 3)
            {
                _begun++;
                StartSending(_begun < _count ? _middle : _final);
            }
            else if (reply == 0)
            {
                Stored++;
                if (!_isGreedy && Stored < _count)
                {
                    StartSending(_commands);
                }
            }
        }

        private void StartSending(byte[] octets)
        {
            _sending = octets;
            _sent = 0;
            Send();
        }

        private void ReadReply()
        {
            string text = string.Empty;
            while (!IsWhole(text))
            {
                int count = _socket.Receive(_replies);
                if (count == 0)
                {
                    throw new IOException("the server closed the connection after " + text);
                }

                text += Encoding.ASCII.GetString(_replies, 0, count);
            }

            if (text[0] != '2')
            {
                throw new IOException("the server said " + text);
            }
        }

        private static bool IsWhole(string text)
        {
            int last = text.Length < 2 ? -1 : text.LastIndexOf('\n', text.Length - 2);
            return text.EndsWith('\n') && text.Length > last + 4 && text[last + 4] == ' ';
        }
    }
}

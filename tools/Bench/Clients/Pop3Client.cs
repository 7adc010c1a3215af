using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailAppliance.Tools.Bench.Clients
{
    /// <summary>One fetching connection with pipelined commands.</summary>
    internal sealed class Pop3Client : IDisposable
    {
        private const int BatchMessages = 64;

        private readonly Socket _socket;
        private readonly byte[] _buffer = new byte[256 * 1024];
        private int _start;
        private int _end;

        /// <summary>Connects and opens a maildrop.</summary>
        /// <param name="server">Where.</param>
        /// <param name="name">The maildrop.</param>
        /// <param name="password">Its password.</param>
        internal Pop3Client(IPEndPoint server, string name, string password)
        {
            _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            _socket.Connect(server);
            ReadOk();
            Say($"USER {name}\r\n");
            Say($"PASS {password}\r\n");
        }

        /// <summary>Messages in the maildrop.</summary>
        internal int Count()
        {
            return int.Parse(Say("STAT\r\n").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }

        /// <summary>Says a command that is answered by one line.</summary>
        /// <param name="command">The command with its line end.</param>
        /// <returns>The reply without its line end.</returns>
        internal string Say(string command)
        {
            _socket.Send(Encoding.ASCII.GetBytes(command));
            return ReadOk();
        }

        /// <summary>Retrieves messages 1 to a number, commands pipelined.</summary>
        /// <param name="count">The last number.</param>
        /// <returns>Octets of the replies.</returns>
        internal long Retrieve(int count)
        {
            long octets = 0;
            for (int number = 1; number <= count; number += BatchMessages)
            {
                int batch = Math.Min(BatchMessages, count + 1 - number);
                var commands = new StringBuilder();
                for (int at = 0; at < batch; at++)
                {
                    commands.Append(null, $"RETR {number + at}\r\n");
                }

                _socket.Send(Encoding.ASCII.GetBytes(commands.ToString()));
                octets += ReadMessages(batch);
            }

            return octets;
        }

        /// <summary>Marks all messages as deleted and quits, which removes them.</summary>
        /// <param name="count">How many there are.</param>
        internal void DeleteAll(int count)
        {
            var commands = new StringBuilder();
            for (int number = 1; number <= count; number++)
            {
                commands.Append(null, $"DELE {number}\r\n");
                if (number % BatchMessages == 0 || number == count)
                {
                    _socket.Send(Encoding.ASCII.GetBytes(commands.ToString()));
                    commands.Clear();
                    for (int replies = ((number - 1) % BatchMessages) + 1; replies > 0; replies--)
                    {
                        ReadOk();
                    }
                }
            }

            Say("QUIT\r\n");
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _socket.Dispose();
        }

        // Each ends with CRLF.CRLF, which occurs nowhere else in it.
        private long ReadMessages(int count)
        {
            long octets = 0;
            while (count > 0)
            {
                int found = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n.\r\n"u8);
                if (found >= 0)
                {
                    octets += found + 5;
                    _start += found + 5;
                    count--;
                    continue;
                }

                // The last four octets may be half of an end.
                int left = Math.Min(4, _end - _start);
                octets += _end - _start - left;
                _start = _end - left;
                Fill();
            }

            return octets;
        }

        private string ReadOk()
        {
            int found = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            while (found < 0)
            {
                Fill();
                found = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            }

            string line = Encoding.ASCII.GetString(_buffer, _start, found - 1);
            _start += found + 1;
            return line.StartsWith("+OK", StringComparison.Ordinal) ? line : throw new IOException("the server said " + line);
        }

        private void Fill()
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                _end -= _start;
                _start = 0;
            }

            int count = _socket.Receive(_buffer, _end, _buffer.Length - _end, SocketFlags.None);
            _end += count > 0 ? count : throw new IOException("the server closed the connection");
        }
    }
}

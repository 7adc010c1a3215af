using System;
using MailAppliance.Hal.Desktop.Simulated;

namespace MailAppliance.Tools.Torture.Clients
{
    /// <summary>What a client has received and not understood yet; its buffer grows to the most it ever held.</summary>
    internal sealed class ReplyReader
    {
        private byte[] _octets = new byte[2048];
        private int _start;
        private int _end;

        /// <summary>The last reply of SMTP says that a maildrop takes no more.</summary>
        internal bool IsMaildropFull { get; private set; }

        /// <summary>Forgets all: another connection.</summary>
        internal void Clear()
        {
            _start = 0;
            _end = 0;
        }

        /// <summary>Takes what has come.</summary>
        internal void Receive(MemoryClient client)
        {
            int available = client.Available;
            if (available == 0)
            {
                return;
            }

            if (_start == _end)
            {
                Clear();
            }

            if (_end + available > _octets.Length)
            {
                byte[] target = _end - _start + available > _octets.Length ? new byte[2 * (_end - _start + available)] : _octets;
                Buffer.BlockCopy(_octets, _start, target, 0, _end - _start);
                _octets = target;
                _end -= _start;
                _start = 0;
            }

            _end += client.Receive(_octets.AsSpan(_end));
        }

        /// <summary>Takes one line, without its end; good until the next call.</summary>
        /// <returns>False where no whole one is there.</returns>
        internal bool TakeLine(out ReadOnlySpan<byte> line)
        {
            ReadOnlySpan<byte> rest = _octets.AsSpan(_start, _end - _start);
            int end = rest.IndexOf("\r\n"u8);
            line = end < 0 ? default : rest.Slice(0, end);
            _start += end < 0 ? 0 : end + 2;
            return end >= 0;
        }

        /// <summary>Takes a reply of SMTP to its last line.</summary>
        /// <returns>Its code; 0 where no whole one is there.</returns>
        internal int TakeSmtp()
        {
            int start = _start;
            while (TakeLine(out ReadOnlySpan<byte> line))
            {
                if (line.Length >= 3 && (line.Length == 3 || line[3] != '-'))
                {
                    IsMaildropFull = line.StartsWith("452 4.2.2"u8);
                    return (100 * (line[0] - '0')) + (10 * (line[1] - '0')) + line[2] - '0';
                }
            }

            _start = start;
            return 0;
        }

        /// <summary>Takes a reply of POP3 of several lines, or its refusal.</summary>
        /// <param name="isOk">Whether it begins with +OK.</param>
        /// <param name="first">The first line, without its end.</param>
        /// <param name="body">What follows, with the end in it; empty where it was refused. Good until the next call.</param>
        /// <returns>False where no whole one is there.</returns>
        internal bool TakePop3(out bool isOk, out ReadOnlySpan<byte> first, out ReadOnlySpan<byte> body)
        {
            int start = _start;
            body = default;
            isOk = false;
            if (!TakeLine(out first))
            {
                return false;
            }

            isOk = first.StartsWith("+OK"u8);
            if (!isOk)
            {
                return true;
            }

            ReadOnlySpan<byte> rest = _octets.AsSpan(_start, _end - _start);
            int end = rest.StartsWith(".\r\n"u8) ? 0 : rest.IndexOf("\r\n.\r\n"u8);
            if (end < 0)
            {
                _start = start;
                return false;
            }

            body = rest.Slice(0, end == 0 ? 3 : end + 5);
            _start += body.Length;
            return true;
        }
    }
}

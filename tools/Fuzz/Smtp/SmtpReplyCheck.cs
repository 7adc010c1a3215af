using System;
using MailAppliance.Tools.Fuzz.Inputs;

namespace MailAppliance.Tools.Fuzz.Smtp
{
    /// <summary>Reads replies as a client that believes nothing (RFC 5321 section 4.2, RFC 2034). Allocates nothing where all is well.</summary>
    internal sealed class SmtpReplyCheck
    {
        private const int LineOctetsMax = 512;

        private readonly byte[] _line = new byte[LineOctetsMax];
        private int _count;
        private int _code;
        private bool _isOpen;

        /// <summary>Replies that were whole.</summary>
        internal int ReplyCount { get; private set; }

        /// <summary>The code of the last one.</summary>
        internal int LastCode { get; private set; }

        /// <summary>Replies that say that a mail is on the card.</summary>
        internal int StoredCount { get; private set; }

        /// <summary>Replies that say that a login was right.</summary>
        internal int LoggedInCount { get; private set; }

        /// <summary>Whether the last octet ended a reply.</summary>
        internal bool IsBetween
        {
            get { return _count == 0 && !_isOpen; }
        }

        /// <summary>Begins a connection.</summary>
        internal void Begin()
        {
            _count = 0;
            _isOpen = false;
            ReplyCount = 0;
            LastCode = 0;
            StoredCount = 0;
            LoggedInCount = 0;
        }

        /// <summary>Takes what was sent.</summary>
        /// <param name="octets">The octets, cut anywhere.</param>
        internal void Take(ReadOnlySpan<byte> octets)
        {
            while (octets.Length > 0)
            {
                int lf = octets.IndexOf((byte)'\n');
                int count = lf < 0 ? octets.Length : lf + 1;
                if (_count + count > LineOctetsMax)
                {
                    throw new BrokenInvariantException("a reply line has 512 octets at most", "this one has more");
                }

                octets.Slice(0, count).CopyTo(_line.AsSpan(_count));
                _count += count;
                octets = octets.Slice(count);
                if (lf >= 0)
                {
                    TakeLine(_line.AsSpan(0, _count));
                    _count = 0;
                }
            }
        }

        private void TakeLine(ReadOnlySpan<byte> line)
        {
            if (line.Length < 6 || line[^2] != '\r' || line.Slice(0, line.Length - 2).ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            {
                Malformed(line);
            }

            int code = 0;
            for (int at = 0; at < 3; at++)
            {
                code = (code * 10) + line[at] - '0';
                if (line[at] < '0' || line[at] > '9')
                {
                    Malformed(line);
                }
            }

            bool isLast = line[3] == ' ';
            if (code < 200 || code > 599 || (!isLast && line[3] != '-') || (_isOpen && code != _code))
            {
                Malformed(line);
            }

            if (ReplyCount > 0 && code != 250 && code / 100 != 3)
            {
                CheckEnhanced(line);
            }

            _isOpen = !isLast;
            _code = code;
            if (isLast)
            {
                ReplyCount++;
                LastCode = code;
                StoredCount += line.SequenceEqual("250 2.0.0 OK stored\r\n"u8) ? 1 : 0;
                LoggedInCount += code == 235 ? 1 : 0;
            }
        }

        // Class, dot, digits, dot, digits; the class is the code's. The refusal of a hello has none.
        private static void CheckEnhanced(ReadOnlySpan<byte> line)
        {
            ReadOnlySpan<byte> text = line.Slice(4);
            bool isGood = text[0] == line[0] && text[1] == '.' && char.IsAsciiDigit((char)text[2]) && text[3] == '.' && char.IsAsciiDigit((char)text[4]);
            if (!isGood && !line.StartsWith("501 A hello"u8))
            {
                Malformed(line);
            }
        }

        private static void Malformed(ReadOnlySpan<byte> line)
        {
            throw new BrokenInvariantException("a reply is well formed", EscapedText.Of(line));
        }
    }
}

using System;
using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <summary>Watches mail data in wire form until its header ends: is there one, and which fields are in it (RFC 5322 section
    /// 2.2)?</summary>
    /// <remarks>
    /// A mail has a header where its first line is a field: a name of printable ASCII, white space if need be, a colon. Only the
    /// beginnings of lines are looked at octet by octet; ranges may be cut anywhere but within CRLF or the final dot's line, which
    /// <see cref="MailDataScanner"/> sees to.
    /// </remarks>
    public sealed class HeaderScanner
    {
        private const int AtLineStart = 0;
        private const int InName = 1;
        private const int InRest = 2;

        // A first line without a colon that is longer than any line may be (RFC 5322 section 2.1.1) is no field.
        private const int NameOctetsMax = 997;

        private const int Date = 0;
        private const int MessageId = 1;
        private const int Received = 2;
        private const int NoName = -1;

        private static readonly byte[][] s_names = new byte[][] { Octets.Of("date"), Octets.Of("message-id"), Octets.Of("received") };

        private int _state;
        private int _nameCount;
        private int _name;
        private bool _nameEnded;

        /// <summary>Whether the first line is a field; false while that is not known.</summary>
        public bool HasHeader;

        /// <summary>Whether the first line is the empty one that ends a header: there is none, and the body follows.</summary>
        public bool IsEmpty;

        /// <summary>Whether a Date field was seen.</summary>
        public bool HasDate;

        /// <summary>Whether a Message-ID field was seen.</summary>
        public bool HasMessageId;

        /// <summary>Received fields seen.</summary>
        public int ReceivedCount;

        /// <summary>Whether the header is over, or known not to be there: no octet needs to be shown any more.</summary>
        public bool IsEnded;

        /// <summary>Starts over, for the first octet of mail data.</summary>
        public void Begin()
        {
            _state = AtLineStart;
            IsEnded = false;
            HasHeader = false;
            IsEmpty = false;
            HasDate = false;
            HasMessageId = false;
            ReceivedCount = 0;
            _nameCount = 0;
            _name = NoName;
            _nameEnded = false;
        }

        /// <summary>Decides now: where the first line is not known to be a field yet, there is no header.</summary>
        public void Settle()
        {
            if (!HasHeader)
            {
                IsEnded = true;
            }
        }

        /// <summary>Looks at the next octets of the mail data.</summary>
        /// <param name="buffer">The octets, in wire form; unchanged.</param>
        /// <param name="offset">The first.</param>
        /// <param name="end">Behind the last.</param>
        /// <returns>Index of the empty line or final dot that ends the header, which is where a field can still be put; -1 where none was
        /// reached.</returns>
        public int Scan(byte[] buffer, int offset, int end)
        {
            int at = offset;
            while (at < end && !IsEnded)
            {
                if (_state == InRest)
                {
                    int lf = Array.IndexOf(buffer, Octets.SoughtLf, at, end - at);
                    if (lf < 0)
                    {
                        return -1;
                    }

                    at = lf + 1;
                    _state = AtLineStart;
                }
                else if (_state == InName)
                {
                    at = ScanName(buffer, at, end);
                }
                else
                {
                    if (EndsHeader(buffer, at, end))
                    {
                        IsEnded = true;
                        IsEmpty = !HasHeader && buffer[at] != Octets.Dot;
                        return at;
                    }

                    // A dot that begins a line is transparency, and the line is what follows it.
                    at = buffer[at] == Octets.Dot ? at + 1 : at;
                    BeginName();
                }
            }

            return -1;
        }

        private static bool EndsHeader(byte[] buffer, int at, int end)
        {
            int cr = buffer[at] == Octets.Dot ? at + 1 : at;
            return cr + 1 < end && buffer[cr] == Octets.Cr && buffer[cr + 1] == Octets.Lf;
        }

        private void BeginName()
        {
            _state = InName;
            _nameCount = 0;
            _name = NoName;
            _nameEnded = false;
        }

        private int ScanName(byte[] buffer, int offset, int end)
        {
            for (int at = offset; at < end; at++)
            {
                int octet = buffer[at];
                if (octet == ':')
                {
                    EndName();
                    return at;
                }

                if (octet == Octets.Space || octet == Octets.Tab)
                {
                    _nameEnded = true;
                }
                else if (octet <= Octets.Space || octet > 126 || _nameEnded || _nameCount == NameOctetsMax)
                {
                    NotAField();
                    return at;
                }
                else
                {
                    Follow(Octets.ToLower(octet));
                }

                // Beyond the first line only three names matter, and white space at the start is a folded line.
                if (_name == NoName && (HasHeader || _nameCount == 0))
                {
                    NotAField();
                    return at;
                }
            }

            return end;
        }

        // Follows the one of the three names that the octets so far spell.
        private void Follow(int octet)
        {
            if (_nameCount == 0)
            {
                _name = octet == 'd' ? Date : octet == 'm' ? MessageId : octet == 'r' ? Received : NoName;
            }
            else if (_name != NoName)
            {
                byte[] name = s_names[_name];
                if (_nameCount >= name.Length || name[_nameCount] != octet)
                {
                    _name = NoName;
                }
            }

            _nameCount++;
        }

        private void EndName()
        {
            if (_nameCount == 0)
            {
                NotAField();
                return;
            }

            HasHeader = true;
            _state = InRest;
            if (_name == NoName || _nameCount != s_names[_name].Length)
            {
                return;
            }

            if (_name == Date)
            {
                HasDate = true;
            }
            else if (_name == MessageId)
            {
                HasMessageId = true;
            }
            else
            {
                ReceivedCount++;
            }
        }

        private void NotAField()
        {
            _state = InRest;
            IsEnded = !HasHeader;
        }
    }
}

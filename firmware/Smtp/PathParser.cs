using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <summary>Reads the path of MAIL and RCPT (RFC 5321 section 4.1.2).</summary>
    /// <remarks>
    /// <code>
    /// path    = "&lt;" [ "@" domain *( "," "@" domain ) ":" ] mailbox "&gt;"        the source route is accepted and ignored
    /// mailbox = ( dot-string / quoted-string ) "@" ( domain / "[" literal "]" )
    /// </code>
    /// Device mode also takes a path without brackets, a mailbox without a domain, dots anywhere in a local-part, a dot behind the
    /// domain, underscores, and hyphens at the ends of a label. A control character is never part of a path: what was read here is
    /// fit for a header field. After <see cref="Parse"/> the fields hold, until the line's octets are gone.
    /// </remarks>
    public sealed class PathParser
    {

        private readonly bool _strict;
        private readonly byte[] _unquoted = new byte[Limits.LocalPartOctetsMax];

        /// <summary>Makes a parser; done at boot.</summary>
        /// <param name="strict">Whether to go by the RFC's words.</param>
        public PathParser(bool strict)
        {
            _strict = strict;
        }

        /// <summary>Buffer of the line.</summary>
        public byte[] Buffer;

        /// <summary>Where the mailbox begins, behind bracket and source route.</summary>
        public int MailboxOffset;

        /// <summary>Octets of the mailbox, as it came; 0 for the null path. At most <see cref="Envelope.MailboxOctetsMax"/>.</summary>
        public int MailboxCount;

        /// <summary>Buffer of the local-part, unquoted: the line's, or one of the parser's.</summary>
        public byte[] LocalBuffer;

        /// <summary>Where the local-part begins.</summary>
        public int LocalOffset;

        /// <summary>Octets of the local-part.</summary>
        public int LocalCount;

        /// <summary>Where the domain begins, an address literal with its bracket.</summary>
        public int DomainOffset;

        /// <summary>Octets of the domain, an address literal with its brackets; 0 where there is none.</summary>
        public int DomainCount;

        /// <summary>Whether the domain is an address literal.</summary>
        public bool IsLiteral;

        /// <summary>Whether an octet beyond ASCII is in the mailbox.</summary>
        public bool HasHigh;

        /// <summary>Index behind the path, where white space and parameters begin.</summary>
        public int End;

        /// <summary>Reads a path.</summary>
        /// <param name="buffer">The line's buffer.</param>
        /// <param name="offset">Behind the colon (device mode: and white space).</param>
        /// <param name="end">Behind the line's last octet.</param>
        /// <param name="forward">True for RCPT: not null, and in strict mode postmaster alone may lack a domain.</param>
        /// <returns>False where it is none, or over a limit of RFC 5321 section 4.5.3.1: 501.</returns>
        public bool Parse(byte[] buffer, int offset, int end, bool forward)
        {
            offset = _strict ? offset : SkipName(buffer, offset, end);
            Clear(buffer, offset);
            bool bracketed = offset < end && buffer[offset] == '<';
            if (!bracketed && (_strict || (forward && offset == end)))
            {
                return false;
            }

            int at = bracketed ? offset + 1 : offset;
            bool isNull = at == end ? !bracketed : bracketed && buffer[at] == '>';
            if (isNull)
            {
                End = bracketed ? at + 1 : at;
                return !forward && IsEnded(buffer, end);
            }

            at = SkipRoute(buffer, at, end);
            at = at < 0 ? -1 : ReadMailbox(buffer, at, end, forward);
            if (at < 0 || (bracketed && (at == end || buffer[at] != '>')))
            {
                return false;
            }

            End = bracketed ? at + 1 : at;
            return End - offset <= Limits.PathOctetsMax && IsEnded(buffer, end) && IsText(buffer);
        }

        // Some put the header's form there, a name before the address: what is in brackets counts.
        private static int SkipName(byte[] buffer, int offset, int end)
        {
            for (int at = offset + 1; at < end && buffer[offset] != '<'; at++)
            {
                if (buffer[at] == '<' && (buffer[at - 1] == Octets.Space || buffer[at - 1] == '"'))
                {
                    return at;
                }
            }

            return offset;
        }

        // Beyond ASCII strict mode takes UTF-8 only (RFC 6531 section 3.3); a device sends its code page, and that is kept.
        private bool IsText(byte[] buffer)
        {
            return !_strict || !HasHigh || Utf8.IsValid(buffer, MailboxOffset, MailboxCount);
        }

        private void Clear(byte[] buffer, int offset)
        {
            Buffer = buffer;
            MailboxOffset = offset;
            MailboxCount = 0;
            LocalBuffer = buffer;
            LocalOffset = offset;
            LocalCount = 0;
            DomainOffset = offset;
            DomainCount = 0;
            IsLiteral = false;
            HasHigh = false;
            End = offset;
        }

        private bool IsEnded(byte[] buffer, int end)
        {
            return End == end || buffer[End] == Octets.Space || (!_strict && buffer[End] == Octets.Tab);
        }

        private int SkipRoute(byte[] buffer, int offset, int end)
        {
            int at = offset;
            while (at < end && buffer[at] == '@')
            {
                at = ReadDomain(buffer, at + 1, end);
                if (at < 0 || at == end)
                {
                    return -1;
                }

                if (buffer[at] == ':')
                {
                    return at + 1;
                }

                if (buffer[at] != ',' || at + 1 == end || buffer[at + 1] != '@')
                {
                    return -1;
                }

                at++;
            }

            return at;
        }

        private int ReadMailbox(byte[] buffer, int offset, int end, bool forward)
        {
            HasHigh = false;
            MailboxOffset = offset;
            bool quoted = offset < end && buffer[offset] == '"';
            int at = quoted ? ReadQuoted(buffer, offset, end) : ReadDotString(buffer, offset, end);
            if (at < 0 || at - offset > Limits.LocalPartOctetsMax)
            {
                return -1;
            }

            if (at < end && buffer[at] == '@')
            {
                DomainOffset = at + 1;
                bool literal = at + 1 < end && buffer[at + 1] == '[';
                int behind = literal ? ReadLiteral(buffer, at + 1, end) : ReadDomain(buffer, at + 1, end);
                if (behind < 0)
                {
                    return -1;
                }

                IsLiteral = literal;
                bool dotted = !literal && buffer[behind - 1] == Octets.Dot;
                DomainCount = behind - DomainOffset - (dotted ? 1 : 0);
                MailboxCount = DomainOffset + DomainCount - offset;
                return behind;
            }

            MailboxCount = at - offset;
            DomainOffset = at;
            bool isPostmaster = Octets.EqualIgnoreCase(LocalBuffer, LocalOffset, LocalCount, AddressBook.PostmasterName, 0, AddressBook.PostmasterName.Length);
            return !_strict || (forward && isPostmaster) ? at : -1;
        }

        private int ReadDotString(byte[] buffer, int offset, int end)
        {
            int at = offset;
            while (at < end)
            {
                int octet = buffer[at];
                if (octet == Octets.Dot)
                {
                    if (_strict && (at == offset || buffer[at - 1] == Octets.Dot))
                    {
                        return -1;
                    }
                }
                else if (OctetClass.Is(octet, OctetClass.High))
                {
                    HasHigh = true;
                }
                else if (!OctetClass.Is(octet, OctetClass.Atext))
                {
                    break;
                }

                at++;
            }

            LocalOffset = offset;
            LocalCount = at - offset;
            return LocalCount == 0 || (_strict && buffer[at - 1] == Octets.Dot) ? -1 : at;
        }

        private int ReadQuoted(byte[] buffer, int offset, int end)
        {
            int count = 0;
            LocalBuffer = _unquoted;
            LocalOffset = 0;
            int at = offset + 1;
            while (at < end && buffer[at] != '"')
            {
                int octet = buffer[at];
                if (octet == '\\')
                {
                    at++;
                    if (at == end || buffer[at] < ' ' || buffer[at] > 126)
                    {
                        return -1;
                    }

                    octet = buffer[at];
                }
                else if (!OctetClass.Is(octet, OctetClass.Qtext | OctetClass.High))
                {
                    return -1;
                }

                HasHigh |= octet > 127;
                if (count == Limits.LocalPartOctetsMax)
                {
                    return -1;
                }

                _unquoted[count] = (byte)octet;
                count++;
                at++;
            }

            LocalCount = count;
            return at < end ? at + 1 : -1;
        }

        // Labels joined by dots. Strict: letters and digits, hyphens between them. The device's final dot is left to the caller.
        private int ReadDomain(byte[] buffer, int offset, int end)
        {
            int at = offset;
            int labelOffset = offset;
            while (at < end)
            {
                int octet = buffer[at];
                if (octet == Octets.Dot)
                {
                    if (!IsLabel(buffer, labelOffset, at))
                    {
                        return -1;
                    }

                    labelOffset = at + 1;
                }
                else if (OctetClass.Is(octet, OctetClass.High))
                {
                    HasHigh = true;
                }
                else if (!OctetClass.Is(octet, OctetClass.LetterOrDigit) && octet != '-' && (_strict || octet != '_'))
                {
                    break;
                }

                at++;
            }

            bool dotted = !_strict && labelOffset == at && at - 1 > offset;
            int count = dotted ? at - 1 - offset : at - offset;
            return count <= Limits.DomainOctetsMax && (dotted || IsLabel(buffer, labelOffset, at)) ? at : -1;
        }

        private bool IsLabel(byte[] buffer, int offset, int end)
        {
            return offset < end && !(_strict && (buffer[offset] == '-' || buffer[end - 1] == '-'));
        }

        private static int ReadLiteral(byte[] buffer, int offset, int end)
        {
            int at = OctetClass.Skip(buffer, offset + 1, end, OctetClass.Dcontent);
            bool closed = at < end && buffer[at] == ']' && at + 1 - offset <= Limits.DomainOctetsMax;
            bool valid = closed && AddressLiteral.IsValid(buffer, offset + 1, at);
            return valid ? at + 1 : -1;
        }
    }
}

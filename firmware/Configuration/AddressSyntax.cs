using MailAppliance.Core;

namespace MailAppliance.Configuration
{
    /// <summary>What a configuration may say where it names domains, mailboxes and local addresses.</summary>
    internal static class AddressSyntax
    {
        private const int LabelOctetsMax = 63;

        /// <summary>What an atom may hold beside letters and digits (RFC 5322 section 3.2.3).</summary>
        private const string AtomMarks = "!#$%&'*+-/=?^_`{|}~";

        /// <summary>Whether a range is a domain name: labels of letters, digits, hyphens, underscores and UTF-8, with dots between them.</summary>
        internal static bool IsDomain(byte[] buffer, int offset, int count)
        {
            if (count < 1 || count > Limits.DomainOctetsMax)
            {
                return false;
            }

            int end = offset + count;
            int label = offset;
            for (int index = offset; index <= end; index++)
            {
                if (index < end && buffer[index] != Octets.Dot)
                {
                    if (!IsLabelOctet(buffer[index]))
                    {
                        return false;
                    }

                    continue;
                }

                int octets = index - label;
                if (octets < 1 || octets > LabelOctetsMax || buffer[label] == '-' || buffer[index - 1] == '-')
                {
                    return false;
                }

                label = index + 1;
            }

            return true;
        }

        /// <summary>Whether a range is a local-part without quotes (RFC 5321 Dot-string, RFC 6531 UTF-8), or a whole address with such a one.</summary>
        internal static bool IsMailbox(byte[] buffer, int offset, int count)
        {
            int at = count;
            for (int index = count - 1; index >= 0 && at == count; index--)
            {
                if (buffer[offset + index] == '@')
                {
                    at = index;
                }
            }

            return IsLocalPart(buffer, offset, at)
                && (at == count || IsDomain(buffer, offset + at + 1, count - at - 1));
        }

        /// <summary>Whether a range is an IPv4 address in dotted form or, roughly, an IPv6 address; the network has the last word.</summary>
        internal static bool IsIpAddress(byte[] buffer, int offset, int count)
        {
            return IsIpv4(buffer, offset, count) || LooksLikeIpv6(buffer, offset, count);
        }

        private static bool IsLocalPart(byte[] buffer, int offset, int count)
        {
            if (count < 1 || count > Limits.LocalPartOctetsMax)
            {
                return false;
            }

            bool wasDot = true;
            for (int index = offset; index < offset + count; index++)
            {
                bool isDot = buffer[index] == Octets.Dot;
                if (isDot ? wasDot : !IsAtomOctet(buffer[index]))
                {
                    return false;
                }

                wasDot = isDot;
            }

            return !wasDot;
        }

        private static bool IsLabelOctet(int octet)
        {
            return IsLetterOrDigit(octet) || octet == '-' || octet == '_';
        }

        private static bool IsAtomOctet(int octet)
        {
            if (IsLetterOrDigit(octet))
            {
                return true;
            }

            for (int index = 0; index < AtomMarks.Length; index++)
            {
                if (AtomMarks[index] == octet)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Also every octet of a character beyond ASCII.</summary>
        private static bool IsLetterOrDigit(int octet)
        {
            int lower = Octets.ToLower(octet);
            return (lower >= 'a' && lower <= 'z') || (octet >= '0' && octet <= '9') || octet >= 0x80;
        }

        private static bool IsIpv4(byte[] buffer, int offset, int count)
        {
            int end = offset + count;
            int parts = 0;
            while (offset <= end && parts < 4)
            {
                int stop = offset;
                while (stop < end && buffer[stop] != Octets.Dot)
                {
                    stop++;
                }

                long part = Octets.ParseDecimal(buffer, offset, stop - offset);
                if (part < 0 || part > 255 || stop - offset > 3)
                {
                    return false;
                }

                parts++;
                offset = stop + 1;
            }

            return parts == 4 && offset == end + 1;
        }

        private static bool LooksLikeIpv6(byte[] buffer, int offset, int count)
        {
            int colons = 0;
            for (int index = offset; index < offset + count; index++)
            {
                int octet = Octets.ToLower(buffer[index]);
                bool isHex = (octet >= '0' && octet <= '9') || (octet >= 'a' && octet <= 'f');
                if (!isHex && octet != ':' && octet != '.')
                {
                    return false;
                }

                colons += octet == ':' ? 1 : 0;
            }

            return colons >= 2 && colons <= 8 && count <= 45;
        }
    }
}

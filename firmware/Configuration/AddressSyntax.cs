using MailAppliance.Core;

namespace MailAppliance.Configuration
{
    /// <summary>What a configuration may say where it names domains, mailboxes and local addresses.</summary>
    internal static class AddressSyntax
    {
        private const int LabelOctetsMax = 63;

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
            int at = LocalOctets(buffer, offset, count);
            return IsLocalPart(buffer, offset, at)
                && (at == count || IsDomain(buffer, offset + at + 1, count - at - 1));
        }

        /// <summary>The octets of a mailbox before its last <c>@</c>; all of them where it has none.</summary>
        internal static int LocalOctets(byte[] buffer, int offset, int count)
        {
            for (int index = count - 1; index >= 0; index--)
            {
                if (buffer[offset + index] == '@')
                {
                    return index;
                }
            }

            return count;
        }

        /// <summary>Whether a range is an IPv4 address in dotted form or, roughly, an IPv6 address; the network has the last word.</summary>
        internal static bool IsIpAddress(byte[] buffer, int offset, int count)
        {
            // Not in the form of an address literal.
            return count > 0 && Octets.ToLower(buffer[offset]) != 'i' && IpAddress.Parse(buffer, offset, count, new byte[IpAddress.OctetCount]);
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
                if (isDot ? wasDot : !OctetClass.Is(buffer[index], OctetClass.Atext | OctetClass.High))
                {
                    return false;
                }

                wasDot = isDot;
            }

            return !wasDot;
        }

        // Also every octet of a character beyond ASCII.
        private static bool IsLabelOctet(int octet)
        {
            return OctetClass.Is(octet, OctetClass.LetterOrDigit | OctetClass.High) || octet == '-' || octet == '_';
        }
    }
}

using System;

namespace MailAppliance.Core
{
    /// <summary>
    /// IP addresses as text (RFC 4291 section 2.2, RFC 5321 section 4.1.3) and as 16 octets; an IPv4 address is the IPv6 one that stands
    /// for it, <c>::ffff:192.0.2.1</c> (RFC 4291 section 2.5.5.2).
    /// </summary>
    public static class IpAddress
    {
        /// <summary>Octets of an address.</summary>
        public const int OctetCount = 16;

        /// <summary>Bits in front of an IPv4 address.</summary>
        public const int Ipv4Bits = 96;

        private const int Ipv4At = 12;

        /// <summary>What stands before an IPv6 address in an address literal (RFC 5321 section 4.1.3).</summary>
        internal static readonly byte[] Ipv6Tag = Octets.Of("IPv6:");

        /// <summary>Reads an address, also in the form of an address literal.</summary>
        /// <param name="text">The buffer.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">The octets, all of them the address's.</param>
        /// <param name="address">16 octets, written to.</param>
        /// <returns>True where it is one; where not, the octets are anything.</returns>
        public static bool Parse(byte[] text, int offset, int count, byte[] address)
        {
            int end = offset + count;
            Array.Clear(address, 0, OctetCount);
            if (count > Ipv6Tag.Length && Octets.EqualIgnoreCase(text, offset, Ipv6Tag.Length, Ipv6Tag, 0, Ipv6Tag.Length))
            {
                return ParseIpv6(text, offset + Ipv6Tag.Length, end, address);
            }

            if (FindColon(text, offset, end) < end)
            {
                return ParseIpv6(text, offset, end, address);
            }

            address[Ipv4At - 2] = 0xFF;
            address[Ipv4At - 1] = 0xFF;
            return ParseIpv4(text, offset, end, address, Ipv4At);
        }

        /// <summary>Whether an address stands for an IPv4 one.</summary>
        /// <param name="address">The address.</param>
        /// <returns>True where it does.</returns>
        public static bool IsIpv4(byte[] address)
        {
            int sum = 0;
            for (int at = 0; at < Ipv4At - 2; at++)
            {
                sum |= address[at];
            }

            return sum == 0 && address[Ipv4At - 2] == 0xFF && address[Ipv4At - 1] == 0xFF;
        }

        private static int FindColon(byte[] text, int at, int end)
        {
            while (at < end && text[at] != ':')
            {
                at++;
            }

            return at;
        }

        private static bool ParseIpv4(byte[] text, int at, int end, byte[] address, int to)
        {
            for (int part = 0; part < 4; part++)
            {
                int behind = at;
                while (behind < end && text[behind] != '.')
                {
                    behind++;
                }

                long value = behind - at > 3 ? -1 : Octets.ParseDecimal(text, at, behind - at);
                if (value < 0 || value > 255 || (part < 3) != (behind < end))
                {
                    return false;
                }

                address[to + part] = (byte)value;
                at = behind + 1;
            }

            return true;
        }

        // Groups of 1 to 4 hexadecimal digits, one "::" at most for what is left out, an IPv4 address in place of the last two.
        private static bool ParseIpv6(byte[] text, int at, int end, byte[] address)
        {
            int to = 0;
            int gap = -1;
            if (end - at >= 2 && text[at] == ':' && text[at + 1] == ':')
            {
                gap = 0;
                at += 2;
            }

            while (at < end)
            {
                int behind = FindColon(text, at, end);
                int group = ParseGroup(text, at, behind);
                if (group < 0)
                {
                    if (behind < end || to > Ipv4At || !ParseIpv4(text, at, end, address, to))
                    {
                        return false;
                    }

                    to += 4;
                    at = end;
                    break;
                }

                // A colon at the end has a group behind it, or is the second of two.
                if (to > OctetCount - 2 || behind + 1 == end)
                {
                    return false;
                }

                address[to] = (byte)(group >> 8);
                address[to + 1] = (byte)group;
                to += 2;
                at = behind + 1;
                if (at < end && text[at] == ':')
                {
                    if (gap >= 0)
                    {
                        return false;
                    }

                    gap = to;
                    at++;
                }
            }

            return gap < 0 ? to == OctetCount : to < OctetCount && OpenGap(address, gap, to);
        }

        private static bool OpenGap(byte[] address, int gap, int to)
        {
            int behind = to - gap;
            Array.Copy(address, gap, address, OctetCount - behind, behind);
            Array.Clear(address, gap, OctetCount - to);
            return true;
        }

        private static int ParseGroup(byte[] text, int at, int end)
        {
            if (end - at < 1 || end - at > 4)
            {
                return -1;
            }

            int value = 0;
            for (; at < end; at++)
            {
                int letter = Octets.ToLower(text[at]);
                int digit = letter >= '0' && letter <= '9' ? letter - '0' : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
                if (digit < 0)
                {
                    return -1;
                }

                value = (value << 4) | digit;
            }

            return value;
        }
    }
}

using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <summary>Address literals (RFC 5321 section 4.1.3): <c>[192.0.2.1]</c>, <c>[IPv6:2001:db8::1]</c>, <c>[tag:content]</c>.</summary>
    public static class AddressLiteral
    {
        private const int Ipv6Groups = 8;

        private static readonly byte[] s_ipv6 = Octets.Of("IPv6:");
        private static readonly byte[] s_loopback = Octets.Of("127.0.0.1");
        private static readonly byte[] s_loopback6 = Octets.Of("IPv6:::1");

        /// <summary>Whether a range is what may stand between the brackets.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">Behind the opening bracket.</param>
        /// <param name="end">The closing bracket.</param>
        /// <returns>True where it is.</returns>
        public static bool IsValid(byte[] buffer, int offset, int end)
        {
            if (offset < end && OctetClass.Is(buffer[offset], OctetClass.Digit) && IsIpv4(buffer, offset, end))
            {
                return true;
            }

            if (end - offset > s_ipv6.Length && Octets.EqualIgnoreCase(buffer, offset, s_ipv6.Length, s_ipv6, 0, s_ipv6.Length))
            {
                return IsIpv6(buffer, offset + s_ipv6.Length, end);
            }

            int colon = offset;
            while (colon < end && (buffer[colon] == '-' || OctetClass.Is(buffer[colon], OctetClass.LetterOrDigit)))
            {
                colon++;
            }

            return colon > offset && buffer[colon - 1] != '-' && colon + 1 < end && buffer[colon] == ':'
                && OctetClass.Skip(buffer, colon + 1, end, OctetClass.Dcontent) == end;
        }

        /// <summary>Whether a literal is an address of ours: the one that the connection came to, or a loopback address.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">Behind the opening bracket.</param>
        /// <param name="count">Octets between the brackets.</param>
        /// <param name="localAddress">The connection's local address, in the same form.</param>
        /// <returns>True where it is.</returns>
        public static bool IsOurs(byte[] buffer, int offset, int count, byte[] localAddress)
        {
            return Octets.EqualIgnoreCase(buffer, offset, count, localAddress, 0, localAddress.Length)
                || Octets.EqualIgnoreCase(buffer, offset, count, s_loopback, 0, s_loopback.Length)
                || Octets.EqualIgnoreCase(buffer, offset, count, s_loopback6, 0, s_loopback6.Length);
        }

        private static bool IsIpv4(byte[] buffer, int offset, int end)
        {
            int at = offset;
            for (int part = 0; part < 4; part++)
            {
                if (part > 0)
                {
                    if (at == end || buffer[at] != '.')
                    {
                        return false;
                    }

                    at++;
                }

                int behind = OctetClass.Skip(buffer, at, end, OctetClass.Digit);
                if (behind - at > 3 || Octets.ParseDecimal(buffer, at, behind - at) > 255 || behind == at)
                {
                    return false;
                }

                at = behind;
            }

            return at == end;
        }

        // Groups of 1 to 4 hexadecimal digits, one "::" at most for what is left out, an IPv4 address in place of the last two.
        private static bool IsIpv6(byte[] buffer, int offset, int end)
        {
            int groups = 0;
            bool shortened = false;
            int at = offset;
            if (buffer[at] == ':')
            {
                if (at + 1 == end || buffer[at + 1] != ':')
                {
                    return false;
                }

                shortened = true;
                at += 2;
            }

            while (at < end)
            {
                int behind = OctetClass.Skip(buffer, at, end, OctetClass.HexDigit);
                if (behind < end && buffer[behind] == '.')
                {
                    groups += 2;
                    return IsIpv4(buffer, at, end) && (shortened ? groups < Ipv6Groups : groups == Ipv6Groups);
                }

                if (behind == at || behind - at > 4 || (behind < end && buffer[behind] != ':') || behind + 1 == end)
                {
                    return false;
                }

                groups++;
                at = behind + 1;
                if (at < end && buffer[at] == ':')
                {
                    if (shortened)
                    {
                        return false;
                    }

                    shortened = true;
                    at++;
                }
            }

            return shortened ? groups < Ipv6Groups : groups == Ipv6Groups;
        }
    }
}

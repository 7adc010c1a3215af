using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <summary>Address literals (RFC 5321 section 4.1.3): <c>[192.0.2.1]</c>, <c>[IPv6:2001:db8::1]</c>, <c>[tag:content]</c>.</summary>
    public static class AddressLiteral
    {
        private static readonly byte[] s_loopback = Octets.Of("127.0.0.1");
        private static readonly byte[] s_loopback6 = Octets.Of("IPv6:::1");

        // Written to, and never read: whether it is an address is all that counts.
        private static readonly byte[] s_address = new byte[IpAddress.OctetCount];

        /// <summary>Whether a range is what may stand between the brackets.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">Behind the opening bracket.</param>
        /// <param name="end">The closing bracket.</param>
        /// <returns>True where it is.</returns>
        public static bool IsValid(byte[] buffer, int offset, int end)
        {
            bool isIpv6 = end - offset > IpAddress.Ipv6Tag.Length && Octets.EqualIgnoreCase(buffer, offset, IpAddress.Ipv6Tag.Length, IpAddress.Ipv6Tag, 0, IpAddress.Ipv6Tag.Length);
            if (isIpv6 || (offset < end && OctetClass.Is(buffer[offset], OctetClass.Digit)))
            {
                bool isAddress = IpAddress.Parse(buffer, offset, end - offset, s_address);
                if (isAddress || isIpv6)
                {
                    return isAddress;
                }
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
    }
}

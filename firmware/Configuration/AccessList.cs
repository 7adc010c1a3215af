using System;
using MailAppliance.Core;

namespace MailAppliance.Configuration
{
    /// <summary>Which networks may send and fetch (section <c>[access]</c>): of those that hold an address the longest prefix decides, and
    /// who is in none of them is refused.</summary>
    public sealed class AccessList
    {
        /// <summary>Nothing: every connection is refused.</summary>
        public const int Refuse = 0;

        /// <summary>SMTP.</summary>
        public const int Send = 1;

        /// <summary>POP3.</summary>
        public const int Fetch = 2;

        private const int BitsAt = IpAddress.OctetCount;
        private const int RightsAt = BitsAt + 1;
        private const int EntryOctets = RightsAt + 1;

        // Private networks, link-local ones and loopback (RFC 1918, 3927, 4193, 4291).
        private static readonly byte[] s_private = Octets.Of(
            "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16,127.0.0.0/8,fc00::/7,fe80::/10,::1");

        private readonly byte[] _entries;
        private int _count;

        /// <summary>Makes an empty one; done at boot.</summary>
        /// <param name="capacity">Networks that it will hold.</param>
        internal AccessList(int capacity)
        {
            _entries = new byte[capacity * EntryOctets];
        }

        /// <summary>Networks.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Octets that it takes.</summary>
        public int OctetCount
        {
            get { return _entries.Length; }
        }

        /// <summary>What holds where the configuration says nothing: private networks and loopback may do both.</summary>
        /// <returns>The list.</returns>
        internal static AccessList OfPrivateNetworks()
        {
            AccessList list = new AccessList(8);
            ConfigurationList networks = new ConfigurationList(s_private, 0, s_private.Length);
            while (networks.Next())
            {
                list.Add(s_private, networks.Offset, networks.Count, Send | Fetch);
            }

            return list;
        }

        /// <summary>Reads a network, ADDRESS or ADDRESS/BITS.</summary>
        /// <param name="text">The buffer.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">The octets.</param>
        /// <param name="address">16 octets, written to.</param>
        /// <returns>The bits of 128 that count; -1 where it is no network.</returns>
        internal static int ParseNetwork(byte[] text, int offset, int count, byte[] address)
        {
            int slash = offset;
            while (slash < offset + count && text[slash] != '/')
            {
                slash++;
            }

            if (!IpAddress.Parse(text, offset, slash - offset, address))
            {
                return -1;
            }

            int most = IpAddress.OctetCount * 8;
            if (slash == offset + count)
            {
                return most;
            }

            int before = IpAddress.IsIpv4(address) ? IpAddress.Ipv4Bits : 0;
            long bits = Octets.ParseDecimal(text, slash + 1, offset + count - slash - 1);
            return bits < 0 || bits > most - before ? -1 : (int)bits + before;
        }

        /// <summary>Adds a network that <see cref="ParseNetwork"/> takes.</summary>
        /// <param name="text">The buffer.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">The octets.</param>
        /// <param name="rights">What it may do: <see cref="Send"/> and <see cref="Fetch"/>, or neither.</param>
        /// <returns>False where it is there already, whatever it may do.</returns>
        internal bool Add(byte[] text, int offset, int count, int rights)
        {
            byte[] address = new byte[IpAddress.OctetCount];
            int bits = ParseNetwork(text, offset, count, address);
            for (int at = 0; at < _count * EntryOctets; at += EntryOctets)
            {
                if (_entries[at + BitsAt] == bits && Holds(at, address))
                {
                    return false;
                }
            }

            int entry = _count * EntryOctets;
            Array.Copy(address, 0, _entries, entry, IpAddress.OctetCount);
            _entries[entry + BitsAt] = (byte)bits;
            _entries[entry + RightsAt] = (byte)rights;
            _count++;
            return true;
        }

        /// <summary>What an address may do. Allocates nothing, and changes nothing here: several may ask.</summary>
        /// <param name="literal">The address, as a connection tells it.</param>
        /// <param name="address">16 octets of the caller's, written to.</param>
        /// <returns><see cref="Send"/> and <see cref="Fetch"/>, or <see cref="Refuse"/>; Refuse also for what is no address.</returns>
        public int RightsOf(byte[] literal, byte[] address)
        {
            if (literal == null || !IpAddress.Parse(literal, 0, literal.Length, address))
            {
                return Refuse;
            }

            int longest = -1;
            int rights = Refuse;
            for (int at = 0; at < _count * EntryOctets; at += EntryOctets)
            {
                if (_entries[at + BitsAt] > longest && Holds(at, address))
                {
                    longest = _entries[at + BitsAt];
                    rights = _entries[at + RightsAt];
                }
            }

            return rights;
        }

        private bool Holds(int entry, byte[] address)
        {
            int bits = _entries[entry + BitsAt];
            int whole = bits >> 3;
            for (int at = 0; at < whole; at++)
            {
                if (_entries[entry + at] != address[at])
                {
                    return false;
                }
            }

            int rest = bits & 7;
            return rest == 0 || ((_entries[entry + whole] ^ address[whole]) >> (8 - rest)) == 0;
        }
    }
}

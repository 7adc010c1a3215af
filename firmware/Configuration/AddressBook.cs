using MailAppliance.Core;

namespace MailAppliance.Configuration
{
    /// <summary>Who gets what is sent to an address: the <c>domains</c> and <c>addresses</c> of the configuration.</summary>
    /// <remarks>Filled at boot, asked while mail flows. A few entries: a walk over them beats any table.</remarks>
    public sealed class AddressBook
    {
        /// <summary>The domain is ours and nobody has that local-part: 550 5.1.1.</summary>
        public const int NoSuchMailbox = -1;

        /// <summary>The domain is not ours: 550 5.7.1.</summary>
        public const int NotOurs = -2;

        /// <summary>The local-part that every mail server takes (RFC 5321 section 4.5.1).</summary>
        internal static readonly byte[] PostmasterName = Octets.Of("postmaster");

        // Parallel arrays: an element of an array of objects would cost the board 12 octets more each.
        private readonly byte[][] _domains;
        private byte[][] _addresses;
        private int[] _ats;
        private int[] _maildrops;
        private int _domainCount;
        private int _addressCount;
        private int _catchAll = NoSuchMailbox;
        private int _postmaster;
        private bool _anyDomain;

        /// <summary>Makes an empty book; done at boot.</summary>
        /// <param name="domainsMax">Domains it has room for.</param>
        /// <param name="addressesMax">Local-parts and whole addresses it has room for.</param>
        public AddressBook(int domainsMax, int addressesMax)
        {
            _domains = new byte[domainsMax][];
            Reserve(addressesMax);
        }

        /// <summary>Makes room for addresses, and forgets those that are there; done at boot.</summary>
        /// <param name="addressesMax">Local-parts and whole addresses to make room for.</param>
        internal void Reserve(int addressesMax)
        {
            _addresses = new byte[addressesMax][];
            _ats = new int[addressesMax];
            _maildrops = new int[addressesMax];
            _addressCount = 0;
        }

        /// <summary>Local-parts and whole addresses in it; <c>*</c> is none.</summary>
        public int Count
        {
            get { return _addressCount; }
        }

        /// <summary>Octets of them, each with the 16 that an array costs the board.</summary>
        public int TextOctets
        {
            get
            {
                int octets = 0;
                for (int index = 0; index < _addressCount; index++)
                {
                    octets += 16 + _addresses[index].Length;
                }

                return octets;
            }
        }

        /// <summary>Takes a domain as ours.</summary>
        /// <param name="domain">The domain; kept.</param>
        public void AddDomain(byte[] domain)
        {
            _domains[_domainCount] = domain;
            _domainCount++;
        }

        /// <summary>Takes any domain as ours (<c>domains = *</c>).</summary>
        public void TakeAnyDomain()
        {
            _anyDomain = true;
        }

        /// <summary>Gives an address to a maildrop.</summary>
        /// <param name="address">A local-part in any of our domains, or a whole address, which needs no domain of ours; kept.</param>
        /// <param name="maildrop">The maildrop's index.</param>
        public void Add(byte[] address, int maildrop)
        {
            int local = AddressSyntax.LocalOctets(address, 0, address.Length);
            int at = local < address.Length ? local : -1;
            _addresses[_addressCount] = address;
            _ats[_addressCount] = at;
            _maildrops[_addressCount] = maildrop;
            _addressCount++;
            if (at < 0 && ConfigurationText.AreSame(address, PostmasterName))
            {
                _postmaster = maildrop;
            }
        }

        /// <summary>Gives every other local-part of our domains to a maildrop (<c>addresses = *</c>).</summary>
        /// <param name="maildrop">The maildrop's index.</param>
        public void CatchAll(int maildrop)
        {
            _catchAll = maildrop;
        }

        /// <summary>Index of the maildrop that gets postmaster's mail.</summary>
        public int Postmaster
        {
            get { return _postmaster; }
        }

        /// <summary>Finds the maildrop of an address, without case.</summary>
        /// <param name="local">Buffer of the local-part, unquoted.</param>
        /// <param name="localOffset">Its first octet.</param>
        /// <param name="localCount">Its octets.</param>
        /// <param name="domain">Buffer of the domain.</param>
        /// <param name="domainOffset">Its first octet.</param>
        /// <param name="domainCount">Its octets; 0 for a local-part alone, which counts as in our domain.</param>
        /// <param name="isOurLiteral">Whether the domain is an address literal of our own, which counts as our domain.</param>
        /// <returns>The index in <see cref="ApplianceSettings.Maildrops"/>, <see cref="NoSuchMailbox"/> or <see cref="NotOurs"/>.</returns>
        public int Find(byte[] local, int localOffset, int localCount, byte[] domain, int domainOffset, int domainCount, bool isOurLiteral)
        {
            bool ours = isOurLiteral || domainCount == 0 || IsOurs(domain, domainOffset, domainCount);
            for (int index = 0; index < _addressCount; index++)
            {
                byte[] known = _addresses[index];
                int at = _ats[index];
                bool matches = at < 0
                    ? ours && Octets.EqualIgnoreCase(known, 0, known.Length, local, localOffset, localCount)
                    : Octets.EqualIgnoreCase(known, 0, at, local, localOffset, localCount)
                        && Octets.EqualIgnoreCase(known, at + 1, known.Length - at - 1, domain, domainOffset, domainCount);
                if (matches)
                {
                    return _maildrops[index];
                }
            }

            if (!ours)
            {
                return NotOurs;
            }

            bool isPostmaster = Octets.EqualIgnoreCase(local, localOffset, localCount, PostmasterName, 0, PostmasterName.Length);
            return isPostmaster ? _postmaster : _catchAll;
        }

        /// <summary>Whether a domain is ours.</summary>
        /// <param name="domain">Its buffer.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="count">Its octets.</param>
        /// <returns>True where it is.</returns>
        internal bool IsOurs(byte[] domain, int offset, int count)
        {
            for (int index = 0; index < _domainCount && !_anyDomain; index++)
            {
                if (Octets.EqualIgnoreCase(_domains[index], 0, _domains[index].Length, domain, offset, count))
                {
                    return true;
                }
            }

            return _anyDomain;
        }
    }
}

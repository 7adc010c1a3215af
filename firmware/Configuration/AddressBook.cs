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

        private static readonly byte[] s_postmaster = Octets.Of("postmaster");

        // Parallel arrays: an element of an array of objects would cost the board 12 octets more each.
        private readonly byte[][] _domains;
        private readonly byte[][] _addresses;
        private readonly int[] _ats;
        private readonly int[] _maildrops;
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
            _addresses = new byte[addressesMax][];
            _ats = new int[addressesMax];
            _maildrops = new int[addressesMax];
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
            int at = -1;
            for (int index = address.Length - 1; index >= 0 && at < 0; index--)
            {
                if (address[index] == '@')
                {
                    at = index;
                }
            }

            _addresses[_addressCount] = address;
            _ats[_addressCount] = at;
            _maildrops[_addressCount] = maildrop;
            _addressCount++;
            if (at < 0 && Octets.EqualIgnoreCase(address, 0, address.Length, s_postmaster, 0, s_postmaster.Length))
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

        /// <summary>Whether an entry of the book claims an address or local-part already.</summary>
        /// <param name="address">As given to <see cref="Add"/>.</param>
        /// <returns>The index of the maildrop that has it; -1 where nobody has.</returns>
        public int Claimed(byte[] address)
        {
            for (int index = 0; index < _addressCount; index++)
            {
                byte[] known = _addresses[index];
                if (Octets.EqualIgnoreCase(known, 0, known.Length, address, 0, address.Length))
                {
                    return _maildrops[index];
                }
            }

            return -1;
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
            bool ours = isOurLiteral || domainCount == 0 || _anyDomain || IsOurDomain(domain, domainOffset, domainCount);
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

            bool isPostmaster = Octets.EqualIgnoreCase(local, localOffset, localCount, s_postmaster, 0, s_postmaster.Length);
            return isPostmaster ? _postmaster : _catchAll;
        }

        private bool IsOurDomain(byte[] domain, int offset, int count)
        {
            for (int index = 0; index < _domainCount; index++)
            {
                if (Octets.EqualIgnoreCase(_domains[index], 0, _domains[index].Length, domain, offset, count))
                {
                    return true;
                }
            }

            return false;
        }
    }
}

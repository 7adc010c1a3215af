using MailAppliance.Core;

namespace MailAppliance.Configuration
{
    /// <summary>The <c>[maildrop NAME]</c> sections while they are read, and from them the address book.</summary>
    internal sealed class MaildropSections
    {
        private readonly MaildropSettings[] _maildrops;
        private readonly int[] _lines;
        private readonly int[] _addressLines;
        private readonly int[] _quotaMessages;
        private readonly long[] _quotaOctets;
        private readonly bool[] _hasQuota;
        private readonly bool[] _hasQuotaMessages;
        private readonly byte[][] _claims;
        private readonly int[] _claimants;
        private readonly int[] _claimLines;
        private int _count;
        private int _claimCount;
        private int _catchAll = AddressBook.NoSuchMailbox;
        private int _catchAllLine;

        /// <summary>Makes a table with exactly enough room.</summary>
        /// <param name="maildropCount">Sections in the file.</param>
        /// <param name="elementCount">Elements of all their <c>addresses</c>.</param>
        internal MaildropSections(int maildropCount, int elementCount)
        {
            _maildrops = new MaildropSettings[maildropCount];
            _lines = new int[maildropCount];
            _addressLines = new int[maildropCount];
            _quotaMessages = new int[maildropCount];
            _quotaOctets = new long[maildropCount];
            _hasQuota = new bool[maildropCount];
            _hasQuotaMessages = new bool[maildropCount];

            // A maildrop without addresses claims its own name.
            _claims = new byte[elementCount + maildropCount][];
            _claimants = new int[_claims.Length];
            _claimLines = new int[_claims.Length];
        }

        /// <summary>The maildrops, once all sections were taken.</summary>
        internal MaildropSettings[] Maildrops
        {
            get { return _maildrops; }
        }

        /// <summary>Whether any maildrop has a quota.</summary>
        internal bool HasQuotas { get; private set; }

        /// <summary>Each maildrop's <c>quota-messages</c>; 0 for none.</summary>
        internal int[] QuotaMessages
        {
            get { return _quotaMessages; }
        }

        /// <summary>Each maildrop's <c>quota</c>; 0 for none.</summary>
        internal long[] QuotaOctets
        {
            get { return _quotaOctets; }
        }

        /// <summary>Each maildrop's <c>password-hash</c>, null for none; null where nobody has one.</summary>
        internal PasswordHash[] PasswordHashes { get; private set; }

        /// <summary>The first thing that was wrong; null where nothing was.</summary>
        internal ConfigurationError Error { get; private set; }

        /// <summary>The line of a maildrop's section.</summary>
        internal int LineOf(int maildrop)
        {
            return _lines[maildrop];
        }

        /// <summary>Begins a section.</summary>
        internal void Begin(int line, byte[] name)
        {
            for (int index = 0; index < _count; index++)
            {
                byte[] known = _maildrops[index].Name;
                if (Octets.EqualIgnoreCase(known, 0, known.Length, name, 0, name.Length))
                {
                    Fail(line, Title(name) + ": this maildrop was begun on line " + _lines[index].ToString() + " already");
                }
            }

            MaildropSettings maildrop = new MaildropSettings();
            maildrop.Name = name;
            _maildrops[_count] = maildrop;
            _lines[_count] = line;
            _count++;
        }

        /// <summary>Takes a <c>password</c> of the section begun last.</summary>
        internal void TakePassword(int line, byte[] password)
        {
            MaildropSettings maildrop = _maildrops[_count - 1];
            if (maildrop.Password != null)
            {
                Fail(line, "password: given twice for this maildrop");
            }

            maildrop.Password = password;
            CheckPasswords(line);
        }

        /// <summary>Takes a <c>password-hash</c> of the section begun last.</summary>
        internal void TakePasswordHash(int line, PasswordHash hash)
        {
            if (PasswordHashes == null)
            {
                PasswordHashes = new PasswordHash[_maildrops.Length];
            }

            if (PasswordHashes[_count - 1] != null)
            {
                Fail(line, "password-hash: given twice for this maildrop");
            }

            PasswordHashes[_count - 1] = hash;
            CheckPasswords(line);
        }

        private void CheckPasswords(int line)
        {
            if (_maildrops[_count - 1].Password != null && HashOf(_count - 1) != null)
            {
                Fail(line, "password-hash: expected either this or password, found both in this maildrop");
            }
        }

        private PasswordHash HashOf(int maildrop)
        {
            return PasswordHashes == null ? null : PasswordHashes[maildrop];
        }

        /// <summary>Takes the <c>addresses</c> of the section begun last.</summary>
        internal void TakeAddresses(int line, ConfigurationList list)
        {
            int maildrop = _count - 1;
            if (_addressLines[maildrop] != 0)
            {
                Fail(line, "addresses: given twice for this maildrop");
            }

            _addressLines[maildrop] = line;
            while (list.Next())
            {
                if (list.IsStar())
                {
                    TakeCatchAll(line, maildrop);
                }
                else
                {
                    Claim(line, maildrop, list.Copy());
                }
            }
        }

        /// <summary>Takes a quota of the section begun last.</summary>
        /// <param name="line">Its line.</param>
        /// <param name="key"><c>quota</c> or <c>quota-messages</c>, with the line's value.</param>
        internal void TakeQuota(int line, ConfigurationKey key)
        {
            int maildrop = _count - 1;
            bool isSize = key.Kind == ConfigurationKey.SizeOrNone;
            bool[] has = isSize ? _hasQuota : _hasQuotaMessages;
            if (has[maildrop])
            {
                Fail(line, key.Name + ": given twice for this maildrop");
            }

            has[maildrop] = true;
            HasQuotas |= key.Value > 0;
            if (isSize)
            {
                _quotaOctets[maildrop] = key.Value;
            }
            else
            {
                _quotaMessages[maildrop] = (int)key.Value;
            }
        }

        /// <summary>Checks what only the whole file can tell, and makes the book.</summary>
        /// <param name="domains">Our domains, our own name among them.</param>
        /// <param name="anyDomain">Whether every domain is ours.</param>
        /// <returns>The book; null where something is wrong.</returns>
        internal AddressBook Finish(byte[][] domains, bool anyDomain)
        {
            for (int index = 0; index < _count; index++)
            {
                byte[] name = _maildrops[index].Name;
                if (_maildrops[index].Password == null && HashOf(index) == null)
                {
                    Fail(_lines[index], Title(name) + ": expected a password");
                }

                if (_addressLines[index] == 0)
                {
                    Claim(_lines[index], index, name);
                }
            }

            CheckClaims(domains, anyDomain);
            return Error == null ? MakeBook(domains, anyDomain) : null;
        }

        private static string Title(byte[] name)
        {
            return "[maildrop " + ConfigurationText.Show(name, 0, name.Length) + "]";
        }

        private void TakeCatchAll(int line, int maildrop)
        {
            if (_catchAll != AddressBook.NoSuchMailbox && _catchAll != maildrop)
            {
                Fail(line, "addresses: * is claimed by " + Title(_maildrops[_catchAll].Name)
                    + " on line " + _catchAllLine.ToString() + " already");
            }

            _catchAll = maildrop;
            _catchAllLine = line;
        }

        /// <summary>Notes an address, once for each maildrop that claims it.</summary>
        private void Claim(int line, int maildrop, byte[] address)
        {
            for (int index = 0; index < _claimCount; index++)
            {
                byte[] known = _claims[index];
                if (_claimants[index] == maildrop && Octets.EqualIgnoreCase(known, 0, known.Length, address, 0, address.Length))
                {
                    return;
                }
            }

            _claims[_claimCount] = address;
            _claimants[_claimCount] = maildrop;
            _claimLines[_claimCount] = line;
            _claimCount++;
        }

        private void CheckClaims(byte[][] domains, bool anyDomain)
        {
            for (int second = 1; second < _claimCount; second++)
            {
                for (int first = 0; first < second; first++)
                {
                    if (_claimants[first] != _claimants[second] && Meet(_claims[first], _claims[second], domains, anyDomain))
                    {
                        FailClaim(first, second);
                    }
                }
            }
        }

        private void FailClaim(int first, int second)
        {
            // The one further down in the file is the one to change.
            if (_claimLines[first] > _claimLines[second])
            {
                int swap = first;
                first = second;
                second = swap;
            }

            byte[] address = _claims[second];
            Fail(_claimLines[second], "addresses: " + ConfigurationText.Show(address, 0, address.Length) + " is claimed by "
                + Title(_maildrops[_claimants[first]].Name) + " on line " + _claimLines[first].ToString() + " already");
        }

        /// <summary>Whether some mail would be for both: a local-part counts in each of our domains.</summary>
        private static bool Meet(byte[] a, byte[] b, byte[][] domains, bool anyDomain)
        {
            int aLocal = LocalOctets(a);
            int bLocal = LocalOctets(b);
            if (!Octets.EqualIgnoreCase(a, 0, aLocal, b, 0, bLocal))
            {
                return false;
            }

            if (aLocal < a.Length && bLocal < b.Length)
            {
                return Octets.EqualIgnoreCase(a, aLocal, a.Length - aLocal, b, bLocal, b.Length - bLocal);
            }

            byte[] whole = aLocal < a.Length ? a : b;
            int local = aLocal < a.Length ? aLocal : bLocal;
            return local == whole.Length || anyDomain || IsAmong(domains, whole, local + 1, whole.Length - local - 1);
        }

        private static int LocalOctets(byte[] address)
        {
            for (int index = address.Length - 1; index >= 0; index--)
            {
                if (address[index] == '@')
                {
                    return index;
                }
            }

            return address.Length;
        }

        /// <summary>Whether a domain is in a list that may end in nulls.</summary>
        internal static bool IsAmong(byte[][] domains, byte[] buffer, int offset, int count)
        {
            for (int index = 0; index < domains.Length && domains[index] != null; index++)
            {
                if (Octets.EqualIgnoreCase(domains[index], 0, domains[index].Length, buffer, offset, count))
                {
                    return true;
                }
            }

            return false;
        }

        private AddressBook MakeBook(byte[][] domains, bool anyDomain)
        {
            int domainCount = 0;
            while (domainCount < domains.Length && domains[domainCount] != null)
            {
                domainCount++;
            }

            AddressBook book = new AddressBook(domainCount, _claimCount);
            for (int index = 0; index < domainCount; index++)
            {
                book.AddDomain(domains[index]);
            }

            if (anyDomain)
            {
                book.TakeAnyDomain();
            }

            for (int index = 0; index < _claimCount; index++)
            {
                book.Add(_claims[index], _claimants[index]);
            }

            if (_catchAll != AddressBook.NoSuchMailbox)
            {
                book.CatchAll(_catchAll);
            }

            return book;
        }

        private void Fail(int line, string message)
        {
            if (Error == null || line < Error.Line)
            {
                Error = new ConfigurationError(line, message);
            }
        }
    }
}

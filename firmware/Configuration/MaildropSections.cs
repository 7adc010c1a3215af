using MailAppliance.Core;

namespace MailAppliance.Configuration
{
    /// <summary>The <c>[maildrop NAME]</c> sections while they are read, and from them the address book.</summary>
    internal sealed class MaildropSections
    {
        // What the section begun last was given, a bit each.
        private const int Password = 1;
        private const int Hash = 2;
        private const int Addresses = 4;
        private const int Messages = 8;
        private const int Size = 16;

        private readonly ConfigurationReader _reader;
        private readonly AddressBook _book;
        private readonly MaildropSettings[] _maildrops;
        private readonly int[] _lines;
        private readonly bool[] _hasAddresses;
        private readonly int[] _quotaMessages;
        private readonly long[] _quotaOctets;
        private readonly byte[][] _claims;
        private readonly int[] _claimants;
        private readonly int[] _claimLines;
        private PasswordHash[] _hashes;
        private bool _hasQuotas;
        private int _last = -1;
        private int _given;
        private int _claimCount;
        private int _catchAll = AddressBook.NoSuchMailbox;
        private int _catchAllLine;

        /// <summary>Makes a table with exactly enough room.</summary>
        /// <param name="reader">Told what is wrong.</param>
        /// <param name="book">Knows our domains.</param>
        /// <param name="maildropCount">Sections in the file.</param>
        /// <param name="elementCount">Elements of all their <c>addresses</c>.</param>
        internal MaildropSections(ConfigurationReader reader, AddressBook book, int maildropCount, int elementCount)
        {
            _reader = reader;
            _book = book;
            _maildrops = new MaildropSettings[maildropCount];
            _lines = new int[maildropCount];
            _hasAddresses = new bool[maildropCount];
            _quotaMessages = new int[maildropCount];
            _quotaOctets = new long[maildropCount];

            // A maildrop without addresses claims its own name.
            int claims = elementCount + maildropCount;
            _claims = new byte[claims][];
            _claimants = new int[claims];
            _claimLines = new int[claims];
        }

        /// <summary>The line of a maildrop's section.</summary>
        internal int LineOf(int maildrop)
        {
            return _lines[maildrop];
        }

        /// <summary>Begins a section.</summary>
        internal void Begin(int line, byte[] name)
        {
            for (int index = 0; index <= _last; index++)
            {
                if (ConfigurationText.AreSame(_maildrops[index].Name, name))
                {
                    Fail(line, ConfigurationText.Title(name) + ": this maildrop was begun on line " + _lines[index].ToString() + " already");
                }
            }

            _last++;
            _given = 0;
            _maildrops[_last] = new MaildropSettings();
            _maildrops[_last].Name = name;
            _lines[_last] = line;
        }

        /// <summary>Takes a <c>password</c> of the section begun last.</summary>
        internal void TakePassword(int line, byte[] password)
        {
            Give(line, Password, "password");
            _maildrops[_last].Password = password;
        }

        /// <summary>Takes a <c>password-hash</c> of the section begun last.</summary>
        internal void TakePasswordHash(int line, PasswordHash hash)
        {
            Give(line, Hash, "password-hash");
            if (_hashes == null)
            {
                _hashes = new PasswordHash[_maildrops.Length];
            }

            _hashes[_last] = hash;
        }

        /// <summary>Takes the <c>addresses</c> of the section begun last.</summary>
        internal void TakeAddresses(int line, ConfigurationList list)
        {
            Give(line, Addresses, "addresses");
            _hasAddresses[_last] = true;
            while (list.Next())
            {
                if (list.IsStar())
                {
                    TakeCatchAll(line);
                }
                else
                {
                    Claim(line, _last, list.Copy());
                }
            }
        }

        /// <summary>Takes a quota of the section begun last.</summary>
        /// <param name="line">Its line.</param>
        /// <param name="key"><c>quota</c> or <c>quota-messages</c>, with the line's value.</param>
        internal void TakeQuota(int line, ConfigurationKey key)
        {
            bool isSize = key.Kind == ConfigurationKey.Size;
            Give(line, isSize ? Size : Messages, key.Name);
            _hasQuotas |= key.Value > 0;
            if (isSize)
            {
                _quotaOctets[_last] = key.Value;
            }
            else
            {
                _quotaMessages[_last] = (int)key.Value;
            }
        }

        /// <summary>Checks what only the whole file can tell, and puts the maildrops into the settings.</summary>
        internal void Finish(ApplianceSettings settings)
        {
            for (int index = 0; index <= _last; index++)
            {
                byte[] name = _maildrops[index].Name;
                if (_maildrops[index].Password == null && (_hashes == null || _hashes[index] == null))
                {
                    Fail(_lines[index], ConfigurationText.Title(name) + ": expected a password");
                }

                if (!_hasAddresses[index])
                {
                    Claim(_lines[index], index, name);
                }
            }

            CheckClaims();
            FillBook();
            settings.Addresses = _book;
            settings.Maildrops = _maildrops;
            settings.PasswordHashes = _hashes;
            settings.DigestLogins = _hashes == null;
            settings.QuotaMessages = _hasQuotas ? _quotaMessages : null;
            settings.QuotaOctets = _hasQuotas ? _quotaOctets : null;
        }

        private void Give(int line, int key, string name)
        {
            if ((_given & key) != 0)
            {
                Fail(line, name + ": given twice for this maildrop");
            }

            _given |= key;
            if ((key & (Password | Hash)) != 0 && (_given & (Password | Hash)) == (Password | Hash))
            {
                Fail(line, "password-hash: expected either this or password, found both in this maildrop");
            }
        }

        private void TakeCatchAll(int line)
        {
            if (_catchAll != AddressBook.NoSuchMailbox && _catchAll != _last)
            {
                FailClaim(line, "*", _catchAll, _catchAllLine);
            }

            _catchAll = _last;
            _catchAllLine = line;
        }

        /// <summary>Notes an address, once for each maildrop that claims it.</summary>
        private void Claim(int line, int maildrop, byte[] address)
        {
            for (int index = 0; index < _claimCount; index++)
            {
                if (_claimants[index] == maildrop && ConfigurationText.AreSame(_claims[index], address))
                {
                    return;
                }
            }

            _claims[_claimCount] = address;
            _claimants[_claimCount] = maildrop;
            _claimLines[_claimCount] = line;
            _claimCount++;
        }

        private void CheckClaims()
        {
            for (int second = 1; second < _claimCount; second++)
            {
                for (int first = 0; first < second; first++)
                {
                    if (_claimants[first] != _claimants[second] && Meet(_claims[first], _claims[second]))
                    {
                        // The one further down in the file is the one to change.
                        bool isLower = _claimLines[first] > _claimLines[second];
                        int wrong = isLower ? first : second;
                        int right = isLower ? second : first;
                        byte[] address = _claims[wrong];
                        FailClaim(_claimLines[wrong], ConfigurationText.Show(address, 0, address.Length), _claimants[right], _claimLines[right]);
                    }
                }
            }
        }

        private void FailClaim(int line, string address, int claimant, int claimLine)
        {
            Fail(line, "addresses: " + address + " is claimed by " + ConfigurationText.Title(_maildrops[claimant].Name)
                + " on line " + claimLine.ToString() + " already");
        }

        /// <summary>Whether some mail would be for both: a local-part counts in each of our domains.</summary>
        private bool Meet(byte[] a, byte[] b)
        {
            int aLocal = AddressSyntax.LocalOctets(a, 0, a.Length);
            int bLocal = AddressSyntax.LocalOctets(b, 0, b.Length);
            if (!Octets.EqualIgnoreCase(a, 0, aLocal, b, 0, bLocal))
            {
                return false;
            }

            if ((aLocal < a.Length) == (bLocal < b.Length))
            {
                return ConfigurationText.AreSame(a, b);
            }

            byte[] whole = aLocal < a.Length ? a : b;
            return _book.IsOurs(whole, aLocal + 1, whole.Length - aLocal - 1);
        }

        private void FillBook()
        {
            _book.Reserve(_claimCount);
            for (int index = 0; index < _claimCount; index++)
            {
                _book.Add(_claims[index], _claimants[index]);
            }

            _book.CatchAll(_catchAll);
        }

        private void Fail(int line, string message)
        {
            _reader.Fail(line, message);
        }
    }
}

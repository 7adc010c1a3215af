using System;
using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Pop3
{
    /// <summary>USER and PASS of one session: the name that was given, whose it is, and whether the password is right.</summary>
    public sealed class Pop3Login
    {
        /// <summary>Wrong passwords in one connection before it is closed: a documented abuse limit.</summary>
        public const int WrongPasswordsMax = 3;

        // A maildrop's name has 64 octets, and an address that is nearer to its own limits is nobody's idea of a login.
        private const int NameOctetsMax = 128;
        private const int NoName = -1;

        // Compared with what is claimed for a name that nobody has, so that such a name takes as long to refuse.
        private static readonly byte[] s_nobodysPassword = Octets.Of("nobody's password");

        private readonly MaildropSettings[] _maildrops;
        private readonly AddressBook _addresses;
        private readonly byte[] _name = new byte[NameOctetsMax];
        private int _nameCount;
        private int _wrongCount;

        /// <summary>Makes one; done at boot.</summary>
        /// <param name="settings">Who has a maildrop.</param>
        public Pop3Login(ApplianceSettings settings)
        {
            _maildrops = settings.Maildrops;
            _addresses = settings.Addresses;
            Clear();
        }

        /// <summary>Whether a name was given that no PASS has used yet.</summary>
        public bool HasName
        {
            get { return _nameCount != NoName; }
        }

        /// <summary>Whether this connection has had its last try.</summary>
        public bool IsExhausted
        {
            get { return _wrongCount >= WrongPasswordsMax; }
        }

        /// <summary>Forgets everything, for the next connection.</summary>
        public void Clear()
        {
            _nameCount = NoName;
            _wrongCount = 0;
        }

        /// <summary>Forgets the name.</summary>
        public void ForgetName()
        {
            _nameCount = NoName;
        }

        /// <summary>Keeps a name. Whether anybody has it is not looked at before the password is there.</summary>
        /// <param name="buffer">The line's buffer; copied from.</param>
        /// <param name="offset">The name's first octet.</param>
        /// <param name="count">Its octets; a name too long to be anybody's is kept as an empty one, which nobody has.</param>
        public void TakeName(byte[] buffer, int offset, int count)
        {
            _nameCount = count <= NameOctetsMax ? count : 0;
            Array.Copy(buffer, offset, _name, 0, _nameCount);
        }

        /// <summary>Checks a password against the kept name, in a time that tells neither, and forgets the name.</summary>
        /// <param name="buffer">The line's buffer.</param>
        /// <param name="offset">The password's first octet.</param>
        /// <param name="count">Its octets.</param>
        /// <returns>The maildrop's index in <see cref="ApplianceSettings.Maildrops"/>; -1 where name or password is wrong.</returns>
        public int Check(byte[] buffer, int offset, int count)
        {
            int maildrop = FindMaildrop();
            _nameCount = NoName;
            byte[] password = maildrop < 0 ? s_nobodysPassword : _maildrops[maildrop].Password;
            bool isRight = Octets.EqualSecret(password, buffer, offset, count);
            if (isRight && maildrop >= 0)
            {
                return maildrop;
            }

            _wrongCount++;
            return -1;
        }

        // A maildrop's name, or one of its addresses: people type their address.
        private int FindMaildrop()
        {
            MaildropSettings[] maildrops = _maildrops;
            for (int index = 0; index < maildrops.Length; index++)
            {
                byte[] name = maildrops[index].Name;
                if (Octets.EqualIgnoreCase(name, 0, name.Length, _name, 0, _nameCount))
                {
                    return index;
                }
            }

            int at = _nameCount - 1;
            while (at > 0 && _name[at] != '@')
            {
                at--;
            }

            // Without a local-part or a domain it is no address, and the book would take a missing domain for ours.
            return at > 0 && at < _nameCount - 1 ? _addresses.Find(_name, 0, at, _name, at + 1, _nameCount - at - 1, false) : -1;
        }
    }
}

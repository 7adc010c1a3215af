using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Login
{
    /// <summary>Whether who logs in is who he says: one for the whole appliance.</summary>
    /// <remarks>
    /// A name that nobody has and a wrong password take the same time and the same hashing: where there is no maildrop, the work is done
    /// on a password that is nobody's. How long a password is does not show either: MD5 is filled up to a number of blocks that suffices for
    /// every password.
    /// </remarks>
    public sealed class LoginCheck
    {
        /// <summary>MD5 blocks of a CRAM-MD5 check: the stamp; the longest password as key, twice (5 each); two pads; the rest of the longest
        /// stamp (2); the inner digest.</summary>
        public const int CramMd5Blocks = 1 + (2 * 5) + 2 + 2 + 1;

        /// <summary>MD5 blocks of an APOP check: the stamp, and the longest stamp with the longest password.</summary>
        public const int ApopBlocks = 1 + 6;

        private static readonly byte[] s_nobodysPassword = Octets.Of("nobody's password");

        private readonly MaildropSettings[] _maildrops;
        private readonly Stamps _stamps;
        private readonly Md5 _md5;
        private readonly byte[] _digest = new byte[Md5.DigestOctets];

        /// <summary>Makes one; done at boot.</summary>
        /// <param name="settings">Who has a maildrop, and his password.</param>
        /// <param name="stamps">Who made the attempts' stamps.</param>
        /// <param name="md5">The thread's MD5.</param>
        public LoginCheck(ApplianceSettings settings, Stamps stamps, Md5 md5)
        {
            _maildrops = settings.Maildrops;
            _stamps = stamps;
            _md5 = md5;
        }

        /// <summary>Checks an attempt.</summary>
        /// <param name="attempt">The attempt; its proof may be changed, and is not kept.</param>
        /// <returns>Whether the proof is right.</returns>
        public bool Check(LoginAttempt attempt)
        {
            bool isSomebody = attempt.Maildrop >= 0;
            byte[] password = isSomebody ? _maildrops[attempt.Maildrop].Password : s_nobodysPassword;
            bool isRight = attempt.Mechanism == SaslMechanism.CramMd5 || attempt.Mechanism == SaslMechanism.Apop
                ? IsDigestRight(attempt, password)
                : Octets.EqualSecret(password, attempt.Buffer, attempt.Offset, attempt.Count);
            return isRight && isSomebody;
        }

        /// <summary>The name of the maildrop that an attempt was right for.</summary>
        /// <param name="attempt">The attempt.</param>
        /// <returns>The name as it was configured; not to be changed.</returns>
        public byte[] NameOf(LoginAttempt attempt)
        {
            return _maildrops[attempt.Maildrop].Name;
        }

        private bool IsDigestRight(LoginAttempt attempt, byte[] password)
        {
            int blocks = _md5.BlockCount;
            int count = _stamps.Write(attempt);
            bool isApop = attempt.Mechanism == SaslMechanism.Apop;
            if (isApop)
            {
                _md5.Begin();
                _md5.Add(_stamps.Text, 0, count);
                _md5.Add(password, 0, password.Length);
                _md5.End(_digest, 0);
            }
            else
            {
                _md5.ComputeHmac(password, _stamps.Text, count, _digest);
            }

            blocks += isApop ? ApopBlocks : CramMd5Blocks;
            while (_md5.BlockCount != blocks)
            {
                _md5.Waste();
            }

            return IsHexOfDigest(attempt.Buffer, attempt.Offset, attempt.Count);
        }

        // Looks at every digit, whatever the first was: where it stops would tell how much of a guess was right.
        private bool IsHexOfDigest(byte[] claim, int offset, int count)
        {
            int difference = count ^ (2 * Md5.DigestOctets);
            for (int index = 0; index < count; index++)
            {
                int nibble = (_digest[(index >> 1) & (Md5.DigestOctets - 1)] >> ((~index & 1) << 2)) & 15;
                difference |= Octets.ToLower(claim[offset + index]) ^ (nibble < 10 ? '0' + nibble : 'a' + nibble - 10);
            }

            return difference == 0;
        }
    }
}

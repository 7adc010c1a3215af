using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Login
{
    /// <summary>Whether who logs in is who he says: one for the whole appliance.</summary>
    /// <remarks>
    /// A name that nobody has and a wrong password take the same time and the same hashing: where there is no maildrop, the work is done
    /// on a password that is nobody's. How long a password is does not show either: MD5 is filled up to a number of blocks that suffices for
    /// every password.
    /// <para>
    /// Where a maildrop has a password-hash, every login with a password takes PBKDF2's iterations, a number of them a turn, one login after the other
    /// in the order they came. Nothing else waits for that.
    /// </para>
    /// </remarks>
    public sealed class LoginCheck
    {
        /// <summary>MD5 blocks of a CRAM-MD5 check: the stamp; the longest password as key, twice (5 each); two pads; the rest of the longest
        /// stamp (2); the inner digest.</summary>
        public const int CramMd5Blocks = 1 + (2 * 5) + 2 + 2 + 1;

        /// <summary>MD5 blocks of an APOP check: the stamp, and the longest stamp with the longest password.</summary>
        public const int ApopBlocks = 1 + 6;

        /// <summary>PBKDF2 iterations a turn of the loop: some 2 ms of a board's time, so that mail flows on beside a login.</summary>
        public const int IterationsATurn = 16;

        private static readonly byte[] s_nobodysPassword = Octets.Of("nobody's password");

        private readonly MaildropSettings[] _maildrops;
        private readonly Stamps _stamps;
        private readonly Md5 _md5;
        private readonly byte[] _digest = new byte[Md5.DigestOctets];
        private readonly PasswordHash[] _hashes;
        private readonly PasswordHashing _hashing;

        // Those that wait, in the order they came; the first is worked on.
        private readonly LoginAttempt[] _queue;
        private int _queueCount;
        private bool _isHashing;

        /// <summary>Makes one; done at boot.</summary>
        /// <param name="settings">Who has a maildrop, and his password.</param>
        /// <param name="hash">HMAC-SHA-256; asked only where a maildrop has a hash.</param>
        /// <param name="stamps">Who made the attempts' stamps.</param>
        /// <param name="md5">The thread's MD5.</param>
        public LoginCheck(ApplianceSettings settings, IKeyedHash hash, Stamps stamps, Md5 md5)
        {
            _maildrops = settings.Maildrops;
            _stamps = stamps;
            _md5 = md5;
            _hashes = settings.PasswordHashes;
            if (_hashes != null)
            {
                _hashing = new PasswordHashing(hash, MostIterations(_hashes));
                _queue = new LoginAttempt[settings.SmtpSlots + settings.Pop3Slots];
            }
        }

        /// <summary>Checks an attempt.</summary>
        /// <param name="attempt">The attempt; its proof may be changed, and is not kept.</param>
        /// <returns>One of <see cref="LoginResult"/>. After Later it is asked again with the same attempt, or told by <see cref="Forget"/>
        /// that nobody waits for it any more.</returns>
        public int Check(LoginAttempt attempt)
        {
            bool isDigest = attempt.Mechanism == SaslMechanism.CramMd5 || attempt.Mechanism == SaslMechanism.Apop;
            if (!isDigest && _hashing != null)
            {
                return CheckHash(attempt);
            }

            byte[] password = PasswordOf(attempt);
            bool isRight = isDigest ? IsDigestRight(attempt, password) : IsPassword(attempt, password);
            return isRight && attempt.Maildrop >= 0 ? LoginResult.Right : LoginResult.Wrong;
        }

        /// <summary>Says that an attempt's session has ended.</summary>
        /// <param name="attempt">The attempt, whether or not it waits.</param>
        public void Forget(LoginAttempt attempt)
        {
            int place = PlaceOf(attempt);
            if (place == 0 && _isHashing)
            {
                _isHashing = false;
                _hashing.Forget();
            }

            for (int index = place; index >= 0 && index < _queueCount; index++)
            {
                _queue[index] = index + 1 < _queueCount ? _queue[index + 1] : null;
            }

            _queueCount -= place >= 0 ? 1 : 0;
        }

        private int CheckHash(LoginAttempt attempt)
        {
            int place = PlaceOf(attempt);
            if (place < 0)
            {
                place = _queueCount;
                _queue[place] = attempt;
                _queueCount++;
            }

            if (place > 0)
            {
                return LoginResult.Later;
            }

            PasswordHash known = attempt.Maildrop >= 0 ? _hashes[attempt.Maildrop] : null;
            if (!_isHashing)
            {
                _isHashing = true;
                _hashing.Begin(known, attempt.Buffer, attempt.Offset, attempt.Count);
            }

            if (!_hashing.Advance(IterationsATurn))
            {
                return LoginResult.Later;
            }

            // Both are compared, whichever the maildrop has.
            bool isPassword = IsPassword(attempt, PasswordOf(attempt));
            bool isHash = _hashing.End(known);
            _isHashing = false;
            Forget(attempt);
            return attempt.Maildrop >= 0 && (known == null ? isPassword : isHash) ? LoginResult.Right : LoginResult.Wrong;
        }

        private int PlaceOf(LoginAttempt attempt)
        {
            int place = _queueCount - 1;
            while (place >= 0 && _queue[place] != attempt)
            {
                place--;
            }

            return place;
        }

        private byte[] PasswordOf(LoginAttempt attempt)
        {
            byte[] password = attempt.Maildrop >= 0 ? _maildrops[attempt.Maildrop].Password : null;
            return password == null ? s_nobodysPassword : password;
        }

        private static bool IsPassword(LoginAttempt attempt, byte[] password)
        {
            return Octets.EqualSecret(password, attempt.Buffer, attempt.Offset, attempt.Count);
        }

        private static int MostIterations(PasswordHash[] hashes)
        {
            int most = 0;
            for (int index = 0; index < hashes.Length; index++)
            {
                most = hashes[index] != null && hashes[index].Iterations > most ? hashes[index].Iterations : most;
            }

            return most;
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

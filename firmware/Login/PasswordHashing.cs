using System;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Login
{
    /// <summary>PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2), some iterations a turn of the loop.</summary>
    /// <remarks>
    /// Every login takes as many iterations as the maildrop with the most, whosever it is and whether or not it has a hash: what is
    /// compared is kept on the way. The time it takes tells the configuration, and no name.
    /// </remarks>
    public sealed class PasswordHashing
    {
        // A name that nobody has is hashed with this salt; the last octets are the block's number.
        private static readonly byte[] s_nobodysSalt = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 0, 0, 0, 1 };

        private readonly IKeyedHash _hash;
        private readonly int _iterationsMax;

        // A shorter key is filled up with zeros, and an array of its own length for each password would be one a login.
        private readonly byte[] _key = new byte[PasswordHash.PasswordOctetsMax];
        private readonly byte[] _round = new byte[PasswordHash.HashOctets];
        private readonly byte[] _sum = new byte[PasswordHash.HashOctets];
        private readonly byte[] _result = new byte[PasswordHash.HashOctets];
        private int _iterations;
        private int _wanted;
        private bool _isFit;

        /// <summary>Makes one; done at boot.</summary>
        /// <param name="hash">HMAC-SHA-256.</param>
        /// <param name="iterationsMax">The most iterations that a maildrop has.</param>
        public PasswordHashing(IKeyedHash hash, int iterationsMax)
        {
            _hash = hash;
            _iterationsMax = iterationsMax;
        }

        /// <summary>Iterations done since boot; it may wrap.</summary>
        public int IterationCount;

        /// <summary>Begins with a password.</summary>
        /// <param name="known">What it is to be compared with; null for nobody's.</param>
        /// <param name="buffer">Buffer of the password, copied from.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="count">Its octets; what is longer than <see cref="PasswordHash.PasswordOctetsMax"/> is nobody's.</param>
        public void Begin(PasswordHash known, byte[] buffer, int offset, int count)
        {
            _isFit = count <= _key.Length;
            int used = _isFit ? count : _key.Length;
            Array.Clear(_key, 0, _key.Length);
            Array.Copy(buffer, offset, _key, 0, used);

            // A NUL at the end would be no other key than none: no password has one.
            for (int index = 0; index < used; index++)
            {
                _isFit &= _key[index] != Octets.Nul;
            }

            _hash.Compute(_key, known == null ? s_nobodysSalt : known.SaltBlock, _round);
            Array.Copy(_round, 0, _sum, 0, _sum.Length);
            _iterations = 1;
            _wanted = known == null ? 1 : known.Iterations;
            IterationCount++;
            KeepResult();
        }

        /// <summary>Goes on.</summary>
        /// <param name="count">Iterations, at most.</param>
        /// <returns>Whether all are done.</returns>
        public bool Advance(int count)
        {
            byte[] round = _round;
            byte[] sum = _sum;
            for (int left = count; left > 0 && _iterations < _iterationsMax; left--)
            {
                _hash.Compute(_key, round, round);
                for (int index = 0; index < sum.Length; index++)
                {
                    sum[index] ^= round[index];
                }

                _iterations++;
                IterationCount++;
                KeepResult();
            }

            return _iterations >= _iterationsMax;
        }

        /// <summary>Compares, in a time that tells nothing, and forgets the password.</summary>
        /// <param name="known">As it was given to <see cref="Begin"/>.</param>
        /// <returns>Whether it is this password.</returns>
        public bool End(PasswordHash known)
        {
            bool isEqual = Octets.EqualSecret(known == null ? _sum : known.Hash, _result, 0, _result.Length);
            Forget();
            return isEqual && _isFit && known != null;
        }

        /// <summary>Forgets the password.</summary>
        public void Forget()
        {
            Array.Clear(_key, 0, _key.Length);
            Array.Clear(_result, 0, _result.Length);
        }

        private void KeepResult()
        {
            if (_iterations == _wanted)
            {
                Array.Copy(_sum, 0, _result, 0, _result.Length);
            }
        }
    }
}

using System;
using MailAppliance.Core;

namespace MailAppliance.Configuration
{
    /// <summary>
    /// A <c>password-hash</c>: PBKDF2 (RFC 8018 section 5.2) with HMAC-SHA-256, as <c>pbkdf2-sha256:ITERATIONS:SALT:HASH</c>; salt and hash in
    /// base64.
    /// </summary>
    public sealed class PasswordHash
    {
        /// <summary>Octets of the hash: one block of PBKDF2.</summary>
        public const int HashOctets = 32;

        /// <summary>Octets of the shortest salt.</summary>
        public const int SaltOctetsMin = 8;

        /// <summary>Octets of the longest salt: with what PBKDF2 adds it still takes one block to hash.</summary>
        public const int SaltOctetsMax = 32;

        /// <summary>Octets of a password that may be hashed so: a key of HMAC-SHA-256 that is not hashed itself.</summary>
        public const int PasswordOctetsMax = 64;

        /// <summary>The most iterations; a board would take minutes for more.</summary>
        public const int IterationsMax = 1000000;

        // The number of the first block, which PBKDF2 puts behind the salt.
        private const int BlockNumberOctets = 4;
        private const byte Separator = (byte)':';

        private static readonly byte[] s_scheme = Octets.Of("pbkdf2-sha256");

        /// <summary>How often the hash was taken.</summary>
        public int Iterations;

        /// <summary>The salt, and behind it the number 1 in four octets.</summary>
        public byte[] SaltBlock;

        /// <summary>The hash.</summary>
        public byte[] Hash;

        /// <summary>Reads one; for boot, it allocates.</summary>
        /// <param name="buffer">The file.</param>
        /// <param name="offset">The value's first octet.</param>
        /// <param name="count">Its octets.</param>
        /// <returns>The hash; null where the value is none.</returns>
        public static PasswordHash Parse(byte[] buffer, int offset, int count)
        {
            int end = offset + count;
            int iterationsAt = EndOf(buffer, offset, end) + 1;
            int saltAt = EndOf(buffer, iterationsAt, end) + 1;
            int hashAt = EndOf(buffer, saltAt, end) + 1;
            if (hashAt > end || !Octets.EqualIgnoreCase(buffer, offset, iterationsAt - 1 - offset, s_scheme, 0, s_scheme.Length))
            {
                return null;
            }

            long iterations = Octets.ParseDecimal(buffer, iterationsAt, saltAt - 1 - iterationsAt);
            byte[] salt = Decode(buffer, saltAt, hashAt - 1 - saltAt, BlockNumberOctets);
            byte[] hash = Decode(buffer, hashAt, end - hashAt, 0);
            bool isGood = iterations >= 1 && iterations <= IterationsMax && salt != null && hash != null && hash.Length == HashOctets
                && salt.Length >= SaltOctetsMin + BlockNumberOctets && salt.Length <= SaltOctetsMax + BlockNumberOctets;
            return isGood ? Create((int)iterations, salt, hash) : null;
        }

        private static PasswordHash Create(int iterations, byte[] saltBlock, byte[] hash)
        {
            PasswordHash made = new PasswordHash();
            made.Iterations = iterations;
            made.SaltBlock = saltBlock;
            made.SaltBlock[saltBlock.Length - 1] = 1;
            made.Hash = hash;
            return made;
        }

        // Behind the end where there is no separator any more.
        private static int EndOf(byte[] buffer, int offset, int end)
        {
            while (offset < end && buffer[offset] != Separator)
            {
                offset++;
            }

            return offset < end ? offset : end + 1;
        }

        private static byte[] Decode(byte[] buffer, int offset, int count, int room)
        {
            byte[] octets = new byte[count];
            int decoded = Base64.Decode(buffer, offset, count, octets, 0);
            if (decoded == Base64.Bad)
            {
                return null;
            }

            byte[] made = new byte[decoded + room];
            Array.Copy(octets, 0, made, 0, decoded);
            return made;
        }
    }
}

using System;
using MailAppliance.Core;

namespace MailAppliance.Login
{
    /// <summary>MD5 (RFC 1321), which the board's library lacks, and HMAC-MD5 (RFC 2104). For CRAM-MD5, APOP and stamps; for nothing that
    /// has to last.</summary>
    /// <remarks>
    /// Some 40 us a block on the interpreter. The whole thread shares one: <see cref="Begin"/>, <see cref="Add"/> as often as needed,
    /// <see cref="End"/>.
    /// </remarks>
    public sealed class Md5
    {
        /// <summary>Octets of a digest.</summary>
        public const int DigestOctets = 16;

        /// <summary>Octets of a block.</summary>
        public const int BlockOctets = 64;

        private const byte InnerPad = 0x36;
        private const byte OuterPad = 0x5C;

        // The length in bits stands at the end of the last block.
        private const int LengthAt = BlockOctets - 8;

        // 2^32 times |sin(i + 1)| (RFC 1321 section 3.4).
        private static readonly uint[] s_sines = new uint[]
        {
            0xD76AA478, 0xE8C7B756, 0x242070DB, 0xC1BDCEEE, 0xF57C0FAF, 0x4787C62A, 0xA8304613, 0xFD469501,
            0x698098D8, 0x8B44F7AF, 0xFFFF5BB1, 0x895CD7BE, 0x6B901122, 0xFD987193, 0xA679438E, 0x49B40821,
            0xF61E2562, 0xC040B340, 0x265E5A51, 0xE9B6C7AA, 0xD62F105D, 0x02441453, 0xD8A1E681, 0xE7D3FBC8,
            0x21E1CDE6, 0xC33707D6, 0xF4D50D87, 0x455A14ED, 0xA9E3E905, 0xFCEFA3F8, 0x676F02D9, 0x8D2A4C8A,
            0xFFFA3942, 0x8771F681, 0x6D9D6122, 0xFDE5380C, 0xA4BEEA44, 0x4BDECFA9, 0xF6BB4B60, 0xBEBFBC70,
            0x289B7EC6, 0xEAA127FA, 0xD4EF3085, 0x04881D05, 0xD9D4D039, 0xE6DB99E5, 0x1FA27CF8, 0xC4AC5665,
            0xF4292244, 0x432AFF97, 0xAB9423A7, 0xFC93A039, 0x655B59C3, 0x8F0CCC92, 0xFFEFF47D, 0x85845DD1,
            0x6FA87E4F, 0xFE2CE6E0, 0xA3014314, 0x4E0811A1, 0xF7537E82, 0xBD3AF235, 0x2AD7D2BB, 0xEB86D391,
        };

        // How far each of the four steps of each of the four rounds rotates.
        private static readonly byte[] s_shifts = new byte[] { 7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21 };

        private readonly byte[] _block = new byte[BlockOctets];
        private readonly byte[] _inner = new byte[DigestOctets];
        private uint _a;
        private uint _b;
        private uint _c;
        private uint _d;
        private int _used;
        private int _octets;

        /// <summary>Blocks worked through since boot; it may wrap. Who must not tell by his time how much there was to hash, fills up to a
        /// fixed number of them with <see cref="Waste"/>.</summary>
        public int BlockCount;

        /// <summary>Begins a digest.</summary>
        public void Begin()
        {
            _a = 0x67452301;
            _b = 0xEFCDAB89;
            _c = 0x98BADCFE;
            _d = 0x10325476;
            _used = 0;
            _octets = 0;
        }

        /// <summary>Adds octets to the digest.</summary>
        /// <param name="buffer">The octets, unchanged.</param>
        /// <param name="offset">The first.</param>
        /// <param name="count">How many.</param>
        public void Add(byte[] buffer, int offset, int count)
        {
            _octets += count;
            while (count > 0)
            {
                int room = BlockOctets - _used;
                int now = count < room ? count : room;
                Array.Copy(buffer, offset, _block, _used, now);
                _used += now;
                offset += now;
                count -= now;
                if (_used == BlockOctets)
                {
                    Work();
                }
            }
        }

        /// <summary>Ends the digest. No octet of what was added stays behind.</summary>
        /// <param name="target">Written to, <see cref="DigestOctets"/> octets.</param>
        /// <param name="offset">Where the first goes.</param>
        public void End(byte[] target, int offset)
        {
            int octets = _octets;
            _block[_used] = 0x80;
            Array.Clear(_block, _used + 1, BlockOctets - _used - 1);
            if (_used + 1 > LengthAt)
            {
                Work();
                Array.Clear(_block, 0, BlockOctets);
            }

            Octets.WriteInt32(octets << 3, _block, LengthAt);
            Octets.WriteInt32(octets >> 29, _block, LengthAt + 4);
            Work();
            Octets.WriteInt32((int)_a, target, offset);
            Octets.WriteInt32((int)_b, target, offset + 4);
            Octets.WriteInt32((int)_c, target, offset + 8);
            Octets.WriteInt32((int)_d, target, offset + 12);
            Array.Clear(_block, 0, BlockOctets);
        }

        /// <summary>Computes an HMAC-MD5, the digest of CRAM-MD5 (RFC 2195).</summary>
        /// <param name="key">The key, all of it, unchanged; at most 255 octets.</param>
        /// <param name="message">The message, from its first octet, unchanged.</param>
        /// <param name="count">Its octets.</param>
        /// <param name="digest">Written to, from its first octet: <see cref="DigestOctets"/> octets. It may not be the message.</param>
        public void ComputeHmac(byte[] key, byte[] message, int count, byte[] digest)
        {
            BeginWithKey(key, InnerPad, digest);
            Add(message, 0, count);
            End(digest, 0);
            Array.Copy(digest, 0, _inner, 0, DigestOctets);
            BeginWithKey(key, OuterPad, digest);
            Add(_inner, 0, DigestOctets);
            End(digest, 0);
        }

        // The key, or its digest where it is longer than a block, becomes the first block; what is left of that is the pad alone.
        private void BeginWithKey(byte[] key, byte pad, byte[] scratch)
        {
            bool isLong = key.Length > BlockOctets;
            if (isLong)
            {
                Begin();
                Add(key, 0, key.Length);
                End(scratch, 0);
            }

            byte[] octets = isLong ? scratch : key;
            int count = isLong ? DigestOctets : key.Length;
            Begin();
            for (int index = 0; index < BlockOctets; index++)
            {
                _block[index] = index < count ? (byte)(octets[index] ^ pad) : pad;
            }

            _octets = BlockOctets;
            Work();
        }

        /// <summary>Works through a block for nothing but the time it takes; only between digests.</summary>
        public void Waste()
        {
            Work();
        }

        private void Work()
        {
            byte[] block = _block;
            byte[] shifts = s_shifts;
            uint a = _a;
            uint b = _b;
            uint c = _c;
            uint d = _d;
            for (int step = 0; step < 64; step++)
            {
                int round = step >> 4;
                uint mixed;
                int word;
                switch (round)
                {
                    case 0:
                        mixed = (b & c) | (~b & d);
                        word = step;
                        break;
                    case 1:
                        mixed = (d & b) | (~d & c);
                        word = ((5 * step) + 1) & 15;
                        break;
                    case 2:
                        mixed = b ^ c ^ d;
                        word = ((3 * step) + 5) & 15;
                        break;
                    default:
                        mixed = c ^ (b | ~d);
                        word = (7 * step) & 15;
                        break;
                }

                mixed += a + s_sines[step] + (uint)Octets.ReadInt32(block, 4 * word);
                int shift = shifts[(round << 2) | (step & 3)];
                a = d;
                d = c;
                c = b;
                b += (mixed << shift) | (mixed >> (32 - shift));
            }

            _a += a;
            _b += b;
            _c += c;
            _d += d;
            _used = 0;
            BlockCount++;
        }
    }
}

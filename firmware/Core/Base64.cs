namespace MailAppliance.Core
{
    /// <summary>Base64 (RFC 4648 section 4) on octet ranges, by the letter: padded, no white space, no bits left over.</summary>
    /// <remarks>Without tables, which would cost the board's heap: what is decoded here are logins, a line each.</remarks>
    public static class Base64
    {
        /// <summary>What was to be decoded is no base64.</summary>
        public const int Bad = -1;

        private const byte Padding = (byte)'=';

        /// <summary>Octets that base64 takes for some octets.</summary>
        /// <param name="count">The octets.</param>
        /// <returns>Octets of their base64.</returns>
        public static int EncodedOctets(int count)
        {
            return (count + 2) / 3 * 4;
        }

        /// <summary>Decodes a range.</summary>
        /// <param name="source">The base64.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="count">Its octets; 0 gives 0.</param>
        /// <param name="target">Written to, at most three octets for four; it may be the source itself at the same offset or before it.
        /// What it holds after <see cref="Bad"/> is worth nothing.</param>
        /// <param name="targetOffset">Where the first octet goes.</param>
        /// <returns>Octets written, or <see cref="Bad"/>.</returns>
        public static int Decode(byte[] source, int offset, int count, byte[] target, int targetOffset)
        {
            if (count == 0)
            {
                return 0;
            }

            if ((count & 3) != 0)
            {
                return Bad;
            }

            int end = offset + count;
            end = source[end - 1] != Padding ? end : source[end - 2] != Padding ? end - 1 : end - 2;
            int bits = 0;
            int held = 0;
            int at = targetOffset;
            for (int index = offset; index < end; index++)
            {
                int digit = DigitOf(source[index]);
                if (digit < 0)
                {
                    return Bad;
                }

                bits = (bits << 6) | digit;
                held += 6;
                if (held >= 8)
                {
                    held -= 8;
                    target[at] = (byte)(bits >> held);
                    at++;
                    bits &= (1 << held) - 1;
                }
            }

            return bits == 0 ? at - targetOffset : Bad;
        }

        /// <summary>Encodes a range.</summary>
        /// <param name="source">The octets.</param>
        /// <param name="offset">The first.</param>
        /// <param name="count">How many.</param>
        /// <param name="target">Written to, <see cref="EncodedOctets"/> octets; not the source.</param>
        /// <param name="targetOffset">Where the first octet goes.</param>
        /// <returns>Octets written.</returns>
        public static int Encode(byte[] source, int offset, int count, byte[] target, int targetOffset)
        {
            int at = targetOffset;
            int end = offset + count;
            for (int index = offset; index < end; index += 3)
            {
                int left = end - index;
                int bits = source[index] << 16;
                bits |= left > 1 ? source[index + 1] << 8 : 0;
                bits |= left > 2 ? source[index + 2] : 0;
                target[at] = LetterOf(bits >> 18);
                target[at + 1] = LetterOf((bits >> 12) & 63);
                target[at + 2] = left > 1 ? LetterOf((bits >> 6) & 63) : Padding;
                target[at + 3] = left > 2 ? LetterOf(bits & 63) : Padding;
                at += 4;
            }

            return at - targetOffset;
        }

        private static int DigitOf(int octet)
        {
            if (octet >= 'a')
            {
                return octet <= 'z' ? octet - 'a' + 26 : -1;
            }

            if (octet >= 'A')
            {
                return octet <= 'Z' ? octet - 'A' : -1;
            }

            if (octet >= '0')
            {
                return octet <= '9' ? octet - '0' + 52 : -1;
            }

            return octet == '+' ? 62 : octet == '/' ? 63 : -1;
        }

        private static byte LetterOf(int digit)
        {
            int letter = digit < 26 ? digit + 'A' : digit < 52 ? digit - 26 + 'a' : digit < 62 ? digit - 52 + '0' : digit == 62 ? '+' : '/';
            return (byte)letter;
        }
    }
}

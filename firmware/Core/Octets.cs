using System.Text;

namespace MailAppliance.Core
{
    /// <summary>ASCII work on octet ranges. Nothing here allocates but <see cref="Of"/>, which is for boot.</summary>
    public static class Octets
    {
        /// <summary>NUL.</summary>
        public const byte Nul = 0;

        /// <summary>Horizontal tab.</summary>
        public const byte Tab = 9;

        /// <summary>Line feed.</summary>
        public const byte Lf = 10;

        /// <summary>Carriage return.</summary>
        public const byte Cr = 13;

        /// <summary>Space.</summary>
        public const byte Space = 32;

        /// <summary>The dot that ends mail data and that transparency doubles.</summary>
        public const byte Dot = 46;

#if NANOFRAMEWORK_1_0
        /// <summary>The line feed that <c>Array.IndexOf</c> looks for. There it takes an object, and boxing at each call would allocate.</summary>
        public static readonly object SoughtLf = Lf;
#else
        /// <summary>The line feed that <c>Array.IndexOf</c> looks for. Here it takes an octet too, and an object costs it more than a line's search.</summary>
        public const byte SoughtLf = Lf;
#endif

        /// <summary>CR LF.</summary>
        public static readonly byte[] CrLf = new byte[] { Cr, Lf };

        /// <summary>The octets of a literal, for constants made at boot.</summary>
        /// <param name="text">ASCII, or text that goes out as UTF-8.</param>
        /// <returns>A new array.</returns>
        public static byte[] Of(string text)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        /// <summary>The lower-case form of an ASCII letter; any other octet as it is.</summary>
        /// <param name="octet">The octet.</param>
        /// <returns>Its lower-case form.</returns>
        public static int ToLower(int octet)
        {
            return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
        }

        /// <summary>Whether two ranges hold the same octets but for the case of ASCII letters.</summary>
        /// <param name="a">One buffer.</param>
        /// <param name="aOffset">Its first octet.</param>
        /// <param name="aCount">Its octets.</param>
        /// <param name="b">The other buffer.</param>
        /// <param name="bOffset">Its first octet.</param>
        /// <param name="bCount">Its octets.</param>
        /// <returns>True where they do.</returns>
        public static bool EqualIgnoreCase(byte[] a, int aOffset, int aCount, byte[] b, int bOffset, int bCount)
        {
            if (aCount != bCount)
            {
                return false;
            }

            for (int index = 0; index < aCount; index++)
            {
                int x = a[aOffset + index];
                int y = b[bOffset + index];
                if (x != y && ToLower(x) != ToLower(y))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether two ranges hold the same octets.</summary>
        /// <param name="a">One buffer.</param>
        /// <param name="aOffset">Its first octet.</param>
        /// <param name="aCount">Its octets.</param>
        /// <param name="b">The other buffer.</param>
        /// <param name="bOffset">Its first octet.</param>
        /// <param name="bCount">Its octets.</param>
        /// <returns>True where they do.</returns>
        public static bool Equal(byte[] a, int aOffset, int aCount, byte[] b, int bOffset, int bCount)
        {
            if (aCount != bCount)
            {
                return false;
            }

            for (int index = 0; index < aCount; index++)
            {
                if (a[aOffset + index] != b[bOffset + index])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether a secret and what a peer claims are the same; the time depends on the claim's length only.</summary>
        /// <param name="secret">The secret.</param>
        /// <param name="claim">The peer's buffer.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="count">Its octets.</param>
        /// <returns>True where they are; an empty secret matches nothing.</returns>
        public static bool EqualSecret(byte[] secret, byte[] claim, int offset, int count)
        {
            int secretCount = secret.Length;
            int difference = secretCount ^ count;
            if (secretCount == 0)
            {
                return false;
            }

            int at = 0;
            for (int index = 0; index < count; index++)
            {
                difference |= secret[at] ^ claim[offset + index];
                at = at + 1 < secretCount ? at + 1 : 0;
            }

            return difference == 0;
        }

        /// <summary>Reads an unsigned decimal number that fills a range.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">The octets, all of them digits.</param>
        /// <returns>The number, at most <see cref="long.MaxValue"/> (larger ones give that); -1 where the range is empty or holds anything else.</returns>
        public static long ParseDecimal(byte[] buffer, int offset, int count)
        {
            if (count <= 0)
            {
                return -1;
            }

            long value = 0;
            for (int index = 0; index < count; index++)
            {
                int digit = buffer[offset + index] - '0';
                if (digit < 0 || digit > 9)
                {
                    return -1;
                }

                value = value > (long.MaxValue - 9) / 10 ? long.MaxValue : (value * 10) + digit;
            }

            return value;
        }

        /// <summary>Writes an unsigned decimal number.</summary>
        /// <param name="value">The number, not negative.</param>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">Where the first digit goes.</param>
        /// <returns>The digits written, 1 to 19.</returns>
        public static int WriteDecimal(long value, byte[] buffer, int offset)
        {
            int digits = 1;
            for (long rest = value / 10; rest != 0; rest /= 10)
            {
                digits++;
            }

            for (int index = offset + digits - 1; index >= offset; index--)
            {
                buffer[index] = (byte)('0' + (int)(value % 10));
                value /= 10;
            }

            return digits;
        }

        /// <summary>Writes a number as decimal digits with leading zeros.</summary>
        /// <param name="value">The number, not negative; its last <paramref name="digits"/> digits are written.</param>
        /// <param name="digits">How many digits.</param>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">Where the first digit goes.</param>
        public static void WriteDecimalPadded(int value, int digits, byte[] buffer, int offset)
        {
            for (int index = offset + digits - 1; index >= offset; index--)
            {
                buffer[index] = (byte)('0' + (value % 10));
                value /= 10;
            }
        }

        /// <summary>Writes 32 bits as 8 lower-case hexadecimal digits.</summary>
        /// <param name="value">The bits.</param>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">Where the first digit goes.</param>
        public static void WriteHex(int value, byte[] buffer, int offset)
        {
            for (int index = offset + 7; index >= offset; index--)
            {
                int nibble = value & 15;
                buffer[index] = (byte)(nibble < 10 ? '0' + nibble : 'a' + nibble - 10);
                value >>= 4;
            }
        }

        /// <summary>Reads a little-endian 32-bit number.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">Its first octet.</param>
        /// <returns>The number.</returns>
        public static int ReadInt32(byte[] buffer, int offset)
        {
            return buffer[offset] | (buffer[offset + 1] << 8) | (buffer[offset + 2] << 16) | (buffer[offset + 3] << 24);
        }

        /// <summary>Writes a little-endian 32-bit number.</summary>
        /// <param name="value">The number.</param>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">Where its first octet goes.</param>
        public static void WriteInt32(int value, byte[] buffer, int offset)
        {
            buffer[offset] = (byte)value;
            buffer[offset + 1] = (byte)(value >> 8);
            buffer[offset + 2] = (byte)(value >> 16);
            buffer[offset + 3] = (byte)(value >> 24);
        }

        /// <summary>Reads a little-endian 16-bit number.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">Its first octet.</param>
        /// <returns>The number, 0 to 65,535.</returns>
        public static int ReadUInt16(byte[] buffer, int offset)
        {
            return buffer[offset] | (buffer[offset + 1] << 8);
        }

        /// <summary>Writes a little-endian 16-bit number.</summary>
        /// <param name="value">The number, 0 to 65,535.</param>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">Where its first octet goes.</param>
        public static void WriteUInt16(int value, byte[] buffer, int offset)
        {
            buffer[offset] = (byte)value;
            buffer[offset + 1] = (byte)(value >> 8);
        }
    }
}

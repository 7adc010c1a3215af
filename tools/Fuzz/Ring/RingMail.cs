using System;
using System.Globalization;
using System.Text;

namespace MailAppliance.Tools.Fuzz.Ring
{
    /// <summary>Mail in wire form that says itself what it must be: its number and size, and letters that follow from them.</summary>
    internal static class RingMail
    {
        /// <summary>Octets of the smallest.</summary>
        internal const int OctetsMin = HeaderOctets + 8;

        private const int HeaderOctets = 19;
        private const int LineOctets = 70;

        /// <summary>Makes one.</summary>
        /// <param name="number">Its number.</param>
        /// <param name="octets">Its octets.</param>
        /// <returns>The mail.</returns>
        internal static byte[] Make(int number, int octets)
        {
            byte[] mail = new byte[octets];
            Fill(mail, number);
            return mail;
        }

        /// <summary>The number of a mail that is whole.</summary>
        /// <param name="mail">What was read.</param>
        /// <returns>The number; -1 where it is not what it says.</returns>
        internal static int NumberOf(ReadOnlySpan<byte> mail)
        {
            if (mail.Length < OctetsMin
                || !int.TryParse(mail.Slice(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number)
                || !int.TryParse(mail.Slice(9, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int octets)
                || octets != mail.Length)
            {
                return -1;
            }

            Span<byte> expected = stackalloc byte[octets];
            Fill(expected, number);
            return mail.SequenceEqual(expected) ? number : -1;
        }

        private static void Fill(Span<byte> mail, int number)
        {
            uint state = (uint)number * 2654435761u;
            for (int at = HeaderOctets; at < mail.Length; at++)
            {
                state = (state * 1664525u) + 1013904223u;
                int column = at % LineOctets;
                mail[at] = column == 0 ? (byte)'\r' : column == 1 ? (byte)'\n' : (byte)('a' + (state >> 28));
            }

            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number:x8} {mail.Length:x8}\r\n"), mail);
            "x\r\n.\r\n"u8.CopyTo(mail.Slice(mail.Length - 6));
            mail[^7] = (byte)'x';
        }
    }
}

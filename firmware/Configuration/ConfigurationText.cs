using System.Text;
using MailAppliance.Core;

namespace MailAppliance.Configuration
{
    /// <summary>Work on the octets of a configuration; for boot, so that it may make strings.</summary>
    internal static class ConfigurationText
    {
        /// <summary>Octets of a wrong value that an error shows.</summary>
        private const int ShownOctetsMax = 60;

        /// <summary>Whether an octet is a space or a tab.</summary>
        internal static bool IsSpace(int octet)
        {
            return octet == Octets.Space || octet == Octets.Tab;
        }

        /// <summary>Whether a range holds an ASCII word, without case.</summary>
        internal static bool IsWord(byte[] buffer, int offset, int count, string word)
        {
            byte[] octets = Octets.Of(word);
            return Octets.EqualIgnoreCase(buffer, offset, count, octets, 0, octets.Length);
        }

        /// <summary>Whether two arrays hold the same, without case.</summary>
        internal static bool AreSame(byte[] a, byte[] b)
        {
            return Octets.EqualIgnoreCase(a, 0, a.Length, b, 0, b.Length);
        }

        /// <summary>A copy of a range.</summary>
        internal static byte[] Copy(byte[] buffer, int offset, int count)
        {
            byte[] copy = new byte[count];
            System.Array.Copy(buffer, offset, copy, 0, count);
            return copy;
        }

        /// <summary>A range as text, for messages; a long one is cut between characters.</summary>
        internal static string Show(byte[] buffer, int offset, int count)
        {
            if (count <= ShownOctetsMax)
            {
                return count == 0 ? "" : Encoding.UTF8.GetString(buffer, offset, count);
            }

            int shown = ShownOctetsMax;
            while (shown > 0 && (buffer[offset + shown] & 0xC0) == 0x80)
            {
                shown--;
            }

            return Encoding.UTF8.GetString(buffer, offset, shown) + "...";
        }

        /// <summary>How a maildrop's section begins, for messages.</summary>
        internal static string Title(byte[] maildrop)
        {
            return "[maildrop " + Show(maildrop, 0, maildrop.Length) + "]";
        }

        /// <summary>What was found, for the end of an error: <c>, found "x"</c>.</summary>
        internal static string Found(byte[] buffer, int offset, int count)
        {
            return count == 0 ? ", found nothing" : ", found \"" + Show(buffer, offset, count) + "\"";
        }
    }
}

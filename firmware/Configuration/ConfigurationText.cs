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

        /// <summary>What was found, for the end of an error: <c>, found "x"</c>.</summary>
        internal static string Found(byte[] buffer, int offset, int count)
        {
            return count == 0 ? ", found nothing" : ", found \"" + Show(buffer, offset, count) + "\"";
        }

        /// <summary>Whether a range is well-formed UTF-8 (RFC 3629 section 4).</summary>
        internal static bool IsUtf8(byte[] buffer, int offset, int count)
        {
            int end = offset + count;
            while (offset < end)
            {
                int first = buffer[offset];
                int more = first < 0x80 ? 0 : first < 0xC2 ? -1 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF5 ? 3 : -1;
                if (more < 0 || end - offset <= more)
                {
                    return false;
                }

                for (int index = 1; index <= more; index++)
                {
                    int next = buffer[offset + index];

                    // The second octet says whether the form is the shortest, no surrogate, and at most U+10FFFF.
                    int least = index > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
                    int most = index > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
                    if (next < least || next > most)
                    {
                        return false;
                    }
                }

                offset += more + 1;
            }

            return true;
        }
    }
}

namespace MailAppliance.Core
{
    /// <summary>Whether octets are UTF-8 (RFC 3629 section 4).</summary>
    public static class Utf8
    {
        /// <summary>Checks a range.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">How many.</param>
        /// <returns>False where there is a stray or missing octet, a longer form than needed, a surrogate, or a code point past
        /// U+10FFFF.</returns>
        public static bool IsValid(byte[] buffer, int offset, int count)
        {
            int end = offset + count;
            int at = offset;
            while (at < end)
            {
                int first = buffer[at];
                at++;
                if (first < 0x80)
                {
                    continue;
                }

                int more = first < 0xC2 ? -1 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF5 ? 3 : -1;
                if (more < 0 || at + more > end || !IsSecond(first, buffer[at]))
                {
                    return false;
                }

                for (int behind = at + more; at < behind; at++)
                {
                    if ((buffer[at] & 0xC0) != 0x80)
                    {
                        return false;
                    }
                }
            }

            return true;
        }

        // The second octet rules out what the first alone can't: longer forms than needed, surrogates, too high code points.
        private static bool IsSecond(int first, int second)
        {
            switch (first)
            {
                case 0xE0:
                    return second >= 0xA0;
                case 0xED:
                    return second < 0xA0;
                case 0xF0:
                    return second >= 0x90;
                case 0xF4:
                    return second < 0x90;
                default:
                    return true;
            }
        }
    }
}

namespace MailAppliance.Core
{
    /// <summary>What an octet may be part of, by table: the character classes of RFC 5321 section 4.1.2 and RFC 5322 section
    /// 3.2.3.</summary>
    public static class OctetClass
    {
        /// <summary>ALPHA, DIGIT and the marks of an atom.</summary>
        public const int Atext = 1;

        /// <summary>ALPHA or DIGIT.</summary>
        public const int LetterOrDigit = 2;

        /// <summary>DIGIT.</summary>
        public const int Digit = 4;

        /// <summary>HEXDIG.</summary>
        public const int HexDigit = 8;

        /// <summary>qtextSMTP: printable and space, without quote and backslash.</summary>
        public const int Qtext = 16;

        /// <summary>dcontent of an address literal: printable, without brackets and backslash.</summary>
        public const int Dcontent = 32;

        /// <summary>Part of a parameter's value: printable, without the equals sign.</summary>
        public const int ParameterValue = 64;

        /// <summary>Beyond ASCII: UTF-8 with SMTPUTF8, else whatever the device's code page is.</summary>
        public const int High = 128;

        // First and last octet of each range, in the order of the constants.
        private const string Ranges =
            "!!#'*+--/9==??AZ^~"
            + "|09AZaz"
            + "|09"
            + "|09AFaf"
            + "| !#[]~"
            + "|!Z^~"
            + "|!<>~";

        // In no range's ends.
        private const byte ClassEnd = (byte)'|';

        private static readonly byte[] s_classes = Make();

        /// <summary>Whether an octet is of a class.</summary>
        /// <param name="octet">The octet.</param>
        /// <param name="classes">One or several of the constants, of which one is enough.</param>
        /// <returns>True where it is.</returns>
        public static bool Is(int octet, int classes)
        {
            return (s_classes[octet] & classes) != 0;
        }

        /// <summary>Passes over octets of a class.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">Where to begin.</param>
        /// <param name="end">Behind the last octet.</param>
        /// <param name="classes">One or several of the constants.</param>
        /// <returns>Index of the first octet of another class, or <paramref name="end"/>.</returns>
        public static int Skip(byte[] buffer, int offset, int end, int classes)
        {
            byte[] table = s_classes;
            int at = offset;
            while (at < end && (table[buffer[at]] & classes) != 0)
            {
                at++;
            }

            return at;
        }

        /// <summary>Passes over spaces and tabs.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">Where to begin.</param>
        /// <param name="end">Behind the last octet.</param>
        /// <returns>Index of the first octet that is neither, or <paramref name="end"/>.</returns>
        public static int SkipWhite(byte[] buffer, int offset, int end)
        {
            int at = offset;
            while (at < end && (buffer[at] == Octets.Space || buffer[at] == Octets.Tab))
            {
                at++;
            }

            return at;
        }

        private static byte[] Make()
        {
            byte[] ranges = Octets.Of(Ranges);
            byte[] classes = new byte[256];
            int bit = 1;
            for (int at = 0; at < ranges.Length; at += 2)
            {
                for (int octet = ranges[at]; octet <= ranges[at + 1]; octet++)
                {
                    classes[octet] |= (byte)bit;
                }

                // What ends a class has no partner.
                if (at + 2 < ranges.Length && ranges[at + 2] == ClassEnd)
                {
                    bit <<= 1;
                    at++;
                }
            }

            for (int octet = 128; octet < 256; octet++)
            {
                classes[octet] = High;
            }

            return classes;
        }
    }
}

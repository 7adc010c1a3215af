using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <summary>The commands: verb, the states that allow it, what it says to an argument, and its handler.</summary>
    /// <remarks>
    /// A verb is found by its four letters in one int, lower-cased all at once: a comparison costs one turn of a loop, and
    /// the most frequent verbs come first.
    /// </remarks>
    public static class SmtpCommandTable
    {
        /// <summary>No such verb: 500.</summary>
        public const int Unknown = -1;

        /// <summary>The verb takes no argument: 501 where one is given (RFC 5321 section 4.3.2).</summary>
        public const int ArgumentForbidden = 0;

        /// <summary>An argument is the handler's business.</summary>
        public const int ArgumentFree = 1;

        /// <summary>The verb needs an argument: 501 where none is given.</summary>
        public const int ArgumentRequired = 2;

        private const int StateBits = 15;
        private const int ArgumentBits = 3;
        private const int RowCount = 19;

        // Verb; the states that allow it in strict and in device mode: a bit for each of the first four of SmtpState, so c is after EHLO
        // or HELO, d outside a mail transaction, m in one, p anywhere; the argument; one of SmtpHandler. See CommandRows.
        private const string Rows =
            "rcpt mmbd|"
            + "mail cdbc|"
            + "data mmae|"
            + "ehlo ppba|"
            + "helo ppbb|"
            + "quit ppaj|"
            + "rset ppaf|"
            + "noop ppbi|"
            + "vrfy ppcg|"
            + "help ppbh|"
            + "bdat ppbk|"
            + "auth cdcm|"
            + "star ppan|"
            + "expn ppbl|"
            + "etrn ppbl|"
            + "turn ppbl|"
            + "send ppbl|"
            + "soml ppbl|"
            + "saml ppbl|";

        // "star", of STARTTLS.
        private const int StartKey = ('s' << 24) | ('t' << 16) | ('a' << 8) | 'r';

        private static readonly byte[] s_behindStar = Octets.Of("TTLS");
        private static readonly int[] s_keys = new int[RowCount];
        private static readonly int[] s_rows = new int[RowCount];

        static SmtpCommandTable()
        {
            CommandRows.Read(Rows, s_keys, s_rows);
        }

        /// <summary>Finds a verb, without case.</summary>
        /// <param name="buffer">The line's buffer.</param>
        /// <param name="offset">The verb's first octet.</param>
        /// <param name="count">Its octets.</param>
        /// <returns>The row, for the other members; <see cref="Unknown"/> where there is none.</returns>
        public static int Find(byte[] buffer, int offset, int count)
        {
            if (count < 4)
            {
                return Unknown;
            }

            // All verbs have four letters, but for STARTTLS.
            int key = KeyOf(buffer, offset);
            bool isWhole = count == 4 ? key != StartKey
                : key == StartKey && Octets.EqualIgnoreCase(buffer, offset + 4, count - 4, s_behindStar, 0, s_behindStar.Length);
            int[] keys = s_keys;
            for (int row = 0; row < RowCount; row++)
            {
                if (keys[row] == key)
                {
                    return isWhole ? row : Unknown;
                }
            }

            return Unknown;
        }

        /// <summary>Whether a state allows a command; 503 where it does not.</summary>
        /// <param name="row">The row.</param>
        /// <param name="state">One of the first four of <see cref="SmtpState"/>.</param>
        /// <param name="strict">Whether to go by the RFC's words.</param>
        /// <returns>True where it does.</returns>
        public static bool Allows(int row, int state, bool strict)
        {
            int states = strict ? s_rows[row] : s_rows[row] >> CommandRows.SecondShift;
            return (((states & StateBits) >> state) & 1) != 0;
        }

        /// <summary>What a command says to an argument.</summary>
        /// <param name="row">The row.</param>
        /// <returns><see cref="ArgumentForbidden"/>, <see cref="ArgumentFree"/> or <see cref="ArgumentRequired"/>.</returns>
        public static int ArgumentOf(int row)
        {
            return (s_rows[row] >> CommandRows.ThirdShift) & ArgumentBits;
        }

        /// <summary>Who handles a command.</summary>
        /// <param name="row">The row.</param>
        /// <returns>One of <see cref="SmtpHandler"/>.</returns>
        public static int HandlerOf(int row)
        {
            return s_rows[row] >> CommandRows.LastShift;
        }

        // The bit 0x20 makes a letter lower-case, and no octet but a letter becomes a letter by it.
        private static int KeyOf(byte[] buffer, int offset)
        {
            return ((buffer[offset] << 24) | (buffer[offset + 1] << 16) | (buffer[offset + 2] << 8) | buffer[offset + 3]) | 0x20202020;
        }
    }
}

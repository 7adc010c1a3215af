using MailAppliance.Core;

namespace MailAppliance.Pop3
{
    /// <summary>Every verb, the states it is allowed in, whether it takes an argument, and what handles it.</summary>
    public static class Pop3CommandTable
    {
        /// <summary>Returned where no row has the verb.</summary>
        public const int NotFound = -1;

        /// <summary>The line must end behind the verb.</summary>
        public const int NoArgument = 0;

        /// <summary>The verb stands alone or has an argument.</summary>
        public const int OptionalArgument = 1;

        /// <summary>The verb must have an argument.</summary>
        public const int NeedsArgument = 2;

        private const int ArgumentBits = 3;
        private const int RowCount = 17;

        // Verb, filled up with a space; the states that allow it: b Authorization, c Transaction, d both; the argument; one of Pop3Command.
        // What clients say most often comes first. See CommandRows.
        private const string Rows =
            "retr cacj|"
            + "dele cack|"
            + "top  cacm|"
            + "list cabi|"
            + "uidl cabn|"
            + "stat caah|"
            + "noop caag|"
            + "user bacc|"
            + "pass bacd|"
            + "quit daae|"
            + "capa daaf|"
            + "rset caal|"
            + "apop baco|"
            + "auth bacp|"
            + "stls daaq|"
            + "utf8 dabb|"
            + "lang dabb|";

        // Four octets of a verb as one number: a row is found by comparing ints. The longest verb has four.
        private static readonly int[] s_keys = new int[RowCount];
        private static readonly int[] s_rows = new int[RowCount];

        static Pop3CommandTable()
        {
            CommandRows.Read(Rows, s_keys, s_rows);
        }

        /// <summary>Finds a verb, in any case.</summary>
        /// <param name="buffer">The line's buffer.</param>
        /// <param name="offset">The verb's first octet.</param>
        /// <param name="count">Its octets; none of them a space.</param>
        /// <returns>The row, or <see cref="NotFound"/>.</returns>
        public static int Find(byte[] buffer, int offset, int count)
        {
            if (count != 4 && count != 3)
            {
                return NotFound;
            }

            // A verb of three octets is filled up with a space, which no verb can hold.
            int key = (Octets.ToLower(buffer[offset]) << 24) | (Octets.ToLower(buffer[offset + 1]) << 16)
                | (Octets.ToLower(buffer[offset + 2]) << 8) | (count == 4 ? Octets.ToLower(buffer[offset + 3]) : Octets.Space);
            int[] keys = s_keys;
            for (int row = 0; row < RowCount; row++)
            {
                if (keys[row] == key)
                {
                    return row;
                }
            }

            return NotFound;
        }

        /// <summary>Whether a verb may be used in a state.</summary>
        /// <param name="row">As <see cref="Find"/> gave it.</param>
        /// <param name="state">One of <see cref="Pop3State"/>.</param>
        /// <returns>True where it may.</returns>
        public static bool IsAllowed(int row, int state)
        {
            return (s_rows[row] & state) != 0;
        }

        /// <summary>Whether a line has the argument that its verb wants.</summary>
        /// <param name="row">As <see cref="Find"/> gave it.</param>
        /// <param name="hasArgument">Whether anything stands behind the verb.</param>
        /// <returns>True where it has, or has none where none is wanted.</returns>
        public static bool IsWellFormed(int row, bool hasArgument)
        {
            int wanted = (s_rows[row] >> CommandRows.ThirdShift) & ArgumentBits;
            return wanted == OptionalArgument || hasArgument == (wanted == NeedsArgument);
        }

        /// <summary>What handles a verb.</summary>
        /// <param name="row">As <see cref="Find"/> gave it.</param>
        /// <returns>One of <see cref="Pop3Command"/>.</returns>
        public static int CommandOf(int row)
        {
            return s_rows[row] >> CommandRows.LastShift;
        }
    }
}

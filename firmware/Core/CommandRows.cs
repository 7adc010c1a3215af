namespace MailAppliance.Core
{
    /// <summary>Reads a protocol's table of commands from a text, which takes less of the board's code than a call for each command.</summary>
    public static class CommandRows
    {
        /// <summary>Where in a row's number the second column begins.</summary>
        public const int SecondShift = 4;

        /// <summary>Where the third begins.</summary>
        public const int ThirdShift = 8;

        /// <summary>Where the last begins.</summary>
        public const int LastShift = 10;

        // "rcpt mmbd|": the verb, a space, a letter for each column, and what ends the row.
        private const int RowOctets = 10;
        private const int ColumnsAt = 5;

        /// <summary>Reads the rows; at boot.</summary>
        /// <param name="text">The rows: a verb of four octets in lower case, a space, four letters, a for 0 and so on, and a <c>|</c>.</param>
        /// <param name="keys">Gets the verbs, each as one number with its first octet in front.</param>
        /// <param name="rows">Gets the four columns of each, in one number: an array for each column would cost the board's heap.</param>
        public static void Read(string text, int[] keys, int[] rows)
        {
            byte[] octets = Octets.Of(text);
            for (int row = 0; row < rows.Length; row++)
            {
                int at = row * RowOctets;
                keys[row] = (octets[at] << 24) | (octets[at + 1] << 16) | (octets[at + 2] << 8) | octets[at + 3];
                at += ColumnsAt;
                rows[row] = (octets[at] - 'a')
                    | ((octets[at + 1] - 'a') << SecondShift)
                    | ((octets[at + 2] - 'a') << ThirdShift)
                    | ((octets[at + 3] - 'a') << LastShift);
            }
        }
    }
}

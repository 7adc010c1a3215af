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

        private const int Any = Pop3State.Authorization | Pop3State.Transaction;
        private const int Login = Pop3State.Authorization;
        private const int Open = Pop3State.Transaction;
        private const int RowCount = 17;
        private const int ArgumentShift = 8;
        private const int ArgumentBits = 3;
        private const int CommandShift = 10;

        // Four octets of a verb as one number: a row is found by comparing ints. The longest verb has four.
        private static readonly int[] s_keys = new int[RowCount];

        // A row is one number, since an array of its own for each column costs the board's heap: states, argument, command.
        private static readonly int[] s_rows = new int[RowCount];

        static Pop3CommandTable()
        {
            // What clients say most often comes first.
            Set(0, "retr", Open, NeedsArgument, Pop3Command.Retr);
            Set(1, "dele", Open, NeedsArgument, Pop3Command.Dele);
            Set(2, "top", Open, NeedsArgument, Pop3Command.Top);
            Set(3, "list", Open, OptionalArgument, Pop3Command.List);
            Set(4, "uidl", Open, OptionalArgument, Pop3Command.Uidl);
            Set(5, "stat", Open, NoArgument, Pop3Command.Stat);
            Set(6, "noop", Open, NoArgument, Pop3Command.Noop);
            Set(7, "user", Login, NeedsArgument, Pop3Command.User);
            Set(8, "pass", Login, NeedsArgument, Pop3Command.Pass);
            Set(9, "quit", Any, NoArgument, Pop3Command.Quit);
            Set(10, "capa", Any, NoArgument, Pop3Command.Capa);
            Set(11, "rset", Open, NoArgument, Pop3Command.Rset);
            Set(12, "apop", Login, NeedsArgument, Pop3Command.Apop);
            Set(13, "auth", Login, NeedsArgument, Pop3Command.Auth);
            Set(14, "stls", Any, NoArgument, Pop3Command.Stls);
            Set(15, "utf8", Any, OptionalArgument, Pop3Command.NotSupported);
            Set(16, "lang", Any, OptionalArgument, Pop3Command.NotSupported);
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
            int wanted = (s_rows[row] >> ArgumentShift) & ArgumentBits;
            return wanted == OptionalArgument || hasArgument == (wanted == NeedsArgument);
        }

        /// <summary>What handles a verb.</summary>
        /// <param name="row">As <see cref="Find"/> gave it.</param>
        /// <returns>One of <see cref="Pop3Command"/>.</returns>
        public static int CommandOf(int row)
        {
            return s_rows[row] >> CommandShift;
        }

        private static void Set(int row, string verb, int states, int argument, int command)
        {
            byte[] octets = Octets.Of(verb);
            s_keys[row] = (octets[0] << 24) | (octets[1] << 16) | (octets[2] << 8) | (octets.Length == 4 ? octets[3] : Octets.Space);
            s_rows[row] = states | (argument << ArgumentShift) | (command << CommandShift);
        }
    }
}

namespace MailAppliance.Boards
{
    /// <summary>What a board writes down before it restarts by itself, so that the owner can be told afterwards: how often, after how long, why.</summary>
    internal sealed class RestartNote
    {
        private const char Separator = ' ';

        /// <summary>Reads a note.</summary>
        /// <param name="text">Its text; empty for none.</param>
        internal RestartNote(string text)
        {
            Reason = "";
            int first = text.IndexOf(Separator);
            int second = first < 0 ? -1 : text.IndexOf(Separator, first + 1);
            if (second < 0)
            {
                return;
            }

            int count = Number(text, 0, first);
            RanSeconds = Number(text, first + 1, second);
            Reason = text.Substring(second + 1);
            Count = RanSeconds < 0 || count < 0 ? 0 : count;
        }

        /// <summary>Restarts that nobody has been told of; 0 where the text was no note.</summary>
        internal int Count { get; private set; }

        /// <summary>How long the board had run before the last of them.</summary>
        internal int RanSeconds { get; private set; }

        /// <summary>Why.</summary>
        internal string Reason { get; private set; }

        /// <summary>Makes the note of a restart that comes after those of this one.</summary>
        /// <param name="ranSeconds">How long the board has run.</param>
        /// <param name="reason">Why it restarts.</param>
        /// <returns>The text.</returns>
        internal string Next(long ranSeconds, string reason)
        {
            return (Count + 1).ToString() + Separator + ranSeconds.ToString() + Separator + reason;
        }

        // -1 where there is none.
        private static int Number(string text, int from, int to)
        {
            // More digits than any of ours has.
            if (from == to || to - from > 9)
            {
                return -1;
            }

            int value = 0;
            for (int at = from; at < to; at++)
            {
                int digit = text[at] - '0';
                if (digit < 0 || digit > 9)
                {
                    return -1;
                }

                value = (value * 10) + digit;
            }

            return value;
        }
    }
}

namespace MailAppliance.Boards
{
    /// <summary>
    /// What a board writes down before it restarts by itself, so that the owner can be told afterwards, and the card count it: how often,
    /// after how long, from which cause, why.
    /// </summary>
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
            int third = second < 0 ? -1 : text.IndexOf(Separator, second + 1);
            if (third < 0)
            {
                return;
            }

            int count = Number(text, 0, first);
            int ranSeconds = Number(text, first + 1, second);
            int cause = Number(text, second + 1, third);
            if (count < 0 || ranSeconds < 0 || cause < 0 || cause >= StartCause.Count)
            {
                return;
            }

            Count = count;
            RanSeconds = ranSeconds;
            Cause = cause;
            Reason = text.Substring(third + 1);
        }

        /// <summary>Restarts that the owner has not been told of; 0 where the text was no note.</summary>
        internal int Count { get; private set; }

        /// <summary>Cause of the last restart, one of <see cref="StartCause"/>; Power once the card has counted it, and where there was none.</summary>
        internal int Cause { get; private set; }

        /// <summary>Whether nobody needs the note any more.</summary>
        internal bool IsDone
        {
            get { return Count == 0 && Cause == StartCause.Power; }
        }

        /// <summary>How long the board had run before the last of them.</summary>
        internal int RanSeconds { get; private set; }

        /// <summary>Why.</summary>
        internal string Reason { get; private set; }

        /// <summary>Makes the note of a restart that comes after those of this one.</summary>
        /// <param name="ranSeconds">How long the board has run.</param>
        /// <param name="cause">One of <see cref="StartCause"/>; the owner's own doing is not told him.</param>
        /// <param name="reason">Why it restarts.</param>
        /// <returns>The text.</returns>
        internal string Next(long ranSeconds, int cause, string reason)
        {
            if (cause == StartCause.Owner && Count > 0)
            {
                // What he is still to be told of stays.
                return Text(Count, RanSeconds, cause, Reason);
            }

            return Text(cause == StartCause.Owner ? 0 : Count + 1, ranSeconds, cause, reason);
        }

        /// <summary>Makes the note that is left once the owner was told.</summary>
        /// <returns>The text.</returns>
        internal string Told()
        {
            return Text(0, RanSeconds, Cause, Reason);
        }

        /// <summary>Makes the note that is left once the card has counted the restart.</summary>
        /// <returns>The text.</returns>
        internal string Counted()
        {
            return Text(Count, RanSeconds, StartCause.Power, Reason);
        }

        private static string Text(int count, long ranSeconds, int cause, string reason)
        {
            return count.ToString() + Separator + ranSeconds.ToString() + Separator + cause.ToString() + Separator + reason;
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

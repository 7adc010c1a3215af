using System;
using MailAppliance.Core;

namespace MailAppliance.Loop
{
    /// <summary>
    /// The words that log lines are made of, all in one array: on the board each array of its own would take 28 octets beside its
    /// text.
    /// </summary>
    internal static class Words
    {
        internal const int SmtpStored = 0;
        internal const int SmtpNotStored = 1;
        internal const int SmtpComma = 2;
        internal const int SmtpOctetsFrom = 3;
        internal const int SmtpBy = 4;
        internal const int SmtpRecipients = 5;
        internal const int SmtpNoRoom = 6;
        internal const int SmtpCardFailed = 7;
        internal const int SmtpNobody = 8;
        internal const int Pop3Opened = 9;
        internal const int Pop3InUse = 10;
        internal const int Pop3Removed = 11;
        internal const int Pop3NotRemoved = 12;
        internal const int Pop3Damaged = 13;
        internal const int Pop3Messages = 14;
        internal const int Pop3By = 15;
        internal const int CardGone = 16;
        internal const int CardFirst = 17;
        internal const int CardBack = 18;
        internal const int CardOther = 19;
        internal const int CardLost = 20;
        internal const int CardUnfit = 21;
        internal const int StoreLost = 22;
        internal const int StoreDamaged = 23;
        internal const int StoreDropped = 24;
        internal const int StoreOldest = 25;
        internal const int StoreRetired = 26;
        internal const int StoreTooOld = 27;
        internal const int SmtpLoggedIn = 28;
        internal const int SmtpWrongLogin = 29;
        internal const int Pop3WrongLogin = 30;
        internal const int AccessRefused = 31;
        internal const int AccessToSend = 32;
        internal const int AccessToFetch = 33;
        internal const int AccessOthers = 34;
        internal const int AccessBefore = 35;

        // In the order of the constants, each with a line feed behind it.
        private static readonly byte[] s_text = Octets.Of(
            "smtp: stored \n"
            + "smtp: not stored, \n"
            + ", \n"
            + " octets from <\n"
            + "> by \n"
            + ", recipients \n"
            + "the ring has no room, from <\n"
            + "the card failed, from <\n"
            + "a peer that is gone\n"
            + "pop3: opened \n"
            + "pop3: in use \n"
            + "pop3: removed from \n"
            + "pop3: the card failed, nothing removed from \n"
            + "pop3: a damaged message in \n"
            + ", messages \n"
            + ", by \n"
            + "card: gone, mail waits for it\n"
            + "card: there, messages \n"
            + "card: back, messages \n"
            + "card: another ring, messages \n"
            + ", records lost \n"
            + "card: what is in now can't be used: \n"
            + "store: lost \n"
            + ", damaged on the card\n"
            + "store: dropped \n"
            + ", the oldest, for new mail\n"
            + "store: removed \n"
            + " messages that were older than the retention time\n"
            + "smtp: logged in \n"
            + "smtp: wrong name or password\n"
            + "pop3: wrong name or password\n"
            + "access: refused \n"
            + ", which is in no network that may send\n"
            + ", which is in no network that may fetch\n"
            + "; and \n"
            + " before\n");

        private static readonly short[] s_starts = Starts();

        /// <summary>The octets of some words.</summary>
        /// <param name="words">One of the constants.</param>
        /// <returns>The octets.</returns>
        internal static int OctetsOf(int words)
        {
            return s_starts[words + 1] - s_starts[words] - 1;
        }

        /// <summary>Writes some words.</summary>
        /// <param name="words">One of the constants.</param>
        /// <param name="buffer">Has room for them.</param>
        /// <param name="offset">Where the first octet goes.</param>
        /// <returns>Index behind them.</returns>
        internal static int Write(int words, byte[] buffer, int offset)
        {
            int octets = OctetsOf(words);
            Array.Copy(s_text, s_starts[words], buffer, offset, octets);
            return offset + octets;
        }

        private static short[] Starts()
        {
            int count = 0;
            for (int at = 0; at < s_text.Length; at++)
            {
                count += s_text[at] == Octets.Lf ? 1 : 0;
            }

            short[] starts = new short[count + 1];
            int next = 1;
            for (int at = 0; at < s_text.Length; at++)
            {
                if (s_text[at] == Octets.Lf)
                {
                    starts[next] = (short)(at + 1);
                    next++;
                }
            }

            return starts;
        }
    }
}

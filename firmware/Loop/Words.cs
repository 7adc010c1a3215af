using MailAppliance.Core;

namespace MailAppliance.Loop
{
    /// <summary>The words that log lines are made of.</summary>
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
        internal const int By = 15;
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
        internal const int NoticeStored = 36;
        internal const int NoticeFailed = 37;
        internal const int Bounds = 38;

        /// <summary>Their octets, in the order of the constants.</summary>
        internal static readonly Phrases Texts = new Phrases(
            "",
            "smtp: stored |"
            + "smtp: not stored, |"
            + ", |"
            + " octets from <|"
            + "> by |"
            + ", recipients |"
            + "the ring has no room, from <|"
            + "the card failed, from <|"
            + "a peer that is gone|"
            + "pop3: opened |"
            + "pop3: in use |"
            + "pop3: removed from |"
            + "pop3: the card failed, nothing removed from |"
            + "pop3: a damaged message in |"
            + ", messages |"
            + ", by |"
            + "card: gone, mail waits for it|"
            + "card: there, messages |"
            + "card: back, messages |"
            + "card: another ring, messages |"
            + ", records lost |"
            + "card: what is in now can't be used: |"
            + "store: lost |"
            + ", damaged on the card|"
            + "store: dropped |"
            + ", the oldest, for new mail|"
            + "store: removed |"
            + " messages that were older than the retention time|"
            + "smtp: logged in |"
            + "smtp: wrong name or password|"
            + "pop3: wrong name or password|"
            + "access: refused |"
            + ", which is in no network that may send|"
            + ", which is in no network that may fetch|"
            + "; and |"
            + " before|"
            + "notice: stored for postmaster |"
            + "notice: not stored yet, cause |"

            // Bounds, and behind it a text for each of Bound.
            + "bounds: since the start|"
            + " connections |"
            + ", mails |"
            + ", bad commands |"
            + ", logins |"
            + ", idle slots |"
            + ", slow |"
            + ", long mails |");
    }
}

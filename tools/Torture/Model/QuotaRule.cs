namespace MailAppliance.Tools.Torture.Model
{
    /// <summary>When a maildrop takes no more mail at RCPT, by the least and the most that can be in it meanwhile.</summary>
    internal sealed class QuotaRule
    {
        // In front of the end CRLF.CRLF, which LIST does not count in full.
        private const int EndOctets = 3;

        private readonly MailLedger _ledger;

        /// <summary>Makes it.</summary>
        internal QuotaRule(MailLedger ledger)
        {
            _ledger = ledger;
        }

        /// <summary>Messages at which each maildrop takes no more; 0 for none.</summary>
        internal int MessagesMax { get; set; }

        /// <summary>Octets past which each takes no more; 0 for none.</summary>
        internal int OctetsMax { get; set; }

        /// <summary>Recipients that were refused for a quota in the run.</summary>
        internal int RefusedCount { get; private set; }

        /// <summary>Another run.</summary>
        internal void Clear()
        {
            MessagesMax = 0;
            OctetsMax = 0;
            RefusedCount = 0;
        }

        /// <summary>RCPT was answered 452 4.2.2: the maildrop may have been full.</summary>
        /// <param name="maildrop">The maildrop's number among all names.</param>
        /// <param name="declaredOctets">What the sender declared; 0 for nothing.</param>
        /// <param name="since">The event in which RCPT was sent.</param>
        internal void Refused(int maildrop, int declaredOctets, int since)
        {
            RefusedCount++;
            int bit = 1 << maildrop;
            int messages = 0;
            long octets = 0;
            foreach (SentMail mail in _ledger.Mails)
            {
                bool isTaken = mail.State is MailState.Accepted or MailState.Unanswered;
                bool isGone = (mail.IsDropped && mail.DroppedAt < since) || ((mail.Removed & bit) != 0 && mail.RemovedAt < since);
                if (isTaken && !isGone && (mail.Recipients & bit) != 0)
                {
                    messages++;
                    octets += mail.WireOctets - EndOctets + RingRoom.FrontOctetsMax;
                }
            }

            if (!IsOver(messages, octets, declaredOctets))
            {
                throw new BrokenPromiseException(
                    Promise.QuotaHolds, $"maildrop {maildrop} takes no mail of {declaredOctets} octets, and has {messages} messages of {octets} octets at most");
            }
        }

        /// <summary>RCPT was answered 250: the maildrop may not have been full. The arguments are those of <see cref="Refused"/>.</summary>
        internal void Taken(int maildrop, int declaredOctets, int since)
        {
            if ((MessagesMax == 0 && OctetsMax == 0) || _ledger.Drops.MayHaveMissed)
            {
                return;
            }

            int messages = 0;
            long octets = 0;
            foreach (SentMail mail in _ledger.Mails)
            {
                bool isThere = mail.State == MailState.Accepted && mail.AcceptedAt < since && (mail.Live & (1 << maildrop)) != 0;
                if (isThere && !mail.MayBeDropped && !_ledger.IsInDoubt(mail, maildrop))
                {
                    messages++;
                    octets += mail.WireOctets - EndOctets - mail.StuffedDots;
                }
            }

            if (IsOver(messages, octets, declaredOctets))
            {
                throw new BrokenPromiseException(
                    Promise.QuotaHolds, $"maildrop {maildrop} takes mail of {declaredOctets} octets, and has {messages} messages of {octets} octets at least");
            }
        }

        /// <summary>A maildrop was listed: only what was under way when it was not full may be in it beyond its quota.</summary>
        /// <param name="messages">Its messages.</param>
        /// <param name="transactions">The most mail transactions that there can be at a time.</param>
        internal void Listed(int messages, int transactions)
        {
            if (MessagesMax > 0 && messages > MessagesMax - 1 + transactions)
            {
                throw new BrokenPromiseException(Promise.QuotaHolds, $"a maildrop of at most {MessagesMax} messages has {messages}");
            }
        }

        private bool IsOver(int messages, long octets, int declaredOctets)
        {
            return (MessagesMax > 0 && messages >= MessagesMax) || (OctetsMax > 0 && octets + (declaredOctets > 0 ? declaredOctets : 1) > OctetsMax);
        }
    }
}

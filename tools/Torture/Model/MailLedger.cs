using System.Collections.Generic;

namespace MailAppliance.Tools.Torture.Model
{
    /// <summary>
    /// Who was told what, kept by the clients beside the appliance: it knows nothing of the store but what came over the wire.
    /// Every listing of a maildrop has to agree with it, and what was not answered is settled by the first listing that shows it.
    /// </summary>
    internal sealed class MailLedger
    {
        private readonly List<SentMail> _mails = new();
        private readonly List<SentMail> _pool = new();
        private readonly List<PendingRemoval> _removals = new();
        private readonly DropRule _drops;
        private readonly QuotaRule _quotas;
        private readonly Dictionary<ulong, SentMail> _uniqueIds = new();
        private int _listings;
        private int _checks;
        private int _openedAt;

        /// <summary>Makes an empty one.</summary>
        internal MailLedger()
        {
            _drops = new DropRule(this);
            _quotas = new QuotaRule(this);
        }

        /// <summary>All mails, in the order they were begun.</summary>
        internal List<SentMail> Mails
        {
            get { return _mails; }
        }

        /// <summary>Which old mail may go for new.</summary>
        internal DropRule Drops
        {
            get { return _drops; }
        }

        /// <summary>When a maildrop is full.</summary>
        internal QuotaRule Quotas
        {
            get { return _quotas; }
        }

        /// <summary>Mails ever begun.</summary>
        internal int Count
        {
            get { return _mails.Count; }
        }

        /// <summary>Forgets the run.</summary>
        internal void Clear()
        {
            _pool.AddRange(_mails);
            _mails.Clear();
            _removals.Clear();
            _uniqueIds.Clear();
            _listings = 0;
            _checks = 0;
            _openedAt = 0;
            _drops.Clear();
            _quotas.Clear();
        }

        /// <summary>A client begins a mail.</summary>
        /// <param name="recipients">Bit of each maildrop that it was accepted for.</param>
        internal SentMail Begin(int recipients)
        {
            SentMail mail = _pool.Count > 0 ? _pool[^1] : new SentMail();
            if (_pool.Count > 0)
            {
                _pool.RemoveAt(_pool.Count - 1);
            }

            mail.Begin(_mails.Count, recipients);
            _mails.Add(mail);
            return mail;
        }

        /// <summary>The mail of a number; null for none.</summary>
        internal SentMail? Find(int number)
        {
            return number >= 0 && number < _mails.Count ? _mails[number] : null;
        }

        /// <summary>The mail that has a unique-id; null where nobody has seen that one.</summary>
        internal SentMail? OfUniqueId(ulong uniqueId)
        {
            return _uniqueIds.GetValueOrDefault(uniqueId);
        }

        /// <summary>A mail's end was answered.</summary>
        internal static void Answered(SentMail mail, int code, int at)
        {
            mail.HoldsTail = false;
            if (code / 100 == 2)
            {
                Accept(mail, at);
                return;
            }

            if (mail.State == MailState.Accepted)
            {
                throw new BrokenPromiseException(Promise.RefusedIsNotThere, $"mail {mail.Number} was seen in a maildrop, and then answered {code}");
            }

            mail.State = MailState.Refused;
        }

        /// <summary>The connection ended, or the power did, before a mail was answered.</summary>
        internal static void BrokenOff(SentMail mail)
        {
            mail.State = mail.State == MailState.Sending ? MailState.Refused : mail.State;
        }

        /// <summary>The card is gone, and what comes back is recovered: what nobody heard the answer of may be carried out by that.</summary>
        /// <param name="at">The event.</param>
        internal void CardGoes(int at)
        {
            _openedAt = at;
            _drops.CardGoes();
        }

        /// <summary>A QUIT is sent that is to remove what was marked.</summary>
        internal PendingRemoval BeginRemoval(int maildrop, int at)
        {
            var removal = new PendingRemoval { Maildrop = maildrop, SentAt = at };
            _removals.Add(removal);
            return removal;
        }

        /// <summary>It was answered.</summary>
        internal void Answered(PendingRemoval removal, bool isOk, int at)
        {
            if (removal.IsSettled && removal.IsDone != isOk)
            {
                throw isOk
                    ? new BrokenPromiseException(Promise.RemovedStaysAway, "a QUIT was answered +OK, and what it removed had been seen after it")
                    : new BrokenPromiseException(Promise.KeptStays, "a QUIT was answered -ERR, and what it was to remove had been gone");
            }

            Settle(removal, isOk, at);
        }

        /// <summary>The log tells that a mail is stored.</summary>
        /// <param name="transaction">Number of the mail transaction that it came in.</param>
        /// <param name="uniqueId">Its unique-id.</param>
        /// <param name="turn">The turn of the loop.</param>
        internal void Stored(int transaction, ulong uniqueId, long turn)
        {
            int at = _mails.Count - 1;
            while (at >= 0 && _mails[at].Transaction != transaction)
            {
                at--;
            }

            if (at < 0 || _mails[at].State is MailState.Sending or MailState.Refused)
            {
                throw new BrokenPromiseException(Promise.RefusedIsNotThere, $"{uniqueId:X16} was stored, and nobody had sent it to its end");
            }

            _mails[at].StoredAt = turn;
            TakeUniqueId(_mails[at], uniqueId);
        }

        /// <summary>Who has which unique-id.</summary>
        /// <exception cref="BrokenPromiseException">It had another, or another mail had it.</exception>
        internal void TakeUniqueId(SentMail mail, ulong uniqueId)
        {
            if (mail.UniqueId == 0 && _uniqueIds.TryAdd(uniqueId, mail))
            {
                mail.UniqueId = uniqueId;
                _drops.Named(mail);
            }
            else if (mail.UniqueId != uniqueId)
            {
                SentMail? other = OfUniqueId(uniqueId);
                throw new BrokenPromiseException(
                    Promise.UniqueIdStays, $"mail {mail.Number} has unique-id {uniqueId:X16}, and had {mail.UniqueId:X16}; mail {other?.Number} had that");
            }
        }

        /// <summary>Compares the listing of a maildrop with what was promised.</summary>
        /// <param name="maildrop">The maildrop's number among all names.</param>
        /// <param name="listed">The mails in it, in order.</param>
        /// <param name="since">The event in which the session began: mail accepted later need not be in it.</param>
        /// <param name="now">This event.</param>
        /// <param name="isSettled">Nothing is on its way: what is unanswered and not there will never be.</param>
        /// <param name="isFaulted">The store could not write a void record yet: what is still there may be gone after the next boot.</param>
        internal void Check(int maildrop, List<SentMail> listed, int since, int now, bool isSettled, bool isFaulted)
        {
            int bit = 1 << maildrop;
            _listings++;
            ulong last = 0;
            foreach (SentMail mail in listed)
            {
                CheckListed(mail, maildrop, since);
                Accept(mail, now);
                if (mail.SeenIn == _listings || (uint)mail.UniqueId <= (uint)last)
                {
                    throw new BrokenPromiseException(Promise.NumbersAreRight, $"mail {mail.Number} is listed twice, or out of order");
                }

                mail.SeenIn = _listings;
                mail.SeenInCheck = isSettled ? _checks : mail.SeenInCheck;
                mail.MayBeDropped = false;
                last = mail.UniqueId;
            }

            SettleRemovals(maildrop, since, now, isFaulted);
            foreach (SentMail mail in _mails)
            {
                if ((mail.Live & bit) == 0 || mail.SeenIn == _listings)
                {
                    continue;
                }

                if (mail.State == MailState.Accepted && mail.AcceptedAt < since && IsInDoubt(mail, maildrop))
                {
                    // One of several QUITs that nobody heard the answer of has removed it; gone is gone. A listing that is heard late, of a
                    // session from before the mail, says nothing of it.
                    mail.Removed |= bit;
                    mail.RemovedAt = now;
                }
                else if (mail.State == MailState.Accepted && mail.AcceptedAt < since)
                {
                    Miss(mail, maildrop, isSettled, now);
                }
                else if (isSettled)
                {
                    mail.Missed |= bit;
                }
            }
        }

        /// <summary>All maildrops of the configuration were listed with nothing on its way: what was not answered is decided now.</summary>
        internal void Settle()
        {
            _drops.Settle(_checks);
            _checks++;
            foreach (SentMail mail in _mails)
            {
                if (mail.State == MailState.Unanswered && mail.Missed != 0)
                {
                    mail.State = MailState.Refused;
                }

                mail.Missed = 0;
            }
        }

        /// <summary>Bits of all maildrops that have mail, or may have.</summary>
        internal int LiveMaildrops()
        {
            int live = 0;
            foreach (SentMail mail in _mails)
            {
                live |= mail.Live;
            }

            return live;
        }

        /// <summary>Counts what has to be in the ring, and what may be there beside it.</summary>
        internal void CountLive(out int mails, out int pairs, out int moreMails, out int morePairs)
        {
            mails = 0;
            pairs = 0;
            moreMails = 0;
            morePairs = 0;
            foreach (SentMail mail in _mails)
            {
                int own = System.Numerics.BitOperations.PopCount((uint)mail.Live);
                bool isSure = mail.State == MailState.Accepted && !mail.MayBeDropped && !IsInDoubt(mail, -1);
                mails += isSure && own > 0 ? 1 : 0;
                pairs += isSure ? own : 0;
                moreMails += !isSure && own > 0 ? 1 : 0;
                morePairs += isSure ? 0 : own;
            }
        }

        private static void CheckListed(SentMail mail, int maildrop, int since)
        {
            int bit = 1 << maildrop;
            if ((mail.Recipients & bit) == 0)
            {
                throw new BrokenPromiseException(Promise.MaildropIsRight, $"mail {mail.Number} is in maildrop {maildrop}, and was not sent to it");
            }

            if (((mail.Removed & bit) != 0 && mail.RemovedAt < since) || (mail.IsDropped && mail.DroppedAt < since))
            {
                throw new BrokenPromiseException(Promise.RemovedStaysAway, $"mail {mail.Number} is in maildrop {maildrop} again");
            }

            if (mail.State is MailState.Refused or MailState.Sending)
            {
                throw new BrokenPromiseException(Promise.RefusedIsNotThere, $"mail {mail.Number} is in maildrop {maildrop}, and was not taken");
            }

            if (mail.Missed != 0)
            {
                throw new BrokenPromiseException(Promise.UnansweredIsWholeOrNot, $"mail {mail.Number} is in maildrop {maildrop}, and not in another");
            }
        }

        private static void Accept(SentMail mail, int at)
        {
            if (mail.State == MailState.Refused)
            {
                throw new BrokenPromiseException(Promise.AnsweredIsThere, $"mail {mail.Number} was answered 250, and was not there before");
            }

            mail.AcceptedAt = mail.State == MailState.Accepted ? mail.AcceptedAt : at;
            mail.State = MailState.Accepted;
        }

        // Where nothing is on its way, it is not in another maildrop either.
        private void Miss(SentMail mail, int maildrop, bool isSettled, int now)
        {
            if ((_drops.MayHaveMissed || mail.MayBeDropped) && !(isSettled && mail.SeenInCheck == _checks))
            {
                DropRule.Found(mail, now);
                return;
            }

            throw new BrokenPromiseException(
                Promise.AnsweredIsThere, $"mail {mail.Number}, unique-id {mail.UniqueId:X16}, is not in maildrop {maildrop}");
        }

        /// <summary>Whether a QUIT that nobody heard the answer of may have removed a mail.</summary>
        /// <param name="mail">The mail.</param>
        /// <param name="maildrop">From this maildrop; any where it is negative.</param>
        /// <param name="but">A QUIT that is not asked.</param>
        internal bool IsInDoubt(SentMail mail, int maildrop, PendingRemoval? but = null)
        {
            foreach (PendingRemoval removal in _removals)
            {
                if (removal != but && (maildrop < 0 || removal.Maildrop == maildrop) && removal.Mails.Contains(mail))
                {
                    return true;
                }
            }

            return false;
        }

        private void SettleRemovals(int maildrop, int since, int now, bool isFaulted)
        {
            for (int at = _removals.Count - 1; at >= 0; at--)
            {
                PendingRemoval removal = _removals[at];
                if (removal.Maildrop != maildrop || removal.SentAt >= since)
                {
                    continue;
                }

                // Only what no other QUIT has removed, or may have, tells whether this one did.
                int there = 0;
                int own = 0;
                foreach (SentMail mail in removal.Mails)
                {
                    bool isOwn = (mail.Live & (1 << maildrop)) != 0 && !mail.MayBeDropped && !IsInDoubt(mail, maildrop, removal);
                    own += isOwn ? 1 : 0;
                    there += isOwn && mail.SeenIn == _listings ? 1 : 0;
                }

                if (there != 0 && there != own && _drops.MayHaveMissed)
                {
                    own = FindDropped(removal, own, now);
                }

                if (there != 0 && there != own)
                {
                    throw new BrokenPromiseException(
                        Promise.RemovalIsAllOrNothing, $"of {own} mails that one QUIT was to remove from maildrop {maildrop}, {there} are there");
                }

                // What a session read before the card went says nothing of what was found on it then.
                if (own > 0 && (there == 0 || !(isFaulted || since <= _openedAt)))
                {
                    Settle(removal, there == 0, now);
                }
            }
        }

        // It was not carried out, since some of it is there: the rest went another way.
        private int FindDropped(PendingRemoval removal, int own, int now)
        {
            foreach (SentMail mail in removal.Mails)
            {
                if ((mail.Live & (1 << removal.Maildrop)) != 0 && mail.SeenIn != _listings && !IsInDoubt(mail, removal.Maildrop, removal))
                {
                    DropRule.Found(mail, now);
                    own--;
                }
            }

            return own;
        }

        private void Settle(PendingRemoval removal, bool isDone, int at)
        {
            if (!removal.IsSettled && isDone)
            {
                foreach (SentMail mail in removal.Mails)
                {
                    mail.Removed |= 1 << removal.Maildrop;
                    mail.RemovedAt = at;
                }
            }

            removal.IsSettled = true;
            removal.IsDone = isDone;
            _removals.Remove(removal);
        }
    }
}

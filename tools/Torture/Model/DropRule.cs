using System;
using System.Collections.Generic;
using System.Numerics;

namespace MailAppliance.Tools.Torture.Model
{
    /// <summary>
    /// Which old mail may go for new (<c>when-full = drop-oldest</c>), by what the clients know and the log tells: only where the ring is full,
    /// from all maildrops at once and for ever, the oldest first, and what an open session sees only where nothing else is there.
    /// </summary>
    internal sealed class DropRule
    {
        private const int MaildropsMax = 32;

        // A mail whose sender does not read may be told of so many turns after it came into its maildrops.
        private const int LateTurns = 50;

        private readonly MailLedger _ledger;
        private readonly Dictionary<ulong, int> _unnamed = new();

        // The turn in which a session opened each maildrop; 0 where none has it.
        private readonly long[] _openedAt = new long[MaildropsMax];
        private bool _isOrderKnown;

        /// <summary>Makes it.</summary>
        internal DropRule(MailLedger ledger)
        {
            _ledger = ledger;
        }

        /// <summary>The configuration says so; else nothing is ever dropped.</summary>
        internal bool IsOn { get; set; }

        /// <summary>The card errs: what failed may leave the message at the tail no room to be moved to, and then it is that one that goes.</summary>
        internal bool CardErrs { get; set; }

        /// <summary>The ring, for whether it can have been full; null for any.</summary>
        internal RingRoom? Room { get; set; }

        /// <summary>Mail may have been dropped that the log did not come to tell of, up to the next time that everything is listed.</summary>
        internal bool MayHaveMissed { get; private set; }

        /// <summary>Drops that were judged by the order of the unique-ids, and all.</summary>
        internal int JudgedCount { get; private set; }

        /// <summary>Drops heard of.</summary>
        internal int Count { get; private set; }

        /// <summary>Forgets the run.</summary>
        internal void Clear()
        {
            IsOn = false;
            CardErrs = false;
            Room = null;
            MayHaveMissed = false;
            JudgedCount = 0;
            Count = 0;
            _unnamed.Clear();
            _isOrderKnown = true;
            Array.Clear(_openedAt);
        }

        /// <summary>A session has opened a maildrop.</summary>
        internal void Opened(int maildrop, long turn)
        {
            _openedAt[maildrop] = turn;
        }

        /// <summary>The turn in which the last session opened a maildrop.</summary>
        internal long OpenedAt(int maildrop)
        {
            return _openedAt[maildrop];
        }

        /// <summary>The session that opened a maildrop in a turn has ended.</summary>
        internal void Closed(int maildrop, long turn)
        {
            _openedAt[maildrop] = _openedAt[maildrop] == turn ? 0 : _openedAt[maildrop];
        }

        /// <summary>Nobody has a maildrop open.</summary>
        internal void AllClosed()
        {
            Array.Clear(_openedAt);
        }

        /// <summary>The power goes: what was dropped last is told nowhere.</summary>
        internal void PowerGoes()
        {
            MayHaveMissed = IsOn;
        }

        /// <summary>The card is gone, and every session with it: nobody knows what came of the last drops, or what is dropped next.</summary>
        internal void CardGoes()
        {
            MayHaveMissed = IsOn;
            _isOrderKnown = false;
            AllClosed();
        }

        /// <summary>A mail is missing that the log did not come to tell of.</summary>
        internal static void Found(SentMail mail, int now)
        {
            mail.IsDropped = true;
            mail.IsFoundDropped = true;
            mail.DroppedAt = now;
        }

        /// <summary>Somebody has learned which mail has a unique-id.</summary>
        internal void Named(SentMail mail)
        {
            if (_unnamed.Remove(mail.UniqueId, out int at))
            {
                mail.IsDropped = true;
                mail.DroppedAt = at;
            }
        }

        /// <summary>The log tells that a mail was dropped.</summary>
        /// <param name="uniqueId">Its unique-id.</param>
        /// <param name="now">The event.</param>
        /// <param name="turn">The turn of the loop.</param>
        /// <param name="isSeen">Whether a session that is open for certain sees a mail.</param>
        internal void Heard(ulong uniqueId, int now, long turn, Predicate<SentMail> isSeen)
        {
            if (!IsOn)
            {
                throw new BrokenPromiseException(Promise.DropsTheOldest, $"{uniqueId:X16} was dropped, and nothing may be");
            }

            Count++;
            SentMail? mail = _ledger.OfUniqueId(uniqueId);
            if (mail != null && mail.Live == 0)
            {
                throw new BrokenPromiseException(Promise.RemovedStaysAway, $"mail {mail.Number} was dropped, and was not there any more");
            }

            if (!MayHaveMissed && IsOrderKnownOf(mail, turn))
            {
                JudgedCount++;
                Room?.CheckFull(_ledger.Mails);
                CheckOrder(uniqueId, turn, mail != null && isSeen(mail));
            }

            if (mail == null)
            {
                _unnamed.Add(uniqueId, now);
                return;
            }

            mail.IsDropped = true;
            mail.DroppedAt = now;
        }

        /// <summary>Everything was listed, with nothing on its way.</summary>
        /// <param name="check">The number of that check.</param>
        internal void Settle(int check)
        {
            // What was not listed, since the configuration lacks its maildrop, may have gone before what was found to be gone.
            foreach (SentMail mail in _ledger.Mails)
            {
                mail.MayBeDropped |= MayHaveMissed && mail.Live != 0 && mail.SeenInCheck != check;
            }

            foreach (SentMail mail in _ledger.Mails)
            {
                // One that nobody could list the last time, since the configuration lacked its maildrop, may have gone long ago.
                if (mail.IsFoundDropped && !mail.MayBeDropped && IsOrderKnownOf(mail, 0))
                {
                    JudgedCount++;
                    CheckOrder(mail.UniqueId, long.MaxValue, false);
                }
            }

            foreach (SentMail mail in _ledger.Mails)
            {
                mail.IsFoundDropped = false;
                mail.HoldsTail = false;
            }

            MayHaveMissed = false;
            _isOrderKnown = true;
            AllClosed();
        }

        // One that is too large to be moved out of the way goes before its turn where it is what stops the tail; and in front of one that is
        // still being written only what lies there helps.
        private bool IsOrderKnownOf(SentMail? dropped, long turn)
        {
            if (CardErrs || !_isOrderKnown || (dropped != null && Room != null && Room.IsLong(dropped)))
            {
                return false;
            }

            foreach (SentMail mail in _ledger.Mails)
            {
                if (mail.HoldsTail && (mail.StoredAt == 0 || mail.StoredAt >= turn))
                {
                    return false;
                }
            }

            return true;
        }

        // What is there for certain, and should have gone first.
        private void CheckOrder(ulong uniqueId, long turn, bool isSeen)
        {
            foreach (SentMail other in _ledger.Mails)
            {
                if (other.UniqueId == 0 || other.UniqueId == uniqueId || !IsThere(other, turn))
                {
                    continue;
                }

                bool isOlder = (uint)other.UniqueId < (uint)uniqueId;
                if (isSeen ? isOlder || !MayBeSeen(other) : isOlder && !MayBeSeen(other))
                {
                    throw new BrokenPromiseException(
                        Promise.DropsTheOldest, $"{uniqueId:X16} was dropped{(isSeen ? " under the eyes of a session" : string.Empty)}, and mail {other.Number}, {other.UniqueId:X16}, was not");
                }
            }
        }

        private bool IsThere(SentMail mail, long turn)
        {
            if (!(mail.State == MailState.Accepted || mail.StoredAt > 0) || mail.StoredAt >= turn || mail.MayBeDropped)
            {
                return false;
            }

            for (int live = mail.Live; live != 0; live &= live - 1)
            {
                if (!_ledger.IsInDoubt(mail, BitOperations.TrailingZeroCount(live)))
                {
                    return true;
                }
            }

            return false;
        }

        // What came behind its login a session does not see; what was told some turns later may have come before.
        private bool MayBeSeen(SentMail mail)
        {
            for (int rest = mail.Recipients; rest != 0; rest &= rest - 1)
            {
                long opened = _openedAt[BitOperations.TrailingZeroCount(rest)];
                if (opened != 0 && mail.StoredAt <= opened + LateTurns)
                {
                    return true;
                }
            }

            return false;
        }
    }
}

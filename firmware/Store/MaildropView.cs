using System;
using MailAppliance.Core;
using MailAppliance.Pop3;

namespace MailAppliance.Store
{
    /// <summary>
    /// One POP3 slot's view of a maildrop: the messages that were there at the login, and the marks. Taking the marked ones
    /// out is one removal record, so an UPDATE is all or nothing.
    /// </summary>
    public sealed class MaildropView : PendingCommit, IMaildropView
    {
        private const int Nowhere = -1;

        private readonly MessageIndex _index;
        private readonly int[] _marks;
        private readonly int[] _gone;
        private int _count;
        private int _goneCount;
        private int _lastUniqueId;
        private int _unmarkedCount;
        private long _unmarkedOctets;
        private long _totalOctets;

        // The place of the message asked for last, where the index still has that version; Nowhere and 0 before the first.
        private int _cursorAt;
        private int _cursorNumber;
        private int _cursorVersion;

        internal MaildropView(MessageIndex index)
        {
            _index = index;
            _marks = new int[(index.Capacity + 31) / 32];
            _gone = new int[_marks.Length];
        }

        /// <summary>The view shows a maildrop, and nobody else may.</summary>
        public bool IsOpen;

        /// <summary>The maildrop is locked: the view is open, or a removal is on its way.</summary>
        internal bool IsLocking
        {
            get { return IsOpen || Outcome == Waiting; }
        }

        /// <inheritdoc/>
        public int MessageCount
        {
            get { return _count; }
        }

        /// <inheritdoc/>
        public int UnmarkedCount
        {
            get { return _unmarkedCount; }
        }

        /// <inheritdoc/>
        public long UnmarkedOctets
        {
            get { return _unmarkedOctets; }
        }

        /// <summary>Messages that are marked and were not dropped meanwhile.</summary>
        public int MarkedCount
        {
            get { return _count - _goneCount - _unmarkedCount; }
        }

        /// <summary>Recipient bit of the maildrop.</summary>
        internal int Bit;

        /// <inheritdoc/>
        public int OctetsOf(int number)
        {
            int at = PlaceOf(number);
            return at < 0 ? -1 : _index.OctetsAt(at);
        }

        /// <inheritdoc/>
        public bool IsMarked(int number)
        {
            int index = number - 1;
            return (_marks[index >> 5] & (1 << (index & 31))) != 0;
        }

        /// <inheritdoc/>
        public void Mark(int number)
        {
            int index = number - 1;
            _marks[index >> 5] |= 1 << (index & 31);
            _unmarkedCount--;
            int octets = OctetsOf(number);
            _unmarkedOctets -= octets < 0 ? 0 : octets;
        }

        /// <inheritdoc/>
        public void UnmarkAll()
        {
            Array.Clear(_marks, 0, (_count + 31) / 32);
            _unmarkedCount = _count - _goneCount;
            _unmarkedOctets = _totalOctets;
        }

        /// <inheritdoc/>
        public int WriteUniqueId(int number, byte[] buffer, int offset)
        {
            int at = PlaceOf(number);
            Octets.WriteHex(at < 0 ? 0 : _index.EpochAt(at), buffer, offset);
            Octets.WriteHex(at < 0 ? 0 : _index.UniqueIdAt(at), buffer, offset + 8);
            return 16;
        }

        internal void Open(int bit)
        {
            Bit = bit;
            Array.Clear(_gone, 0, _gone.Length);
            _count = 0;
            _goneCount = 0;
            _totalOctets = 0;
            ForgetCursor();
            int all = _index.Count;
            for (int at = 0; at < all; at++)
            {
                if (_index.Has(at, bit))
                {
                    _count++;
                    _lastUniqueId = _index.UniqueIdAt(at);
                    _totalOctets += _index.OctetsAt(at);
                }
            }

            UnmarkAll();
            IsOpen = true;
            Outcome = Idle;
        }

        /// <summary>Gives the maildrop back; a removal that is on its way keeps the lock until it has its outcome.</summary>
        public void Close()
        {
            IsOpen = false;
        }

        /// <summary>Writes the marked messages as ranges of unique-ids, first and last, in place of a payload.</summary>
        /// <param name="buffer">The record's buffer.</param>
        /// <param name="offset">Where the payload begins.</param>
        /// <returns>The payload's octets.</returns>
        internal int EncodeMarks(byte[] buffer, int offset)
        {
            int at = offset;
            int number = 1;
            while (number <= _count)
            {
                if (!IsMarked(number) || IsGone(number))
                {
                    number++;
                    continue;
                }

                // A range may hold messages of other maildrops, which have not this bit; all of this one's in it are marked.
                int last = number;
                while (last < _count && IsMarked(last + 1) && !IsGone(last + 1))
                {
                    last++;
                }

                Octets.WriteInt32(UniqueIdOf(number), buffer, at);
                Octets.WriteInt32(UniqueIdOf(last), buffer, at + 4);
                at += Removal.RangeOctets;
                number = last + 1;
            }

            return at - offset;
        }

        /// <inheritdoc/>
        internal override void Apply()
        {
            int number = Following(0);
            for (int at = 0; number <= _count && at < _index.Count; at++)
            {
                if (_index.Has(at, Bit))
                {
                    if (IsMarked(number))
                    {
                        _index.RemoveAt(at, Bit);
                    }

                    number = Following(number);
                }
            }

            _index.Sweep();
        }

        /// <summary>
        /// Where a message is in the index: the one that has so many of this maildrop before it, those aside that were dropped
        /// while the view was open. The lock sees to it that no other goes, and what comes has a higher unique-id and stands
        /// behind them. Who asks in order pays for one step.
        /// </summary>
        /// <param name="number">The message-number.</param>
        /// <returns>The place, good until the next change of the index; negative where the message is gone.</returns>
        internal int PlaceOf(int number)
        {
            if (IsGone(number))
            {
                return Nowhere;
            }

            if (_cursorVersion != _index.Version)
            {
                ForgetCursor();
            }

            int at = _cursorAt;
            int found = _cursorNumber;
            while (found > number)
            {
                at--;
                found = _index.Has(at, Bit) ? Before(found) : found;
            }

            int all = _index.Count;
            while (found < number)
            {
                at++;
                if (at == all)
                {
                    ForgetCursor();
                    return Nowhere;
                }

                found = _index.Has(at, Bit) ? Following(found) : found;
            }

            _cursorAt = at;
            _cursorNumber = found;
            return at;
        }

        /// <summary>Whether a message of the index is among the view's, while the maildrop is locked.</summary>
        /// <param name="at">Its place in the index.</param>
        /// <returns>True where it has a message-number.</returns>
        internal bool Sees(int at)
        {
            return IsLocking && _count > 0 && _index.Has(at, Bit) && _index.UniqueIdAt(at) - _lastUniqueId <= 0;
        }

        /// <summary>Notes that a message is about to be dropped. The others keep their numbers, and its own stays empty.</summary>
        /// <param name="at">Its place in the index, one that the view sees.</param>
        internal void Lose(int at)
        {
            int number = Following(0);
            for (int before = 0; before < at; before++)
            {
                number = _index.Has(before, Bit) ? Following(number) : number;
            }

            int octets = _index.OctetsAt(at);
            _unmarkedCount -= IsMarked(number) ? 0 : 1;
            _unmarkedOctets -= IsMarked(number) ? 0 : octets;
            _totalOctets -= octets;
            _gone[(number - 1) >> 5] |= 1 << ((number - 1) & 31);
            _goneCount++;
            ForgetCursor();
        }

        private bool IsGone(int number)
        {
            return _goneCount > 0 && (_gone[(number - 1) >> 5] & (1 << ((number - 1) & 31))) != 0;
        }

        // The next number of a message that is there.
        private int Following(int number)
        {
            number++;
            while (number <= _count && IsGone(number))
            {
                number++;
            }

            return number;
        }

        private int Before(int number)
        {
            number--;
            while (number > 0 && IsGone(number))
            {
                number--;
            }

            return number;
        }

        private int UniqueIdOf(int number)
        {
            int at = PlaceOf(number);
            return at < 0 ? 0 : _index.UniqueIdAt(at);
        }

        private void ForgetCursor()
        {
            _cursorAt = Nowhere;
            _cursorNumber = 0;
            _cursorVersion = _index.Version;
        }
    }
}

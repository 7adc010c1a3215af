using System;
using MailAppliance.Core;
using MailAppliance.Pop3;

namespace MailAppliance.Store
{
    /// <summary>
    /// One POP3 slot's view of a maildrop: the unique-ids that were there at the login, and the marks. Taking the marked ones
    /// out is one removal record, so an UPDATE is all or nothing.
    /// </summary>
    public sealed class MaildropView : PendingCommit, IMaildropView
    {
        private readonly MessageIndex _index;
        private readonly int[] _uniqueIds;
        private readonly int[] _marks;
        private int _bit;
        private int _count;
        private int _unmarkedCount;
        private long _unmarkedOctets;
        private long _totalOctets;
        private int _cursor;

        internal MaildropView(MessageIndex index)
        {
            _index = index;
            _uniqueIds = new int[index.Capacity];
            _marks = new int[(index.Capacity + 31) / 32];
        }

        /// <summary>The view shows a maildrop, and nobody else may.</summary>
        public bool IsOpen { get; private set; }

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

        /// <summary>Recipient bit of the maildrop.</summary>
        internal int Bit
        {
            get { return _bit; }
        }

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
            _unmarkedCount = _count;
            _unmarkedOctets = _totalOctets;
        }

        /// <inheritdoc/>
        public int WriteUniqueId(int number, byte[] buffer, int offset)
        {
            int at = PlaceOf(number);
            Octets.WriteHex(at < 0 ? 0 : _index.EpochAt(at), buffer, offset);
            Octets.WriteHex(_uniqueIds[number - 1], buffer, offset + 8);
            return 16;
        }

        /// <summary>Number of a message's unique-id.</summary>
        /// <param name="number">The message-number.</param>
        /// <returns>The number, for <see cref="MessageReader.Open"/>.</returns>
        public int UniqueIdOf(int number)
        {
            return _uniqueIds[number - 1];
        }

        internal void Open(int bit)
        {
            _bit = bit;
            _count = 0;
            _totalOctets = 0;
            _cursor = 0;
            int all = _index.Count;
            for (int at = 0; at < all; at++)
            {
                if (_index.Has(at, bit))
                {
                    _uniqueIds[_count] = _index.UniqueIdAt(at);
                    _count++;
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
                if (!IsMarked(number))
                {
                    number++;
                    continue;
                }

                // A range may hold messages of other maildrops, which have not this bit; all of this one's in it are marked.
                int last = number;
                while (last < _count && IsMarked(last + 1))
                {
                    last++;
                }

                Octets.WriteInt32(_uniqueIds[number - 1], buffer, at);
                Octets.WriteInt32(_uniqueIds[last - 1], buffer, at + 4);
                at += Removal.RangeOctets;
                number = last + 1;
            }

            return at - offset;
        }

        /// <inheritdoc/>
        internal override void Apply()
        {
            for (int number = 1; number <= _count; number++)
            {
                if (IsMarked(number))
                {
                    _index.Remove(_uniqueIds[number - 1], _uniqueIds[number - 1], _bit);
                }
            }

            _index.Sweep();
        }

        // Listings ask in order: the message behind the last one asked for is mostly the next in the index too.
        private int PlaceOf(int number)
        {
            int uniqueId = _uniqueIds[number - 1];
            int at = _cursor;
            if (at >= _index.Count || _index.UniqueIdAt(at) != uniqueId)
            {
                at = _index.Find(uniqueId);
            }

            _cursor = at + 1;
            return at;
        }
    }
}

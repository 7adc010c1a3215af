using System;
using MailAppliance.Core;

namespace MailAppliance.Store
{
    /// <summary>
    /// What recovery has read and does not believe yet: a void record behind it may say that it was answered 451. It is
    /// believed once a later record says that all up to it was verified, or the chain ends.
    /// </summary>
    /// <remarks>A session waits for one outcome at a time, so no more can be unverified than there are slots.</remarks>
    internal sealed class Uncertain
    {
        /// <summary>Entries it has room for.</summary>
        internal const int Capacity = Limits.SmtpSlotsMax + Limits.Pop3SlotsMax + 2;

        private readonly int[] _sequences = new int[Capacity];
        private readonly int[] _kinds = new int[Capacity];
        private readonly int[] _values = new int[Capacity];
        private readonly int[] _messages = new int[Capacity];
        private int _count;

        /// <summary>Entries.</summary>
        internal int Count
        {
            get { return _count; }
        }

        /// <summary>No more fit: the oldest is to be believed first.</summary>
        internal bool IsFull
        {
            get { return _count == Capacity; }
        }

        internal void Add(int sequence, int kind, int value, int message)
        {
            _sequences[_count] = sequence;
            _kinds[_count] = kind;
            _values[_count] = value;
            _messages[_count] = message;
            _count++;
        }

        internal int SequenceAt(int at)
        {
            return _sequences[at];
        }

        internal int KindAt(int at)
        {
            return _kinds[at];
        }

        /// <summary>A message's unique-id, the block of another record, or how many records a gap lacks.</summary>
        internal int ValueAt(int at)
        {
            return _values[at];
        }

        internal void SetValueAt(int at, int value)
        {
            _values[at] = value;
        }

        /// <summary>Sequence of the first fragment of a message; 0 for other records.</summary>
        internal int MessageAt(int at)
        {
            return _messages[at];
        }

        internal void RemoveAt(int at)
        {
            int behind = _count - at - 1;
            Array.Copy(_sequences, at + 1, _sequences, at, behind);
            Array.Copy(_kinds, at + 1, _kinds, at, behind);
            Array.Copy(_values, at + 1, _values, at, behind);
            Array.Copy(_messages, at + 1, _messages, at, behind);
            _count--;
        }
    }
}

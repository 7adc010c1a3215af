using System;
using MailAppliance.Core;

namespace MailAppliance.Store
{
    /// <summary>
    /// What recovery has read and does not believe yet: a void record behind it may say that it was answered 451. It is
    /// believed once a later record says that all up to it was verified, or the chain ends.
    /// </summary>
    /// <remarks>
    /// A session waits for one outcome at a time, so no more can be unverified than there were slots. How many those were, the
    /// card does not say: it begins with what a board has, and grows, at boot, up to what a configuration may ask for.
    /// </remarks>
    internal sealed class Uncertain
    {
        private const int CapacityAtFirst = 8;
        private const int CapacityMax = Limits.SmtpSlotsMax + Limits.Pop3SlotsMax + 2;

        private int[] _sequences = new int[CapacityAtFirst];
        private int[] _kinds = new int[CapacityAtFirst];
        private int[] _values = new int[CapacityAtFirst];
        private int[] _messages = new int[CapacityAtFirst];

        /// <summary>Entries.</summary>
        internal int Count;

        /// <summary>No more fit: the oldest is to be believed first.</summary>
        internal bool IsFull
        {
            get { return Count >= CapacityMax; }
        }

        internal void Add(int sequence, int kind, int value, int message)
        {
            if (Count == _sequences.Length)
            {
                _sequences = Grown(_sequences);
                _kinds = Grown(_kinds);
                _values = Grown(_values);
                _messages = Grown(_messages);
            }

            _sequences[Count] = sequence;
            _kinds[Count] = kind;
            _values[Count] = value;
            _messages[Count] = message;
            Count++;
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
            int behind = Count - at - 1;
            Array.Copy(_sequences, at + 1, _sequences, at, behind);
            Array.Copy(_kinds, at + 1, _kinds, at, behind);
            Array.Copy(_values, at + 1, _values, at, behind);
            Array.Copy(_messages, at + 1, _messages, at, behind);
            Count--;
        }

        private static int[] Grown(int[] old)
        {
            int[] grown = new int[2 * old.Length];
            Array.Copy(old, 0, grown, 0, old.Length);
            return grown;
        }
    }
}

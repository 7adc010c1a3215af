using System;
using System.Collections.Generic;

namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>
    /// The block writes since the last sync, and what each block held before: enough to undo any of them. Its arrays grow to
    /// the most that was ever unsynced, and allocate nothing after that.
    /// </summary>
    internal sealed class UnsyncedBlocks
    {
        private const int BlockOctets = MemoryCard.BlockOctets;

        private const int CountAtFirst = 16;

        private readonly Dictionary<int, int> _durableAt = new();
        private int[] _blocks = new int[CountAtFirst];
        private byte[] _written = new byte[CountAtFirst * BlockOctets];
        private byte[] _durable = new byte[CountAtFirst * BlockOctets];

        /// <summary>Block writes noted.</summary>
        internal int Count { get; private set; }

        /// <summary>The block of the write of an index.</summary>
        internal int Block(int index)
        {
            return _blocks[index];
        }

        /// <summary>Notes a write before it is done.</summary>
        internal void Note(BlockArray blocks, int block, ReadOnlySpan<byte> octets)
        {
            int count = octets.Length / BlockOctets;
            Grow(count);
            octets.CopyTo(_written.AsSpan(Count * BlockOctets));
            for (int index = 0; index < count; index++)
            {
                int place = _durableAt.Count;
                if (_durableAt.TryAdd(block + index, place))
                {
                    blocks.Read(block + index, _durable.AsSpan(place * BlockOctets, BlockOctets));
                }

                _blocks[Count] = block + index;
                Count++;
            }
        }

        internal UnsyncedBlocks Fork()
        {
            var copy = new UnsyncedBlocks
            {
                Count = Count,
                _blocks = (int[])_blocks.Clone(),
                _written = (byte[])_written.Clone(),
                _durable = (byte[])_durable.Clone(),
            };
            foreach (KeyValuePair<int, int> place in _durableAt)
            {
                copy._durableAt.Add(place.Key, place.Value);
            }

            return copy;
        }

        /// <summary>Forgets: all is durable.</summary>
        internal void Clear()
        {
            Count = 0;
            _durableAt.Clear();
        }

        /// <summary>Forgets the first ones: they are durable, and those behind them are not.</summary>
        internal void Clear(int count)
        {
            if (count == Count)
            {
                Clear();
                return;
            }

            for (int index = 0; index < count; index++)
            {
                int place = _durableAt[_blocks[index]];
                _written.AsSpan(index * BlockOctets, BlockOctets).CopyTo(_durable.AsSpan(place * BlockOctets));
            }

            Count -= count;
            Array.Copy(_blocks, count, _blocks, 0, Count);
            _written.AsSpan(count * BlockOctets, Count * BlockOctets).CopyTo(_written);
        }

        /// <summary>Puts every block back to what was durable, then repeats the chosen writes in order.</summary>
        internal void Restore(BlockArray blocks, Predicate<int> isKept)
        {
            foreach (KeyValuePair<int, int> place in _durableAt)
            {
                blocks.Write(place.Key, _durable.AsSpan(place.Value * BlockOctets, BlockOctets));
            }

            for (int index = 0; index < Count; index++)
            {
                if (isKept(index))
                {
                    blocks.Write(_blocks[index], _written.AsSpan(index * BlockOctets, BlockOctets));
                }
            }
        }

        private void Grow(int more)
        {
            // A block that is durable again keeps its place until all are.
            int needed = Math.Max(Count, _durableAt.Count) + more;
            if (needed > _blocks.Length)
            {
                int size = Math.Max(needed, _blocks.Length * 2);
                Array.Resize(ref _blocks, size);
                Array.Resize(ref _written, size * BlockOctets);
                Array.Resize(ref _durable, size * BlockOctets);
            }
        }
    }
}

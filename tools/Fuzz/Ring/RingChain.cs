using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace MailAppliance.Tools.Fuzz.Ring
{
    /// <summary>Where the records of a good ring are, read as SPEC.md has it and with no code of the store's.</summary>
    internal sealed class RingChain
    {
        private const int BlockOctets = 512;
        private const int Fragment = 1;
        private const int LastFragment = 2;
        private const int Maildrops = 5;
        private const int Wrap = 6;
        private const int Copy = 7;

        private readonly byte[] _octets;
        private readonly int _blocks;
        private readonly List<int> _records = [];

        /// <summary>Reads one.</summary>
        /// <param name="octets">The file; kept.</param>
        internal RingChain(byte[] octets)
        {
            _octets = octets;
            _blocks = octets.Length / BlockOctets;
            int last = _blocks - 1;
            Superblock = Number(last, 40) - Number(0, 40) > 0 ? last : 0;
            int at = Number(Superblock, 52);
            int sequence = Number(Superblock, 56);
            for (int used = 0; used < _blocks; sequence++)
            {
                at = at == last ? 1 : at;
                if (Number(at, 0) != 0x4345524D || Number(at, 24) != sequence)
                {
                    break;
                }

                _records.Add(at);
                used += BlocksOf(at);
                at = KindOf(at) == Wrap ? 1 : at + BlocksOf(at);
            }
        }

        /// <summary>The block of the superblock that holds.</summary>
        internal int Superblock { get; }

        /// <summary>Records of the chain.</summary>
        internal int Count
        {
            get { return _records.Count; }
        }

        /// <summary>The blocks of the last table of maildrops.</summary>
        /// <returns>First and count.</returns>
        internal (int Block, int Count) Table()
        {
            int table = _records.FindLast(block => KindOf(block) == Maildrops);
            return (table, BlocksOf(table));
        }

        /// <summary>The blocks of a message, where it was moved to last.</summary>
        /// <param name="uniqueId">Its unique-id.</param>
        /// <returns>The blocks.</returns>
        internal List<int> BlocksOf(ulong uniqueId)
        {
            var blocks = new List<int>();
            int commit = _records.FindLast(block => KindOf(block) is LastFragment or Copy && UniqueIdOf(block) == uniqueId);
            foreach (int record in _records)
            {
                if (record == commit || (KindOf(record) == Fragment && Number(record, 52) == Number(commit, 52)))
                {
                    for (int at = 0; at < BlocksOf(record); at++)
                    {
                        blocks.Add(record + at);
                    }
                }
            }

            return blocks;
        }

        private int KindOf(int block)
        {
            return _octets[(block * BlockOctets) + 36];
        }

        private int BlocksOf(int block)
        {
            return BinaryPrimitives.ReadUInt16LittleEndian(_octets.AsSpan((block * BlockOctets) + 38));
        }

        private ulong UniqueIdOf(int block)
        {
            return ((ulong)(uint)Number(block, 76) << 32) | (uint)Number(block, 80);
        }

        private int Number(int block, int at)
        {
            return BinaryPrimitives.ReadInt32LittleEndian(_octets.AsSpan((block * BlockOctets) + at));
        }
    }
}

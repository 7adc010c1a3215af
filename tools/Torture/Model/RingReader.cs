using System;
using System.Buffers.Binary;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;

namespace MailAppliance.Tools.Torture.Model
{
    /// <summary>
    /// Reads the chain off the card by SPEC.md alone, from the tail that the superblocks say: how many blocks lie between tail and
    /// head. Shares no code with the store, and so agrees with it only where both are right.
    /// </summary>
    internal sealed class RingReader
    {
        private const int BlockOctets = MemoryCard.BlockOctets;
        private const int HeaderOctets = 112;
        private const int VoidKind = 4;
        private const int WrapKind = 6;

        private readonly byte[] _block = new byte[BlockOctets];
        private readonly byte[] _superblock = new byte[BlockOctets];
        private readonly Crc32 _checksum = new();
        private MemoryCard? _card;
        private int _sequence;
        private int _link;
        private bool _isFirst;

        /// <summary>Blocks from the tail to the head; what is wasted where the chain wraps counts.</summary>
        internal int UsedBlocks { get; private set; }

        /// <summary>Blocks of the area.</summary>
        internal int AreaBlocks { get; private set; }

        /// <summary>Reads the card.</summary>
        /// <returns>False where neither superblock can be read.</returns>
        internal bool Read(MemoryCard card)
        {
            _card = card;
            AreaBlocks = card.BlockCount - 2;
            UsedBlocks = 0;
            bool isRead = ReadSuperblock(0, false);
            isRead |= ReadSuperblock(card.BlockCount - 1, isRead);
            if (isRead)
            {
                Walk();
            }

            return isRead;
        }

        // The valid one of the higher generation stays in _superblock.
        private bool ReadSuperblock(int block, bool hasOther)
        {
            _card!.Read(block, _block, 0, 1);
            bool isValid = _block.AsSpan(0, 8).SequenceEqual("MAILRING"u8) && Int32(_block, 20) == 2
                && _checksum.Compute(_block, 12, BlockOctets - 12) == Int32(_block, 8);
            if (isValid && (!hasOther || Int32(_block, 40) - Int32(_superblock, 40) > 0))
            {
                _block.CopyTo(_superblock, 0);
            }

            return isValid;
        }

        private void Walk()
        {
            int block = Int32(_superblock, 52);
            _sequence = Int32(_superblock, 56) - 1;
            _link = 0;
            _isFirst = true;
            while (UsedBlocks < AreaBlocks)
            {
                block = Wrapped(block);
                int skipped = IsNext(block) ? 0 : Gap(block);
                if (skipped < 0)
                {
                    return;
                }

                block = Wrapped(block, skipped);
                IsHeader(block);
                int blocks = _block[36] == WrapKind ? AreaBlocks + 1 - block : BinaryPrimitives.ReadUInt16LittleEndian(_block.AsSpan(38));
                UsedBlocks += skipped + blocks;
                block += blocks;
                _sequence = Int32(_block, 24);
                _link = Int32(_block, 4);
                _isFirst = false;
            }
        }

        private bool IsNext(int block)
        {
            return IsHeader(block) && Int32(_block, 24) == _sequence + 1 && (_isFirst || Int32(_block, 28) == _link);
        }

        // What is missing is passed over where something behind it proves that the chain went on; -1 where it ends.
        private int Gap(int from)
        {
            int missing = _sequence + 1;
            int known = Int32(_superblock, 60);
            int limit = known - missing >= 0 ? AreaBlocks : Int32(_superblock, 68);
            int lowest = -1;
            int lowestSequence = 0;
            for (int distance = 0; distance <= limit && UsedBlocks + distance < AreaBlocks; distance++)
            {
                int block = Wrapped(from, distance);
                if (distance > 0 && block == Int32(_superblock, 52))
                {
                    break;
                }

                if (!IsHeader(block) || Int32(_block, 24) - missing < 0 || (distance == 0 && !Voids(missing)))
                {
                    continue;
                }

                int sequence = Int32(_block, 24);
                if (lowest < 0 || sequence - lowestSequence < 0)
                {
                    lowest = distance;
                    lowestSequence = sequence;
                }

                if (Proves(sequence, missing, known))
                {
                    return lowest;
                }
            }

            return -1;
        }

        private bool Proves(int sequence, int missing, int known)
        {
            return known - sequence >= 0
                || (Int32(_block, 20) == Int32(_superblock, 44) && (Voids(missing) || Int32(_block, 32) - missing >= 0));
        }

        private bool Voids(int missing)
        {
            return _block[36] == VoidKind && missing - Int32(_block, 52) >= 0 && Int32(_block, 56) - missing >= 0;
        }

        private bool IsHeader(int block)
        {
            _card!.Read(block, _block, 0, 1);
            if (!_block.AsSpan(0, 4).SequenceEqual("MREC"u8) || !_block.AsSpan(12, 8).SequenceEqual(_superblock.AsSpan(24, 8)))
            {
                return false;
            }

            int sum = Int32(_block, 4);
            _superblock.AsSpan(32, 8).CopyTo(_block.AsSpan(4));
            bool isValid = _checksum.Compute(_block, 0, HeaderOctets) == sum;
            BinaryPrimitives.WriteInt32LittleEndian(_block.AsSpan(4), sum);
            return isValid;
        }

        private int Wrapped(int block, int more = 0)
        {
            return 1 + ((block - 1 + more) % AreaBlocks);
        }

        private static int Int32(byte[] octets, int offset)
        {
            return BinaryPrimitives.ReadInt32LittleEndian(octets.AsSpan(offset));
        }
    }
}

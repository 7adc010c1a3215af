using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>
    /// Goes along the chain at boot, header to header, and over what can't be read where something behind it proves that the
    /// chain goes on (SPEC.md, "Recovery"). The same steps each time, so that a second walk sees what the first one saw.
    /// </summary>
    internal sealed class ChainWalker
    {
        // A read that fails is asked for again: what is not seen at boot is written over.
        private const int ReadTriesMax = 4;

        private readonly ICard _card;
        private readonly IChecksum _checksum;
        private readonly Ring _ring;
        private readonly Superblock _superblock;
        private readonly byte[] _header = new byte[Limits.BlockOctets];
        private int _areaEnd;
        private int _walked;

        internal ChainWalker(ICard card, IChecksum checksum, Ring ring, Superblock superblock)
        {
            _card = card;
            _checksum = checksum;
            _ring = ring;
            _superblock = superblock;
        }

        /// <summary>First block of the record that was stepped to, or of whatever was looked at last.</summary>
        internal byte[] Header
        {
            get { return _header; }
        }

        /// <summary>Which block <see cref="Header"/> is.</summary>
        internal int RecordBlock;

        /// <summary>Where the chain goes on; at its end, where the next record will be put.</summary>
        internal int Block;

        /// <summary>Sequence of the last record.</summary>
        internal int Sequence;

        /// <summary>Header checksum of the last record.</summary>
        internal int Link;

        /// <summary>Records missing in front of the one that was stepped to.</summary>
        internal int MissingCount;

        /// <summary>No record was stepped to yet: the next one has no predecessor in the ring, and its link proves nothing.</summary>
        internal bool IsFirst;

        /// <summary>Behind the chain's end the card let nothing be read at all: nobody knows whether it is the end.</summary>
        internal bool IsCardGone;

        /// <summary>Blocks behind the chain's end in which records lie that a power cut has cut off from it.</summary>
        internal int CutOffBlocks;

        /// <summary>Starts a walk.</summary>
        internal void Start(int block, int sequence, int link, bool isFirst)
        {
            _areaEnd = _superblock.BlockCount - 1;
            _walked = 0;
            IsFirst = isFirst;
            Block = block;
            Sequence = sequence;
            Link = link;
        }

        /// <summary>Steps to the next record.</summary>
        /// <returns>False where the chain ends.</returns>
        internal bool Next()
        {
            CutOffBlocks = 0;
            if (_walked >= _ring.AreaBlocks)
            {
                return false;
            }

            Block = _ring.Next(Block);
            if (IsNext(Block))
            {
                Take(Block);
                return true;
            }

            return IsFirst && _superblock.KnownHead - Sequence > 0 ? FindLowest() : Bridge();
        }

        /// <summary>Reads blocks, and asks again where the card refuses.</summary>
        /// <param name="block">The first.</param>
        /// <param name="buffer">Read into.</param>
        /// <param name="offset">Where.</param>
        /// <param name="count">How many.</param>
        /// <returns>False where they can't be read.</returns>
        internal bool Read(int block, byte[] buffer, int offset, int count)
        {
            for (int tries = 0; tries < ReadTriesMax; tries++)
            {
                if (_card.Read(block, buffer, offset, count))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Reads a block, and whether it is the first of a record of this ring.</summary>
        /// <param name="block">The block.</param>
        /// <returns>True where <see cref="Header"/> is a valid header now.</returns>
        internal bool ReadHeader(int block)
        {
            return Read(block, _header, 0, 1) && IsHeader(_header, block);
        }

        /// <summary>Whether a block that was read is the first of a record of this ring.</summary>
        /// <param name="buffer">Begins with the block.</param>
        /// <param name="block">Which block it is.</param>
        /// <returns>True where it is.</returns>
        internal bool IsHeader(byte[] buffer, int block)
        {
            return RecordHeader.IsValid(buffer, 0, _superblock.RingId, _superblock.RingKey, _checksum)
                && RecordHeader.IsPlausible(buffer, 0, block, _areaEnd);
        }

        private int HeaderSequence
        {
            get { return Octets.ReadInt32(_header, RecordHeader.Sequence); }
        }

        private bool IsNext(int block)
        {
            return ReadHeader(block)
                && HeaderSequence == Sequence + 1
                && (IsFirst || Octets.ReadInt32(_header, RecordHeader.Link) == Link);
        }

        private void Take(int block)
        {
            int next = block + Octets.ReadUInt16(_header, RecordHeader.Blocks);
            if (_header[RecordHeader.Kind] == RecordKind.Wrap)
            {
                next = _areaEnd;
            }

            MissingCount = HeaderSequence - Sequence - 1;
            _walked += next - block;
            IsFirst = false;
            RecordBlock = block;
            Block = next;
            Sequence = HeaderSequence;
            Link = Octets.ReadInt32(_header, RecordHeader.Checksum);
        }

        // The record that should be here can't be read. The chain goes on at the first record behind it that a record up to the
        // span away, or the superblock, vouches for.
        private bool Bridge()
        {
            int missing = Sequence + 1;
            int limit = _superblock.KnownHead - missing >= 0 ? _ring.AreaBlocks : _superblock.SpanBlocks;
            int block = Block;
            int candidate = -1;
            int candidateSequence = 0;
            int candidateDistance = 0;
            int askedCount = 0;
            int readCount = 0;
            for (int distance = 0; distance <= limit && _walked + distance < _ring.AreaBlocks; distance++)
            {
                block = distance == 0 ? block : _ring.Next(block + 1);
                if (distance > 0 && block == _superblock.TailBlock)
                {
                    break;
                }

                bool isRead = Read(block, _header, 0, 1);
                askedCount++;
                readCount += isRead ? 1 : 0;

                // In the very place of the missing record stands a void record that names it, or nothing that counts.
                if (!isRead || !IsHeader(_header, block) || HeaderSequence - missing < 0 || (distance == 0 && !Voids(missing)))
                {
                    continue;
                }

                CutOffBlocks = distance + 1;
                bool proves = Proves(missing);
                if (candidate < 0 || HeaderSequence - candidateSequence < 0)
                {
                    candidate = block;
                    candidateSequence = HeaderSequence;
                    candidateDistance = distance;
                }

                if (proves && ReadHeader(candidate))
                {
                    _walked += candidateDistance;
                    Take(candidate);
                    return true;
                }
            }

            // Once more, before it counts as the end: what is not there now is written over.
            if (IsNext(Block))
            {
                Take(Block);
                return true;
            }

            bool isThere = Read(Block, _header, 0, 1);
            IsCardGone = askedCount > 0 && readCount == 0 && !isThere;
            if (CutOffBlocks == 0 && isThere && IsHeader(_header, Block) && HeaderSequence - missing >= 0)
            {
                CutOffBlocks = 1;
            }

            return false;
        }

        // A superblock knew more of the chain: the record that it missed was verified, or this one says that it was, or voids it.
        // Above the known head everything that counts was written under the superblock's epoch.
        private bool Proves(int missing)
        {
            if (_superblock.KnownHead - HeaderSequence >= 0)
            {
                return true;
            }

            return Octets.ReadInt32(_header, RecordHeader.Epoch) == _superblock.Epoch
                && (Voids(missing) || Octets.ReadInt32(_header, RecordHeader.Verified) - missing >= 0);
        }

        private bool Voids(int missing)
        {
            return _header[RecordHeader.Kind] == RecordKind.Void
                && missing - Octets.ReadInt32(_header, RecordHeader.VoidFirst) >= 0
                && Octets.ReadInt32(_header, RecordHeader.VoidLast) - missing >= 0;
        }

        // The very first record can't be read. Either it is damaged, or this is the older superblock, since the newer one is
        // damaged, and what it calls the tail was written over long ago: the chain begins at the lowest sequence there is.
        private bool FindLowest()
        {
            int lowest = -1;
            int lowestSequence = 0;
            for (int block = Ring.AreaStart; block < _areaEnd; block++)
            {
                if (ReadHeader(block) && HeaderSequence - Sequence > 0 && (lowest < 0 || HeaderSequence - lowestSequence < 0))
                {
                    lowest = block;
                    lowestSequence = HeaderSequence;
                }
            }

            if (lowest < 0 || !ReadHeader(lowest))
            {
                return false;
            }

            _superblock.TailBlock = lowest;
            _superblock.TailSequence = lowestSequence;
            Take(lowest);
            return true;
        }
    }
}

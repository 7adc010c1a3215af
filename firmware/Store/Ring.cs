using System;
using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>
    /// The area between the superblocks: where the chain's head and tail are, what is free between them, and how a record gets
    /// its place. Knows nothing of messages.
    /// </summary>
    /// <remarks>
    /// What is free counts from the durable tail only, the one a superblock says: a record behind it may still be needed by recovery.
    /// Fields, not properties, where each record passes: the interpreter reads a field in a quarter of the time.
    /// </remarks>
    public sealed class Ring
    {
        /// <summary>First block of the area: behind the first superblock.</summary>
        public const int AreaStart = 1;

        /// <summary>The block behind the area.</summary>
        public int AreaEnd;

        /// <summary>Blocks of the area.</summary>
        public int AreaBlocks;

        /// <summary>Where the next record goes, unless it has to wrap.</summary>
        public int HeadBlock;

        /// <summary>Sequence of the last record written.</summary>
        public int HeadSequence;

        /// <summary>Header checksum of the last record written.</summary>
        public int HeadLink;

        /// <summary>Blocks between the durable tail and the head.</summary>
        public int UsedBlocks;

        /// <summary>The highest sequence up to which everything was synced and read back; every record says it. Set by <see cref="ReadBack"/>.</summary>
        public int VerifiedSequence;

        private readonly ICard _card;
        private readonly IChecksum _checksum;
        private readonly Superblock _superblock;
        private readonly byte[] _spareBlock;
        private int _failedSequence;
        private bool _hasFailed;

        /// <summary>Makes the ring; done at boot.</summary>
        /// <param name="card">The card.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <param name="superblock">Id, key, epoch and tail; shared.</param>
        /// <param name="spareBlock">A block of RAM; shared, used within a call only.</param>
        public Ring(ICard card, IChecksum checksum, Superblock superblock, byte[] spareBlock)
        {
            _spareBlock = spareBlock;
            _card = card;
            _checksum = checksum;
            _superblock = superblock;
        }

        /// <summary>Blocks that are not between the durable tail and the head.</summary>
        public int FreeBlocks
        {
            get { return AreaBlocks - UsedBlocks; }
        }

        /// <summary>Write calls, and the blocks they wrote, since boot.</summary>
        public int WriteCount;

        /// <summary>Blocks written since boot, superblocks aside.</summary>
        public long WrittenBlocks;

        /// <summary>Sets the chain's end, as recovery found it.</summary>
        /// <param name="block">Where the next record goes.</param>
        /// <param name="sequence">Sequence of the last record.</param>
        /// <param name="link">Its header checksum.</param>
        public void SetHead(int block, int sequence, int link)
        {
            AreaEnd = _superblock.BlockCount - 1;
            AreaBlocks = AreaEnd - AreaStart;
            HeadBlock = block;
            HeadSequence = sequence;
            HeadLink = link;
            VerifiedSequence = sequence;
            _hasFailed = false;
            UsedBlocks = sequence - _superblock.TailSequence < 0 ? 0 : Distance(_superblock.TailBlock, block);
            if (UsedBlocks == 0 && sequence - _superblock.TailSequence >= 0)
            {
                UsedBlocks = AreaBlocks;
            }
        }

        /// <summary>Blocks from one place of the ring forward to another.</summary>
        /// <param name="from">A block of the area, or the one behind it.</param>
        /// <param name="to">Another.</param>
        /// <returns>0 to <see cref="AreaBlocks"/> - 1.</returns>
        public int Distance(int from, int to)
        {
            int blocks = to - from;
            return blocks >= 0 ? blocks : blocks + AreaBlocks;
        }

        /// <summary>The block that the chain goes on at where a record ends.</summary>
        /// <param name="block">The block behind a record.</param>
        /// <returns>The same, or the area's first where that is its end.</returns>
        public int Next(int block)
        {
            return block >= AreaEnd ? AreaStart : block;
        }

        /// <summary>Blocks that a record takes off the free ones, with what is wasted where it has to wrap.</summary>
        /// <param name="blocks">The record's blocks.</param>
        /// <returns>The sum.</returns>
        public int CostOf(int blocks)
        {
            return HeadBlock + blocks > AreaEnd ? blocks + (AreaEnd - HeadBlock) : blocks;
        }

        /// <summary>Starts a record in its buffer.</summary>
        /// <param name="buffer">The record's buffer, beginning with the header.</param>
        /// <param name="kind">One of <see cref="RecordKind"/>.</param>
        public void Begin(byte[] buffer, int kind)
        {
            RecordHeader.Begin(buffer, 0, kind, _superblock.RingId, _superblock.Epoch);
        }

        /// <summary>Wraps where a record does not fit the rest of the area, so that its place and sequence are known before it is sealed.</summary>
        /// <param name="blocks">The record's blocks.</param>
        public void MakeRoomFor(int blocks)
        {
            if (HeadBlock + blocks > AreaEnd)
            {
                Wrap();
            }
        }

        /// <summary>Gives a record its place in the chain, seals it and writes it in one call.</summary>
        /// <param name="buffer">The record: header begun, payload in place; zero-filled up to the block's end by this.</param>
        /// <param name="payloadOffset">Where the payload begins.</param>
        /// <param name="payloadOctets">Its octets, 0 or more.</param>
        /// <returns>The block it was put at. Whether it is there, only the read-back tells.</returns>
        public int Append(byte[] buffer, int payloadOffset, int payloadOctets)
        {
            int end = payloadOffset + payloadOctets;
            int blocks = (end + Limits.BlockOctets - 1) / Limits.BlockOctets;
            MakeRoomFor(blocks);
            int rest = (blocks * Limits.BlockOctets) - end;
            if (rest > 0)
            {
                Array.Clear(buffer, end, rest);
            }

            if (payloadOffset > RecordHeader.Octets)
            {
                Array.Clear(buffer, RecordHeader.Octets, payloadOffset - RecordHeader.Octets);
            }

            Octets.WriteUInt16(payloadOffset, buffer, RecordHeader.PayloadOffset);
            Octets.WriteInt32(payloadOctets, buffer, RecordHeader.PayloadOctets);
            Octets.WriteInt32(_checksum.Compute(buffer, payloadOffset, payloadOctets), buffer, RecordHeader.PayloadChecksum);
            return Place(buffer, blocks);
        }

        /// <summary>Writes the last record once more where it is, its octets as they were: a card that refused it may take it now.</summary>
        /// <param name="buffer">The record as <see cref="Append"/> left it.</param>
        /// <param name="block">The block that <see cref="Append"/> returned.</param>
        public void Rewrite(byte[] buffer, int block)
        {
            Write(buffer, block, Octets.ReadUInt16(buffer, RecordHeader.Blocks));
        }

        /// <summary>Moves the head: back to where what failed begins, or behind that again. Sequence and link go on as they are.</summary>
        /// <param name="block">Where the next record goes.</param>
        /// <param name="usedBlocks">Blocks between the durable tail and there.</param>
        public void MoveHead(int block, int usedBlocks)
        {
            HeadBlock = block;
            UsedBlocks = usedBlocks;
        }

        /// <summary>Blocks that octets fill.</summary>
        /// <param name="octets">Octets of a record with its header.</param>
        /// <returns>The blocks.</returns>
        public static int BlocksOf(int octets)
        {
            return (octets + Limits.BlockOctets - 1) / Limits.BlockOctets;
        }

        /// <summary>Whether the card refused to write a record of a sequence, or one before it, since the last verification.</summary>
        /// <param name="sequence">The sequence.</param>
        /// <returns>True where it did.</returns>
        public bool WriteFailed(int sequence)
        {
            return _hasFailed && sequence - _failedSequence >= 0;
        }

        /// <summary>Forgets refused writes: what they hit has been voided.</summary>
        public void ForgetFailures()
        {
            _hasFailed = false;
        }

        /// <summary>Moves the tail and what counts as free; the superblock's fields are set by this and written by the caller before.</summary>
        /// <param name="freed">Blocks between the old tail and the new one.</param>
        public void Freed(int freed)
        {
            if (freed < 0 || freed > UsedBlocks)
            {
                Invariant.Broken("more freed than used");
            }
            UsedBlocks -= freed;
        }

        private void Wrap()
        {
            if (HeadBlock < AreaEnd)
            {
                byte[] wrap = _spareBlock;
                Array.Clear(wrap, 0, Limits.BlockOctets);
                RecordHeader.Begin(wrap, 0, RecordKind.Wrap, _superblock.RingId, _superblock.Epoch);
                Octets.WriteUInt16(RecordHeader.Octets, wrap, RecordHeader.PayloadOffset);
                int rest = AreaEnd - HeadBlock;
                Place(wrap, 1);
                UsedBlocks += rest - 1;
            }

            HeadBlock = AreaStart;
        }

        private int Place(byte[] buffer, int blocks)
        {
            int block = HeadBlock;
            HeadSequence++;
            Octets.WriteInt32(HeadSequence, buffer, RecordHeader.Sequence);
            Octets.WriteInt32(HeadLink, buffer, RecordHeader.Link);
            Octets.WriteInt32(VerifiedSequence, buffer, RecordHeader.Verified);
            Octets.WriteUInt16(blocks, buffer, RecordHeader.Blocks);
            Octets.WriteInt32(block, buffer, RecordHeader.Place);
            HeadLink = RecordHeader.Seal(buffer, 0, _superblock.RingKey, _checksum);
            Write(buffer, block, blocks);
            HeadBlock = block + blocks;
            UsedBlocks += blocks;
            if (UsedBlocks > AreaBlocks)
            {
                Invariant.Broken("the head ran into the tail");
            }

            return block;
        }

        private void Write(byte[] buffer, int block, int blocks)
        {
            if (!_card.Write(block, buffer, 0, blocks) && !_hasFailed)
            {
                _hasFailed = true;
                _failedSequence = HeadSequence;
            }

            WriteCount++;
            WrittenBlocks += blocks;
        }
    }
}

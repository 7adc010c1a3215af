using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>
    /// The proof behind every 250: syncs what was written, reads each record back in the order of the chain, and compares
    /// checksums. Nothing behind the first bad record is ever verified; the store voids it.
    /// </summary>
    public sealed class ReadBack
    {
        /// <summary>All that was synced is verified.</summary>
        public const int Done = 0;

        /// <summary>The turn's share is done, more is left.</summary>
        public const int More = 1;

        /// <summary>The record behind the last verified one is not what was written.</summary>
        public const int Bad = 2;

        private readonly ICard _card;
        private readonly IChecksum _checksum;
        private readonly Ring _ring;
        private readonly Superblock _superblock;
        private readonly byte[] _scratch;
        private readonly int _recordBlocksMax;
        private int _link;
        private int _nextLink;
        private int _syncing;
        private int _guessBlocks = 1;

        /// <summary>Makes it; done at boot.</summary>
        /// <param name="card">The card.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <param name="ring">The ring.</param>
        /// <param name="superblock">Id and key.</param>
        /// <param name="scratch">A buffer that holds the largest record; shared, used within a call only.</param>
        public ReadBack(ICard card, IChecksum checksum, Ring ring, Superblock superblock, byte[] scratch)
        {
            _card = card;
            _checksum = checksum;
            _ring = ring;
            _superblock = superblock;
            _scratch = scratch;
            _recordBlocksMax = scratch.Length / Limits.BlockOctets;
        }

        /// <summary>Syncs since boot, those of superblocks aside.</summary>
        public int SyncCount;

        /// <summary>The highest sequence that was synced.</summary>
        public int SyncedSequence;

        /// <summary>The card is busy with a sync, and all that was synced before is verified.</summary>
        public bool WaitsForCard
        {
            get { return IsSyncing && _ring.VerifiedSequence == SyncedSequence; }
        }

        /// <summary>The card is busy with a sync.</summary>
        internal bool IsSyncing;

        /// <summary>Blocks between the last verified record and the head.</summary>
        public int UnverifiedBlocks
        {
            get { return _ring.VerifiedSequence == _ring.HeadSequence ? 0 : _ring.Distance(NextBlock, _ring.HeadBlock); }
        }

        /// <summary>The block behind the last verified record.</summary>
        internal int NextBlock;

        /// <summary>Takes the head as verified: at boot, or behind a void record.</summary>
        public void StartAtHead()
        {
            NextBlock = _ring.HeadBlock;
            _link = _ring.HeadLink;
            SyncedSequence = _ring.HeadSequence;
            _ring.VerifiedSequence = _ring.HeadSequence;
        }

        /// <summary>Goes on at a record of which everything before is settled.</summary>
        /// <param name="block">Where the record is.</param>
        /// <param name="sequence">The sequence before it.</param>
        /// <param name="link">What it links to.</param>
        internal void StartAt(int block, int sequence, int link)
        {
            NextBlock = block;
            _link = link;
            SyncedSequence = sequence;
            _ring.VerifiedSequence = sequence;
        }

        /// <summary>
        /// Syncs and reads back one record, whose predecessors are not what was written. Where it stands, what it voids counts
        /// as settled and verification goes on behind it.
        /// </summary>
        /// <param name="block">Where the record is.</param>
        /// <param name="sequence">The sequence before it.</param>
        /// <param name="link">What it links to.</param>
        /// <param name="verified">The last sequence verified before.</param>
        /// <returns>True where it stands; false leaves everything as it was.</returns>
        internal bool Proves(int block, int sequence, int link, int verified)
        {
            int blockBefore = NextBlock;
            int linkBefore = _link;
            int syncedBefore = SyncedSequence;
            bool synced = Sync();
            ReadElsewhere(block);
            NextBlock = block;
            _link = link;
            _ring.VerifiedSequence = sequence;
            if (synced && VerifyNext() != 0)
            {
                return true;
            }

            NextBlock = blockBefore;
            _link = linkBefore;
            SyncedSequence = syncedBefore;
            _ring.VerifiedSequence = verified;
            return false;
        }

        /// <summary>Makes all that was written survive a power cut, where anything was since the last time.</summary>
        /// <returns>False where the card refused; nothing unsynced can be trusted then.</returns>
        public bool Sync()
        {
            if (SyncedSequence == _ring.HeadSequence)
            {
                return true;
            }

            SyncCount++;
            IsSyncing = false;
            if (!_card.Sync())
            {
                return false;
            }

            SyncedSequence = _ring.HeadSequence;
            return true;
        }

        /// <summary>Begins what <see cref="Sync"/> does; none may be under way.</summary>
        /// <returns>One of <see cref="SyncState"/>; after Busy, <see cref="PollSync"/> tells.</returns>
        internal int BeginSync()
        {
            if (SyncedSequence == _ring.HeadSequence)
            {
                return SyncState.Done;
            }

            SyncCount++;
            _syncing = _ring.HeadSequence;
            return Note(_card.BeginSync());
        }

        /// <summary>How the sync under way is doing.</summary>
        /// <returns>One of <see cref="SyncState"/>; Done also where none is under way.</returns>
        internal int PollSync()
        {
            return IsSyncing ? Note(_card.PollSync()) : SyncState.Done;
        }

        private int Note(int state)
        {
            IsSyncing = state == SyncState.Busy;
            if (state == SyncState.Done)
            {
                SyncedSequence = _syncing;
            }

            return state;
        }

        /// <summary>Reads back a bounded number of blocks of what was synced, at least one record.</summary>
        /// <param name="budgetBlocks">The turn's share.</param>
        /// <returns><see cref="Done"/>, <see cref="More"/> or <see cref="Bad"/>.</returns>
        public int Run(int budgetBlocks)
        {
            if (_ring.VerifiedSequence == SyncedSequence)
            {
                return Done;
            }

            ReadElsewhere(NextBlock);
            int left = budgetBlocks;
            do
            {
                int blocks = VerifyNext();
                if (blocks == 0)
                {
                    return Bad;
                }

                left -= blocks;
            }
            while (left > 0 && _ring.VerifiedSequence != SyncedSequence);
            return _ring.VerifiedSequence == SyncedSequence ? Done : More;
        }

        // A block far from what is checked next, so that no cache of one sector or one line answers in the card's place.
        private void ReadElsewhere(int block)
        {
            int other = Ring.AreaStart + ((block - Ring.AreaStart + (_ring.AreaBlocks / 2)) % _ring.AreaBlocks);
            _card.Read(other, _scratch, 0, 1);
        }

        // Blocks of the record that was found to be what was written; 0 where it is not.
        private int VerifyNext()
        {
            Ring ring = _ring;
            int sequence = ring.VerifiedSequence + 1;
            if (ring.WriteFailed(sequence))
            {
                return 0;
            }

            int block = ring.Next(NextBlock);
            int blocks = ReadRecord(block, sequence);
            if (blocks == 0
                || (sequence == ring.HeadSequence && _nextLink != ring.HeadLink)
                || !RecordHeader.IsPayloadValid(_scratch, 0, _checksum))
            {
                return 0;
            }

            _link = _nextLink;
            NextBlock = _scratch[RecordHeader.Kind] == RecordKind.Wrap ? Ring.AreaStart : block + blocks;
            ring.VerifiedSequence = sequence;
            return blocks;
        }

        // One call where the record is as large as the last one was, two where it is larger.
        private int ReadRecord(int block, int sequence)
        {
            byte[] scratch = _scratch;
            int room = _ring.AreaEnd - block;
            int guess = _guessBlocks < room ? _guessBlocks : room;
            if (!_card.Read(block, scratch, 0, guess) || !IsRecord(block, sequence))
            {
                return 0;
            }

            int blocks = Octets.ReadUInt16(scratch, RecordHeader.Blocks);
            _guessBlocks = blocks;
            bool isRead = blocks <= guess
                || (blocks <= _recordBlocksMax && _card.Read(block + guess, scratch, guess * Limits.BlockOctets, blocks - guess));
            return isRead ? blocks : 0;
        }

        private bool IsRecord(int block, int sequence)
        {
            byte[] scratch = _scratch;
            _nextLink = Octets.ReadInt32(scratch, RecordHeader.Checksum);
            return Octets.ReadInt32(scratch, RecordHeader.Sequence) == sequence
                && Octets.ReadInt32(scratch, RecordHeader.Link) == _link
                && RecordHeader.IsWhole(scratch, _superblock.RingKey, _checksum, _nextLink)
                && RecordHeader.IsPlausible(scratch, 0, block, _ring.AreaEnd);
        }
    }
}

using System;

namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>
    /// A card in RAM. It counts what is asked of it, errs on demand, and at a power cut keeps of the unsynced blocks whichever
    /// the test chooses.
    /// </summary>
    public sealed class MemoryCard : ICard
    {
        /// <summary>Octets of a block.</summary>
        public const int BlockOctets = 512;

        private readonly UnsyncedBlocks _unsynced;
        private BlockArray? _blocks;
        private BlockArray? _spare;
        private bool _isOpen;
        private int _pollsLeft;
        private int _covered;
        private string? _lastError;

        /// <summary>Makes an empty card, without a file.</summary>
        public MemoryCard()
            : this(new UnsyncedBlocks())
        {
        }

        private MemoryCard(UnsyncedBlocks unsynced)
        {
            _unsynced = unsynced;
        }

        /// <summary>What the next <see cref="Open"/> and <see cref="Create"/> answer instead of the truth; <see cref="CardStatus.Ready"/>: the truth.</summary>
        public int OpenStatus { get; set; }

        /// <summary>Blocks that there is room for; <see cref="Create"/> of more is refused.</summary>
        public int BlockCountMax { get; set; } = int.MaxValue;

        /// <summary>Calls of <see cref="Read"/>.</summary>
        public long Reads { get; private set; }

        /// <summary>Blocks read.</summary>
        public long BlocksRead { get; private set; }

        /// <summary>Calls of <see cref="Write"/>.</summary>
        public long Writes { get; private set; }

        /// <summary>Blocks written.</summary>
        public long BlocksWritten { get; private set; }

        /// <summary>Calls of <see cref="Sync"/> and <see cref="BeginSync"/>.</summary>
        public long Syncs { get; private set; }

        /// <summary>This many next reads fail.</summary>
        public int FailingReads { get; set; }

        /// <summary>This many next writes fail, and change nothing.</summary>
        public int FailingWrites { get; set; }

        /// <summary>This many next writes say they were done, and change nothing.</summary>
        public int LyingWrites { get; set; }

        /// <summary>This many next syncs fail, and make nothing durable.</summary>
        public int FailingSyncs { get; set; }

        /// <summary>How often a sync that was begun answers Busy before it is done; 0: it is done at once.</summary>
        public int BusyPolls { get; set; }

        /// <summary>Block writes since the last sync, in order; a block that was written twice counts twice.</summary>
        public int UnsyncedCount
        {
            get { return _unsynced.Count; }
        }

        /// <inheritdoc/>
        public int BlockCount
        {
            get { return _isOpen ? _blocks!.Count : 0; }
        }

        /// <inheritdoc/>
        public string LastError
        {
            get { return _lastError!; }
        }

        /// <inheritdoc/>
        public bool IsThere
        {
            get { return _isOpen; }
        }

        /// <inheritdoc/>
        public int Open()
        {
            Close();
            int status = OpenStatus != CardStatus.Ready ? OpenStatus : _blocks == null ? CardStatus.NoFile : CardStatus.Ready;
            return Finish(status);
        }

        /// <inheritdoc/>
        public int Create(int blockCount)
        {
            Close();
            int status = OpenStatus;
            if (_blocks != null || blockCount > BlockCountMax)
            {
                status = CardStatus.Unusable;
            }

            if (status == CardStatus.Ready)
            {
                _blocks = _spare?.Count == blockCount ? _spare : new BlockArray(blockCount);
                _spare = null;
                _blocks.Clear();
            }

            return Finish(status);
        }

        /// <inheritdoc/>
        public bool Read(int block, byte[] buffer, int offset, int count)
        {
            Reads++;
            BlocksRead += count;
            if (!IsInside(block, count) || FailingReads > 0)
            {
                FailingReads = Math.Max(0, FailingReads - 1);
                return false;
            }

            _blocks!.Read(block, buffer.AsSpan(offset, count * BlockOctets));
            return true;
        }

        /// <inheritdoc/>
        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            Writes++;
            BlocksWritten += count;
            if (!IsInside(block, count) || FailingWrites > 0)
            {
                FailingWrites = Math.Max(0, FailingWrites - 1);
                return false;
            }

            if (LyingWrites > 0)
            {
                LyingWrites--;
                return true;
            }

            ReadOnlySpan<byte> octets = buffer.AsSpan(offset, count * BlockOctets);
            _unsynced.Note(_blocks!, block, octets);
            _blocks!.Write(block, octets);
            return true;
        }

        /// <inheritdoc/>
        public bool Sync()
        {
            Syncs++;
            return EndSync(_unsynced.Count);
        }

        /// <inheritdoc/>
        public int BeginSync()
        {
            Syncs++;
            _covered = _unsynced.Count;
            _pollsLeft = BusyPolls;
            return _pollsLeft > 0 ? SyncState.Busy : EndSync(_covered) ? SyncState.Done : SyncState.Failed;
        }

        /// <inheritdoc/>
        public int PollSync()
        {
            _pollsLeft--;
            return _pollsLeft > 0 ? SyncState.Busy : EndSync(_covered) ? SyncState.Done : SyncState.Failed;
        }

        /// <inheritdoc/>
        public void Close()
        {
            _isOpen = false;
            _pollsLeft = 0;
        }

        /// <summary>A copy of the card, open or not as this one is, with its unsynced writes; what it was told to do wrong is not copied.</summary>
        /// <returns>The copy.</returns>
        public MemoryCard Fork()
        {
            return new MemoryCard(_unsynced.Fork()) { _blocks = _blocks?.Fork(), _isOpen = _isOpen, BusyPolls = BusyPolls };
        }

        /// <summary>Cuts the power: the card is closed, and every unsynced block write is lost.</summary>
        public void PowerCut()
        {
            PowerCut(_ => false);
        }

        /// <summary>Cuts the power: the card is closed, and of the unsynced block writes only those that are chosen stay.</summary>
        /// <param name="isKept">Asked for each of them by its index, 0 to <see cref="UnsyncedCount"/> - 1, in the order of writing.</param>
        public void PowerCut(Predicate<int> isKept)
        {
            Close();
            if (_blocks != null)
            {
                _unsynced.Restore(_blocks, isKept);
            }

            _unsynced.Clear();
        }

        /// <summary>Takes the file away, as if the card were new, and keeps the RAM it took for the next one.</summary>
        public void Wipe()
        {
            Close();
            _spare = _blocks ?? _spare;
            _blocks = null;
            _unsynced.Clear();
        }

        /// <summary>Which block the unsynced write of an index went to.</summary>
        /// <param name="index">0 to <see cref="UnsyncedCount"/> - 1.</param>
        /// <returns>The block.</returns>
        public int UnsyncedBlock(int index)
        {
            return _unsynced.Block(index);
        }

        /// <summary>Turns over bits behind the card's back, as a worn cell does.</summary>
        /// <param name="octet">The octet's place in the file.</param>
        /// <param name="mask">The bits.</param>
        public void Damage(long octet, byte mask)
        {
            _blocks!.Flip(octet, mask);
        }

        // The later writes are as lost as ever where the power goes now.
        private bool EndSync(int covered)
        {
            _pollsLeft = 0;
            _covered = 0;
            if (!_isOpen || FailingSyncs > 0)
            {
                FailingSyncs = Math.Max(0, FailingSyncs - 1);
                return false;
            }

            _unsynced.Clear(covered);
            return true;
        }

        private int Finish(int status)
        {
            _isOpen = status == CardStatus.Ready;
            _lastError = status switch
            {
                CardStatus.Ready => null,
                CardStatus.NoFile => "there is no file on the simulated card",
                CardStatus.InUse => "the simulated card is in use",
                _ => "the simulated card can't be used",
            };
            return status;
        }

        private bool IsInside(int block, int count)
        {
            return _isOpen && block >= 0 && count >= 0 && (long)block + count <= _blocks!.Count;
        }
    }
}

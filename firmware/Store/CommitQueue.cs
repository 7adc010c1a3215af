using MailAppliance.Core;

namespace MailAppliance.Store
{
    /// <summary>
    /// Where a commit happens: whatever was written in a turn of the loop shares one sync, is read back in the order of the
    /// chain, and only then has its outcome. What fails is voided on the card before anybody is told.
    /// </summary>
    public sealed class CommitQueue
    {
        /// <summary>
        /// Blocks that void records of one failure may take: each is tried at a new place, so that a bad block does not stop
        /// them. After that the last place is tried again for as long as it takes, so that a card that is gone fills nothing.
        /// </summary>
        internal const int VoidBlocksMax = 8;

        // Tries at a time; a card that refuses them all counts as gone until somebody asks again.
        private const int VoidTriesMax = 3;

        private readonly Ring _ring;
        private readonly ReadBack _readBack;
        private readonly PendingCommit[] _pending;
        private readonly MessageWriter[] _writers;

        // The superblocks' too: a void record has to be kept only while the store is faulted, and then no superblock is written.
        private readonly byte[] _void;
        private readonly Superblock _superblock;
        private int _count;
        private int _writerCount;
        private bool _isFaulted;
        private int _voidCount;
        private int _voidBlock;
        private int _voidSequence;
        private int _voidLink;

        internal CommitQueue(Ring ring, ReadBack readBack, int slots, int writers, Superblock superblock, byte[] headBlock)
        {
            _void = headBlock;
            _ring = ring;
            _readBack = readBack;
            _pending = new PendingCommit[slots];
            _writers = new MessageWriter[writers];
            _superblock = superblock;
        }

        /// <summary>Commits since boot.</summary>
        public int CommitCount { get; private set; }

        /// <summary>Times that a record was not what had been written, or could not be synced, since boot.</summary>
        public int FailureCount { get; private set; }

        /// <summary>The card refuses even void records; nothing is written until one is taken.</summary>
        public bool IsFaulted
        {
            get { return _isFaulted; }
        }

        /// <summary>Outcomes are outstanding.</summary>
        public bool IsBusy
        {
            get { return _count > 0; }
        }

        /// <summary>Messages that were begun and are neither dropped nor in the index.</summary>
        internal int OpenCount
        {
            get
            {
                int count = 0;
                for (int at = 0; at < _writerCount; at++)
                {
                    count += _writers[at].IsBusy ? 1 : 0;
                }

                return count;
            }
        }

        /// <summary>Messages that were finished and wait for their outcome: each gets a place in the index.</summary>
        internal int WaitingCount
        {
            get
            {
                int count = 0;
                for (int at = 0; at < _writerCount; at++)
                {
                    count += _writers[at].Outcome == PendingCommit.Waiting ? 1 : 0;
                }

                return count;
            }
        }

        /// <summary>Blocks of those messages, as <see cref="CountOpen"/> found them.</summary>
        internal int OpenBlocks;

        /// <summary>Blocks of the largest of them, likewise.</summary>
        internal int OpenLargestBlocks;

        internal int WriterCount
        {
            get { return _writerCount; }
        }

        internal MessageWriter WriterAt(int at)
        {
            return _writers[at];
        }

        internal void Register(MessageWriter writer)
        {
            _writers[_writerCount] = writer;
            _writerCount++;
        }

        /// <summary>Counts the blocks of messages that were begun and are neither dropped nor in the index; once for all who ask then.</summary>
        internal void CountOpen()
        {
            int blocks = 0;
            int largest = 0;
            MessageWriter[] writers = _writers;
            int count = _writerCount;
            for (int at = 0; at < count; at++)
            {
                MessageWriter writer = writers[at];
                if (writer.IsOpen || writer.Outcome == PendingCommit.Waiting)
                {
                    int own = writer.Blocks;
                    blocks += own;
                    largest = own > largest ? own : largest;
                }
            }

            OpenBlocks = blocks;
            OpenLargestBlocks = largest;
        }

        /// <summary>Queues what was just written: the ring's last record decides.</summary>
        internal void Add(PendingCommit commit)
        {
            commit.Sequence = _ring.HeadSequence;
            commit.Outcome = PendingCommit.Waiting;
            _pending[_count] = commit;
            _count++;
        }

        /// <summary>The turn's share: at most one sync, a bounded number of blocks read back, and the outcomes that follow.</summary>
        internal void Turn()
        {
            // What no outcome waits for is verified late, since each sync costs the same however little it covers, but before
            // a busy turn could fill the span and have to settle all of it at once.
            if (!_isFaulted && (_count > 0 || _readBack.UnverifiedBlocks >= _superblock.SpanBlocks / 8 * 5))
            {
                Run();
            }
        }

        /// <summary>Runs until everything written has its outcome.</summary>
        internal void Settle()
        {
            while (!_isFaulted && _ring.VerifiedSequence != _ring.HeadSequence)
            {
                Run();
            }
        }

        /// <summary>Tries to make a faulted store whole: voids what is unverified.</summary>
        /// <returns>True where the store takes mail.</returns>
        internal bool Repair()
        {
            if (_isFaulted)
            {
                _isFaulted = !WriteVoid();
            }

            return !_isFaulted;
        }

        private void Run()
        {
            int result = SyncIfWanted() ? _readBack.Run(_superblock.SpanBlocks / 8) : ReadBack.Bad;
            Complete();
            if (result == ReadBack.Bad)
            {
                Fail();
            }
        }

        // What the last sync covered may still be on its way to being read back; a new one is due only for what came later.
        private bool SyncIfWanted()
        {
            bool wanted = _count == 0 || _pending[_count - 1].Sequence - _readBack.SyncedSequence > 0;
            return !wanted || _readBack.Sync();
        }

        private void Complete()
        {
            int done = 0;
            while (done < _count && _ring.VerifiedSequence - _pending[done].Sequence >= 0)
            {
                PendingCommit commit = _pending[done];
                commit.Apply();
                commit.Outcome = StoreResult.Ok;
                CommitCount++;
                done++;
            }

            if (done > 0)
            {
                _count -= done;
                System.Array.Copy(_pending, done, _pending, 0, _count);
            }
        }

        // Everything behind the last verified record fails together: the mail that waits for its commit, and the mail of which
        // a fragment lies there.
        private void Fail()
        {
            FailureCount++;
            for (int at = 0; at < _writerCount; at++)
            {
                MessageWriter writer = _writers[at];
                if (writer.IsOpen && writer.IsInRing && writer.LastSequence - _ring.VerifiedSequence > 0)
                {
                    writer.Outcome = StoreResult.Failed;
                }
            }

            _isFaulted = !WriteVoid();
            for (int at = 0; at < _count; at++)
            {
                _pending[at].Outcome = _isFaulted ? StoreResult.Unknown : StoreResult.Failed;
            }

            _count = 0;
        }

        private bool WriteVoid()
        {
            int verified = _ring.VerifiedSequence;
            for (int tries = 0; tries < VoidTriesMax; tries++)
            {
                _ring.ForgetFailures();
                bool hasPlace = _voidCount < VoidBlocksMax && _ring.FreeBlocks >= _ring.CostOf(1);
                if (hasPlace)
                {
                    AppendVoid(verified + 1);
                }
                else if (_voidCount == 0)
                {
                    return false;
                }
                else
                {
                    _ring.Rewrite(_void, _voidBlock);
                }

                if (_readBack.Proves(_voidBlock, _voidSequence, _voidLink, verified))
                {
                    _voidCount = 0;
                    return true;
                }
            }

            return false;
        }

        private void AppendVoid(int first)
        {
            _ring.Begin(_void, RecordKind.Void);
            _ring.MakeRoomFor(1);
            Octets.WriteInt32(first, _void, RecordHeader.VoidFirst);
            Octets.WriteInt32(_ring.HeadSequence, _void, RecordHeader.VoidLast);
            _voidSequence = _ring.HeadSequence;
            _voidLink = _ring.HeadLink;
            _voidBlock = _ring.Append(_void, RecordHeader.Octets, 0);
            _voidCount++;
        }
    }
}

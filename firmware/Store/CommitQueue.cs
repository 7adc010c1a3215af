using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>
    /// Where a commit happens: whatever was written in a turn of the loop shares one sync, is read back in the order of the
    /// chain, and only then has its outcome. What fails is voided on the card before anybody is told.
    /// </summary>
    public sealed class CommitQueue
    {
        private readonly Ring _ring;
        private readonly ReadBack _readBack;
        private readonly PendingCommit[] _pending;
        private readonly MessageWriter[] _writers;
        private readonly Superblock _superblock;
        private readonly SuperblockPair _superblocks;
        private int _count;
        private bool _isFaulted;

        internal CommitQueue(Ring ring, ReadBack readBack, int slots, int writers, Superblock superblock, SuperblockPair superblocks, byte[] headBlock)
        {
            Voids = new VoidWriter(ring, readBack, headBlock);
            _ring = ring;
            _readBack = readBack;
            _pending = new PendingCommit[slots];
            _writers = new MessageWriter[writers];
            _superblock = superblock;
            _superblocks = superblocks;
        }

        /// <summary>Commits since boot.</summary>
        public int CommitCount;

        /// <summary>Times that a record was not what had been written, or could not be synced, since boot.</summary>
        public int FailureCount;

        /// <summary>The card refuses even void records; nothing is written until one is taken.</summary>
        public bool IsFaulted
        {
            get { return _isFaulted; }
        }

        /// <summary>Nothing can be done before the card has ended a sync; the network's rest ends then.</summary>
        public bool WaitsForCard
        {
            get { return !_isFaulted && _readBack.WaitsForCard; }
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
                for (int at = 0; at < WriterCount; at++)
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
                for (int at = 0; at < WriterCount; at++)
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

        /// <summary>What takes back what fails.</summary>
        internal readonly VoidWriter Voids;

        internal int WriterCount;

        internal MessageWriter WriterAt(int at)
        {
            return _writers[at];
        }

        internal void Register(MessageWriter writer)
        {
            _writers[WriterCount] = writer;
            WriterCount++;
        }

        /// <summary>Counts the blocks of messages that were begun and are neither dropped nor in the index; once for all who ask then.</summary>
        internal void CountOpen()
        {
            int blocks = 0;
            int largest = 0;
            MessageWriter[] writers = _writers;
            int count = WriterCount;
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
            if (_count > 0 && !_isFaulted)
            {
                End(SyncMeanwhile());
            }
            else
            {
                Advance();
            }
        }

        /// <summary>
        /// The same for what no outcome waits for: it is verified late, since each sync costs the same however little it covers,
        /// but before a busy turn could fill the span and have to settle all of it at once.
        /// </summary>
        internal void Advance()
        {
            if (!_isFaulted && (_readBack.IsSyncing || _readBack.UnverifiedBlocks >= _superblock.SpanBlocks / 2))
            {
                End(SyncMeanwhile());
            }
        }

        /// <summary>Runs until everything written has its outcome.</summary>
        internal void Settle()
        {
            while (!_isFaulted && _ring.VerifiedSequence != _ring.HeadSequence)
            {
                End(!WantsSync || _readBack.Sync() ? SyncState.Done : SyncState.Failed);
            }
        }

        /// <summary>The card is gone: nobody will ever know what came of that which waits, and nothing is written before the store is opened again.</summary>
        internal void GiveUp()
        {
            for (int at = 0; at < _count; at++)
            {
                _pending[at].Outcome = StoreResult.Unknown;
            }

            _count = 0;
            _isFaulted = true;
        }

        /// <summary>Forgets what a card that is gone had refused; the store is being opened.</summary>
        internal void Reset()
        {
            _isFaulted = false;
            Voids.Reset();
        }

        /// <summary>Something written was not there: where that is because the card is another one now, nothing more is written.</summary>
        internal void LookAtCard()
        {
            _isFaulted |= !_superblocks.IsStill(_superblock);
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

        // The next one is begun the moment that the last one ends: what it covers came meanwhile.
        private int SyncMeanwhile()
        {
            int state = _readBack.PollSync();
            return state == SyncState.Done && WantsSync ? _readBack.BeginSync() : state;
        }

        private void End(int sync)
        {
            int result = sync == SyncState.Failed ? ReadBack.Bad : _readBack.Run(_superblock.SpanBlocks / 8);
            Complete();
            if (result == ReadBack.Bad)
            {
                Fail();
            }
        }

        // What the last sync covered may still be on its way to being read back; a new one is due only for what came later.
        private bool WantsSync
        {
            get
            {
                int synced = _readBack.SyncedSequence;
                return _count == 0 ? _ring.VerifiedSequence == synced : _pending[_count - 1].Sequence - synced > 0;
            }
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
            for (int at = 0; at < WriterCount; at++)
            {
                MessageWriter writer = _writers[at];
                if (writer.IsOpen && writer.IsInRing && writer.LastSequence - _ring.VerifiedSequence > 0)
                {
                    writer.Lose();
                }
            }

            _isFaulted = !WriteVoid();
            for (int at = 0; at < _count; at++)
            {
                _pending[at].Outcome = _isFaulted ? StoreResult.Unknown : StoreResult.Failed;
            }

            _count = 0;
        }

        // Another card's octets are not ours to write over.
        private bool WriteVoid()
        {
            return _superblocks.IsStill(_superblock) && Voids.Write();
        }
    }
}

using System;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>
    /// Boot of the store: open the card, format it where it is empty, recover, make a new epoch durable, and give each maildrop
    /// its recipient bit. Whatever is not an empty file or a ring of ours is left alone.
    /// </summary>
    public sealed class StoreOpening
    {
        private readonly ApplianceSettings _settings;
        private readonly ICard _card;
        private readonly IChecksum _checksum;
        private readonly Superblock _superblock;
        private readonly SuperblockPair _superblocks;
        private readonly Ring _ring;
        private readonly ReadBack _readBack;
        private readonly MessageIndex _index;
        private readonly MaildropTable _maildrops;
        private readonly NoticeCommit _notice;
        private readonly byte[] _scratch;
        private readonly bool _mayFormat;
        private bool _isNewFile;

        internal StoreOpening(
            ApplianceSettings settings,
            ICard card,
            IChecksum checksum,
            Superblock superblock,
            SuperblockPair superblocks,
            Ring ring,
            ReadBack readBack,
            MessageIndex index,
            MaildropTable maildrops,
            NoticeCommit notice,
            byte[] scratch,
            bool mayFormat)
        {
            _mayFormat = mayFormat;
            _settings = settings;
            _card = card;
            _checksum = checksum;
            _superblock = superblock;
            _superblocks = superblocks;
            _ring = ring;
            _readBack = readBack;
            _index = index;
            _maildrops = maildrops;
            _notice = notice;
            _scratch = scratch;
        }

        /// <summary>One of <see cref="StoreStatus"/>.</summary>
        public int Status;

        /// <summary>The ring is the one that the store was open on before.</summary>
        public bool IsSameRing;

        /// <summary>The ring was made new.</summary>
        public bool WasFormatted;

        /// <summary>Records that recovery read.</summary>
        public int RecordCount;

        /// <summary>Records that were on the card once and can't be read now.</summary>
        public int LostCount;

        /// <summary>Messages that a power cut left unfinished; nobody had been told that they were taken.</summary>
        public int UnfinishedCount;

        /// <summary>The format version found, where it is another.</summary>
        public int FoundVersion
        {
            get { return _superblocks.FoundVersion; }
        }

        /// <summary>The features found, where the version is ours and one of them is not.</summary>
        public int FoundFeatures
        {
            get { return _superblocks.FoundFeatures; }
        }

        /// <summary>The file was there and held nothing that looks like a ring; it was formatted.</summary>
        public bool HeldNoRing;

        internal void Run(IEntropy entropy, IStoreProgress progress)
        {
            Status = OpenCard();
            if (Status != StoreStatus.Ready)
            {
                return;
            }

            Status = ReadSuperblock(entropy, progress);
            if (Status != StoreStatus.Ready)
            {
                return;
            }

            if (IsTooSmall(_superblock.BlockCount))
            {
                Status = StoreStatus.TooSmallRing;
                return;
            }

            Recovery recovery = Recover();
            if (Status == StoreStatus.Ready && (!recovery.EraseCutOff(_card) || !StartEpoch(entropy, recovery) || !VoidUnfinished(recovery) || !WriteMaildrops()))
            {
                Status = Status == StoreStatus.Ready ? StoreStatus.CardFailed : Status;
            }
        }

        /// <summary>Recovers without one write: neither is an empty card formatted, nor a new epoch begun.</summary>
        internal void RunToRead()
        {
            int status = _card.Open();
            if (status != CardStatus.Ready)
            {
                Status = status == CardStatus.InUse ? StoreStatus.InUse : StoreStatus.CardFailed;
                return;
            }

            Status = _card.BlockCount < 2 ? StoreStatus.TooSmallRing : StatusOf(_superblocks.Read(_superblock));
            if (Status == StoreStatus.Ready && _superblock.State != Superblock.StateReady)
            {
                HeldNoRing = true;
                Status = StoreStatus.Damaged;
            }

            if (Status == StoreStatus.Ready)
            {
                Recover();
            }
        }

        private static int StatusOf(int found)
        {
            switch (found)
            {
                case SuperblockPair.Found:
                    return StoreStatus.Ready;
                case SuperblockPair.OtherVersion:
                    return StoreStatus.OtherVersion;
                case SuperblockPair.Truncated:
                    return StoreStatus.Truncated;
                case SuperblockPair.Unreadable:
                    return StoreStatus.CardFailed;
                default:
                    return StoreStatus.Damaged;
            }
        }

        private int OpenCard()
        {
            int status = _card.Open();
            if (status == CardStatus.NoFile && _mayFormat)
            {
                _isNewFile = true;
                status = _card.Create((int)(_settings.RingOctets / Limits.BlockOctets));
            }

            return status == CardStatus.Ready ? StoreStatus.Ready
                : status == CardStatus.NoFile ? StoreStatus.NoRing
                : status == CardStatus.InUse ? StoreStatus.InUse : StoreStatus.CardFailed;
        }

        private bool IsTooSmall(int blocks)
        {
            return blocks < 4 * (_settings.MessageOctetsMax / Limits.BlockOctets);
        }

        private int ReadSuperblock(IEntropy entropy, IStoreProgress progress)
        {
            if (_card.BlockCount < 2)
            {
                return StoreStatus.TooSmallRing;
            }

            byte[] id = _superblock.RingId;
            int idBefore = Octets.ReadInt32(id, 0);
            int idRestBefore = Octets.ReadInt32(id, 4);
            int found = _superblocks.Read(_superblock);
            IsSameRing = Octets.ReadInt32(id, 0) == idBefore && Octets.ReadInt32(id, 4) == idRestBefore;
            if (_isNewFile)
            {
                // What a new file holds is what lay there before it, a ring of old perhaps; only its generation matters.
                return Format(entropy, progress);
            }

            switch (found)
            {
                case SuperblockPair.OtherVersion:
                    return StoreStatus.OtherVersion;
                case SuperblockPair.Truncated:
                    return StoreStatus.Truncated;
                case SuperblockPair.Unreadable:
                    return StoreStatus.CardFailed;
                case SuperblockPair.Found:
                    return _superblock.State == Superblock.StateReady ? StoreStatus.Ready : Format(entropy, progress);
                default:
                    HeldNoRing = !HoldsRecords();
                    return !HeldNoRing ? StoreStatus.Damaged
                        : IsTooSmall(_card.BlockCount) ? StoreStatus.TooSmallRing : Format(entropy, progress);
            }
        }

        // Both superblocks are unreadable: a ring that holds anything is never formatted by itself.
        private bool HoldsRecords()
        {
            int pieceBlocks = _scratch.Length / Limits.BlockOctets;
            for (int block = 0; block < _card.BlockCount; block += pieceBlocks)
            {
                int blocks = _card.BlockCount - block;
                blocks = blocks < pieceBlocks ? blocks : pieceBlocks;
                if (!_card.Read(block, _scratch, 0, blocks))
                {
                    return true;
                }

                for (int at = 0; at < blocks * Limits.BlockOctets; at += Limits.BlockOctets)
                {
                    if (Octets.ReadInt32(_scratch, at) == RecordHeader.MagicValue)
                    {
                        return true;
                    }
                }
            }

            return false;
        }

        private int Format(IEntropy entropy, IStoreProgress progress)
        {
            if (!_mayFormat)
            {
                return StoreStatus.NoRing;
            }

            RingFormatter formatter = new RingFormatter(_card, _superblocks, _superblock, _scratch);
            if (!formatter.Begin(entropy, MailStore.SpanBlocksOf(_settings, _card.BlockCount)))
            {
                return StoreStatus.CardFailed;
            }

            while (!formatter.IsDone)
            {
                if (!formatter.Step())
                {
                    return StoreStatus.CardFailed;
                }

                if (progress != null)
                {
                    progress.Formatted(formatter.DoneBlocks, _card.BlockCount);
                }
            }

            WasFormatted = true;
            return formatter.End() ? StoreStatus.Ready : StoreStatus.CardFailed;
        }

        private Recovery Recover()
        {
            Recovery recovery = new Recovery(_card, _checksum, _ring, _superblock, _index, _maildrops, _notice, _scratch);
            recovery.Run();
            RecordCount = recovery.RecordCount;
            LostCount = recovery.LostCount;
            UnfinishedCount = recovery.UnfinishedCount;
            if (recovery.IsCardGone)
            {
                Status = StoreStatus.CardFailed;
            }
            else if (recovery.HasNoRoom)
            {
                Status = StoreStatus.TooSmallConfiguration;
            }
            else if (_maildrops.Block < 0 && _index.Count > 0)
            {
                // Without its table nobody can say whose mail this is, and guessing would show it to somebody else.
                Status = StoreStatus.Damaged;
            }

            return recovery;
        }

        // Durable before the first write: no record of an earlier boot, lap or format has this epoch. Mixed with the last one,
        // so that even entropy that repeats itself at each boot does not give the same one twice in a row.
        private bool StartEpoch(IEntropy entropy, Recovery recovery)
        {
            int last = _superblock.Epoch;
            entropy.Fill(_scratch, 0, 4);
            Octets.WriteInt32(last, _scratch, 4);
            Octets.WriteInt32(_superblock.Generation, _scratch, 8);
            _superblock.Epoch = _checksum.Compute(_scratch, 0, 12);
            if (_superblock.Epoch == last)
            {
                _superblock.Epoch++;
            }

            _superblock.KnownHead = recovery.SettledSequence;
            _superblock.SpanBlocks = MailStore.SpanBlocksOf(_settings, _card.BlockCount);
            _readBack.StartAtHead();

            // Both copies: the older one must not name an epoch of which no record is left to be found.
            return _card.Sync() && _superblocks.Write(_superblock) && _superblocks.Write(_superblock);
        }

        // What a power cut left unfinished stays in the chain. It must never look verified before a void record says what it is:
        // neither by what the superblock knows, nor by what the void records themselves say.
        private bool VoidUnfinished(Recovery recovery)
        {
            if (recovery.UnfinishedCount == 0)
            {
                return true;
            }

            int sequence = _ring.HeadSequence;
            int link = _ring.HeadLink;
            int block = _ring.Next(_ring.HeadBlock);
            _ring.VerifiedSequence = recovery.SettledSequence;
            for (int at = 0; at < recovery.UnfinishedCount; at++)
            {
                if (_ring.FreeBlocks < _ring.CostOf(1))
                {
                    return false;
                }

                _ring.Begin(_scratch, RecordKind.Void);
                Octets.WriteInt32(recovery.UnfinishedAt(at), _scratch, RecordHeader.VoidFirst);
                Octets.WriteInt32(recovery.UnfinishedAt(at), _scratch, RecordHeader.VoidLast);
                _ring.Append(_scratch, RecordHeader.Octets, 0);
            }

            _readBack.StartAt(block, sequence, link);
            return _readBack.Sync() && _readBack.Run(int.MaxValue) == ReadBack.Done;
        }

        private bool WriteMaildrops()
        {
            int change = _maildrops.Reconcile(_settings.Maildrops, _index);
            if (change <= 0)
            {
                if (change < 0)
                {
                    Status = StoreStatus.TooSmallConfiguration;
                }

                return change == 0;
            }

            Array.Clear(_scratch, 0, _scratch.Length);
            _ring.Begin(_scratch, RecordKind.Maildrops);
            int octets = _maildrops.Encode(_scratch, RecordHeader.Octets);
            if (_ring.CostOf(Ring.BlocksOf(RecordHeader.Octets + octets)) > _ring.FreeBlocks)
            {
                return false;
            }

            int block = _ring.Append(_scratch, RecordHeader.Octets, octets);
            if (!_readBack.Sync() || _readBack.Run(int.MaxValue) != ReadBack.Done)
            {
                return false;
            }

            _maildrops.Block = block;
            return true;
        }
    }
}

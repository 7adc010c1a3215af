using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>
    /// The store as the loop uses it: begin, write and finish a message; open a maildrop, read a message, remove the marked
    /// ones. Outcomes come from <see cref="Turn"/>, once a turn of the loop.
    /// </summary>
    /// <remarks>Its other parts: room and what makes way for new mail, the card that goes and comes, and what tools read and move.</remarks>
    public sealed partial class MailStore
    {
        // 4 MiB: what a start reads behind the end grows no further with the record's size.
        private const int SpanBlocksMax = 8192;

        private readonly ApplianceSettings _settings;
        private readonly ICard _card;
        private readonly IChecksum _checksum;
        private readonly Superblock _superblock = new Superblock();
        private readonly SuperblockPair _superblocks;
        private readonly byte[] _scratch;
        private readonly MaildropTable _maildrops;
        private readonly Room _room;
        private readonly Relocation _relocation;
        private readonly MaildropQuotas _quotas;
        private readonly OpenViews _views;
        private readonly Disposal _disposal;
        private readonly DropChoice _choice;
        private readonly Retention _retention;
        private readonly NoticeCommit _notice;
        private readonly int[] _recipientBits;
        private readonly int _recordBlocks;

        /// <summary>Makes the store and everything it will ever need; done at boot.</summary>
        /// <param name="settings">The configuration.</param>
        /// <param name="card">The card.</param>
        /// <param name="checksum">CRC-32.</param>
        public MailStore(ApplianceSettings settings, ICard card, IChecksum checksum)
        {
            int words = (settings.MaildropsMax + 31) / 32;
            _settings = settings;
            _card = card;
            _checksum = checksum;
            Superblock superblock = _superblock;
            byte[] scratch = new byte[ScratchOctets(settings) + RunningChecksum.RoomOctets];
            byte[] spareBlock = new byte[Limits.BlockOctets];
            byte[] headBlock = new byte[Limits.BlockOctets];
            SuperblockPair superblocks = new SuperblockPair(card, checksum, headBlock, spareBlock);
            Ring ring = new Ring(card, checksum, superblock, spareBlock);
            ReadBack readBack = new ReadBack(card, checksum, ring, superblock, scratch);
            MessageIndex index = new MessageIndex(settings.MessagesMax, settings.MaildropsMax);
            MaildropTable maildrops = new MaildropTable(settings.MaildropsMax, settings.Maildrops.Length);
            _quotas = settings.QuotaMessages == null ? null : new MaildropQuotas(settings, maildrops, index);
            CommitQueue queue = new CommitQueue(
                ring, readBack, settings.SmtpSlots + settings.Pop3Slots + 1, settings.SmtpSlots, superblock, superblocks, headBlock);
            Tail tail = new Tail(card, checksum, ring, superblock, superblocks, index, maildrops, queue, scratch);
            OpenViews views = new OpenViews(settings.Pop3Slots);
            Relocation relocation = new Relocation(
                ring, index, queue, new MessageReader(card, checksum, ring, superblock, index, scratch, 1), views, scratch);
            Room room = new Room(settings, ring, index, queue, tail, maildrops, relocation, scratch);
            Disposal disposal = new Disposal(ring, index, queue, room, views, scratch, settings.DropOldest ? settings.SmtpSlots * Disposal.EachMax : 0);
            _choice = new DropChoice(settings, ring, index, queue, tail, room, views);
            if (settings.RetentionMilliseconds > 0)
            {
                ArrivalReader arrival = new ArrivalReader(card, checksum, ring, superblock, index, scratch);
                _retention = new Retention(settings, index, queue, relocation, disposal, views, arrival);
            }

            _recipientBits = new int[words];
            _recordBlocks = Ring.BlocksOf(settings.RecordOctets);
            if (settings.Notices)
            {
                _notice = new NoticeCommit(ring, index, queue, room, maildrops, superblock, scratch, _recordBlocks, _recipientBits);
            }

            _scratch = scratch;
            _superblocks = superblocks;
            Ring = ring;
            ReadBack = readBack;
            Index = index;
            _maildrops = maildrops;
            Commits = queue;
            _views = views;
            _relocation = relocation;
            _room = room;
            _disposal = disposal;
        }

        /// <summary>Messages that somebody still has.</summary>
        public readonly MessageIndex Index;

        /// <summary>Where the chain's ends are, and the counters of writes.</summary>
        public readonly Ring Ring;

        /// <summary>The counters of syncs.</summary>
        public readonly ReadBack ReadBack;

        /// <summary>The counters of commits and failures.</summary>
        public readonly CommitQueue Commits;

        /// <summary>Superblocks written since boot, each with a sync of its own.</summary>
        public int SuperblockCount
        {
            get { return _superblocks.WriteCount; }
        }

        /// <summary>The epoch of this boot; 0 before the store is open.</summary>
        public int Epoch
        {
            get { return _superblock.Epoch; }
        }

        /// <summary>Recipient bit of a maildrop of the configuration.</summary>
        /// <param name="maildrop">Its index in the settings.</param>
        /// <returns>The bit.</returns>
        public int BitOf(int maildrop)
        {
            return _maildrops.BitOf(maildrop);
        }

        /// <summary>Octets of a POP3 slot's read buffer.</summary>
        /// <param name="settings">The configuration.</param>
        /// <returns>The octets.</returns>
        public static int ReadBufferOctets(ApplianceSettings settings)
        {
            return RunningChecksum.RoomOctets + settings.ReadOctets;
        }

        /// <summary>Octets of the index of messages.</summary>
        /// <param name="settings">The configuration.</param>
        /// <returns>The octets.</returns>
        public static long IndexOctets(ApplianceSettings settings)
        {
            return MessageIndex.OctetsOf(settings.MessagesMax, settings.MaildropsMax);
        }

        /// <summary>Octets of the buffer that is shared by all that reads and writes whole records at once.</summary>
        /// <param name="settings">The configuration.</param>
        /// <returns>The octets: the largest record of any kind, and two blocks at least.</returns>
        public static int ScratchOctets(ApplianceSettings settings)
        {
            int octets = settings.RecordOctets;
            int removal = Removal.RecordOctetsMax(settings.MessagesMax);
            int table = MaildropTable.RecordOctetsMax(settings.MaildropsMax);
            octets = octets > 2 * Limits.BlockOctets ? octets : 2 * Limits.BlockOctets;
            octets = removal > octets ? removal : octets;
            octets = table > octets ? table : octets;
            return Ring.BlocksOf(octets) * Limits.BlockOctets;
        }

        /// <summary>
        /// Blocks that may be unverified at the head. Recovery looks that far behind a break, and what is written before a
        /// commit is asked for is verified along the way, so that the reply to the last dot of a large mail comes soon.
        /// </summary>
        /// <param name="settings">The configuration.</param>
        /// <param name="blockCount">Blocks of the ring's file.</param>
        /// <returns>The blocks: 64 records of the profile's size, but 4 MiB at most, and a quarter of a small ring; in a tiny one what one record
        /// needs.</returns>
        public static int SpanBlocksOf(ApplianceSettings settings, int blockCount)
        {
            int span = 64 * Ring.BlocksOf(settings.RecordOctets);
            span = span < SpanBlocksMax ? span : SpanBlocksMax;
            int least = 2 * SpanMarginBlocks(ScratchOctets(settings));
            span = span < blockCount / 4 ? span : blockCount / 4;
            return span < least ? least : span;
        }

        // One more record of any kind, with what is wasted where it wraps, and the void records of a failure.
        private static int SpanMarginBlocks(int scratchOctets)
        {
            return (2 * (scratchOctets / Limits.BlockOctets)) + VoidWriter.PlacesMax;
        }

        /// <summary>Makes an SMTP slot's writer; at boot.</summary>
        /// <returns>The writer.</returns>
        public MessageWriter CreateWriter()
        {
            MessageWriter writer = new MessageWriter(_settings.RecordOctets, Index, _recipientBits.Length);
            Commits.Register(writer);
            return writer;
        }

        /// <summary>Makes a POP3 slot's reader; at boot.</summary>
        /// <returns>The reader.</returns>
        public MessageReader CreateReader()
        {
            return new MessageReader(_card, _checksum, Ring, _superblock, Index, new byte[ReadBufferOctets(_settings)], 0);
        }

        /// <summary>Makes a POP3 slot's view; at boot.</summary>
        /// <returns>The view.</returns>
        public MaildropView CreateView()
        {
            MaildropView view = new MaildropView(Index);
            _views.Add(view);
            return view;
        }

        /// <summary>Puts the store into use; see <see cref="StoreOpening"/>.</summary>
        /// <param name="entropy">For ids, keys and epochs.</param>
        /// <param name="progress">Told of long work; null for nobody.</param>
        /// <returns>How it went.</returns>
        public StoreOpening Open(IEntropy entropy, IStoreProgress progress)
        {
            return Open(entropy, progress, true);
        }

        /// <summary>Writes a full fragment; its front must have been placed.</summary>
        /// <param name="writer">The slot's writer.</param>
        /// <returns>Ok; Later; NoRoom or Failed, and then the message has to be dropped.</returns>
        public int Flush(MessageWriter writer)
        {
            int blocks = Ring.BlocksOf(writer.End);
            int result = CheckRoom(writer, blocks, false);
            if (result == StoreResult.Ok)
            {
                Ring.MakeRoomFor(blocks);
                writer.PrepareHeader(Ring, RecordKind.Fragment);
                Put(writer);
                LimitSpan();
            }

            return result;
        }

        /// <summary>
        /// Writes the last fragment, which commits the message once it is proven: <see cref="PendingCommit.Outcome"/> of the
        /// writer tells, after some <see cref="Turn"/>.
        /// </summary>
        /// <param name="writer">The slot's writer.</param>
        /// <param name="recipients">Bit i of word i/32: maildrop i of the settings gets it; at least one.</param>
        /// <param name="stuffedDots">Dots of transparency in what was appended.</param>
        /// <param name="utcKnown">Whether the date is known.</param>
        /// <param name="utcSeconds">The date.</param>
        /// <returns>Ok; Later; NoRoom or Failed, and then the message has to be dropped.</returns>
        public int Finish(MessageWriter writer, int[] recipients, int stuffedDots, bool utcKnown, long utcSeconds)
        {
            return FinishAs(writer, recipients, stuffedDots, utcKnown, utcSeconds, _superblock.NextUniqueId, _superblock.Epoch);
        }

        private int FinishAs(MessageWriter writer, int[] recipients, int stuffedDots, bool utcKnown, long utcSeconds, int uniqueId, int epoch)
        {
            int blocks = Ring.BlocksOf(writer.End);
            int result = CheckRoom(writer, blocks, true);
            if (result != StoreResult.Ok)
            {
                return result;
            }

            MapRecipients(recipients);
            Ring.MakeRoomFor(blocks);
            writer.PrepareHeader(Ring, RecordKind.LastFragment);
            writer.PrepareCommit(_recipientBits, stuffedDots, uniqueId, epoch, utcKnown, utcSeconds);
            _superblock.NextUniqueId += uniqueId == _superblock.NextUniqueId ? 1 : 0;
            Put(writer);
            writer.IsOpen = false;

            // Queued before anything can be verified or fail: its outcome has to be among those.
            Commits.Add(writer);
            LimitSpan();
            return StoreResult.Ok;
        }

        /// <summary>Drops a message that was begun: it is never delivered.</summary>
        /// <param name="writer">The slot's writer.</param>
        public void Abort(MessageWriter writer)
        {
            writer.IsOpen = false;
            _room.Loosen();
        }

        /// <summary>Opens a maildrop for one session, with the exclusive lock of RFC 1939 section 4.</summary>
        /// <param name="view">The slot's view.</param>
        /// <param name="maildrop">The maildrop's index in the settings.</param>
        /// <returns>False where another session has it.</returns>
        public bool OpenView(MaildropView view, int maildrop)
        {
            int bit = _maildrops.BitOf(maildrop);
            if (_views.IsLocked(bit))
            {
                return false;
            }

            view.Open(bit);
            return true;
        }

        /// <summary>Writes the removal of a view's marked messages; the view's <see cref="PendingCommit.Outcome"/> tells when they are gone.</summary>
        /// <param name="view">The slot's view.</param>
        /// <returns>Ok; NoRoom or Failed, and then nothing is removed.</returns>
        public int Remove(MaildropView view)
        {
            if (!Commits.Repair())
            {
                return StoreResult.Failed;
            }

            // Room first: it needs the buffer itself where it has to make some.
            int octets = view.EncodeMarks(_scratch, RecordHeader.Octets);
            if (!_room.HasForRemoval(Ring.BlocksOf(RecordHeader.Octets + octets)))
            {
                return Commits.IsFaulted ? StoreResult.Failed : StoreResult.NoRoom;
            }

            Ring.Begin(_scratch, RecordKind.Removal);
            Octets.WriteUInt16(view.Bit, _scratch, RecordHeader.Maildrop);
            octets = view.EncodeMarks(_scratch, RecordHeader.Octets);
            Ring.Append(_scratch, RecordHeader.Octets, octets);
            Commits.Add(view);
            LimitSpan();
            return StoreResult.Ok;
        }

        /// <summary>Whether there is anything to do in the next turn: outcomes, or a message on its way to the head.</summary>
        public bool IsBusy
        {
            // A faulted store moves nothing before somebody asks it to repair itself.
            get { return Commits.IsBusy || (_relocation.IsActive && !Commits.IsFaulted); }
        }

        /// <summary>Outcomes are outstanding and nothing can be done for them before the card has ended a sync.</summary>
        public bool WaitsForCard
        {
            get { return !_relocation.IsActive && Commits.WaitsForCard; }
        }

        /// <summary>Messages relocated since boot.</summary>
        public int RelocatedCount
        {
            get { return _relocation.Count; }
        }

        /// <summary>Messages that relocation found damaged, and dropped, since boot.</summary>
        public int LostCount
        {
            get { return _relocation.LostCount; }
        }

        /// <summary>Number of the unique-id of the last of those.</summary>
        public int LostUniqueId
        {
            get { return _relocation.LostUniqueId; }
        }

        /// <summary>Epoch of its unique-id.</summary>
        public int LostUniqueIdEpoch
        {
            get { return _relocation.LostUniqueIdEpoch; }
        }

        /// <summary>The store's share of a turn of the loop: one sync at most, a bounded read-back, outcomes, a piece of a copy.</summary>
        public void Turn()
        {
            Commits.Turn();
            Relocate();
        }

        private void Relocate()
        {
            if (Commits.IsFaulted || _relocation.Outcome == PendingCommit.Waiting)
            {
                return;
            }

            if (!_relocation.IsActive)
            {
                int at = _room.NextToRelocate(out int copyBlocks);
                if (at < 0)
                {
                    return;
                }

                _relocation.Begin(at, copyBlocks);
            }

            // Who has the message is read when its copy commits: no removal may be on its way then.
            if (Commits.IsBusy)
            {
                Commits.Settle();
            }

            if (Commits.IsFaulted || !_relocation.IsActive)
            {
                return;
            }

            if (_room.HasForPiece)
            {
                _relocation.Step();
                LimitSpan();
            }
            else
            {
                _relocation.Abort();
            }
        }

        private void Put(MessageWriter writer)
        {
            Ring.Append(writer.Buffer, writer.PayloadAt, writer.End - writer.PayloadAt);
            writer.Written(Ring);
        }

        // More than recovery would look for may never be unverified. A busy turn of the loop writes more than that: what can be
        // verified on the way, is.
        private void LimitSpan()
        {
            Commits.Advance();
            if (ReadBack.UnverifiedBlocks > _superblock.SpanBlocks - SpanMarginBlocks(_scratch.Length))
            {
                Commits.Settle();
            }
        }

        private void MapRecipients(int[] recipients)
        {
            System.Array.Clear(_recipientBits, 0, _recipientBits.Length);
            for (int drop = 0; drop < _settings.Maildrops.Length; drop++)
            {
                if ((recipients[drop >> 5] & (1 << (drop & 31))) != 0)
                {
                    int bit = _maildrops.BitOf(drop);
                    _recipientBits[bit >> 5] |= 1 << (bit & 31);
                }
            }
        }
    }
}

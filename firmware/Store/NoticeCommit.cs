using MailAppliance.Core;

namespace MailAppliance.Store
{
    /// <summary>
    /// A mail of the appliance's own: composed in the buffer that the store shares, one record, on the card when
    /// <see cref="Finish"/> returns. Its record says what for, so that the next start knows when that was told last.
    /// </summary>
    public sealed class NoticeCommit : PendingCommit
    {
        /// <summary>Where the mail begins in <see cref="Buffer"/>.</summary>
        public const int At = RecordHeader.Octets;

        /// <summary>Of <see cref="ToldSeconds"/>: it was told, and nobody knew the date.</summary>
        public const long SomeTime = -1;

        private readonly Ring _ring;
        private readonly MessageIndex _index;
        private readonly CommitQueue _queue;
        private readonly Room _room;
        private readonly MaildropTable _maildrops;
        private readonly Superblock _superblock;
        private readonly int _recordBlocks;
        private readonly int[] _recipients;
        private readonly long[] _told = new long[NoticeCause.Count];
        private int _mailOctets;
        private int _firstBlock;
        private int _blocks;

        internal NoticeCommit(
            Ring ring,
            MessageIndex index,
            CommitQueue queue,
            Room room,
            MaildropTable maildrops,
            Superblock superblock,
            byte[] scratch,
            int recordBlocks,
            int[] recipients)
        {
            _ring = ring;
            _index = index;
            _queue = queue;
            _room = room;
            _maildrops = maildrops;
            _superblock = superblock;
            Buffer = scratch;
            _recordBlocks = recordBlocks;
            _recipients = recipients;
        }

        /// <summary>Where the mail is composed, in wire form, from <see cref="At"/> on; between <see cref="Begin"/> and <see cref="Finish"/> only.</summary>
        public readonly byte[] Buffer;

        /// <summary>Number of the unique-id of the last one.</summary>
        public int UniqueId;

        /// <summary>When a cause was told last, as the chain says.</summary>
        /// <param name="cause">One of <see cref="NoticeCause"/>.</param>
        /// <returns>Seconds since 1970; <see cref="SomeTime"/>; 0 for never.</returns>
        public long ToldSeconds(int cause)
        {
            return _told[cause - 1];
        }

        /// <summary>Makes room for a record of any size; nothing is dropped for it. Outcomes that others wait for may be there afterwards.</summary>
        /// <returns>Ok, and then <see cref="Finish"/> has to follow at once; Later, NoRoom or Failed.</returns>
        public int Begin()
        {
            if (!_queue.Repair())
            {
                return StoreResult.Failed;
            }

            int result = _room.HasPlace ? _room.Check(_recordBlocks) : StoreResult.NoRoom;
            if (result != StoreResult.Ok)
            {
                return _queue.IsFaulted ? StoreResult.Failed : result;
            }

            // At the next start there is no other commit to void than this one.
            _queue.Settle();
            return _queue.IsFaulted ? StoreResult.Failed : StoreResult.Ok;
        }

        /// <summary>Writes the mail, and returns when it is proven.</summary>
        /// <param name="cause">One of <see cref="NoticeCause"/>.</param>
        /// <param name="maildrop">Whose it is, an index of the settings.</param>
        /// <param name="end">Behind its last octet.</param>
        /// <param name="utcKnown">Whether the date is known.</param>
        /// <param name="utcSeconds">The date.</param>
        /// <returns>Ok; else the mail is not there.</returns>
        public int Finish(int cause, int maildrop, int end, bool utcKnown, long utcSeconds)
        {
            int wire = end - At;
            int bit = _maildrops.BitOf(maildrop);
            System.Array.Clear(_recipients, 0, _recipients.Length);
            _recipients[bit >> 5] = 1 << (bit & 31);
            _blocks = Ring.BlocksOf(end);
            _ring.MakeRoomFor(_blocks);
            _firstBlock = _ring.HeadBlock;
            _mailOctets = wire - WireForm.EndOctets;
            UniqueId = _superblock.NextUniqueId;
            _superblock.NextUniqueId++;
            _ring.Begin(Buffer, RecordKind.LastFragment);
            Buffer[RecordHeader.Flags] = (byte)((utcKnown ? RecordHeader.FlagClockKnown : 0) | (cause << RecordHeader.NoticeShift));
            Octets.WriteInt32(_ring.HeadSequence + 1, Buffer, RecordHeader.Message);
            Octets.WriteInt32(_firstBlock, Buffer, RecordHeader.FirstBlock);
            Octets.WriteInt32(_blocks, Buffer, RecordHeader.MessageBlocks);
            Octets.WriteInt32(wire, Buffer, RecordHeader.WireOctets);
            Octets.WriteInt32(_mailOctets, Buffer, RecordHeader.MailOctets);
            Octets.WriteInt32(_superblock.Epoch, Buffer, RecordHeader.UniqueIdEpoch);
            Octets.WriteInt32(UniqueId, Buffer, RecordHeader.UniqueIdNumber);
            Octets.WriteInt32((int)utcSeconds, Buffer, RecordHeader.Arrival);
            Octets.WriteInt32((int)(utcSeconds >> 32), Buffer, RecordHeader.Arrival + 4);
            for (int word = 0; word < _recipients.Length; word++)
            {
                Octets.WriteInt32(_recipients[word], Buffer, RecordHeader.Recipients + (4 * word));
            }

            _ring.Append(Buffer, At, wire);
            _queue.Add(this);
            _queue.Settle();
            if (Outcome != StoreResult.Ok)
            {
                return StoreResult.Failed;
            }

            _told[cause - 1] = utcKnown ? utcSeconds : SomeTime;
            return StoreResult.Ok;
        }

        /// <summary>Forgets what was told, before a ring is opened.</summary>
        internal void Reset()
        {
            System.Array.Clear(_told, 0, _told.Length);
        }

        /// <summary>Recovery came by the record that commits a message, or by that of a copy.</summary>
        /// <param name="header">The record's header.</param>
        internal void Saw(byte[] header)
        {
            int flags = header[RecordHeader.Flags];
            int at = ((flags >> RecordHeader.NoticeShift) & RecordHeader.NoticeMask) - 1;
            if (at < 0 || at >= _told.Length)
            {
                return;
            }

            // A copy tells of a time that may be long gone.
            long seconds = (flags & RecordHeader.FlagClockKnown) == 0 ? SomeTime
                : ((long)Octets.ReadInt32(header, RecordHeader.Arrival + 4) << 32) | (uint)Octets.ReadInt32(header, RecordHeader.Arrival);
            if (header[RecordHeader.Kind] != RecordKind.Copy || (seconds > _told[at] && _told[at] != SomeTime))
            {
                _told[at] = seconds;
            }
        }

        /// <inheritdoc/>
        internal override void Apply()
        {
            _index.Add(UniqueId, _superblock.Epoch, _mailOctets, _firstBlock, _blocks, _recipients);
        }
    }
}

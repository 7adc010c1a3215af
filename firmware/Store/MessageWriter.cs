using System;
using MailAppliance.Core;

namespace MailAppliance.Store
{
    /// <summary>
    /// One SMTP slot's record buffer, and the message that goes through it. The store begins, writes and finishes; the loop
    /// appends octets. Mail that fits the buffer is one record and one write.
    /// </summary>
    /// <remarks>
    /// The fields that we add stand in front of the data and are known last, so room is left for them (the front), and they
    /// are moved up against the data once they are there: a few hundred octets, once a mail.
    /// </remarks>
    public sealed class MessageWriter : PendingCommit
    {
        /// <summary>Where the front is composed.</summary>
        public const int FrontAt = RecordHeader.Octets;

        private readonly MessageIndex _index;
        private readonly int[] _recipients;
        private int _fragment;
        private long _wireOctets;
        private bool _frontIsOpen;

        internal MessageWriter(int recordOctets, MessageIndex index, int recipientWords)
        {
            Buffer = new byte[recordOctets];
            _index = index;
            _recipients = new int[recipientWords];
        }

        /// <summary>The record buffer; the front is composed in it at <see cref="FrontAt"/>.</summary>
        public readonly byte[] Buffer;

        /// <summary>Where the record's payload begins.</summary>
        internal int PayloadAt;

        /// <summary>Behind the record's last octet.</summary>
        internal int End;

        /// <summary>A message was begun and neither finished nor dropped; set by the store.</summary>
        public bool IsOpen;

        /// <summary>Blocks of the message's fragments in the ring.</summary>
        internal int Blocks;

        /// <summary>Blocks that the message may come to: of what its sender declared, else of the largest mail.</summary>
        internal int BoundBlocks;

        /// <summary>The front has not been placed yet.</summary>
        public bool FrontIsOpen
        {
            get { return _frontIsOpen; }
        }

        /// <summary>No octet fits any more: the fragment has to be written.</summary>
        public bool IsFull
        {
            get { return End == Buffer.Length; }
        }

        /// <summary>Octets appended so far, our own fields included.</summary>
        public long WireOctets
        {
            get { return _wireOctets + (End - PayloadAt); }
        }

        /// <summary>Octets copied into the record buffer and within it since boot, for who counts copies.</summary>
        public long CopiedOctets;

        /// <summary>Number of the unique-id, from the finish on.</summary>
        public int UniqueId;

        /// <summary>Epoch of the unique-id, from the finish on.</summary>
        public int UniqueIdEpoch;

        /// <summary>The message's octets as POP3 counts them, from the finish on.</summary>
        public int MailOctets;

        /// <summary>Begun, and neither dropped nor with an outcome.</summary>
        internal bool IsBusy
        {
            get { return IsOpen || Outcome == Waiting; }
        }

        internal int FirstBlock;

        internal int FirstSequence;

        internal int LastSequence;

        /// <summary>The message has a record in the ring, which pins the tail.</summary>
        internal bool IsInRing
        {
            get { return _fragment > 0; }
        }

        /// <summary>Puts the front that was composed at <see cref="FrontAt"/> up against the data.</summary>
        /// <param name="octets">Its octets, at most what the message was begun with.</param>
        public void PlaceFront(int octets)
        {
            if (!_frontIsOpen || octets > PayloadAt - FrontAt)
            {
                Invariant.Broken("the front does not fit its room");
            }
            int at = PayloadAt - octets;
            Array.Copy(Buffer, FrontAt, Buffer, at, octets);
            CopiedOctets += octets;
            PayloadAt = at;
            _frontIsOpen = false;
        }

        /// <summary>Appends mail data in wire form.</summary>
        /// <param name="buffer">Copied from.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">How many are offered.</param>
        /// <returns>How many were taken; less than offered where the buffer is full.</returns>
        public int Append(byte[] buffer, int offset, int count)
        {
            byte[] record = Buffer;
            int end = End;
            int room = record.Length - end;
            int taken = count < room ? count : room;
            Array.Copy(buffer, offset, record, end, taken);
            CopiedOctets += taken;
            End = end + taken;
            return taken;
        }

        internal void Begin(int frontOctetsMax)
        {
            PayloadAt = FrontAt + frontOctetsMax;
            if (PayloadAt >= Buffer.Length)
            {
                Invariant.Broken("the front fills the record buffer");
            }
            End = PayloadAt;
            _fragment = 0;
            Blocks = 0;
            _wireOctets = 0;
            _frontIsOpen = true;
            IsOpen = true;
            Outcome = Idle;
        }

        /// <summary>A fragment failed: the message never comes to anything, and its blocks are room like any other.</summary>
        internal void Lose()
        {
            Outcome = StoreResult.Failed;
            _fragment = 0;
            Blocks = 0;
        }

        /// <summary>Fills in what this fragment's header says; the ring has made room, so its place is known.</summary>
        internal void PrepareHeader(Ring ring, int kind)
        {
            if (_fragment == 0)
            {
                ring.Begin(Buffer, kind);
                FirstSequence = ring.HeadSequence + 1;
                FirstBlock = ring.HeadBlock;
                Octets.WriteInt32(FirstSequence, Buffer, RecordHeader.Message);
                Octets.WriteInt32(FirstBlock, Buffer, RecordHeader.FirstBlock);
            }
            else
            {
                Buffer[RecordHeader.Kind] = (byte)kind;
                Octets.WriteInt32(_fragment, Buffer, RecordHeader.Fragment);
            }
        }

        /// <summary>Notes that the fragment is in the ring, and starts the next one.</summary>
        internal void Written(Ring ring)
        {
            LastSequence = ring.HeadSequence;
            Blocks += Ring.BlocksOf(End);
            _wireOctets += End - PayloadAt;
            _fragment++;
            PayloadAt = RecordHeader.Octets;
            End = RecordHeader.Octets;
        }

        /// <summary>Fills in what only the last fragment knows.</summary>
        internal void PrepareCommit(int[] recipientBits, int stuffedDots, int uniqueId, int epoch, bool utcKnown, long utcSeconds)
        {
            long wire = WireOctets;
            UniqueId = uniqueId;
            UniqueIdEpoch = epoch;
            MailOctets = (int)(wire - stuffedDots - WireForm.EndOctets);
            Array.Copy(recipientBits, 0, _recipients, 0, _recipients.Length);
            Octets.WriteInt32(Blocks + Ring.BlocksOf(End), Buffer, RecordHeader.MessageBlocks);
            Octets.WriteInt32((int)wire, Buffer, RecordHeader.WireOctets);
            Octets.WriteInt32(MailOctets, Buffer, RecordHeader.MailOctets);
            Octets.WriteInt32(epoch, Buffer, RecordHeader.UniqueIdEpoch);
            Octets.WriteInt32(uniqueId, Buffer, RecordHeader.UniqueIdNumber);
            Octets.WriteInt32((int)utcSeconds, Buffer, RecordHeader.Arrival);
            Octets.WriteInt32((int)(utcSeconds >> 32), Buffer, RecordHeader.Arrival + 4);
            Buffer[RecordHeader.Flags] = (byte)(utcKnown ? RecordHeader.FlagClockKnown : 0);
            for (int word = 0; word < _recipients.Length; word++)
            {
                Octets.WriteInt32(_recipients[word], Buffer, RecordHeader.Recipients + (4 * word));
            }
        }

        /// <inheritdoc/>
        internal override void Apply()
        {
            _index.Add(UniqueId, UniqueIdEpoch, MailOctets, FirstBlock, Blocks, _recipients);
        }
    }
}

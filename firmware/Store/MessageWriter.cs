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

        private readonly byte[] _buffer;
        private readonly MessageIndex _index;
        private readonly int[] _recipients;
        private int _payloadAt;
        private int _end;
        private int _fragment;
        private int _message;
        private int _firstBlock;
        private int _lastSequence;
        private int _blocks;
        private long _wireOctets;
        private int _mailOctets;
        private int _uniqueId;
        private int _epoch;
        private bool _frontIsOpen;

        internal MessageWriter(int recordOctets, MessageIndex index)
        {
            _buffer = new byte[recordOctets];
            _index = index;
            _recipients = new int[index.Words];
        }

        /// <summary>The record buffer; the front is composed in it at <see cref="FrontAt"/>.</summary>
        public byte[] Buffer
        {
            get { return _buffer; }
        }

        /// <summary>A message was begun and neither finished nor dropped.</summary>
        public bool IsOpen { get; internal set; }

        /// <summary>The front has not been placed yet.</summary>
        public bool FrontIsOpen
        {
            get { return _frontIsOpen; }
        }

        /// <summary>No octet fits any more: the fragment has to be written.</summary>
        public bool IsFull
        {
            get { return _end == _buffer.Length; }
        }

        /// <summary>Octets appended so far, our own fields included.</summary>
        public long WireOctets
        {
            get { return _wireOctets + (_end - _payloadAt); }
        }

        /// <summary>Octets copied into the record buffer and within it since boot, for who counts copies.</summary>
        public long CopiedOctets { get; private set; }

        /// <summary>Number of the unique-id, from the finish on.</summary>
        public int UniqueId
        {
            get { return _uniqueId; }
        }

        /// <summary>Epoch of the unique-id, from the finish on.</summary>
        public int UniqueIdEpoch
        {
            get { return _epoch; }
        }

        /// <summary>The message's octets as POP3 counts them, from the finish on.</summary>
        public int MailOctets
        {
            get { return _mailOctets; }
        }

        /// <summary>Begun, and neither dropped nor with an outcome.</summary>
        internal bool IsBusy
        {
            get { return IsOpen || Outcome == Waiting; }
        }

        /// <summary>Blocks of the record as it stands.</summary>
        internal int RecordBlocks
        {
            get { return Ring.BlocksOf(_end); }
        }

        internal int PayloadAt
        {
            get { return _payloadAt; }
        }

        internal int PayloadOctets
        {
            get { return _end - _payloadAt; }
        }

        internal int FragmentIndex
        {
            get { return _fragment; }
        }

        internal int FirstBlock
        {
            get { return _firstBlock; }
        }

        internal int LastSequence
        {
            get { return _lastSequence; }
        }

        internal int Blocks
        {
            get { return _blocks; }
        }

        /// <summary>The message has a record in the ring, which pins the tail.</summary>
        internal bool IsInRing
        {
            get { return _fragment > 0; }
        }

        /// <summary>Puts the front that was composed at <see cref="FrontAt"/> up against the data.</summary>
        /// <param name="octets">Its octets, at most what the message was begun with.</param>
        public void PlaceFront(int octets)
        {
            if (!_frontIsOpen || octets > _payloadAt - FrontAt)
            {
                Invariant.Broken("the front does not fit its room");
            }
            int at = _payloadAt - octets;
            Array.Copy(_buffer, FrontAt, _buffer, at, octets);
            CopiedOctets += octets;
            _payloadAt = at;
            _frontIsOpen = false;
        }

        /// <summary>Appends mail data in wire form.</summary>
        /// <param name="buffer">Copied from.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">How many are offered.</param>
        /// <returns>How many were taken; less than offered where the buffer is full.</returns>
        public int Append(byte[] buffer, int offset, int count)
        {
            int room = _buffer.Length - _end;
            int taken = count < room ? count : room;
            Array.Copy(buffer, offset, _buffer, _end, taken);
            _end += taken;
            CopiedOctets += taken;
            return taken;
        }

        internal void Begin(int frontOctetsMax)
        {
            _payloadAt = FrontAt + frontOctetsMax;
            if (_payloadAt >= _buffer.Length)
            {
                Invariant.Broken("the front fills the record buffer");
            }
            _end = _payloadAt;
            _fragment = 0;
            _blocks = 0;
            _wireOctets = 0;
            _frontIsOpen = true;
            IsOpen = true;
            Outcome = Idle;
        }

        /// <summary>Fills in what this fragment's header says; the ring has made room, so its place is known.</summary>
        internal void PrepareHeader(Ring ring, int kind)
        {
            if (_fragment == 0)
            {
                ring.Begin(_buffer, kind);
                _message = ring.HeadSequence + 1;
                _firstBlock = ring.HeadBlock;
                Octets.WriteInt32(_message, _buffer, RecordHeader.Message);
                Octets.WriteInt32(_firstBlock, _buffer, RecordHeader.FirstBlock);
            }
            else
            {
                _buffer[RecordHeader.Kind] = (byte)kind;
                Octets.WriteInt32(_fragment, _buffer, RecordHeader.Fragment);
            }
        }

        /// <summary>Notes that the fragment is in the ring, and starts the next one.</summary>
        internal void Written(Ring ring)
        {
            _lastSequence = ring.HeadSequence;
            _blocks += Ring.BlocksOf(_end);
            _wireOctets += _end - _payloadAt;
            _fragment++;
            _payloadAt = RecordHeader.Octets;
            _end = RecordHeader.Octets;
        }

        /// <summary>Fills in what only the last fragment knows.</summary>
        internal void PrepareCommit(int[] recipientBits, int stuffedDots, int uniqueId, int epoch, bool utcKnown, long utcSeconds)
        {
            long wire = WireOctets;
            _uniqueId = uniqueId;
            _epoch = epoch;
            _mailOctets = (int)(wire - stuffedDots - WireForm.EndOctets);
            Array.Copy(recipientBits, 0, _recipients, 0, _recipients.Length);
            Octets.WriteInt32(_blocks + Ring.BlocksOf(_end), _buffer, RecordHeader.MessageBlocks);
            Octets.WriteInt32((int)wire, _buffer, RecordHeader.WireOctets);
            Octets.WriteInt32(_mailOctets, _buffer, RecordHeader.MailOctets);
            Octets.WriteInt32(epoch, _buffer, RecordHeader.UniqueIdEpoch);
            Octets.WriteInt32(uniqueId, _buffer, RecordHeader.UniqueIdNumber);
            Octets.WriteInt32((int)utcSeconds, _buffer, RecordHeader.Arrival);
            Octets.WriteInt32((int)(utcSeconds >> 32), _buffer, RecordHeader.Arrival + 4);
            _buffer[RecordHeader.Flags] = (byte)(utcKnown ? RecordHeader.FlagClockKnown : 0);
            for (int word = 0; word < _recipients.Length; word++)
            {
                Octets.WriteInt32(_recipients[word], _buffer, RecordHeader.Recipients + (4 * word));
            }
        }

        /// <inheritdoc/>
        internal override void Apply()
        {
            _index.Add(_uniqueId, _epoch, _mailOctets, _firstBlock, _blocks, _recipients, 0);
        }
    }
}

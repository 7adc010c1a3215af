using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>
    /// Hands out a message's octets as they lie on the card, in wire form and with their end, straight from the buffer they
    /// were read into. One for each POP3 slot.
    /// </summary>
    /// <remarks>
    /// <para>
    /// It knows (message, fragment), and walks forward to find the next fragment: what lies between two of them belongs to
    /// mail that arrived at the same time.
    /// </para>
    /// <para>
    /// Where the message is relocated meanwhile, it goes on in the copy: it knows how many octets it has handed out, and passes
    /// over as many.
    /// </para>
    /// <para>
    /// A message of up to <see cref="Limits.VerifiedOctetsMax"/> is read once to its end before its first octet is handed out, so
    /// that damage is told in words. A larger one is checked as it goes: the last octets of a damaged record are not handed out.
    /// </para>
    /// </remarks>
    public sealed class MessageReader
    {
        /// <summary>The message has ended.</summary>
        public const int End = 0;

        /// <summary>The message is damaged here; what was handed out before is right.</summary>
        public const int Damaged = -1;

        /// <summary>Still walking to the next fragment: ask again in the next turn.</summary>
        public const int Later = -2;

        // Records looked at in one turn on the way to the next fragment, and pieces read in one turn that are not handed out.
        private const int HopsMax = 8;
        private const int PassedOverMax = 4;

        // A piece that goes on with a record has its running checksum's room in front of it.
        private const int Front = RunningChecksum.RoomOctets;

        private readonly ICard _card;
        private readonly IChecksum _checksum;
        private readonly Ring _ring;
        private readonly Superblock _superblock;
        private readonly MessageIndex _index;
        private readonly int _bufferBlocks;
        private readonly int _continueAt;
        private int _uniqueId;
        private int _moves;
        private long _handedOut;
        private long _toPassOver;
        private int _message;
        private int _epoch;
        private int _fragment;
        private int _sequence;
        private int _block;
        private int _blocksLeft;
        private int _recordBlock;
        private int _recordBlocks;
        private int _recordBlocksRead;
        private int _payloadLeft;
        private int _payloadChecksum;
        private int _sum;
        private int _skip;
        private int _firstBlock;
        private int _messageBlocks;
        private int _walked;
        private int _limit;
        private bool _isLast;
        private bool _isHopping;
        private bool _isVerifying;

        internal MessageReader(ICard card, IChecksum checksum, Ring ring, Superblock superblock, MessageIndex index, byte[] buffer, int freeBlocks)
        {
            _card = card;
            _checksum = checksum;
            _ring = ring;
            _superblock = superblock;
            _index = index;
            Buffer = buffer;
            _bufferBlocks = (buffer.Length - Front) / Limits.BlockOctets;
            _continueAt = Front + (freeBlocks * Limits.BlockOctets);
        }

        /// <summary>The buffer that <see cref="Next"/> reads into; good until the next call.</summary>
        public readonly byte[] Buffer;

        /// <summary>Where in <see cref="Buffer"/> the octets of the last <see cref="Next"/> begin.</summary>
        public int Offset;

        /// <summary>Whether what was handed out last were the message's last octets.</summary>
        internal bool IsAtEnd
        {
            get { return _isLast && _payloadLeft == 0; }
        }

        /// <summary>First half of the arrival time; known once the last record was begun.</summary>
        internal int ArrivalLow;

        /// <summary>Second half of the arrival time.</summary>
        internal int ArrivalHigh;

        /// <summary>The flags of the message's last record.</summary>
        internal byte Flags;

        /// <summary>Opens a message of a view.</summary>
        /// <param name="view">The slot's view.</param>
        /// <param name="number">The message-number.</param>
        /// <returns>Ok; Damaged where it is gone.</returns>
        public int Open(MaildropView view, int number)
        {
            int at = view.PlaceOf(number);
            if (at < 0)
            {
                return StoreResult.Damaged;
            }

            Open(at, true);
            return StoreResult.Ok;
        }

        /// <summary>Opens a message.</summary>
        /// <param name="at">Its place in the index.</param>
        /// <param name="verifies">Whether one that is not too large is read to its end before its first octet is handed out.</param>
        internal void Open(int at, bool verifies)
        {
            _uniqueId = _index.UniqueIdAt(at);
            _handedOut = 0;
            _toPassOver = 0;
            Take(at);
            _isVerifying = verifies && _messageBlocks > _bufferBlocks && _messageBlocks <= Limits.VerifiedOctetsMax / Limits.BlockOctets;
        }

        private void Take(int at)
        {
            _moves = _index.Moves;
            _firstBlock = _index.FirstBlockAt(at);
            _messageBlocks = _index.BlocksAt(at);
            Rewind();
        }

        // Something was relocated: where it was this message, what lies in its old place may be overwritten at any time.
        private bool Follow()
        {
            int at = _index.Find(_uniqueId);
            if (at < 0)
            {
                return false;
            }

            if (_index.FirstBlockAt(at) == _firstBlock)
            {
                _moves = _index.Moves;
                return true;
            }

            Take(at);
            _toPassOver = _handedOut;
            return true;
        }

        private void Rewind()
        {
            _message = 0;
            _fragment = 0;
            _block = _firstBlock;
            _blocksLeft = _messageBlocks;
            _payloadLeft = 0;
            _skip = 0;
            _recordBlocks = 0;
            _walked = 0;
            _limit = _ring.Distance(_firstBlock, _ring.HeadBlock);
            _limit = _limit == 0 ? _ring.AreaBlocks : _limit;
            _isLast = false;
            _isHopping = false;
        }

        /// <summary>Reads the next octets of the message.</summary>
        /// <returns>How many there are at <see cref="Offset"/>; <see cref="End"/>, <see cref="Damaged"/> or <see cref="Later"/>.</returns>
        public int Next()
        {
            if (_moves != _index.Moves && !Follow())
            {
                return Damaged;
            }

            for (int reads = 0; _isVerifying || _toPassOver > 0; reads++)
            {
                int read = reads < PassedOverMax ? ReadNext() : Later;
                if (read == Later || read == Damaged)
                {
                    return read;
                }

                if (read == End)
                {
                    // The end of what is verified; a copy is never shorter than what was handed out of it.
                    _isVerifying = false;
                    _toPassOver = 0;
                    Rewind();
                }
                else if (!_isVerifying && read > _toPassOver)
                {
                    return HandOut(read - (int)_toPassOver, (int)_toPassOver);
                }
                else if (!_isVerifying)
                {
                    _toPassOver -= read;
                }
            }

            return HandOut(ReadNext(), 0);
        }

        /// <summary>Whether the card lets anything be read: one of the superblocks, into the buffer.</summary>
        /// <returns>False where it is gone; what could not be read then may be whole.</returns>
        internal bool CardAnswers()
        {
            return _card.Read(0, Buffer, Front, 1) || _card.Read(_superblock.BlockCount - 1, Buffer, Front, 1);
        }

        private int HandOut(int octets, int passedOver)
        {
            Offset += passedOver;
            _toPassOver = 0;
            _handedOut += octets > 0 ? octets : 0;
            return octets;
        }

        private int ReadNext()
        {
            if (_payloadLeft > 0)
            {
                return Continue();
            }

            if (_isLast)
            {
                return End;
            }

            for (int hops = 0; hops < HopsMax; hops++)
            {
                int blocks = ReadAt(_block);
                if (blocks != 0 && IsMine(_fragment))
                {
                    return _isHopping && _recordBlocks > 1 ? Reread() : Start(blocks);
                }

                // What can't be read between two fragments was voided, or is somebody else's.
                if (_fragment == 0 || (blocks != 0 && IsMine(_fragment + 1)) || !StepOver(blocks != 0 && IsBehind()))
                {
                    return Damaged;
                }
            }

            return Later;
        }

        // The next octets of a record that is larger than the buffer.
        private int Continue()
        {
            int blocks = _recordBlocks - _recordBlocksRead;
            int room = (Buffer.Length - _continueAt) / Limits.BlockOctets;
            if (blocks > room)
            {
                blocks = room;
            }

            if (!_card.Read(_recordBlock + _recordBlocksRead, Buffer, _continueAt, blocks))
            {
                return Damaged;
            }

            _recordBlocksRead += blocks;
            int octets = (blocks * Limits.BlockOctets) - _skip;
            if (octets > _payloadLeft)
            {
                octets = _payloadLeft;
            }

            Offset = _continueAt + _skip;
            _skip = 0;
            _payloadLeft -= octets;
            _sum = RunningChecksum.Continue(_checksum, _sum, Buffer, Offset, octets);
            return _payloadLeft == 0 && _sum != _payloadChecksum ? Damaged : octets;
        }

        // On a hop only headers are read; what turns out to be ours is read whole.
        private int Reread()
        {
            _isHopping = false;
            int blocks = ReadAt(_block);
            return blocks != 0 && IsMine(_fragment) ? Start(blocks) : Damaged;
        }

        private int Start(int blocksRead)
        {
            int at = Octets.ReadUInt16(Buffer, Front + RecordHeader.PayloadOffset);
            int octets = Octets.ReadInt32(Buffer, Front + RecordHeader.PayloadOctets);
            _payloadChecksum = Octets.ReadInt32(Buffer, Front + RecordHeader.PayloadChecksum);
            _isHopping = false;
            _isLast = Buffer[Front + RecordHeader.Kind] != RecordKind.Fragment;
            _sequence = Octets.ReadInt32(Buffer, Front + RecordHeader.Sequence);
            Flags = Buffer[Front + RecordHeader.Flags];
            ArrivalLow = Octets.ReadInt32(Buffer, Front + RecordHeader.Arrival);
            ArrivalHigh = Octets.ReadInt32(Buffer, Front + RecordHeader.Arrival + 4);
            if (_fragment == 0)
            {
                _message = Octets.ReadInt32(Buffer, Front + RecordHeader.Message);
                _epoch = Octets.ReadInt32(Buffer, Front + RecordHeader.Epoch);
            }

            _fragment++;
            _recordBlock = _block;
            _recordBlocksRead = blocksRead;
            _blocksLeft -= _recordBlocks;
            _block = _ring.Next(_block + _recordBlocks);
            if (blocksRead >= _recordBlocks && !RecordHeader.IsPayloadValid(Buffer, Front, _checksum))
            {
                return Damaged;
            }

            int read = (blocksRead * Limits.BlockOctets) - at;
            if (read <= 0)
            {
                // A gap that is longer than a small buffer: the payload begins in a later piece.
                _recordBlocksRead = at / Limits.BlockOctets;
                _skip = at % Limits.BlockOctets;
                _payloadLeft = octets;
                _sum = 0;
                return Continue();
            }

            int count = octets < read ? octets : read;
            Offset = Front + at;
            _payloadLeft = octets - count;
            _sum = _payloadLeft > 0 ? _checksum.Compute(Buffer, Offset, count) : 0;
            return count;
        }

        // All fragments of a message were written under one epoch; with it, nothing of an earlier lap is taken for one.
        private bool IsMine(int fragment)
        {
            int kind = Buffer[Front + RecordHeader.Kind];
            return (kind == RecordKind.Fragment || kind == RecordKind.LastFragment || kind == RecordKind.Copy)
                && Octets.ReadInt32(Buffer, Front + RecordHeader.Fragment) == fragment
                && (fragment == 0
                    || (Octets.ReadInt32(Buffer, Front + RecordHeader.Message) == _message
                        && Octets.ReadInt32(Buffer, Front + RecordHeader.Epoch) == _epoch));
        }

        // Where a voided write never reached the card, a record of an earlier lap still stands: its length would lead past what is ours.
        private bool IsBehind()
        {
            return Octets.ReadInt32(Buffer, Front + RecordHeader.Sequence) - _sequence > 0;
        }

        private bool StepOver(bool isRecord)
        {
            int next = !isRecord ? _block + 1
                : Buffer[Front + RecordHeader.Kind] == RecordKind.Wrap ? Ring.AreaStart : _block + _recordBlocks;
            next = _ring.Next(next);
            _sequence = isRecord ? Octets.ReadInt32(Buffer, Front + RecordHeader.Sequence) : _sequence;
            _walked += _ring.Distance(_block, next);
            _block = next;
            _isHopping = true;
            return _walked < _limit;
        }

        // Blocks read at a record's place; 0 where no record of this ring is there.
        private int ReadAt(int block)
        {
            int blocks = _isHopping ? 1 : _blocksLeft;
            if (blocks > _bufferBlocks)
            {
                blocks = _bufferBlocks;
            }

            if (block + blocks > _ring.AreaEnd)
            {
                blocks = _ring.AreaEnd - block;
            }

            if (blocks < 1
                || !_card.Read(block, Buffer, Front, blocks)
                || !RecordHeader.IsValid(Buffer, Front, _superblock.RingId, _superblock.RingKey, _checksum)
                || !RecordHeader.IsPlausible(Buffer, Front, block, _ring.AreaEnd))
            {
                return 0;
            }

            _recordBlocks = Octets.ReadUInt16(Buffer, Front + RecordHeader.Blocks);
            return blocks;
        }
    }
}

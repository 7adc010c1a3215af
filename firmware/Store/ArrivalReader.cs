using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>Finds out when a message came: its last record says so, and is reached from header to header, a few blocks a turn.</summary>
    internal sealed class ArrivalReader
    {
        /// <summary>More headers are to be read; go on in the next turn.</summary>
        internal const int More = 0;

        /// <summary><see cref="Seconds"/> is the date.</summary>
        internal const int Known = 1;

        /// <summary>The date was not known then, or the message can't be read.</summary>
        internal const int Unknown = 2;

        private const int HopsMax = 8;

        private readonly ICard _card;
        private readonly IChecksum _checksum;
        private readonly Ring _ring;
        private readonly Superblock _superblock;
        private readonly MessageIndex _index;
        private readonly byte[] _scratch;
        private int _uniqueId;
        private int _moves;
        private int _block;
        private int _fragment;
        private int _message;
        private int _epoch;
        private int _walked;

        internal ArrivalReader(ICard card, IChecksum checksum, Ring ring, Superblock superblock, MessageIndex index, byte[] scratch)
        {
            _card = card;
            _checksum = checksum;
            _ring = ring;
            _superblock = superblock;
            _index = index;
            _scratch = scratch;
        }

        /// <summary>When it came, in seconds since 1970.</summary>
        internal long Seconds;

        /// <summary>Begins with a message.</summary>
        /// <param name="at">Its place in the index.</param>
        internal void Begin(int at)
        {
            _uniqueId = _index.UniqueIdAt(at);
            _moves = _index.Moves;
            _block = _index.FirstBlockAt(at);
            _fragment = 0;
            _walked = 0;
        }

        /// <summary>Reads on.</summary>
        /// <returns><see cref="More"/>, <see cref="Known"/> or <see cref="Unknown"/>.</returns>
        internal int Step()
        {
            int at = _index.Find(_uniqueId);
            if (at < 0)
            {
                return Unknown;
            }

            if (_moves != _index.Moves)
            {
                Begin(at);
            }

            for (int hops = 0; hops < HopsMax; hops++)
            {
                bool isRecord = ReadHeader();
                bool isMine = isRecord && IsMine();
                if (isMine && _scratch[RecordHeader.Kind] != RecordKind.Fragment)
                {
                    return TakeDate();
                }

                if ((!isMine && _fragment == 0) || !StepOver(isRecord))
                {
                    return Unknown;
                }

                _fragment += isMine ? 1 : 0;
            }

            return More;
        }

        private int TakeDate()
        {
            Seconds = ((long)Octets.ReadInt32(_scratch, RecordHeader.Arrival + 4) << 32) | (uint)Octets.ReadInt32(_scratch, RecordHeader.Arrival);
            return (_scratch[RecordHeader.Flags] & RecordHeader.FlagClockKnown) != 0 ? Known : Unknown;
        }

        private bool ReadHeader()
        {
            return _card.Read(_block, _scratch, 0, 1)
                && RecordHeader.IsValid(_scratch, 0, _superblock.RingId, _superblock.RingKey, _checksum)
                && RecordHeader.IsPlausible(_scratch, 0, _block, _ring.AreaEnd);
        }

        // As for who reads the message: all its records are of one epoch, and name its first.
        private bool IsMine()
        {
            int kind = _scratch[RecordHeader.Kind];
            if ((kind != RecordKind.Fragment && kind != RecordKind.LastFragment && kind != RecordKind.Copy)
                || Octets.ReadInt32(_scratch, RecordHeader.Fragment) != _fragment)
            {
                return false;
            }

            int message = Octets.ReadInt32(_scratch, RecordHeader.Message);
            int epoch = Octets.ReadInt32(_scratch, RecordHeader.Epoch);
            if (_fragment == 0)
            {
                _message = message;
                _epoch = epoch;
            }

            return message == _message && epoch == _epoch;
        }

        private bool StepOver(bool isRecord)
        {
            int next = !isRecord ? _block + 1
                : _scratch[RecordHeader.Kind] == RecordKind.Wrap ? Ring.AreaStart : _block + Octets.ReadUInt16(_scratch, RecordHeader.Blocks);
            next = _ring.Next(next);
            _walked += _ring.Distance(_block, next);
            _block = next;
            return _walked < _ring.AreaBlocks;
        }
    }
}

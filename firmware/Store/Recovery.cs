using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>
    /// Boot: walks the chain from the tail, header to header, and fills the index. The time grows with the number of records,
    /// never with the size of the ring (SPEC.md, "Recovery").
    /// </summary>
    internal sealed class Recovery
    {
        // Beside the kinds of records in what is uncertain: records that can't be read.
        private const int Gap = 0;

        private readonly ICard _card;
        private readonly IChecksum _checksum;
        private readonly Ring _ring;
        private readonly Superblock _superblock;
        private readonly MessageIndex _index;
        private readonly MaildropTable _maildrops;
        private readonly byte[] _scratch;
        private readonly Uncertain _uncertain = new Uncertain();
        private readonly int[] _unfinished = new int[Uncertain.Capacity];
        private readonly int[] _recipients = new int[RecordHeader.RecipientWords];
        private int _block;
        private int _sequence;
        private int _link;
        private int _verified;
        private int _known;
        private int _nextUniqueId;
        private int _unfinishedCount;

        // Two places of the walk, so that one of them always lies before the last record that is known as verified.
        private int _markBlock;
        private int _markSequence;
        private int _nextMarkBlock;
        private int _nextMarkSequence;

        internal Recovery(ICard card, IChecksum checksum, Ring ring, Superblock superblock, MessageIndex index, MaildropTable maildrops, byte[] scratch)
        {
            _card = card;
            _checksum = checksum;
            _ring = ring;
            _superblock = superblock;
            _index = index;
            _maildrops = maildrops;
            _scratch = scratch;
        }

        /// <summary>Records read.</summary>
        internal int RecordCount { get; private set; }

        /// <summary>Records that were verified once and can't be read now.</summary>
        internal int LostCount { get; private set; }

        /// <summary>Commits that were written and are not whole: nobody was told of them, and they have to be voided.</summary>
        internal int UnfinishedCount
        {
            get { return _unfinishedCount; }
        }

        /// <summary>Sequence of such a commit; the oldest comes last.</summary>
        /// <param name="at">0 to <see cref="UnfinishedCount"/> - 1.</param>
        /// <returns>The sequence.</returns>
        internal int UnfinishedAt(int at)
        {
            return _unfinished[at];
        }

        /// <summary>The ring holds more messages or maildrops than this configuration has room for.</summary>
        internal bool HasNoRoom { get; private set; }

        /// <summary>Walks the chain and sets the ring's head, the index and the table of maildrops.</summary>
        internal void Run()
        {
            int areaEnd = _superblock.BlockCount - 1;
            _ring.SetHead(_superblock.TailBlock, _superblock.TailSequence - 1, 0);
            _index.Clear();
            _block = _superblock.TailBlock;
            _sequence = _superblock.TailSequence - 1;
            _verified = _sequence;
            _known = _superblock.KnownHead;
            _nextUniqueId = _superblock.NextUniqueId;
            _markBlock = _block;
            _markSequence = _sequence;
            _nextMarkBlock = _block;
            _nextMarkSequence = _sequence;
            int walked = 0;
            while (walked < areaEnd)
            {
                _block = _ring.Next(_block);
                int blocks = IsNext(_block, areaEnd) ? Take(_block) : Bridge(areaEnd);
                if (blocks == 0)
                {
                    break;
                }

                walked += blocks;
            }

            VerifyEnd(areaEnd);
            SortUnfinished();
            Believe(_sequence);
            _superblock.NextUniqueId = _nextUniqueId;
            _ring.SetHead(_block, _sequence, _link);
        }

        private bool ReadHeader(int block, int areaEnd)
        {
            return _card.Read(block, _scratch, 0, 1)
                && RecordHeader.IsValid(_scratch, 0, _superblock.RingId, _superblock.RingKey, _checksum)
                && RecordHeader.IsPlausible(_scratch, 0, block, areaEnd);
        }

        // The first record has no predecessor in the ring any more, so its link proves nothing.
        private bool IsNext(int block, int areaEnd)
        {
            return ReadHeader(block, areaEnd)
                && Octets.ReadInt32(_scratch, RecordHeader.Sequence) == _sequence + 1
                && (RecordCount == 0 || Octets.ReadInt32(_scratch, RecordHeader.Link) == _link);
        }

        // Takes the record whose header is in the scratch buffer; returns the blocks up to where the chain goes on. What the
        // record proves of those before it comes first: a removal that it knows of may have made the room that it needs.
        private int Take(int block)
        {
            int kind = _scratch[RecordHeader.Kind];
            int blocks = Octets.ReadUInt16(_scratch, RecordHeader.Blocks);
            int verified = Octets.ReadInt32(_scratch, RecordHeader.Verified);
            _sequence = Octets.ReadInt32(_scratch, RecordHeader.Sequence);
            _link = Octets.ReadInt32(_scratch, RecordHeader.Checksum);
            RecordCount++;
            _verified = Later(_verified, verified);
            _known = Later(_known, verified);

            MarkPlace(block);
            if (Believe(_verified) && !ReadHeader(block, _superblock.BlockCount - 1))
            {
                LostCount++;
                kind = 0;
            }

            TakeKind(kind, block);
            bool wraps = kind == RecordKind.Wrap;
            _block = wraps ? Ring.AreaStart : block + blocks;
            return wraps ? _superblock.BlockCount - 1 - block : blocks;
        }

        private void TakeKind(int kind, int block)
        {
            if (kind == RecordKind.LastFragment)
            {
                AddMessage();
            }
            else if (kind == RecordKind.Removal || kind == RecordKind.Maildrops)
            {
                Expect(kind, block, 0);
            }
            else if (kind == RecordKind.Void)
            {
                Forget(Octets.ReadInt32(_scratch, RecordHeader.VoidFirst), Octets.ReadInt32(_scratch, RecordHeader.VoidLast));
            }
        }

        private void AddMessage()
        {
            int uniqueId = Octets.ReadInt32(_scratch, RecordHeader.UniqueIdNumber);
            if (uniqueId - _nextUniqueId >= 0)
            {
                _nextUniqueId = uniqueId + 1;
            }

            if (_index.Count == _index.Capacity)
            {
                HasNoRoom = true;
                return;
            }

            for (int word = 0; word < RecordHeader.RecipientWords; word++)
            {
                _recipients[word] = Octets.ReadInt32(_scratch, RecordHeader.Recipients + (4 * word));
                HasNoRoom |= word >= _index.Words && _recipients[word] != 0;
            }

            _index.Add(
                uniqueId,
                Octets.ReadInt32(_scratch, RecordHeader.UniqueIdEpoch),
                Octets.ReadInt32(_scratch, RecordHeader.MailOctets),
                Octets.ReadInt32(_scratch, RecordHeader.FirstBlock),
                Octets.ReadInt32(_scratch, RecordHeader.MessageBlocks),
                _recipients,
                0);
            Expect(RecordKind.LastFragment, uniqueId, Octets.ReadInt32(_scratch, RecordHeader.Message));
        }

        private void Expect(int kind, int value, int message)
        {
            if (_uncertain.IsFull)
            {
                Believe(_uncertain.SequenceAt(0));
            }

            _uncertain.Add(_sequence, kind, value, message);
        }

        // Puts into force what stands up to a sequence; true where the scratch buffer was used for it.
        private bool Believe(int sequence)
        {
            bool used = false;
            while (_uncertain.Count > 0 && sequence - _uncertain.SequenceAt(0) >= 0)
            {
                int kind = _uncertain.KindAt(0);
                int block = _uncertain.ValueAt(0);
                _uncertain.RemoveAt(0);
                if (kind == RecordKind.LastFragment)
                {
                    continue;
                }

                if (kind == Gap)
                {
                    LostCount += block;
                    continue;
                }

                used = true;
                if (!ReadRecord(block))
                {
                    LostCount++;
                }
                else if (kind == RecordKind.Removal)
                {
                    Removal.Apply(_scratch, _index);
                }
                else
                {
                    HasNoRoom |= !_maildrops.Decode(_scratch);
                    _maildrops.Block = block;
                }
            }

            return used;
        }

        // Takes back what a void record names, or what was not whole.
        private void Forget(int first, int last)
        {
            for (int at = _uncertain.Count - 1; at >= 0; at--)
            {
                int sequence = _uncertain.SequenceAt(at);
                if (sequence - first >= 0 && last - sequence >= 0)
                {
                    ForgetAt(at);
                }
            }
        }

        private void ForgetAt(int at)
        {
            if (_uncertain.KindAt(at) == RecordKind.LastFragment)
            {
                _index.Drop(_uncertain.ValueAt(at));
                _index.Sweep();
            }

            _uncertain.RemoveAt(at);
        }

        private bool ReadRecord(int block)
        {
            if (!ReadHeader(block, _superblock.BlockCount - 1))
            {
                return false;
            }

            int blocks = Octets.ReadUInt16(_scratch, RecordHeader.Blocks);
            return blocks * Limits.BlockOctets <= _scratch.Length
                && (blocks == 1 || _card.Read(block, _scratch, 0, blocks))
                && RecordHeader.IsPayloadValid(_scratch, 0, _checksum);
        }

        private void MarkPlace(int block)
        {
            if (_verified - _nextMarkSequence >= 0)
            {
                _markBlock = _nextMarkBlock;
                _markSequence = _nextMarkSequence;
                _nextMarkBlock = block;
                _nextMarkSequence = _sequence - 1;
            }
        }

        // What was written last may not be whole: nobody was told that it was taken, so it counts only where every octet is
        // right. Its payloads are read once more, from a place before the last record known as verified.
        private void VerifyEnd(int areaEnd)
        {
            int block = _markBlock;
            int sequence = _markSequence;
            for (int looked = 0; _sequence - sequence > 0 && looked < areaEnd; looked++)
            {
                block = _ring.Next(block);
                if (!ReadHeader(block, areaEnd) || Octets.ReadInt32(_scratch, RecordHeader.Sequence) - sequence <= 0)
                {
                    // A bridged gap: what was lost in it has been counted.
                    block++;
                    continue;
                }

                sequence = Octets.ReadInt32(_scratch, RecordHeader.Sequence);
                int kind = _scratch[RecordHeader.Kind];
                int blocks = Octets.ReadUInt16(_scratch, RecordHeader.Blocks);
                int message = Octets.ReadInt32(_scratch, RecordHeader.Message);
                if (sequence - _known > 0 && !ReadRecord(block))
                {
                    ForgetUnfinished(sequence, kind == RecordKind.Fragment || kind == RecordKind.LastFragment ? message : -1);
                }

                block = kind == RecordKind.Wrap ? Ring.AreaStart : block + blocks;
            }
        }

        private void ForgetUnfinished(int sequence, int message)
        {
            for (int at = _uncertain.Count - 1; at >= 0; at--)
            {
                bool isPart = _uncertain.KindAt(at) == RecordKind.LastFragment && _uncertain.MessageAt(at) == message;
                if (isPart || _uncertain.SequenceAt(at) == sequence)
                {
                    _unfinished[_unfinishedCount] = _uncertain.SequenceAt(at);
                    _unfinishedCount++;
                    ForgetAt(at);
                }
            }
        }

        // The oldest last: until that one is voided on the card, nothing from it on may count as verified.
        private void SortUnfinished()
        {
            for (int at = 1; at < _unfinishedCount; at++)
            {
                int sequence = _unfinished[at];
                int to = at;
                for (; to > 0 && _unfinished[to - 1] - sequence < 0; to--)
                {
                    _unfinished[to] = _unfinished[to - 1];
                }

                _unfinished[to] = sequence;
            }
        }

        private static int Later(int a, int b)
        {
            return a - b > 0 ? a : b;
        }

        // The record that should be here can't be read. The chain goes on behind it only where something proves that it did:
        // a superblock knew a later head, a record says that the missing ones had been verified, or a void record names them.
        private int Bridge(int areaEnd)
        {
            int missing = _sequence + 1;
            bool isKnown = _superblock.KnownHead - missing >= 0;
            int limit = isKnown ? _ring.AreaBlocks : _superblock.SpanBlocks;
            int block = _block;
            for (int walked = 1; walked <= limit && walked < _ring.AreaBlocks; walked++)
            {
                block = _ring.Next(block + 1);
                if (block == _superblock.TailBlock)
                {
                    break;
                }

                if (ReadHeader(block, areaEnd) && Proves(missing))
                {
                    // Lost, unless a void record further on says that nobody was told of them.
                    int count = Octets.ReadInt32(_scratch, RecordHeader.Sequence) - missing;
                    if (_uncertain.IsFull)
                    {
                        LostCount += count;
                    }
                    else if (count > 0)
                    {
                        _uncertain.Add(missing, Gap, count, 0);
                    }

                    return walked + Take(block);
                }
            }

            return 0;
        }

        private bool Proves(int missing)
        {
            int sequence = Octets.ReadInt32(_scratch, RecordHeader.Sequence);
            if (sequence - missing < 0)
            {
                return false;
            }

            return _superblock.KnownHead - sequence >= 0
                || Octets.ReadInt32(_scratch, RecordHeader.Verified) - missing >= 0
                || IsVoidOf(missing);
        }

        private bool IsVoidOf(int missing)
        {
            return _scratch[RecordHeader.Kind] == RecordKind.Void
                && missing - Octets.ReadInt32(_scratch, RecordHeader.VoidFirst) >= 0
                && Octets.ReadInt32(_scratch, RecordHeader.VoidLast) - missing >= 0;
        }
    }
}

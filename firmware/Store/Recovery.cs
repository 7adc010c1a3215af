using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>
    /// Boot: walks the chain from the tail, and fills the index. The time grows with the number of records, never with the
    /// size of the ring (SPEC.md, "Recovery").
    /// </summary>
    internal sealed class Recovery
    {
        // Beside the kinds of records in what is uncertain: records that can't be read.
        private const int Gap = 0;

        // The last pass only looks.
        private const int EraseTriesMax = 4;

        private readonly Ring _ring;
        private readonly Superblock _superblock;
        private readonly MessageIndex _index;
        private readonly MaildropTable _maildrops;
        private readonly NoticeCommit _notice;
        private readonly ChainWalker _walker;
        private readonly RecordCheck _check;
        private readonly byte[] _header;
        private readonly Uncertain _uncertain = new Uncertain();
        private readonly int[] _recipients = new int[RecordHeader.RecipientWords];
        private int _verified;
        private int _known;
        private int _nextUniqueId;
        private int[] _unfinished;

        // Two places of the walk, so that one of them always lies before the last record that is known as verified.
        private Place _mark;
        private Place _nextMark;

        internal Recovery(
            ICard card, IChecksum checksum, Ring ring, Superblock superblock, MessageIndex index, MaildropTable maildrops, NoticeCommit notice, byte[] scratch)
        {
            _notice = notice;
            _ring = ring;
            _superblock = superblock;
            _index = index;
            _maildrops = maildrops;
            _walker = new ChainWalker(card, checksum, ring, superblock);
            _check = new RecordCheck(_walker, checksum, scratch);
            _header = _walker.Header;
        }

        /// <summary>Records read.</summary>
        internal int RecordCount;

        /// <summary>Records that were verified once and can't be read now.</summary>
        internal int LostCount;

        /// <summary>Commits that were written and are not whole: nobody was told of them, and they have to be voided.</summary>
        internal int UnfinishedCount;

        /// <summary>
        /// The highest sequence that counts as settled: below every record that made a commit unfinished, which may be a fragment
        /// far in front of it. Until the void records stand, the next boot must look at them again.
        /// </summary>
        internal int SettledSequence;

        /// <summary>Sequence of such a commit.</summary>
        /// <param name="at">0 to <see cref="UnfinishedCount"/> - 1.</param>
        /// <returns>The sequence.</returns>
        internal int UnfinishedAt(int at)
        {
            return _unfinished[at];
        }

        /// <summary>The ring holds more messages or maildrops than this configuration has room for.</summary>
        internal bool HasNoRoom;

        /// <summary>The card stopped answering: what was found means nothing.</summary>
        internal bool IsCardGone
        {
            get { return _walker.IsCardGone; }
        }

        /// <summary>Blocks from the head on in which records lie that a power cut has cut off.</summary>
        internal int CutOffBlocks;

        /// <summary>Walks the chain and sets the ring's head, the index and the table of maildrops.</summary>
        internal void Run()
        {
            _ring.SetHead(_superblock.TailBlock, _superblock.TailSequence - 1, 0);
            _index.Clear();
            _verified = _superblock.TailSequence - 1;
            _known = _superblock.KnownHead;
            _nextUniqueId = _superblock.NextUniqueId;
            _walker.Start(_superblock.TailBlock, _verified, 0, true);
            _nextMark = Here();
            _mark = _nextMark;
            Place before = _mark;
            while (_walker.Next())
            {
                Take(before);
                before = Here();
            }

            if (_walker.IsCardGone)
            {
                return;
            }

            CutOffBlocks = _walker.CutOffBlocks;
            int missing = Later(_superblock.KnownHead - before.Sequence, 0);
            LostCount += missing;
            _nextUniqueId += missing;
            SettledSequence = before.Sequence;
            VerifyEnd(before.Sequence);
            Believe(before.Sequence);
            _superblock.NextUniqueId = _nextUniqueId;
            _ring.SetHead(before.Block, before.Sequence, before.Link);
        }

        /// <summary>
        /// Takes their headers from records that a power cut has cut off from the chain: none of them may ever be found again
        /// by a search that starts further up. A write that got lost would leave them, so it is done when none is found any more.
        /// </summary>
        /// <param name="card">The card.</param>
        /// <returns>False where the card refused, or they will not go.</returns>
        internal bool EraseCutOff(ICard card)
        {
            for (int tries = 0; tries < EraseTriesMax; tries++)
            {
                int found = EraseFound(card);
                if (found == 0)
                {
                    return true;
                }

                if (found < 0 || !card.Sync() || !_walker.Read(_superblock.TailBlock, _header, 0, 1))
                {
                    return false;
                }
            }

            return false;
        }

        // How many there were; -1 where the card refused.
        private int EraseFound(ICard card)
        {
            int found = 0;
            int block = _ring.HeadBlock;
            for (int at = 0; at < CutOffBlocks; at++)
            {
                block = _ring.Next(block);
                if (_walker.ReadHeader(block) && Octets.ReadInt32(_header, RecordHeader.Sequence) - _ring.HeadSequence > 0)
                {
                    found++;
                    System.Array.Clear(_header, 0, _header.Length);
                    if (!card.Write(block, _header, 0, 1))
                    {
                        return -1;
                    }
                }

                block++;
            }

            return found;
        }

        private Place Here()
        {
            Place place;
            place.Block = _walker.Block;
            place.Sequence = _walker.Sequence;
            place.Link = _walker.Link;
            place.IsFirst = _walker.IsFirst;
            return place;
        }

        // What the record proves of those before it comes first: a removal that it knows of may have made the room that it needs.
        private void Take(Place before)
        {
            int verified = Octets.ReadInt32(_header, RecordHeader.Verified);
            RecordCount++;
            _verified = Later(_verified, verified);
            _known = Later(_known, verified);
            if (_verified - _nextMark.Sequence >= 0)
            {
                _mark = _nextMark;
                _nextMark = before;
            }

            if (_walker.MissingCount > 0)
            {
                // Lost, unless a void record further on says that nobody was told of them. Any of them may have had a unique-id.
                _nextUniqueId += _walker.MissingCount;
                Expect(_walker.Sequence - _walker.MissingCount, Gap, _walker.MissingCount, 0);
            }

            Believe(_verified);
            TakeKind(_header[RecordHeader.Kind]);
        }

        private void TakeKind(int kind)
        {
            if (_notice != null && (kind == RecordKind.LastFragment || kind == RecordKind.Copy))
            {
                // Also of one that turns out unfinished: then its cause is told a day later.
                _notice.Saw(_header);
            }

            if (kind == RecordKind.LastFragment)
            {
                AddMessage();
            }
            else if (kind == RecordKind.Removal || kind == RecordKind.Maildrops)
            {
                Expect(_walker.Sequence, kind, _walker.RecordBlock, 0);
            }
            else if (kind == RecordKind.Copy)
            {
                Expect(_walker.Sequence, kind, _walker.RecordBlock, Octets.ReadInt32(_header, RecordHeader.Message));
            }
            else if (kind == RecordKind.Lost)
            {
                Expect(_walker.Sequence, kind, Octets.ReadInt32(_header, RecordHeader.UniqueIdNumber), 0);
            }
            else if (kind == RecordKind.Void)
            {
                Forget(Octets.ReadInt32(_header, RecordHeader.VoidFirst), Octets.ReadInt32(_header, RecordHeader.VoidLast));
            }
        }

        private void AddMessage()
        {
            int uniqueId = Octets.ReadInt32(_header, RecordHeader.UniqueIdNumber);
            if (uniqueId - _nextUniqueId >= 0)
            {
                _nextUniqueId = uniqueId + 1;
            }

            if (AddToIndex(_header, uniqueId))
            {
                Expect(_walker.Sequence, RecordKind.LastFragment, uniqueId, Octets.ReadInt32(_header, RecordHeader.Message));
            }
        }

        // The copy takes the message's place; where the tail has passed that, it is the message.
        private void BelieveCopy(int block)
        {
            if (!_check.LoadHeader(block))
            {
                LostCount++;
                return;
            }

            byte[] header = _check.Buffer;
            int uniqueId = Octets.ReadInt32(header, RecordHeader.UniqueIdNumber);
            int at = _index.Find(uniqueId);
            if (at < 0)
            {
                AddToIndex(header, uniqueId);
            }
            else if (Octets.ReadInt32(header, RecordHeader.Message) - _superblock.TailSequence >= 0)
            {
                // Who had it removed before has it no more, also where that record has rotted.
                for (int bit = 0; bit < _maildrops.BitCount; bit++)
                {
                    if ((header[RecordHeader.Recipients + (bit >> 3)] & (1 << (bit & 7))) == 0)
                    {
                        _index.RemoveAt(at, bit);
                    }
                }

                _index.Relocate(at, Octets.ReadInt32(header, RecordHeader.FirstBlock), Octets.ReadInt32(header, RecordHeader.MessageBlocks));
            }
        }

        private bool AddToIndex(byte[] header, int uniqueId)
        {
            // The tail has passed its first fragment, which it never does while somebody has the message there.
            if (Octets.ReadInt32(header, RecordHeader.Message) - _superblock.TailSequence < 0)
            {
                return false;
            }

            if (_index.Count == _index.Capacity)
            {
                HasNoRoom = true;
                return false;
            }

            for (int word = 0; word < RecordHeader.RecipientWords; word++)
            {
                _recipients[word] = Octets.ReadInt32(header, RecordHeader.Recipients + (4 * word));
            }

            HasNoRoom |= !_index.HasBitsFor(_recipients);
            _index.Add(
                uniqueId,
                Octets.ReadInt32(header, RecordHeader.UniqueIdEpoch),
                Octets.ReadInt32(header, RecordHeader.MailOctets),
                Octets.ReadInt32(header, RecordHeader.FirstBlock),
                Octets.ReadInt32(header, RecordHeader.MessageBlocks),
                _recipients);
            return true;
        }

        private void Expect(int sequence, int kind, int value, int message)
        {
            if (_uncertain.IsFull)
            {
                Believe(_uncertain.SequenceAt(0));
            }

            _uncertain.Add(sequence, kind, value, message);
        }

        // Puts into force what stands up to a sequence.
        private void Believe(int sequence)
        {
            while (_uncertain.Count > 0 && sequence - _uncertain.SequenceAt(0) >= 0)
            {
                int kind = _uncertain.KindAt(0);
                int value = _uncertain.ValueAt(0);
                _uncertain.RemoveAt(0);
                if (kind == Gap)
                {
                    LostCount += value;
                }
                else if (kind == RecordKind.Removal)
                {
                    LostCount += _check.ApplyRemoval(value, _index) ? 0 : 1;
                }
                else if (kind == RecordKind.Maildrops)
                {
                    BelieveMaildrops(value);
                }
                else if (kind == RecordKind.Copy)
                {
                    BelieveCopy(value);
                }
                else if (kind == RecordKind.Lost)
                {
                    _index.Drop(value);
                    _index.Sweep();
                }
            }
        }

        // An older table may name somebody else for a bit that was given away since: better none than that one.
        private void BelieveMaildrops(int block)
        {
            if (!_check.IsWhole(block))
            {
                LostCount++;
                _maildrops.Block = -1;
                return;
            }

            // One that is too large for the buffer names more maildrops than this configuration has bits.
            HasNoRoom |= !_check.Load(block) || !_maildrops.Decode(_check.Buffer);
            _maildrops.Block = block;
        }

        // Takes back what a void record names.
        private void Forget(int first, int last)
        {
            for (int at = _uncertain.Count - 1; at >= 0; at--)
            {
                int sequence = _uncertain.SequenceAt(at);
                if (_uncertain.KindAt(at) == Gap)
                {
                    ForgetPartOfGap(at, first, last);
                }
                else if (sequence - first >= 0 && last - sequence >= 0)
                {
                    ForgetAt(at);
                }
            }
        }

        private void ForgetPartOfGap(int at, int first, int last)
        {
            int gapFirst = _uncertain.SequenceAt(at);
            int gapLast = gapFirst + _uncertain.ValueAt(at) - 1;
            int from = Later(gapFirst, first);
            int to = gapLast - last > 0 ? last : gapLast;
            if (to - from < 0)
            {
                return;
            }

            int left = _uncertain.ValueAt(at) - (to - from + 1);
            if (left == 0)
            {
                _uncertain.RemoveAt(at);
            }
            else
            {
                _uncertain.SetValueAt(at, left);
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

        // What was written last may not be whole: nobody was told that it was taken, so it counts only where every octet is
        // right. Its payloads are read once more, from a place before the last record known as verified.
        private void VerifyEnd(int head)
        {
            _unfinished = new int[_uncertain.Count];
            _walker.Start(_mark.Block, _mark.Sequence, _mark.Link, _mark.IsFirst);
            while (_walker.Sequence != head && _walker.Next())
            {
                int sequence = _walker.Sequence;
                int kind = _header[RecordHeader.Kind];
                bool isFragment = kind == RecordKind.Fragment || kind == RecordKind.LastFragment || kind == RecordKind.Copy;
                int message = isFragment ? Octets.ReadInt32(_header, RecordHeader.Message) : -1;
                if (sequence - _known > 0 && !_check.IsWhole(_walker.RecordBlock))
                {
                    ForgetUnfinished(sequence, isFragment, message);
                }
            }
        }

        private void ForgetUnfinished(int sequence, bool isFragment, int message)
        {
            for (int at = _uncertain.Count - 1; at >= 0; at--)
            {
                int commit = _uncertain.KindAt(at);
                bool isPart = isFragment && (commit == RecordKind.LastFragment || commit == RecordKind.Copy) && _uncertain.MessageAt(at) == message;
                if (isPart || _uncertain.SequenceAt(at) == sequence)
                {
                    _unfinished[UnfinishedCount] = _uncertain.SequenceAt(at);
                    UnfinishedCount++;
                    SettledSequence = SettledSequence - sequence < 0 ? SettledSequence : sequence - 1;
                    ForgetAt(at);
                }
            }
        }

        private static int Later(int a, int b)
        {
            return a - b > 0 ? a : b;
        }

        // A place of the walk, to start another one from.
        private struct Place
        {
            internal int Block;
            internal int Sequence;
            internal int Link;
            internal bool IsFirst;
        }
    }
}

using System;
using System.Collections.Generic;
using MailAppliance.Hal;

namespace MailAppliance.Tools.Card.Survey
{
    /// <summary>
    /// Walks the chain from tail to head as SPEC.md, "Recovery", says, with no code of the store's: a fault in one of the two
    /// shows where they differ.
    /// </summary>
    internal sealed class ChainSurvey
    {
        private const int AreaStart = 1;

        private readonly ICard _card;
        private readonly IChecksum _checksum;
        private readonly SuperblockCopy _ring;
        private readonly byte[] _block = new byte[512];
        private readonly int _areaEnd;
        private readonly int _areaBlocks;
        private int _tailBlock;
        private int _at;
        private int _sequence;
        private int _link;

        /// <summary>Makes one.</summary>
        /// <param name="card">The card.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <param name="ring">The superblock that holds.</param>
        public ChainSurvey(ICard card, IChecksum checksum, SuperblockCopy ring)
        {
            _card = card;
            _checksum = checksum;
            _ring = ring;
            _areaEnd = ring.BlockCount - 1;
            _areaBlocks = _areaEnd - AreaStart;
            TailSequence = ring.TailSequence;
        }

        /// <summary>The chain's records, in order.</summary>
        public List<SurveyedRecord> Records { get; } = [];

        /// <summary>Records that are missing: the first sequence of each run, how many, and the block at which the chain broke.</summary>
        public List<(int Sequence, int Count, int Block)> Missing { get; } = [];

        /// <summary>Sequence of the first record.</summary>
        public int TailSequence { get; private set; }

        /// <summary>Blocks from tail to head.</summary>
        public int UsedBlocks { get; private set; }

        /// <summary>Blocks of the area.</summary>
        public int AreaBlocks => _areaBlocks;

        /// <summary>Walks.</summary>
        /// <param name="done">Told how many blocks of the area are behind.</param>
        public void Walk(Action<long> done)
        {
            _tailBlock = _ring.TailBlock;
            _at = _ring.TailBlock;
            _sequence = _ring.TailSequence - 1;
            if (_tailBlock < AreaStart || _tailBlock > _areaEnd)
            {
                return;
            }

            while (UsedBlocks < _areaBlocks)
            {
                _at = Fold(_at);
                SurveyedRecord? next = ParseAt(_at);
                bool isFirst = Records.Count == 0;
                bool isNext = next != null && next.Sequence == _sequence + 1 && (isFirst || next.Link == _link);
                if (!isNext)
                {
                    int brokenAt = _at;
                    next = isFirst && _ring.KnownHead - _sequence > 0 ? Lowest() : Bridge();
                    if (next == null)
                    {
                        break;
                    }

                    if (isFirst)
                    {
                        NoteStart(next, brokenAt);
                    }
                    else
                    {
                        Missing.Add((_sequence + 1, next.Sequence - _sequence - 1, brokenAt));
                        UsedBlocks += Distance(brokenAt, next.Block);
                    }
                }

                Take(next!);
                done(UsedBlocks);
            }

            // What the superblock knew of and nobody finds.
            if (_ring.KnownHead - _sequence > 0)
            {
                Missing.Add((_sequence + 1, _ring.KnownHead - _sequence, _at));
            }
        }

        private void NoteStart(SurveyedRecord first, int brokenAt)
        {
            Missing.Add((_sequence + 1, first.Sequence - _sequence - 1, brokenAt));
            _tailBlock = first.Block;
            TailSequence = first.Sequence;
        }

        private void Take(SurveyedRecord record)
        {
            int end = record.Kind == SurveyedKind.Wrap ? _areaEnd : record.Block + record.Blocks;
            UsedBlocks += end - record.Block;
            Records.Add(record);
            _at = end;
            _sequence = record.Sequence;
            _link = record.Sum;
        }

        // The next record that proves itself, and that something proves the chain to go on at.
        private SurveyedRecord? Bridge()
        {
            int missing = _sequence + 1;
            int limit = _ring.KnownHead - missing >= 0 ? _areaBlocks : _ring.Span;
            SurveyedRecord? lowest = null;
            int block = _at;
            for (int distance = 0; distance <= limit && UsedBlocks + distance < _areaBlocks; distance++)
            {
                block = distance == 0 ? block : Fold(block + 1);
                if (distance > 0 && block == _tailBlock)
                {
                    return null;
                }

                SurveyedRecord? found = ParseAt(block);
                if (found == null || found.Sequence - missing < 0 || (distance == 0 && !Voids(found, missing)))
                {
                    continue;
                }

                lowest = lowest == null || found.Sequence - lowest.Sequence < 0 ? found : lowest;
                if (Proves(found, missing))
                {
                    return lowest;
                }
            }

            return null;
        }

        private bool Proves(SurveyedRecord found, int missing)
        {
            return _ring.KnownHead - found.Sequence >= 0
                || (found.Epoch == _ring.Epoch && (Voids(found, missing) || found.Verified - missing >= 0));
        }

        private static bool Voids(SurveyedRecord found, int missing)
        {
            return found.Kind == SurveyedKind.Void && missing - found.Message >= 0 && found.Fragment - missing >= 0;
        }

        private SurveyedRecord? Lowest()
        {
            SurveyedRecord? lowest = null;
            for (int block = AreaStart; block < _areaEnd; block++)
            {
                SurveyedRecord? found = ParseAt(block);
                bool isLower = found != null && found.Sequence - _sequence > 0 && (lowest == null || found.Sequence - lowest.Sequence < 0);
                lowest = isLower ? found : lowest;
            }

            return lowest;
        }

        private SurveyedRecord? ParseAt(int block)
        {
            return block < _areaEnd && _card.Read(block, _block, 0, 1) ? SurveyedRecord.Parse(_block, block, _ring, _checksum) : null;
        }

        private int Fold(int block)
        {
            return block >= _areaEnd ? AreaStart : block;
        }

        private int Distance(int from, int to)
        {
            return to >= from ? to - from : to - from + _areaBlocks;
        }
    }
}

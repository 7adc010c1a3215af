using MailAppliance.Core;

namespace MailAppliance.Store
{
    /// <summary>
    /// Takes back what failed, by a void record. It stands where the first of those records was put that it names, and the head
    /// goes back behind it, so that a card that errs does not fill the ring.
    /// </summary>
    /// <remarks>
    /// Where nothing else was verified since the last void record, the new one names what that one names as well. The two take the
    /// same two blocks in turn, so that one of them always stands while the other is written.
    /// </remarks>
    internal sealed class VoidWriter
    {
        /// <summary>
        /// Tries at places that differ: a bad block must not stop it. After that the last place is tried again for as long as it
        /// takes, so that a card that is gone fills nothing.
        /// </summary>
        internal const int PlacesMax = 8;

        // Tries at a time; a card that refuses them all counts as gone until somebody asks again.
        private const int TriesMax = 3;

        // Of a failure's tries, how many are made in place.
        private const int TriesInPlaceMax = 2;

        private readonly Ring _ring;
        private readonly ReadBack _readBack;

        // The superblocks' too: a void record has to be kept only while the store is faulted, and then no superblock is written.
        private readonly byte[] _record;

        // The record that is being tried.
        private int _tries;
        private int _places;
        private int _first;
        private int _block;
        private int _sequence;
        private int _link;

        // Behind all that failed.
        private int _endBlock;
        private int _endUsedBlocks;

        // The void record that stands, where the last verified record is one: the first sequence that it names, and the two blocks.
        private bool _stands;
        private int _standingSequence;
        private int _standingFirst;
        private int _homeBlock;
        private bool _isAtHome;

        /// <summary>Free blocks that it leaves alone; in place it needs none.</summary>
        internal int KeptBlocks;

        internal VoidWriter(Ring ring, ReadBack readBack, byte[] record)
        {
            _ring = ring;
            _readBack = readBack;
            _record = record;
        }

        /// <summary>Forgets what a card that is gone had refused.</summary>
        internal void Reset()
        {
            _tries = 0;
            _stands = false;
        }

        /// <summary>Voids everything behind the last verified record, or goes on trying to.</summary>
        /// <returns>True where the record stands: synced, and read back.</returns>
        internal bool Write()
        {
            int verified = _ring.VerifiedSequence;
            for (int tries = 0; tries < TriesMax; tries++)
            {
                _ring.ForgetFailures();
                if (_tries == 0)
                {
                    AppendInPlace(verified);
                }
                else if (_tries >= TriesInPlaceMax && _places < PlacesMax && HasPlace())
                {
                    AppendBehind();
                }
                else
                {
                    _ring.Rewrite(_record, _block);
                }

                _tries += _tries < TriesInPlaceMax ? 1 : 0;
                if (_readBack.Proves(_block, _sequence, _link, verified))
                {
                    _stands = _places == 1;
                    _standingSequence = _sequence + 1;
                    _standingFirst = _first;
                    _tries = 0;
                    return true;
                }
            }

            return false;
        }

        private void AppendInPlace(int verified)
        {
            int block = _readBack.NextBlock;
            bool goesOn = _stands && _standingSequence == verified;
            _first = goesOn ? _standingFirst : verified + 1;
            _isAtHome = !goesOn || !_isAtHome;
            _homeBlock = goesOn ? _homeBlock : block;
            block = _isAtHome ? _homeBlock : block;
            _endBlock = _ring.HeadBlock;
            _endUsedBlocks = _ring.UsedBlocks;
            _places = 0;
            _ring.MoveHead(block, _endUsedBlocks - _ring.Distance(block, _endBlock));
            Append();
        }

        // From there on it has a place of its own.
        private void AppendBehind()
        {
            if (_places == 1)
            {
                _ring.MoveHead(_endBlock, _endUsedBlocks);
            }

            Append();
        }

        private bool HasPlace()
        {
            int used = _places == 1 ? _endUsedBlocks : _ring.UsedBlocks;
            return used + KeptBlocks < _ring.AreaBlocks;
        }

        // It names itself too: where an earlier try stands after all, the chain goes on at the next one behind a gap that lacks nothing.
        private void Append()
        {
            _ring.Begin(_record, RecordKind.Void);
            _ring.MakeRoomFor(1);
            _sequence = _ring.HeadSequence;
            _link = _ring.HeadLink;
            Octets.WriteInt32(_first, _record, RecordHeader.VoidFirst);
            Octets.WriteInt32(_sequence + 1, _record, RecordHeader.VoidLast);

            // Nothing that it names may look verified because of it: that would be missing, and damaged.
            int verified = _ring.VerifiedSequence;
            _ring.VerifiedSequence = _first - 1;
            _block = _ring.Append(_record, RecordHeader.Octets, 0);
            _ring.VerifiedSequence = verified;
            _places++;
        }
    }
}

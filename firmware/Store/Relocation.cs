using System;
using MailAppliance.Core;

namespace MailAppliance.Store
{
    /// <summary>
    /// Copies a live message that holds up the tail to the head, a piece a turn (SPEC.md, "Relocation"). Until the copy's last
    /// record is proven the message stays where it is; then the copy takes its place, unique-id and all. What can't be read any
    /// more is noted as lost instead, since nothing could ever pass it.
    /// </summary>
    /// <remarks>A reader with the store's own scratch as its buffer brings the pieces, checksums verified.</remarks>
    internal sealed class Relocation : PendingCommit
    {
        // A read that fails may be right the next time; what fails so often is damaged.
        private const int TriesMax = 3;

        private readonly Ring _ring;
        private readonly MessageIndex _index;
        private readonly CommitQueue _queue;
        private readonly MessageReader _reader;
        private readonly OpenViews _views;
        private readonly byte[] _scratch;
        private readonly int[] _recipients = new int[RecordHeader.RecipientWords];
        private int _uniqueId;
        private int _failures;
        private int _tries;
        private int _failedFragment;
        private int _message;
        private int _firstBlock;
        private int _fragment;
        private int _blocks;
        private int _wireOctets;
        private int _copyBlocks;
        private bool _isOpen;
        private bool _isLost;

        internal Relocation(Ring ring, MessageIndex index, CommitQueue queue, MessageReader reader, OpenViews views, byte[] scratch)
        {
            _ring = ring;
            _index = index;
            _queue = queue;
            _reader = reader;
            _views = views;
            _scratch = scratch;
        }

        /// <summary>Messages relocated since boot.</summary>
        internal int Count;

        /// <summary>Messages found damaged on the way, and dropped, since boot.</summary>
        internal int LostCount;

        /// <summary>Number of the unique-id of the last of those.</summary>
        internal int LostUniqueId;

        /// <summary>Epoch of its unique-id.</summary>
        internal int LostUniqueIdEpoch;

        /// <summary>A message is on its way.</summary>
        internal bool IsActive
        {
            get { return _isOpen || Outcome == Waiting; }
        }

        /// <summary>Whether a message can't be copied and can't be dropped now.</summary>
        /// <param name="at">Its place in the index.</param>
        /// <returns>True where it is damaged and an open session sees it.</returns>
        internal bool IsHeldUp(int at)
        {
            return _tries >= TriesMax && _index.UniqueIdAt(at) == _uniqueId && _views.Sees(at);
        }

        /// <summary>Whether a message is being copied, and the copy not committed yet.</summary>
        /// <param name="uniqueId">Number of its unique-id.</param>
        /// <returns>True where it is.</returns>
        internal bool IsCopying(int uniqueId)
        {
            return _isOpen && _uniqueId == uniqueId;
        }

        /// <summary>Blocks of the room for mail that the copy will still take; 0 where it was not begun on such.</summary>
        internal int UnwrittenBlocks
        {
            get { return _isOpen && _copyBlocks > _blocks ? _copyBlocks - _blocks : 0; }
        }

        /// <summary>Gives up: what was copied so far is dead.</summary>
        internal void Abort()
        {
            _isOpen = false;
        }

        /// <summary>Forgets what was found on a card that is gone.</summary>
        internal void Reset()
        {
            _isOpen = false;
            _tries = 0;
            Outcome = Idle;
        }

        /// <summary>Begins with a message.</summary>
        /// <param name="at">Its place in the index.</param>
        /// <param name="copyBlocks">Blocks of the room for mail that the copy may count on.</param>
        internal void Begin(int at, int copyBlocks)
        {
            int uniqueId = _index.UniqueIdAt(at);
            _tries = uniqueId == _uniqueId ? _tries : 0;
            _uniqueId = uniqueId;
            _isLost = false;
            Outcome = Idle;
            _failures = _queue.FailureCount;
            _fragment = 0;
            _blocks = 0;
            _wireOctets = 0;
            _copyBlocks = copyBlocks;
            _isOpen = true;
            _reader.Open(at, false);
        }

        /// <summary>The next piece. Everything written before must have its outcome, so that who has the message is known.</summary>
        internal void Step()
        {
            int at = _index.Find(_uniqueId);
            if (at < 0 || Outcome == StoreResult.Failed)
            {
                _isOpen = false;
                Outcome = Idle;
                return;
            }

            if (_failures != _queue.FailureCount)
            {
                // What was copied so far may be void. It begins anew, where there still is room.
                _isOpen = false;
                return;
            }

            int octets = _reader.Next();
            if (octets == MessageReader.Later)
            {
                return;
            }

            if (octets <= 0 && !_reader.CardAnswers())
            {
                // The card is out: that says nothing of the message. It is looked at again once somebody wants the room.
                _isOpen = false;
                return;
            }

            if (octets <= 0)
            {
                // Again, or not at all: it may be dropped under a session's eyes, but here nobody is in need of it.
                _tries = _fragment == _failedFragment ? _tries + 1 : 1;
                _failedFragment = _fragment;
                _isOpen = false;
                if (_tries >= TriesMax && !_views.Sees(at))
                {
                    WriteLost();
                }

                return;
            }

            // What could be read is not what is damaged; errors that come and go elsewhere are no reason to drop it.
            _tries = _fragment == _failedFragment ? 0 : _tries;
            WritePiece(at, octets);
        }

        /// <inheritdoc/>
        internal override void Apply()
        {
            int at = _index.Find(_uniqueId);
            if (at < 0)
            {
                return;
            }

            if (_isLost)
            {
                LostCount++;
                LostUniqueId = _uniqueId;
                LostUniqueIdEpoch = _index.EpochAt(at);
                _index.Drop(_uniqueId);
                _index.Sweep();
                _index.Moves++;
                return;
            }

            Count++;
            _index.Relocate(at, _firstBlock, _blocks);
        }

        private void WritePiece(int at, int octets)
        {
            bool isLast = _reader.IsAtEnd;
            Array.Copy(_scratch, _reader.Offset, _scratch, RecordHeader.Octets, octets);
            int blocks = Ring.BlocksOf(RecordHeader.Octets + octets);
            _ring.MakeRoomFor(blocks);
            if (_fragment == 0)
            {
                _message = _ring.HeadSequence + 1;
                _firstBlock = _ring.HeadBlock;
            }

            _blocks += blocks;
            _wireOctets += octets;
            _ring.Begin(_scratch, isLast ? RecordKind.Copy : RecordKind.Fragment);
            Octets.WriteInt32(_message, _scratch, RecordHeader.Message);
            Octets.WriteInt32(_fragment, _scratch, RecordHeader.Fragment);
            Octets.WriteInt32(_firstBlock, _scratch, RecordHeader.FirstBlock);
            if (isLast)
            {
                WriteCommit(at);
            }

            _ring.Append(_scratch, RecordHeader.Octets, octets);
            _fragment++;
            if (isLast)
            {
                _isOpen = false;
                _queue.Add(this);
            }
        }

        private void WriteCommit(int at)
        {
            Octets.WriteInt32(_blocks, _scratch, RecordHeader.MessageBlocks);
            Octets.WriteInt32(_wireOctets, _scratch, RecordHeader.WireOctets);
            Octets.WriteInt32(_index.OctetsAt(at), _scratch, RecordHeader.MailOctets);
            Octets.WriteInt32(_index.EpochAt(at), _scratch, RecordHeader.UniqueIdEpoch);
            Octets.WriteInt32(_uniqueId, _scratch, RecordHeader.UniqueIdNumber);
            Octets.WriteInt32(_reader.ArrivalLow, _scratch, RecordHeader.Arrival);
            Octets.WriteInt32(_reader.ArrivalHigh, _scratch, RecordHeader.Arrival + 4);
            _scratch[RecordHeader.Flags] = _reader.Flags;
            _index.RecipientsAt(at, _recipients);
            for (int word = 0; word < RecordHeader.RecipientWords; word++)
            {
                Octets.WriteInt32(_recipients[word], _scratch, RecordHeader.Recipients + (4 * word));
            }
        }

        private void WriteLost()
        {
            _isLost = true;
            _isOpen = false;
            _ring.Begin(_scratch, RecordKind.Lost);
            Octets.WriteInt32(_uniqueId, _scratch, RecordHeader.UniqueIdNumber);
            _ring.Append(_scratch, RecordHeader.Octets, 0);
            _queue.Add(this);
        }
    }
}

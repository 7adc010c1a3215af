using MailAppliance.Core;

namespace MailAppliance.Store
{
    /// <summary>
    /// Takes a whole message out of all its maildrops because of a rule: a record on the card that names it, and once that is
    /// synced and read back the message is gone for good. Until then it is there.
    /// </summary>
    /// <remarks>What was disposed of is noted until the loop has logged it.</remarks>
    public sealed class Disposal : PendingCommit
    {
        // A slot's try for room ends after so many, and so no more come in a turn of the loop; see MailStore.
        internal const int EachMax = 4;

        private readonly Ring _ring;
        private readonly MessageIndex _index;
        private readonly CommitQueue _queue;
        private readonly Room _room;
        private readonly OpenViews _views;
        private readonly byte[] _scratch;
        private readonly int[] _notedIds;
        private readonly int[] _notedEpochs;
        private int _uniqueId;
        private bool _isExpired;

        internal Disposal(Ring ring, MessageIndex index, CommitQueue queue, Room room, OpenViews views, byte[] scratch, int noted)
        {
            _ring = ring;
            _index = index;
            _queue = queue;
            _room = room;
            _views = views;
            _scratch = scratch;
            _notedIds = new int[noted];
            _notedEpochs = new int[_notedIds.Length];
        }

        /// <summary>Messages dropped for new mail since boot.</summary>
        public int DroppedCount;

        /// <summary>Messages since boot that were older than the retention time.</summary>
        public int ExpiredCount;

        /// <summary>Messages dropped for new mail since the last <see cref="ForgetNoted"/>, for the log.</summary>
        public int NotedCount;

        /// <summary>No more can be noted: nothing is dropped before the loop has logged these.</summary>
        internal bool IsFull
        {
            get { return NotedCount == _notedIds.Length; }
        }

        /// <summary>Number of the unique-id of one of those.</summary>
        /// <param name="at">0 to <see cref="NotedCount"/> - 1, in the order they went.</param>
        /// <returns>The number.</returns>
        public int NotedIdAt(int at)
        {
            return _notedIds[at];
        }

        /// <summary>Epoch of its unique-id.</summary>
        /// <param name="at">The same.</param>
        /// <returns>The epoch.</returns>
        public int NotedEpochAt(int at)
        {
            return _notedEpochs[at];
        }

        /// <summary>They were logged.</summary>
        public void ForgetNoted()
        {
            NotedCount = 0;
        }

        /// <summary>Disposes of a message, and returns when that is on the card. Everything written before must have its outcome.</summary>
        /// <param name="at">Its place in the index.</param>
        /// <param name="isExpired">It is too old; else it makes room for new mail.</param>
        /// <returns>Ok; NoRoom or Failed, and then the message is there.</returns>
        internal int Run(int at, bool isExpired)
        {
            int uniqueId = _index.UniqueIdAt(at);
            if (!_room.HasForRemoval(1))
            {
                return _queue.IsFaulted ? StoreResult.Failed : StoreResult.NoRoom;
            }

            _uniqueId = uniqueId;
            _isExpired = isExpired;
            _ring.Begin(_scratch, RecordKind.Lost);
            _scratch[RecordHeader.Flags] = (byte)(isExpired ? RecordHeader.FlagExpired : RecordHeader.FlagDropped);
            Octets.WriteInt32(uniqueId, _scratch, RecordHeader.UniqueIdNumber);
            _ring.Append(_scratch, RecordHeader.Octets, 0);
            _queue.Add(this);
            _queue.Settle();
            return Outcome == StoreResult.Ok ? StoreResult.Ok : StoreResult.Failed;
        }

        /// <inheritdoc/>
        internal override void Apply()
        {
            int at = _index.Find(_uniqueId);
            if (at < 0)
            {
                return;
            }

            Note(at);
            _views.Lose(at);
            _index.Drop(_uniqueId);
            _index.Sweep();
            _index.Moves++;
        }

        private void Note(int at)
        {
            if (_isExpired)
            {
                ExpiredCount++;
                return;
            }

            DroppedCount++;
            _notedIds[NotedCount] = _uniqueId;
            _notedEpochs[NotedCount] = _index.EpochAt(at);
            NotedCount++;
        }
    }
}

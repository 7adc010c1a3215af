using MailAppliance.Configuration;

namespace MailAppliance.Store
{
    /// <summary>
    /// Which old message has to go for a mail that finds no room (when-full = drop-oldest): the oldest by unique-id that helps,
    /// one that an open POP3 session sees only where no other does, and none for a mail that could not be completed even so.
    /// </summary>
    internal sealed class DropChoice
    {
        /// <summary>Nothing is to be dropped.</summary>
        internal const int None = -1;

        private readonly Ring _ring;
        private readonly MessageIndex _index;
        private readonly CommitQueue _queue;
        private readonly Tail _tail;
        private readonly Room _room;
        private readonly OpenViews _views;
        private readonly bool _drops;

        // Blocks from the tail to the first record of a message that is being written, which nothing can pass.
        private int _pinBlocks;
        private int _liveBeforePin;
        private int _recipientsBehindPin;

        internal DropChoice(ApplianceSettings settings, Ring ring, MessageIndex index, CommitQueue queue, Tail tail, Room room, OpenViews views)
        {
            _drops = settings.DropOldest;
            _ring = ring;
            _index = index;
            _queue = queue;
            _tail = tail;
            _room = room;
            _views = views;
        }

        /// <summary>Whether a mail can have all the room it may ask for where old mail goes for it.</summary>
        /// <param name="writer">Its writer; null for one that has not begun.</param>
        /// <param name="blocks">Blocks of its next record, or of all of it where it has not begun.</param>
        /// <param name="isWhole">Nothing comes behind that record: what others may still ask for is then no concern.</param>
        /// <returns>True where it can; false where that is more than others leave, or nothing is ever dropped.</returns>
        internal bool CanComplete(MessageWriter writer, int blocks, bool isWhole)
        {
            if (!_drops)
            {
                return false;
            }

            _queue.CountOpen();
            FindPin();
            int written = writer == null ? 0 : writer.Blocks;
            int bound = written + blocks;
            bound = writer != null && !isWhole && writer.BoundBlocks > bound ? writer.BoundBlocks : bound;
            return Fits(writer, bound, !isWhole);
        }

        /// <summary>The message to drop for a record that <see cref="Room.Check"/> has no room for, of a mail that <see cref="CanComplete"/> says
        /// can be completed. Everything written must have its outcome.</summary>
        /// <param name="blocks">The record's blocks.</param>
        /// <returns>Its place in the index, or <see cref="None"/>.</returns>
        internal int ForRoom(int blocks)
        {
            int dead = _pinBlocks - _liveBeforePin - _room.WasteBlocks;
            int reachable = _room.MailBlocksAfterCopy + (dead > 0 ? dead : 0);
            if (_ring.CostOf(blocks) > reachable)
            {
                return Oldest(true);
            }

            if (blocks > _room.CapBlocks - _index.LiveBlocks - _queue.OpenBlocks)
            {
                return Oldest(false);
            }

            // There is enough, yet the message at the tail can't be moved out of its way.
            _tail.DistanceToMail();
            return _tail.NearestAt;
        }

        /// <summary>The message to drop for one more in a full index.</summary>
        /// <returns>Its place in the index, or <see cref="None"/>.</returns>
        internal int ForPlace()
        {
            return Oldest(false);
        }

        // Beside what others have, or may come to: who began first is not refused because of who came later.
        private bool Fits(MessageWriter writer, int bound, bool withGrowth)
        {
            int others = 0;
            int largest = bound;
            for (int at = 0; at < _queue.WriterCount; at++)
            {
                MessageWriter other = _queue.WriterAt(at);
                if (other != writer && other.IsBusy && other.Blocks > 0)
                {
                    bool grows = withGrowth && other.IsOpen && other.BoundBlocks > other.Blocks && !IsBefore(writer, other);
                    int own = grows ? other.BoundBlocks : other.Blocks;
                    others += own;
                    largest = own > largest ? own : largest;
                }
            }

            // Everything in front of the pin may go, and what lies behind it stays.
            int free = _ring.AreaBlocks - (_ring.UsedBlocks - _pinBlocks) - _room.FixedReserveBlocks;
            free -= _recipientsBehindPin + _room.WasteBlocks;
            return bound <= _room.CapBlocks - others && bound + others - _queue.OpenBlocks <= free - _room.CostOfCopy(largest);
        }

        private static bool IsBefore(MessageWriter writer, MessageWriter other)
        {
            return writer != null && writer.Blocks > 0 && writer.FirstSequence - other.FirstSequence < 0;
        }

        private int Oldest(bool beforePin)
        {
            int seen = None;
            for (int at = 0; at < _index.Count; at++)
            {
                if (beforePin && !IsBeforePin(at))
                {
                    continue;
                }

                if (!_views.Sees(at))
                {
                    return at;
                }

                seen = seen == None ? at : seen;
            }

            return seen;
        }

        private bool IsBeforePin(int at)
        {
            return _tail.DistanceTo(_index.FirstBlockAt(at)) < _pinBlocks;
        }

        private void FindPin()
        {
            _pinBlocks = _ring.UsedBlocks;
            for (int at = 0; at < _queue.WriterCount; at++)
            {
                MessageWriter writer = _queue.WriterAt(at);
                if (writer.IsInRing && writer.IsBusy)
                {
                    int distance = _tail.DistanceTo(writer.FirstBlock);
                    _pinBlocks = distance < _pinBlocks ? distance : _pinBlocks;
                }
            }

            _liveBeforePin = _index.LiveBlocks;
            _recipientsBehindPin = 0;
            for (int at = 0; _pinBlocks < _ring.UsedBlocks && at < _index.Count; at++)
            {
                if (!IsBeforePin(at))
                {
                    _liveBeforePin -= _index.BlocksAt(at);
                    _recipientsBehindPin += _index.RecipientCountAt(at);
                }
            }

            // Of interleaved mail a part may lie behind the pin.
            _liveBeforePin = _liveBeforePin < _pinBlocks ? _liveBeforePin : _pinBlocks;
        }
    }
}

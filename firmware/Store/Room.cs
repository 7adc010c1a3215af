using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Store
{
    /// <summary>
    /// Decides what still fits: what is free, less what is kept so that every removal, void record and table of maildrops
    /// always fits; and moves the tail where that helps.
    /// </summary>
    internal sealed class Room
    {
        private readonly Ring _ring;
        private readonly MessageIndex _index;
        private readonly CommitQueue _queue;
        private readonly Tail _tail;
        private readonly MaildropTable _maildrops;
        private readonly byte[] _scratch;
        private readonly int _recordBlocks;
        private readonly int _voidReserve;
        private readonly int _removalReserve;
        private readonly int _fixedReserve;
        private bool _isStuck;

        internal Room(
            ApplianceSettings settings, Ring ring, MessageIndex index, CommitQueue queue, Tail tail, MaildropTable maildrops, byte[] scratch)
        {
            _ring = ring;
            _index = index;
            _queue = queue;
            _tail = tail;
            _maildrops = maildrops;
            _scratch = scratch;
            _recordBlocks = Ring.BlocksOf(settings.RecordOctets);

            // Void records of one failure at run time, or at boot one for each commit that the slots can leave unfinished.
            int slots = settings.SmtpSlots + settings.Pop3Slots;
            _voidReserve = slots > CommitQueue.VoidBlocksMax ? slots : CommitQueue.VoidBlocksMax;
            _removalReserve = _voidReserve + CostMax(Ring.BlocksOf(MaildropTable.RecordOctetsMax(settings.MaildropsMax)));

            // What is being committed counts among the removals to come before it is in the index.
            int pending = settings.SmtpSlots * settings.Maildrops.Length;
            _fixedReserve = _removalReserve + CostMax(scratch.Length / Limits.BlockOctets) + pending;
        }

        /// <summary>Blocks that mail may still take.</summary>
        internal int MailBlocks
        {
            get { return _ring.FreeBlocks - ReserveBlocks; }
        }

        // While the tail is stuck each removal takes at least a block that does not come back before the mail at the tail is
        // gone: one is kept for each pair of message and recipient, so that a ring can always be emptied.
        private int ReserveBlocks
        {
            get { return _fixedReserve + _index.LiveRecipients; }
        }

        /// <summary>Whether a message may be begun: the index has a place for it.</summary>
        internal bool HasPlace
        {
            get { return _index.Count + _queue.OpenCount < _index.Capacity; }
        }

        /// <summary>Something was removed or dropped: the tail may move again.</summary>
        internal void Loosen()
        {
            _isStuck = false;
        }

        /// <summary>Whether blocks fit, in records of at most the record buffer; moves the tail where they otherwise would not.</summary>
        /// <param name="blocks">The blocks, at least 1.</param>
        /// <returns>True where they do.</returns>
        internal bool Has(long blocks)
        {
            // Live octets are capped at two thirds of the ring, so that making room stays cheap.
            int area = _ring.AreaBlocks;
            int live = _index.LiveBlocks + _queue.OpenBlocks;
            if (blocks > area - ((area + 2) / 3) - live)
            {
                return false;
            }

            int wanted = (int)blocks;
            int first = wanted < _recordBlocks ? wanted : _recordBlocks;
            while (wanted - first + _ring.CostOf(first) > MailBlocks)
            {
                if (!MoveTail())
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether a removal fits; it may use what mail may not.</summary>
        /// <param name="blocks">Its blocks.</param>
        /// <returns>True where it does.</returns>
        internal bool HasForRemoval(int blocks)
        {
            while (_ring.CostOf(blocks) > _ring.FreeBlocks - _removalReserve)
            {
                if (!MoveTail())
                {
                    return false;
                }
            }

            return true;
        }

        // Blocks of a record, and what is wasted where it has to wrap.
        private static int CostMax(int blocks)
        {
            return (2 * blocks) - 1;
        }

        // True where something became free. Everything written has its outcome first: a sync that fails in a superblock's
        // write must find no record that counts on it.
        private bool MoveTail()
        {
            if (_isStuck)
            {
                return false;
            }

            _queue.Settle();
            if (_queue.IsFaulted || !ClearMaildrops())
            {
                return false;
            }

            int freed = _tail.Advance();
            _isStuck = freed == 0;
            return freed > 0;
        }

        // The table of maildrops is always needed, and must not hold up the tail: where it lies in front of the first mail it
        // is written anew at the head first, if that gains more than it costs.
        private bool ClearMaildrops()
        {
            int gain = _tail.DistanceToMail() - _tail.DistanceToMaildrops();
            return gain <= _fixedReserve || WriteMaildrops();
        }

        private bool WriteMaildrops()
        {
            _ring.Begin(_scratch, RecordKind.Maildrops);
            int octets = _maildrops.Encode(_scratch, RecordHeader.Octets);
            if (_ring.CostOf(Ring.BlocksOf(RecordHeader.Octets + octets)) > _ring.FreeBlocks)
            {
                return false;
            }

            int failures = _queue.FailureCount;
            int block = _ring.Append(_scratch, RecordHeader.Octets, octets);
            int sequence = _ring.HeadSequence;
            _queue.Settle();
            if (_queue.FailureCount != failures || _ring.VerifiedSequence - sequence < 0)
            {
                return false;
            }

            _maildrops.Block = block;
            return true;
        }
    }
}

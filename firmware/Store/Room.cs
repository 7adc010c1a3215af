using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Store
{
    /// <summary>
    /// Decides what still fits: what is free, less what is kept so that every removal, void record and table of maildrops
    /// always fits, and a copy of the largest message; moves the tail where that helps, and names the message to relocate where
    /// that would.
    /// </summary>
    internal sealed class Room
    {
        // Of a message that moves, while there is room left for mail.
        private const int SpareCopies = 2;

        // A void record of the last removal that fits, at the next boot or where its own place is bad.
        private const int LastReserveBlocks = 2;

        private readonly Ring _ring;
        private readonly MessageIndex _index;
        private readonly CommitQueue _queue;
        private readonly Tail _tail;
        private readonly MaildropTable _maildrops;
        private readonly Relocation _relocation;
        private readonly byte[] _scratch;
        private readonly int _recordBlocks;
        private readonly int _voidReserve;
        private readonly int _removalReserve;
        private readonly int _maildropsCost;
        private bool _isBlocked;
        private bool _isStuck;
        private int _stuckVersion;
        private int _stuckMoves;
        private int _stuckFailures;
        private bool _isTight;
        private int _wantedBlocks;

        // With so much room left for mail nothing needs to move, unless a message went or moved since.
        private int _ampleBlocks = int.MaxValue;
        private int _ampleVersion;
        private int _ampleMoves;

        // Room that the last look had left, what had been written then, and the removals that could be asked for.
        private int _plentyBlocks;
        private long _writtenThen;
        private int _recipientsThen;

        internal Room(
            ApplianceSettings settings, Ring ring, MessageIndex index, CommitQueue queue, Tail tail, MaildropTable maildrops, Relocation relocation, byte[] scratch)
        {
            _relocation = relocation;
            _ring = ring;
            _index = index;
            _queue = queue;
            _tail = tail;
            _maildrops = maildrops;
            _scratch = scratch;
            _recordBlocks = Ring.BlocksOf(settings.RecordOctets);

            // Void records of one failure at run time, or at boot one for each commit that the slots can leave unfinished.
            int slots = settings.SmtpSlots + settings.Pop3Slots;
            _voidReserve = slots > VoidWriter.PlacesMax ? slots : VoidWriter.PlacesMax;
            _maildropsCost = CostMax(Ring.BlocksOf(MaildropTable.RecordOctetsMax(settings.MaildropsMax)));
            _removalReserve = _voidReserve + _maildropsCost;
            WasteBlocks = _recordBlocks + _maildropsCost;
            queue.Voids.KeptBlocks = _maildropsCost;

            // What is being committed counts among the removals to come before it is in the index.
            int pending = settings.SmtpSlots * settings.Maildrops.Length;
            FixedReserveBlocks = _removalReserve + CostMax(scratch.Length / Limits.BlockOctets) + pending;
        }

        /// <summary>Blocks that mail may still take.</summary>
        internal int MailBlocks
        {
            get
            {
                _queue.CountOpen();
                return CountedMailBlocks;
            }
        }

        /// <summary>Blocks that mail may take where what a copy under way is still to take does not count: it gives as much back.</summary>
        internal int MailBlocksAfterCopy
        {
            get { return MailBlocks + _relocation.UnwrittenBlocks; }
        }

        /// <summary>Blocks that mail may take up in all, so that making room stays cheap: two thirds of the area.</summary>
        internal int CapBlocks
        {
            get { return _ring.AreaBlocks - ((_ring.AreaBlocks + 2) / 3); }
        }

        /// <summary>Blocks that are kept from mail in an empty ring.</summary>
        internal readonly int FixedReserveBlocks;

        /// <summary>Blocks that one lap of relocation may waste anew: where it wraps, and where the table of maildrops is written.</summary>
        internal readonly int WasteBlocks;

        private int CountedMailBlocks
        {
            get { return _ring.FreeBlocks - ReserveBlocks - CopyReserveBlocks - _relocation.UnwrittenBlocks; }
        }

        // The largest message, which must always fit at the head once more: a quarter more where its records are cut anew, and
        // what is wasted where it wraps.
        private int CopyReserveBlocks
        {
            get
            {
                int live = _index.LargestBlocks;
                int open = _queue.OpenLargestBlocks;
                return CostOfCopy(live > open ? live : open);
            }
        }

        // While the tail is stuck each removal takes at least a block that does not come back before the mail at the tail is
        // gone: one is kept for each pair of message and recipient, so that a ring can always be emptied.
        private int ReserveBlocks
        {
            get { return FixedReserveBlocks + _index.LiveRecipients; }
        }

        /// <summary>Whether a message may be begun: the index has a place for it.</summary>
        internal bool HasPlace
        {
            get { return _index.Count + _queue.OpenCount < _index.Capacity; }
        }

        /// <summary>A mail that was begun was given up: the tail may move again.</summary>
        internal void Loosen()
        {
            _isStuck = false;
        }

        /// <summary>Forgets what was found on a card that is gone.</summary>
        internal void Reset()
        {
            _isStuck = false;
            _isTight = false;
            _wantedBlocks = 0;
            _plentyBlocks = 0;
            _ampleBlocks = int.MaxValue;
        }

        /// <summary>Whether blocks fit, in records of at most the record buffer; moves the tail where they otherwise would not.</summary>
        /// <param name="blocks">The blocks, at least 1.</param>
        /// <returns>Ok; Later where relocation makes room for them; NoRoom where it can't.</returns>
        internal int Check(long blocks)
        {
            // The way of nearly every record. Each block that was written since took one, and a quarter more than one at most that
            // a copy of it would need.
            long spent = (3 * (_ring.WrittenBlocks - _writtenThen)) + (_index.LiveRecipients - _recipientsThen);
            if (blocks + spent < _plentyBlocks)
            {
                return StoreResult.Ok;
            }

            _queue.CountOpen();
            int cap = CapBlocks - _index.LiveBlocks - _queue.OpenBlocks;
            if (blocks > cap)
            {
                return StoreResult.NoRoom;
            }

            int wanted = (int)blocks;
            int first = wanted < _recordBlocks ? wanted : _recordBlocks;

            // A move of the tail may write the table of maildrops anew, and what a record costs at the head is another matter then; and
            // even where it comes to nothing it may have given a removal its outcome, which makes room by itself.
            bool moves = true;
            int left = CountedMailBlocks;
            while (wanted - first + _ring.CostOf(first) > left)
            {
                if (!moves)
                {
                    return !_queue.IsFaulted && CanMake(wanted - first + _ring.CostOf(first)) ? StoreResult.Later : StoreResult.NoRoom;
                }

                moves = MoveTail();
                left = MailBlocks;
            }

            _plentyBlocks = (cap < left ? cap : left) - FixedReserveBlocks;
            _writtenThen = _ring.WrittenBlocks;
            _recipientsThen = _index.LiveRecipients;
            return StoreResult.Ok;
        }

        /// <summary>The message whose copy at the head would make the room that is wanted, or that will be wanted soon.</summary>
        /// <param name="copyBlocks">Blocks of room for mail that the copy may count on: another one fits where it comes to nothing. 0 where
        /// there are not so many.</param>
        /// <returns>Its place in the index; -1 where there is none, or none needed.</returns>
        internal int NextToRelocate(out int copyBlocks)
        {
            copyBlocks = 0;
            int mail = MailBlocks;
            if (mail >= _wantedBlocks && (mail >= AmpleBlocksMax || (mail >= _ampleBlocks && _ampleVersion == _index.Version && _ampleMoves == _index.Moves)))
            {
                return NoneToRelocate();
            }

            int atTail = _tail.DistanceToMail();
            int at = _tail.NearestAt;
            int cost = at < 0 ? 0 : CostOfCopy(_index.BlocksAt(at));
            int gain = _ring.UsedBlocks - _index.LiveBlocks - _queue.OpenBlocks - WasteBlocks;
            FindAmple(cost, mail + gain);

            // Where there is not so much to gain, at least what was asked for.
            int target = _ampleBlocks > _wantedBlocks && mail + gain >= _ampleBlocks ? _ampleBlocks : _wantedBlocks;
            if (mail + GainAtTail(atTail) >= target || mail + gain < target || at < 0 || _relocation.IsHeldUp(at))
            {
                return NoneToRelocate();
            }

            _isTight = true;
            bool moves = true;
            while (moves && (MailBlocks < cost || !CanCopy(at)))
            {
                moves = MoveTail();
            }

            if (!CanCopy(at))
            {
                return NoneToRelocate();
            }

            copyBlocks = MailBlocks >= cost ? cost : 0;
            _plentyBlocks = 0;
            return at;
        }

        // Whatever lies at the tail.
        private int AmpleBlocksMax
        {
            get { return LeastBlocks + (SpareCopies * CostOfCopy(_index.LargestBlocks)); }
        }

        private int LeastBlocks
        {
            get { return _ring.AreaBlocks / (_isTight ? 16 : 32); }
        }

        // A copy that a power cut or the card breaks off is room lost until the tail has passed it, which it never would where no
        // other copy fits. So a large message moves while there is room for two more, or one; but not where the lap that makes
        // such room would have to copy more than twice what it brings.
        private void FindAmple(int cost, int mostBlocks)
        {
            int least = LeastBlocks;
            int copies = cost == 0 ? 0 : SpareCopies;
            while (copies > 0 && mostBlocks - least - (copies * cost) < _index.LiveBlocks / 2)
            {
                copies--;
            }

            _ampleBlocks = least + (copies * cost);
            _ampleVersion = _index.Version;
            _ampleMoves = _index.Moves;
        }

        private int NoneToRelocate()
        {
            _isTight = false;
            _wantedBlocks = 0;
            return -1;
        }

        // A copy may use what mail may not: tables that were written anew and removals have taken some of that meanwhile.
        private bool CanCopy(int at)
        {
            return HasForPiece && CostOfCopy(_index.BlocksAt(at)) <= _ring.FreeBlocks - _removalReserve - _index.LiveRecipients;
        }

        // What a move of the tail would free: it stops at the table of maildrops where that is not worth being written anew. Damaged mail has to
        // be looked at, and found lost, before it frees anything.
        private int GainAtTail(int atTail)
        {
            if (_isBlocked)
            {
                return 0;
            }

            int toMaildrops = _tail.DistanceToMaildrops();
            return atTail - toMaildrops > _maildropsCost ? atTail : atTail < toMaildrops ? atTail : toMaildrops;
        }

        /// <summary>Whether the next piece of a copy fits.</summary>
        internal bool HasForPiece
        {
            get { return CostMax(_recordBlocks + 1) <= _ring.FreeBlocks - _removalReserve; }
        }

        // Whether relocation could ever make so much room; if so, it is asked to.
        private bool CanMake(int blocks)
        {
            int mail = MailBlocksAfterCopy;
            int dead = _ring.UsedBlocks - _index.LiveBlocks - _queue.OpenBlocks;
            _tail.DistanceToMail();
            int at = _tail.NearestAt;
            if (at < 0 || mail + dead - WasteBlocks < blocks || !(_relocation.IsActive || (CanCopy(at) && !_relocation.IsHeldUp(at))))
            {
                return false;
            }

            _wantedBlocks = blocks > _wantedBlocks ? blocks : _wantedBlocks;
            return true;
        }

        /// <summary>Blocks that the copy of a message may take.</summary>
        internal int CostOfCopy(int blocks)
        {
            return blocks == 0 ? 0 : blocks + (blocks / 4) + _recordBlocks;
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
                    return HasAtLast(blocks);
                }
            }

            return true;
        }

        // Where the tail is stuck, what is kept for void records is of no use but for removals: one at a time, so that a power cut
        // leaves no more than one to be voided.
        private bool HasAtLast(int blocks)
        {
            _queue.Settle();
            return !_queue.IsFaulted && _ring.CostOf(blocks) <= _ring.FreeBlocks - LastReserveBlocks - _maildropsCost;
        }

        // Blocks of a record, and what is wasted where it has to wrap.
        private static int CostMax(int blocks)
        {
            return (2 * blocks) - 1;
        }

        // Nothing was removed, moved or failed since the tail could not move; who applies an outcome need not tell.
        private bool IsStuck
        {
            get { return _isStuck && _stuckVersion == _index.Version && _stuckMoves == _index.Moves && _stuckFailures == _queue.FailureCount; }
        }

        // True where something became free. Everything written has its outcome first: a sync that fails in a superblock's
        // write must find no record that counts on it.
        private bool MoveTail()
        {
            if (IsStuck)
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
            _isBlocked = freed == Tail.NoRecord;
            _stuckVersion = _index.Version;
            _stuckMoves = _index.Moves;
            _stuckFailures = _queue.FailureCount;
            return freed > 0;
        }

        // The table of maildrops is always needed, and must not hold up the tail: where it lies in front of the first mail it
        // is written anew at the head first, if that gains more than it costs.
        private bool ClearMaildrops()
        {
            int gain = _tail.DistanceToMail() - _tail.DistanceToMaildrops();
            return gain <= _maildropsCost || WriteMaildrops();
        }

        private bool WriteMaildrops()
        {
            _ring.Begin(_scratch, RecordKind.Maildrops);
            int octets = _maildrops.Encode(_scratch, RecordHeader.Octets);

            // A power cut may leave it to be voided.
            if (_ring.CostOf(Ring.BlocksOf(RecordHeader.Octets + octets)) >= _ring.FreeBlocks)
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

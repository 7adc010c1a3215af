using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>
    /// Moves the tail over what nobody needs any more. A superblock that says so is on the card before one block counts as free.
    /// </summary>
    internal sealed class Tail
    {
        /// <summary>No record is where the mail nearest to the tail should begin: it is damaged.</summary>
        internal const int NoRecord = -2;

        private readonly ICard _card;
        private readonly IChecksum _checksum;
        private readonly Ring _ring;
        private readonly Superblock _superblock;
        private readonly SuperblockPair _superblocks;
        private readonly MessageIndex _index;
        private readonly MaildropTable _maildrops;
        private readonly CommitQueue _queue;
        private readonly byte[] _scratch;

        internal Tail(
            ICard card,
            IChecksum checksum,
            Ring ring,
            Superblock superblock,
            SuperblockPair superblocks,
            MessageIndex index,
            MaildropTable maildrops,
            CommitQueue queue,
            byte[] scratch)
        {
            _card = card;
            _checksum = checksum;
            _ring = ring;
            _superblock = superblock;
            _superblocks = superblocks;
            _index = index;
            _maildrops = maildrops;
            _queue = queue;
            _scratch = scratch;
        }

        /// <summary>After <see cref="DistanceToMail"/>: the place in the index of the message that it leads to; -1 where it is one that is still
        /// being written, or none.</summary>
        internal int NearestAt;

        /// <summary>Blocks from the tail to the first record that mail needs, whatever the table of maildrops does there.</summary>
        internal int DistanceToMail()
        {
            int tail = _superblock.TailBlock;
            int nearest = _ring.UsedBlocks;
            NearestAt = -1;
            for (int at = 0; at < _index.Count; at++)
            {
                int distance = _ring.Distance(tail, _index.FirstBlockAt(at));
                if (distance < nearest)
                {
                    nearest = distance;
                    NearestAt = at;
                }
            }

            for (int at = 0; at < _queue.WriterCount; at++)
            {
                MessageWriter writer = _queue.WriterAt(at);
                if (writer.IsInRing && writer.IsBusy)
                {
                    int distance = _ring.Distance(tail, writer.FirstBlock);
                    if (distance < nearest)
                    {
                        nearest = distance;
                        NearestAt = -1;
                    }
                }
            }

            return nearest;
        }

        /// <summary>Blocks from the tail to a place of the ring.</summary>
        internal int DistanceTo(int block)
        {
            return _ring.Distance(_superblock.TailBlock, block);
        }

        /// <summary>Blocks from the tail to the table of maildrops.</summary>
        internal int DistanceToMaildrops()
        {
            return _ring.Distance(_superblock.TailBlock, _maildrops.Block);
        }

        /// <summary>Moves the tail as far as it goes; everything written must have its outcome.</summary>
        /// <returns>Blocks that became free; 0 where something holds it up; -1 where the card failed, and a later try may do better;
        /// <see cref="NoRecord"/>.</returns>
        internal int Advance()
        {
            int freed = DistanceToMail();
            int maildrops = DistanceToMaildrops();
            if (maildrops < freed)
            {
                freed = maildrops;
            }

            int block = Ring.AreaStart + ((_superblock.TailBlock - Ring.AreaStart + freed) % _ring.AreaBlocks);
            if (freed == 0)
            {
                return 0;
            }

            if (!_card.Read(block, _scratch, 0, 1))
            {
                return -1;
            }

            // What stands there is verified, or the tail would not stop at it; anything else is of an earlier lap.
            int sequence = Octets.ReadInt32(_scratch, RecordHeader.Sequence);
            if (!RecordHeader.IsValid(_scratch, 0, _superblock.RingId, _superblock.RingKey, _checksum)
                || !RecordHeader.IsPlausible(_scratch, 0, block, _ring.AreaEnd)
                || sequence - _superblock.TailSequence <= 0 || _ring.VerifiedSequence - sequence < 0)
            {
                return NoRecord;
            }

            int tailBefore = _superblock.TailBlock;
            int sequenceBefore = _superblock.TailSequence;
            _superblock.TailBlock = block;
            _superblock.TailSequence = sequence;
            _superblock.KnownHead = _ring.VerifiedSequence;
            if (!_superblocks.Write(_superblock))
            {
                _superblock.TailBlock = tailBefore;
                _superblock.TailSequence = sequenceBefore;
                _queue.LookAtCard();
                return -1;
            }

            _ring.Freed(freed);
            return freed;
        }
    }
}

using System;
using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>
    /// Makes an empty ring of a file that holds none, in bounded pieces. A first superblock says that a format was begun, so a
    /// power cut in the middle starts it again instead of taking what lay on the card before for a ring.
    /// </summary>
    internal sealed class RingFormatter
    {
        private readonly ICard _card;
        private readonly SuperblockPair _superblocks;
        private readonly Superblock _superblock;
        private readonly byte[] _zeros;

        internal RingFormatter(ICard card, SuperblockPair superblocks, Superblock superblock, byte[] scratch)
        {
            _card = card;
            _superblocks = superblocks;
            _superblock = superblock;
            _zeros = scratch;
        }

        /// <summary>Blocks done, of <see cref="ICard.BlockCount"/>.</summary>
        internal int DoneBlocks;

        /// <summary>Writes the superblock that says a format was begun.</summary>
        /// <param name="entropy">For the ring's id and key.</param>
        /// <param name="spanBlocks">Blocks that may be unverified at the head.</param>
        /// <returns>False where the card refused.</returns>
        internal bool Begin(IEntropy entropy, int spanBlocks)
        {
            entropy.Fill(_superblock.RingId, 0, _superblock.RingId.Length);
            entropy.Fill(_superblock.RingKey, 0, _superblock.RingKey.Length);
            _superblock.Version = Superblock.CurrentVersion;
            _superblock.IncompatibleFeatures = 0;
            _superblock.State = Superblock.StateFormatting;
            _superblock.BlockCount = _card.BlockCount;
            _superblock.TailBlock = Ring.AreaStart;
            _superblock.TailSequence = 1;
            _superblock.KnownHead = 0;
            _superblock.NextUniqueId = 1;
            _superblock.SpanBlocks = spanBlocks;
            DoneBlocks = Ring.AreaStart;
            return _superblocks.Write(_superblock);
        }

        /// <summary>Overwrites the next piece of the area with zeros.</summary>
        /// <returns>False where the card refused.</returns>
        internal bool Step()
        {
            Array.Clear(_zeros, 0, _zeros.Length);
            int blocks = _zeros.Length / Limits.BlockOctets;
            int areaEnd = _card.BlockCount - 1;
            if (blocks > areaEnd - DoneBlocks)
            {
                blocks = areaEnd - DoneBlocks;
            }

            if (!_card.Write(DoneBlocks, _zeros, 0, blocks))
            {
                return false;
            }

            DoneBlocks += blocks;
            return true;
        }

        /// <summary>Whether the whole area is overwritten.</summary>
        internal bool IsDone
        {
            get { return DoneBlocks >= _card.BlockCount - 1; }
        }

        /// <summary>Puts the ring into use: both superblocks.</summary>
        /// <returns>False where the card refused.</returns>
        internal bool End()
        {
            _superblock.State = Superblock.StateReady;
            return _card.Sync() && _superblocks.Write(_superblock) && _superblocks.Write(_superblock);
        }
    }
}

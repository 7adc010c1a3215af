using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>
    /// The two places of the superblock, the first and the last block of the file: far apart, so that no erase block of the
    /// card holds both. They are written in turn, and the valid one of the higher generation holds.
    /// </summary>
    public sealed class SuperblockPair
    {
        /// <summary>Neither copy is a superblock.</summary>
        public const int None = 0;

        /// <summary>The superblock was read.</summary>
        public const int Found = 1;

        /// <summary>A superblock of a format or with a feature that this program does not know.</summary>
        public const int OtherVersion = 2;

        /// <summary>The card did not let itself be read.</summary>
        public const int Unreadable = 3;

        /// <summary>A superblock of a ring that was longer than the file is now.</summary>
        public const int Truncated = 4;

        // A failed write is tried again in the same place, since the other one holds the only good copy.
        private const int TriesMax = 3;

        private readonly ICard _card;
        private readonly IChecksum _checksum;
        private readonly byte[] _block;
        private readonly byte[] _readBack;
        private readonly Superblock _candidate = new Superblock();
        private int _next;

        /// <summary>Makes the pair; done at boot.</summary>
        /// <param name="card">The card.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <param name="block">A block of RAM; shared, used within a call only.</param>
        /// <param name="spareBlock">Another one.</param>
        public SuperblockPair(ICard card, IChecksum checksum, byte[] block, byte[] spareBlock)
        {
            _block = block;
            _readBack = spareBlock;
            _card = card;
            _checksum = checksum;
        }

        /// <summary>The version that <see cref="OtherVersion"/> found.</summary>
        public int FoundVersion;

        /// <summary>Where that is our own version: the features, bit by bit, of which it has one that this program does not know.</summary>
        public int FoundFeatures;

        /// <summary>Superblocks written since boot.</summary>
        public int WriteCount;

        /// <summary>Reads both copies and takes the one that holds.</summary>
        /// <param name="superblock">Filled where one was found.</param>
        /// <returns><see cref="Found"/>, <see cref="None"/>, <see cref="OtherVersion"/> or <see cref="Unreadable"/>.</returns>
        public int Read(Superblock superblock)
        {
            int result = None;
            int unread = 0;
            int otherVersion = Superblock.NoVersion;
            bool truncated = false;
            for (int copy = 0; copy < 2; copy++)
            {
                if (!ReadCopy(copy, _block))
                {
                    unread++;
                    continue;
                }

                bool isWhole = _candidate.Decode(_block, _checksum);
                int claimed = Superblock.ClaimedVersion(_block);
                if (claimed != Superblock.NoVersion && claimed != Superblock.CurrentVersion && (claimed != 0 || isWhole))
                {
                    otherVersion = claimed;
                    continue;
                }

                if (!isWhole)
                {
                    continue;
                }

                if (_candidate.IncompatibleFeatures != 0)
                {
                    otherVersion = _candidate.Version;
                    FoundFeatures = _candidate.IncompatibleFeatures;
                }
                else if (_candidate.BlockCount > _card.BlockCount)
                {
                    truncated = true;
                }
                else if (result != Found || _candidate.Generation - superblock.Generation > 0)
                {
                    superblock.Decode(_block, _checksum);
                    _next = 1 - copy;
                    result = Found;
                }
            }

            if (result == None && otherVersion != Superblock.NoVersion)
            {
                FoundVersion = otherVersion;
                return OtherVersion;
            }

            if (result == None && truncated)
            {
                return Truncated;
            }

            return result == None && unread == 2 ? Unreadable : result;
        }

        /// <summary>Whether the card holds a superblock of the same ring and boot: the one in RAM is good for it.</summary>
        /// <param name="superblock">The one in RAM.</param>
        /// <returns>False where both copies are unreadable, or another ring's, or of another boot.</returns>
        public bool IsStill(Superblock superblock)
        {
            return IsStill(superblock, 1 - _next) || IsStill(superblock, _next);
        }

        // In the spare block: the other one may hold a void record that has to be tried again.
        private bool IsStill(Superblock superblock, int copy)
        {
            byte[] id = superblock.RingId;
            return ReadCopy(copy, _readBack) && _candidate.Decode(_readBack, _checksum) && _candidate.Epoch == superblock.Epoch
                && Octets.Equal(_candidate.RingId, 0, id.Length, id, 0, id.Length);
        }

        /// <summary>Writes the superblock to the place whose turn it is, syncs, and reads it back.</summary>
        /// <param name="superblock">What to write; its generation is counted up.</param>
        /// <returns>True where it is on the card; false leaves the older copy in force.</returns>
        public bool Write(Superblock superblock)
        {
            superblock.Generation++;
            superblock.Encode(_block, _checksum);
            int place = BlockOf(_next);
            for (int tries = 0; tries < TriesMax && (tries == 0 || !IsOfAnotherRing(superblock)); tries++)
            {
                WriteCount++;
                if (_card.Write(place, _block, 0, 1)
                    && _card.Sync()
                    && _card.Read(BlockOf(1 - _next), _readBack, 0, 1)
                    && _card.Read(place, _readBack, 0, 1)
                    && Octets.Equal(_block, 0, Limits.BlockOctets, _readBack, 0, Limits.BlockOctets))
                {
                    _next = 1 - _next;
                    return true;
                }
            }

            return false;
        }

        // What was written is not there: a card that was changed meanwhile has a superblock of its own in the other place.
        private bool IsOfAnotherRing(Superblock superblock)
        {
            byte[] id = superblock.RingId;
            return ReadCopy(1 - _next, _readBack) && _candidate.Decode(_readBack, _checksum)
                && !Octets.Equal(_candidate.RingId, 0, id.Length, id, 0, id.Length);
        }

        // Asked again: to go on from the older copy where the newer one is there would be to write over what is live.
        private bool ReadCopy(int copy, byte[] block)
        {
            for (int tries = 0; tries < TriesMax; tries++)
            {
                if (_card.Read(BlockOf(copy), block, 0, 1))
                {
                    return true;
                }
            }

            return false;
        }

        private int BlockOf(int copy)
        {
            return copy == 0 ? 0 : _card.BlockCount - 1;
        }
    }
}

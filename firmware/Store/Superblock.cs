using System;
using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>What a superblock says (SPEC.md, "Superblock"): fields, and their octets.</summary>
    public sealed class Superblock
    {
        /// <summary>The format this program reads and writes.</summary>
        public const int CurrentVersion = 1;

        /// <summary>No superblock claims this one.</summary>
        public const int NoVersion = -1;

        /// <summary>State: a format was begun and did not end; what else is on the card means nothing.</summary>
        public const int StateFormatting = 1;

        /// <summary>State: the ring is in use.</summary>
        public const int StateReady = 2;

        private const int ChecksumAt = 8;
        private const int CoveredAt = 12;

        private static readonly byte[] s_magic = Octets.Of("MAILRING");

        /// <summary>64 random bits that name the ring.</summary>
        public readonly byte[] RingId = new byte[8];

        /// <summary>64 random bits that never leave the card.</summary>
        public readonly byte[] RingKey = new byte[RecordHeader.KeyOctets];

        /// <summary>Format version.</summary>
        public int Version;

        /// <summary>Features that a program must know, or leave the ring alone.</summary>
        public int IncompatibleFeatures;

        /// <summary>One of the states.</summary>
        public int State;

        /// <summary>Counts the superblocks ever written: the higher one holds.</summary>
        public int Generation;

        /// <summary>Random at each boot; every record carries the one it was written under.</summary>
        public int Epoch;

        /// <summary>Blocks of the file.</summary>
        public int BlockCount;

        /// <summary>Where the chain begins.</summary>
        public int TailBlock;

        /// <summary>Sequence of the record there, or of the next one to be written where the chain is empty.</summary>
        public int TailSequence;

        /// <summary>A sequence up to which everything was synced and read back when this was written.</summary>
        public int KnownHead;

        /// <summary>A number that no unique-id has had yet.</summary>
        public int NextUniqueId;

        /// <summary>Blocks that may be unverified at the head: how far recovery looks behind a break there.</summary>
        public int SpanBlocks;

        /// <summary>Writes the superblock's 512 octets.</summary>
        /// <param name="buffer">A buffer of a block or more.</param>
        /// <param name="checksum">CRC-32.</param>
        public void Encode(byte[] buffer, IChecksum checksum)
        {
            Array.Clear(buffer, 0, Limits.BlockOctets);
            Array.Copy(s_magic, 0, buffer, 0, s_magic.Length);
            Octets.WriteInt32(Version, buffer, 12);
            Octets.WriteInt32(IncompatibleFeatures, buffer, 16);
            Octets.WriteInt32(State, buffer, 20);
            Array.Copy(RingId, 0, buffer, 24, RingId.Length);
            Array.Copy(RingKey, 0, buffer, 32, RingKey.Length);
            Octets.WriteInt32(Generation, buffer, 40);
            Octets.WriteInt32(Epoch, buffer, 44);
            Octets.WriteInt32(BlockCount, buffer, 48);
            Octets.WriteInt32(TailBlock, buffer, 52);
            Octets.WriteInt32(TailSequence, buffer, 56);
            Octets.WriteInt32(KnownHead, buffer, 60);
            Octets.WriteInt32(NextUniqueId, buffer, 64);
            Octets.WriteInt32(SpanBlocks, buffer, 68);
            Octets.WriteInt32(checksum.Compute(buffer, CoveredAt, Limits.BlockOctets - CoveredAt), buffer, ChecksumAt);
        }

        /// <summary>Reads a superblock's octets.</summary>
        /// <param name="buffer">A buffer that holds the block.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <returns>True where it is whole; a version or feature this program does not know is for the caller to see.</returns>
        public bool Decode(byte[] buffer, IChecksum checksum)
        {
            if (!HasMagic(buffer)
                || checksum.Compute(buffer, CoveredAt, Limits.BlockOctets - CoveredAt) != Octets.ReadInt32(buffer, ChecksumAt))
            {
                return false;
            }

            Version = Octets.ReadInt32(buffer, 12);
            IncompatibleFeatures = Octets.ReadInt32(buffer, 16);
            State = Octets.ReadInt32(buffer, 20);
            Array.Copy(buffer, 24, RingId, 0, RingId.Length);
            Array.Copy(buffer, 32, RingKey, 0, RingKey.Length);
            Generation = Octets.ReadInt32(buffer, 40);
            Epoch = Octets.ReadInt32(buffer, 44);
            BlockCount = Octets.ReadInt32(buffer, 48);
            TailBlock = Octets.ReadInt32(buffer, 52);
            TailSequence = Octets.ReadInt32(buffer, 56);
            KnownHead = Octets.ReadInt32(buffer, 60);
            NextUniqueId = Octets.ReadInt32(buffer, 64);
            SpanBlocks = Octets.ReadInt32(buffer, 68);
            return true;
        }

        /// <summary>The version a block claims, whatever its checksum: a later format may compute that differently.</summary>
        /// <param name="buffer">A buffer that holds the block.</param>
        /// <returns>The version; <see cref="NoVersion"/> where this is no superblock. 0 is also what a power cut in the first write of all
        /// leaves behind the magic, and counts only where the block is whole.</returns>
        public static int ClaimedVersion(byte[] buffer)
        {
            return HasMagic(buffer) ? Octets.ReadInt32(buffer, 12) : NoVersion;
        }

        private static bool HasMagic(byte[] buffer)
        {
            return Octets.Equal(buffer, 0, s_magic.Length, s_magic, 0, s_magic.Length);
        }
    }
}

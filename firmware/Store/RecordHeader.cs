using System;
using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>Where the fields of a record header are, and its keyed checksum (SPEC.md, "Record header").</summary>
    /// <remarks>
    /// A header is patched where it lies, in front of its payload in a record buffer: a writer's next fragment differs from
    /// the last in a few fields only, and an object to fill and encode would cost the board more than the payload's copy.
    /// </remarks>
    public static class RecordHeader
    {
        /// <summary>Octets of a header; the payload begins here at the earliest.</summary>
        public const int Octets = 112;

        /// <summary>"MREC", little-endian.</summary>
        public const int MagicValue = 0x4345524D;

        /// <summary>Flag: the arrival time is a real date.</summary>
        public const int FlagClockKnown = 1;

        /// <summary>Flag of a lost record: the message was whole, and dropped for new mail.</summary>
        public const int FlagDropped = 2;

        /// <summary>Flag of a lost record: the message was whole, and older than the retention time.</summary>
        public const int FlagExpired = 4;

        /// <summary>Of a last fragment's or copy's flags: where the number of a <see cref="NoticeCause"/> stands; 0 for mail that came.</summary>
        public const int NoticeShift = 4;

        /// <summary>The bits of that number.</summary>
        public const int NoticeMask = 7;

        /// <summary>Words of recipient bits: one for 32 maildrops.</summary>
        public const int RecipientWords = 4;

        internal const int Magic = 0;
        internal const int Checksum = 4;
        internal const int RingId = 12;
        internal const int Epoch = 20;
        internal const int Sequence = 24;
        internal const int Link = 28;
        internal const int Verified = 32;
        internal const int Kind = 36;
        internal const int Flags = 37;
        internal const int Blocks = 38;
        internal const int PayloadOffset = 40;
        internal const int Maildrop = 42;
        internal const int PayloadOctets = 44;
        internal const int PayloadChecksum = 48;
        internal const int Message = 52;
        internal const int Fragment = 56;
        internal const int FirstBlock = 60;
        internal const int MessageBlocks = 64;
        internal const int WireOctets = 68;
        internal const int MailOctets = 72;
        internal const int UniqueIdEpoch = 76;
        internal const int UniqueIdNumber = 80;
        internal const int Arrival = 84;
        internal const int Recipients = 92;
        internal const int Place = 108;

        // A void record has no payload: the range it voids stands where a fragment names its message.
        internal const int VoidFirst = Message;
        internal const int VoidLast = Fragment;

        /// <summary>Octets of the checksum's field: the ring key stands in it while the checksum is computed.</summary>
        internal const int KeyOctets = 8;

        /// <summary>Starts a header: all fields zero but what every record of a ring shares.</summary>
        /// <param name="buffer">The record's buffer.</param>
        /// <param name="offset">Where the record begins in it.</param>
        /// <param name="kind">One of <see cref="RecordKind"/>.</param>
        /// <param name="ringId">Buffer with the ring's id.</param>
        /// <param name="epoch">The boot's epoch.</param>
        internal static void Begin(byte[] buffer, int offset, int kind, byte[] ringId, int epoch)
        {
            Array.Clear(buffer, offset, Octets);
            Core.Octets.WriteInt32(MagicValue, buffer, offset + Magic);
            Array.Copy(ringId, 0, buffer, offset + RingId, ringId.Length);
            Core.Octets.WriteInt32(epoch, buffer, offset + Epoch);
            buffer[offset + Kind] = (byte)kind;
        }

        /// <summary>Computes the keyed checksum and puts it in its place.</summary>
        /// <param name="buffer">The record's buffer; changed in the checksum's field.</param>
        /// <param name="offset">Where the record begins.</param>
        /// <param name="key">The ring key.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <returns>The checksum, which the next record links to.</returns>
        internal static int Seal(byte[] buffer, int offset, byte[] key, IChecksum checksum)
        {
            Array.Copy(key, 0, buffer, offset + Checksum, KeyOctets);
            int sum = checksum.Compute(buffer, offset, Octets);
            Core.Octets.WriteInt32(sum, buffer, offset + Checksum);
            Array.Clear(buffer, offset + Checksum + 4, KeyOctets - 4);
            return sum;
        }

        /// <summary>Whether a header is one of this ring and whole.</summary>
        /// <param name="buffer">A buffer that holds the header; unchanged on return.</param>
        /// <param name="offset">Where the record begins.</param>
        /// <param name="ringId">The ring's id.</param>
        /// <param name="key">The ring key.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <returns>True where it proves itself.</returns>
        internal static bool IsValid(byte[] buffer, int offset, byte[] ringId, byte[] key, IChecksum checksum)
        {
            if (Core.Octets.ReadInt32(buffer, offset + Magic) != MagicValue
                || Core.Octets.ReadInt32(buffer, offset + Checksum + 4) != 0
                || !Core.Octets.Equal(buffer, offset + RingId, ringId.Length, ringId, 0, ringId.Length))
            {
                return false;
            }

            int sum = Core.Octets.ReadInt32(buffer, offset + Checksum);
            int computed = Seal(buffer, offset, key, checksum);
            Core.Octets.WriteInt32(sum, buffer, offset + Checksum);
            return sum == computed;
        }

        /// <summary>Whether a header is whole: the ring's id is covered by its checksum, so this is all that a reader needs who knows from the
        /// chain which record it must be.</summary>
        /// <param name="buffer">A buffer that holds the header at its front; its checksum is gone on return.</param>
        /// <param name="key">The ring key.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <param name="sum">The checksum it carries.</param>
        /// <returns>True where it is whole.</returns>
        internal static bool IsWhole(byte[] buffer, byte[] key, IChecksum checksum, int sum)
        {
            if ((buffer[Checksum + 4] | buffer[Checksum + 5] | buffer[Checksum + 6] | buffer[Checksum + 7]) != 0)
            {
                return false;
            }

            Array.Copy(key, 0, buffer, Checksum, KeyOctets);
            return checksum.Compute(buffer, 0, Octets) == sum;
        }

        /// <summary>Whether the payload that follows a valid header is the one it was written with.</summary>
        /// <param name="buffer">A buffer that holds the whole record.</param>
        /// <param name="offset">Where the record begins.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <returns>True where it is.</returns>
        internal static bool IsPayloadValid(byte[] buffer, int offset, IChecksum checksum)
        {
            int at = Core.Octets.ReadUInt16(buffer, offset + PayloadOffset);
            int octets = Core.Octets.ReadInt32(buffer, offset + PayloadOctets);
            return checksum.Compute(buffer, offset + at, octets) == Core.Octets.ReadInt32(buffer, offset + PayloadChecksum);
        }

        /// <summary>Whether the fields that say where things are make sense; a checksum can be right by chance, and then nothing may break. A
        /// record is where it says: a card that mistakes one block for another shows no record at all.</summary>
        /// <param name="buffer">A buffer that holds the header.</param>
        /// <param name="offset">Where the record begins.</param>
        /// <param name="block">Which block the record is at.</param>
        /// <param name="areaEnd">The block behind the area.</param>
        /// <returns>True where they do.</returns>
        internal static bool IsPlausible(byte[] buffer, int offset, int block, int areaEnd)
        {
            int blocks = Core.Octets.ReadUInt16(buffer, offset + Blocks);
            int at = Core.Octets.ReadUInt16(buffer, offset + PayloadOffset);
            int octets = Core.Octets.ReadInt32(buffer, offset + PayloadOctets);
            int place = Core.Octets.ReadInt32(buffer, offset + Place);
            return (place == block || place == 0) && blocks >= 1 && block + blocks <= areaEnd && at >= Octets && octets >= 0
                && octets <= (blocks * Limits.BlockOctets) - at;
        }
    }
}

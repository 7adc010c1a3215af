using System;
using System.Buffers.Binary;
using MailAppliance.Hal;

namespace MailAppliance.Tools.Card.Survey
{
    /// <summary>One record's header, read by SPEC.md and by nothing of the store's, and what is found out about it.</summary>
    internal sealed class SurveyedRecord
    {
        /// <summary>Octets of a header.</summary>
        public const int HeaderOctets = 112;

        private readonly byte[] _header;

        private SurveyedRecord(byte[] header, int block)
        {
            _header = header;
            Block = block;
        }

        /// <summary>Where it is.</summary>
        public int Block { get; }

        /// <summary>Its header's checksum, which the next one links to.</summary>
        public int Sum => Number(4);

        /// <summary>Epoch of the boot that wrote it.</summary>
        public int Epoch => Number(20);

        /// <summary>Its sequence.</summary>
        public int Sequence => Number(24);

        /// <summary>Checksum of the header before.</summary>
        public int Link => Number(28);

        /// <summary>Highest sequence that was proven when it was written.</summary>
        public int Verified => Number(32);

        /// <summary>What it is.</summary>
        public SurveyedKind Kind => (SurveyedKind)_header[36];

        /// <summary>Its blocks.</summary>
        public int Blocks => BinaryPrimitives.ReadUInt16LittleEndian(_header.AsSpan(38));

        /// <summary>Where its payload begins.</summary>
        public int PayloadAt => BinaryPrimitives.ReadUInt16LittleEndian(_header.AsSpan(40));

        /// <summary>Of a removal: whose.</summary>
        public int RecipientBit => BinaryPrimitives.ReadUInt16LittleEndian(_header.AsSpan(42));

        /// <summary>Octets of its payload.</summary>
        public int PayloadOctets => Number(44);

        /// <summary>Checksum of its payload.</summary>
        public int PayloadSum => Number(48);

        /// <summary>Sequence of the message's first fragment, or the first that is voided.</summary>
        public int Message => Number(52);

        /// <summary>Which fragment it is, or the last sequence that is voided.</summary>
        public int Fragment => Number(56);

        /// <summary>Where the message begins.</summary>
        public int FirstBlock => Number(60);

        /// <summary>Octets of the message in wire form.</summary>
        public int WireOctets => Number(68);

        /// <summary>Octets of the message as POP3 counts them.</summary>
        public int MailOctets => Number(72);

        /// <summary>Epoch of the message's unique-id.</summary>
        public int UniqueIdEpoch => Number(76);

        /// <summary>Number of the message's unique-id.</summary>
        public int UniqueIdNumber => Number(80);

        /// <summary>Whether it is a part of a message.</summary>
        public bool IsFragment => Kind is SurveyedKind.Fragment or SurveyedKind.LastFragment or SurveyedKind.Copy;

        /// <summary>The block that it says it is at; 0 where it does not say.</summary>
        public int Place => Number(108);

        /// <summary>Who the message is for; the array is the caller's.</summary>
        public UInt128 Recipients => BinaryPrimitives.ReadUInt128LittleEndian(_header.AsSpan(92));

        /// <summary>Its payload is what it was written with; set by whoever reads it.</summary>
        public bool IsWhole { get; set; } = true;

        /// <summary>It never counted: a void record takes it back, or a power cut left it unfinished.</summary>
        public bool IsTakenBack { get; set; }

        /// <summary>Its payload, where it is a removal or a table of maildrops.</summary>
        public byte[] Payload { get; set; } = [];

        /// <summary>Reads a header.</summary>
        /// <param name="octets">Begins with a block; unchanged.</param>
        /// <param name="block">Which block it is.</param>
        /// <param name="ring">The superblock that holds.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <returns>The record; null where the block is none of this ring.</returns>
        public static SurveyedRecord? Parse(byte[] octets, int block, SuperblockCopy ring, IChecksum checksum)
        {
            ReadOnlySpan<byte> read = octets.AsSpan(0, HeaderOctets);
            if (!read.StartsWith("MREC"u8) || !read.Slice(12, 8).SequenceEqual(ring.RingId) || !read.Slice(8, 4).SequenceEqual("\0\0\0\0"u8))
            {
                return null;
            }

            byte[] header = read.ToArray();
            ring.RingKey.CopyTo(header.AsSpan(4));
            int sum = checksum.Compute(header, 0, HeaderOctets);
            read.CopyTo(header);
            var record = new SurveyedRecord(header, block);
            bool isPlausible = (record.Place == block || record.Place == 0)
                && record.Blocks > 0
                && block + record.Blocks <= ring.BlockCount - 1
                && record.PayloadAt >= HeaderOctets
                && record.PayloadOctets >= 0
                && (long)record.PayloadAt + record.PayloadOctets <= (long)record.Blocks * 512;
            return sum == record.Sum && isPlausible ? record : null;
        }

        private int Number(int at)
        {
            return BinaryPrimitives.ReadInt32LittleEndian(_header.AsSpan(at));
        }
    }
}

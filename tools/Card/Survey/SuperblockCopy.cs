using System;
using System.Buffers.Binary;
using System.Globalization;
using MailAppliance.Hal;

namespace MailAppliance.Tools.Card.Survey
{
    /// <summary>One of the two superblocks, read by SPEC.md and by nothing of the store's.</summary>
    internal sealed class SuperblockCopy
    {
        private const int BlockOctets = 512;
        private const int StateFormatting = 1;
        private const int StateReady = 2;

        private readonly byte[] _octets = new byte[BlockOctets];
        private readonly bool _isRead;
        private readonly bool _isWhole;

        /// <summary>Reads one.</summary>
        /// <param name="card">The card.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <param name="block">Which block it is in.</param>
        public SuperblockCopy(ICard card, IChecksum checksum, int block)
        {
            Block = block;
            _isRead = card.Read(block, _octets, 0, 1);
            _isWhole = _isRead
                && _octets.AsSpan(0, 8).SequenceEqual("MAILRING"u8)
                && checksum.Compute(_octets, 12, BlockOctets - 12) == Number(8);
            IsTruncated = _isWhole && BlockCount > card.BlockCount;
        }

        /// <summary>Which block it is in.</summary>
        public int Block { get; }

        /// <summary>Whether it says of a ring in use what this program understands.</summary>
        public bool IsValid
        {
            get { return _isWhole && !IsTruncated && Number(12) == 1 && Number(16) == 0 && Number(20) is StateFormatting or StateReady; }
        }

        /// <summary>Whether it is of a ring in use.</summary>
        public bool IsReady
        {
            get { return IsValid && Number(20) == StateReady; }
        }

        /// <summary>The ring is longer than the file.</summary>
        public bool IsTruncated { get; }

        /// <summary>The ring's id.</summary>
        public ReadOnlySpan<byte> RingId => _octets.AsSpan(24, 8);

        /// <summary>The ring's key.</summary>
        public ReadOnlySpan<byte> RingKey => _octets.AsSpan(32, 8);

        /// <summary>The higher one holds.</summary>
        public int Generation => Number(40);

        /// <summary>Epoch of the boot that wrote it.</summary>
        public int Epoch => Number(44);

        /// <summary>Blocks of the ring.</summary>
        public int BlockCount => Number(48);

        /// <summary>Block of the first record of the chain.</summary>
        public int TailBlock => Number(52);

        /// <summary>Its sequence.</summary>
        public int TailSequence => Number(56);

        /// <summary>All was settled up to here.</summary>
        public int KnownHead => Number(60);

        /// <summary>Blocks that may be unverified at the head.</summary>
        public int Span => Number(68);

        /// <summary>Its state in words.</summary>
        public string Words
        {
            get
            {
                string generation = string.Create(CultureInfo.InvariantCulture, $"generation {(uint)Generation}");
                return !_isRead ? "can't be read"
                    : !_isWhole ? "damaged"
                    : Number(12) != 1 ? string.Create(CultureInfo.InvariantCulture, $"of format version {Number(12)}, which this program does not know")
                    : Number(16) != 0 ? "with features that this program does not know"
                    : IsTruncated ? "of a ring that is longer than the file"
                    : Number(20) == StateReady ? "in use, " + generation
                    : Number(20) == StateFormatting ? "a format was begun and did not end, " + generation
                    : "in a state that this program does not know";
            }
        }

        private int Number(int at)
        {
            return BinaryPrimitives.ReadInt32LittleEndian(_octets.AsSpan(at));
        }
    }
}

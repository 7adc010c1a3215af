using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using MailAppliance.Hal;

namespace MailAppliance.Tools.Card.Log
{
    /// <summary>A block of <c>LOG.RNG</c>, read by SPEC.md and by nothing of the writer's.</summary>
    internal sealed class LoggedBlock
    {
        /// <summary>Octets of a block.</summary>
        public const int BlockOctets = 512;

        private const int LinesAt = 64;
        private const int LineHeaderOctets = 6;
        private const int VersionOurs = 1;
        private const int CauseCount = 7;

        private readonly byte[] _octets;

        private LoggedBlock(byte[] octets)
        {
            _octets = octets;
        }

        /// <summary>Its sequence, from 1.</summary>
        public int Sequence => Number(12);

        /// <summary>Number of the start that wrote it.</summary>
        public int Start => Number(16);

        /// <summary>Lines that were lost in front of its first one, for want of room in RAM.</summary>
        public int Lost => Number(20);

        /// <summary>When the start was; null where the date was unknown.</summary>
        public DateTimeOffset? StartedAt
        {
            get
            {
                long seconds = BinaryPrimitives.ReadInt64LittleEndian(_octets.AsSpan(24));
                return seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
            }
        }

        /// <summary>Starts by cause, as they were counted when it was written.</summary>
        public IReadOnlyList<int> Starts
        {
            get
            {
                int[] starts = new int[CauseCount];
                for (int cause = 0; cause < starts.Length; cause++)
                {
                    starts[cause] = Number(36 + (4 * cause));
                }

                return starts;
            }
        }

        /// <summary>Reads a block.</summary>
        /// <param name="octets">Its octets; kept.</param>
        /// <param name="at">Its index in the file.</param>
        /// <param name="blockCount">Blocks of the file.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <returns>The block; null where it proves nothing, or stands in another's place.</returns>
        public static LoggedBlock? Read(byte[] octets, int at, int blockCount, IChecksum checksum)
        {
            var block = new LoggedBlock(octets);
            bool isRight = octets.AsSpan(0, 4).SequenceEqual("MLOG"u8)
                && block.Number(4) == checksum.Compute(octets, 8, BlockOctets - 8)
                && block.Number(8) == VersionOurs
                && block.Sequence > 0
                && block.Sequence % blockCount == at
                && block.LinesEnd <= BlockOctets;
            return isRight ? block : null;
        }

        /// <summary>Its lines, in order.</summary>
        public IEnumerable<LoggedLine> Lines()
        {
            for (int at = LinesAt; at + LineHeaderOctets <= LinesEnd;)
            {
                int text = at + LineHeaderOctets;
                int count = Math.Min(_octets[at + 5], LinesEnd - text);
                yield return new LoggedLine(TimeSpan.FromMilliseconds(100.0 * (uint)Number(at)), _octets[at + 4], _octets[text..(text + count)]);
                at = text + count;
            }
        }

        private int LinesEnd => LinesAt + BinaryPrimitives.ReadUInt16LittleEndian(_octets.AsSpan(32));

        private int Number(int at)
        {
            return BinaryPrimitives.ReadInt32LittleEndian(_octets.AsSpan(at));
        }
    }
}

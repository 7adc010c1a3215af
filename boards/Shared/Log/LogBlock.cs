using System;
using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Boards
{
    /// <summary>The octets of a block of <c>LOG.RNG</c>, as SPEC.md has them.</summary>
    internal static class LogBlock
    {
        /// <summary>Octets of a block.</summary>
        internal const int BlockOctets = 512;

        /// <summary>Where the lines begin.</summary>
        internal const int Lines = 64;

        /// <summary>Octets in front of a line's text: tenths of a second since the start, severity, octets of the text.</summary>
        internal const int LineHeaderOctets = 6;

        /// <summary>Octets of a line's text; what is longer is cut.</summary>
        internal const int LineOctetsMax = 255;

        /// <summary>Where the block's sequence is.</summary>
        internal const int Sequence = 12;

        /// <summary>Where the number of the start is.</summary>
        internal const int Start = 16;

        /// <summary>Where the number of lines is that were lost in front of this block.</summary>
        internal const int Lost = 20;

        /// <summary>Where the date is at which the start was, in seconds since 1970; 0 where it is unknown.</summary>
        internal const int StartedAt = 24;

        /// <summary>Where the octets of the lines are.</summary>
        internal const int LineOctets = 32;

        /// <summary>Where the starts are counted, each cause of <see cref="StartCause"/> in 4 octets.</summary>
        internal const int Starts = 36;

        private const int Checksum = 4;
        private const int Checked = 8;
        private const int Version = 8;
        private const int VersionOurs = 1;

        private static readonly byte[] s_magic = Octets.Of("MLOG");

        /// <summary>Puts into a block what proves it: magic, version and checksum. Everything else must be there.</summary>
        /// <param name="block">The block.</param>
        /// <param name="checksum">CRC-32.</param>
        internal static void Seal(byte[] block, IChecksum checksum)
        {
            Array.Copy(s_magic, 0, block, 0, s_magic.Length);
            Octets.WriteInt32(VersionOurs, block, Version);
            Octets.WriteInt32(checksum.Compute(block, Checked, BlockOctets - Checked), block, Checksum);
        }

        /// <summary>Whether a block proves itself, and stands where its sequence says.</summary>
        /// <param name="block">The block.</param>
        /// <param name="at">Its index in the file.</param>
        /// <param name="blockCount">Blocks of the file.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <returns>True where it does.</returns>
        internal static bool IsRight(byte[] block, int at, int blockCount, IChecksum checksum)
        {
            int sequence = Octets.ReadInt32(block, Sequence);
            return Octets.Equal(block, 0, s_magic.Length, s_magic, 0, s_magic.Length)
                && Octets.ReadInt32(block, Version) == VersionOurs
                && sequence > 0 && sequence % blockCount == at
                && Octets.ReadInt32(block, Checksum) == checksum.Compute(block, Checked, BlockOctets - Checked);
        }
    }
}

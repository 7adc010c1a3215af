using System;
using System.Buffers.Binary;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>
    /// CRC-32: by carry-less multiplication where the processor has it, else by sixteen tables, 16 octets a step.
    /// </summary>
    public sealed class Crc32 : IChecksum
    {
        /// <summary>The polynomial 04C11DB7, reflected.</summary>
        private const uint Polynomial = 0xEDB88320;

        /// <summary>Octets of one step.</summary>
        private const int Stride = 16;

        /// <summary>Table k at k * 256: what an octet does to the checksum when k octets follow it in the step.</summary>
        private static readonly uint[] s_tables = MakeTables();

        private readonly bool _folds;
        private readonly bool _foldsWide;

        /// <summary>Makes one.</summary>
        public Crc32()
            : this(Crc32Folding.IsSupported, Crc32Folding.IsWideSupported)
        {
        }

        internal Crc32(bool folds, bool foldsWide)
        {
            _folds = folds;
            _foldsWide = foldsWide;
        }

        /// <inheritdoc/>
        public int Compute(byte[] buffer, int offset, int count)
        {
            uint crc = uint.MaxValue;
            var rest = new ReadOnlySpan<byte>(buffer, offset, count);
            if (_folds && count >= Crc32Folding.OctetsMin)
            {
                crc = Crc32Folding.Update(crc, rest, _foldsWide, out int taken);
                rest = rest.Slice(taken);
            }

            return (int)~UpdateByTables(crc, rest);
        }

        private static uint UpdateByTables(uint crc, ReadOnlySpan<byte> rest)
        {
            uint[] tables = s_tables;
            if (tables.Length == Stride * 256)
            {
                while (rest.Length >= Stride)
                {
                    crc = Step(tables, crc, rest);
                    rest = rest.Slice(Stride);
                }
            }

            foreach (byte octet in rest)
            {
                crc = tables[(byte)(crc ^ octet)] ^ (crc >> 8);
            }

            return crc;
        }

        private static uint Step(uint[] tables, uint crc, ReadOnlySpan<byte> octets)
        {
            uint a = BinaryPrimitives.ReadUInt32LittleEndian(octets) ^ crc;
            uint b = BinaryPrimitives.ReadUInt32LittleEndian(octets.Slice(4));
            uint c = BinaryPrimitives.ReadUInt32LittleEndian(octets.Slice(8));
            uint d = BinaryPrimitives.ReadUInt32LittleEndian(octets.Slice(12));
            return tables[(15 * 256) + (byte)a] ^ tables[(14 * 256) + (byte)(a >> 8)]
                ^ tables[(13 * 256) + (byte)(a >> 16)] ^ tables[(12 * 256) + (int)(a >> 24)]
                ^ tables[(11 * 256) + (byte)b] ^ tables[(10 * 256) + (byte)(b >> 8)]
                ^ tables[(9 * 256) + (byte)(b >> 16)] ^ tables[(8 * 256) + (int)(b >> 24)]
                ^ tables[(7 * 256) + (byte)c] ^ tables[(6 * 256) + (byte)(c >> 8)]
                ^ tables[(5 * 256) + (byte)(c >> 16)] ^ tables[(4 * 256) + (int)(c >> 24)]
                ^ tables[(3 * 256) + (byte)d] ^ tables[(2 * 256) + (byte)(d >> 8)]
                ^ tables[256 + (byte)(d >> 16)] ^ tables[(int)(d >> 24)];
        }

        private static uint[] MakeTables()
        {
            var tables = new uint[Stride * 256];
            for (uint octet = 0; octet < 256; octet++)
            {
                uint crc = octet;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
                }

                tables[octet] = crc;
            }

            for (int index = 256; index < tables.Length; index++)
            {
                uint crc = tables[index - 256];
                tables[index] = tables[(byte)crc] ^ (crc >> 8);
            }

            return tables;
        }
    }
}

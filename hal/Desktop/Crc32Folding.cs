using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>
    /// CRC-32 by carry-less multiplication (Gopal and others, "Fast CRC computation for generic polynomials using PCLMULQDQ",
    /// 2009): 64 octets a step, ten times the tables; 256 where the processor has vectors of 512 bits, three times that. All
    /// polynomials are bit-reflected.
    /// </summary>
    internal static class Crc32Folding
    {
        /// <summary>Octets below which it does not work.</summary>
        internal const int OctetsMin = 64;

        /// <summary>Octets below which the wide vectors are not worth their start.</summary>
        private const int WideOctetsMin = 512;

        private const int VectorOctets = 16;

        // Four vectors, or a wide one.
        private const int GroupOctets = 64;

        private const byte LowLow = 0x00;
        private const byte LowHigh = 0x10;
        private const byte HighHigh = 0x11;

        // What moves a state over a distance in bits: x^(distance + 32) mod P and x^(distance - 32) mod P.
        private static readonly Vector128<ulong> s_by2048 = Distance(2048);
        private static readonly Vector128<ulong> s_by512 = Distance(512);
        private static readonly Vector128<ulong> s_by128 = Distance(128);
        private static readonly Vector128<ulong> s_by64 = Vector128.CreateScalar(Power(64));

        // P itself and floor(x^64 / P), for Barrett's reduction.
        private static readonly Vector128<ulong> s_polynomial = Vector128.Create(0x01DB710641UL, 0x01F7011641UL);

        private static readonly Vector128<ulong> s_evenWords = Vector128.Create(0xFFFFFFFFUL, 0xFFFFFFFFUL);

        /// <summary>Whether this processor multiplies so.</summary>
        internal static bool IsSupported
        {
            get { return Pclmulqdq.IsSupported && Sse2.IsSupported && BitConverter.IsLittleEndian; }
        }

        /// <summary>Whether it does so with 512 bits at a time.</summary>
        internal static bool IsWideSupported
        {
            get { return IsSupported && Pclmulqdq.V512.IsSupported && Vector512.IsHardwareAccelerated; }
        }

        /// <summary>Takes the octets that fill vectors, at least <see cref="OctetsMin"/>.</summary>
        /// <param name="crc">The running checksum, not inverted.</param>
        /// <param name="octets">The octets; those behind the last whole vector are left.</param>
        /// <param name="wide">Whether to use the wide vectors where it is worth it; only where they are supported.</param>
        /// <param name="taken">How many were taken.</param>
        /// <returns>The running checksum.</returns>
        internal static uint Update(uint crc, ReadOnlySpan<byte> octets, bool wide, out int taken)
        {
            taken = octets.Length / VectorOctets * VectorOctets;
            Vector128<ulong> a = wide && octets.Length >= WideOctetsMin
                ? FoldWide(crc, MemoryMarshal.Cast<byte, Vector512<ulong>>(octets))
                : FoldNarrow(crc, MemoryMarshal.Cast<byte, Vector128<ulong>>(octets));
            foreach (Vector128<ulong> vector in MemoryMarshal.Cast<byte, Vector128<ulong>>(octets.Slice(octets.Length / GroupOctets * GroupOctets)))
            {
                a = Fold(a, s_by128, vector);
            }

            return Reduce(a);
        }

        // All whole groups of four vectors, folded into one. Compiled well at once: the first mail comes before anything is warm.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static Vector128<ulong> FoldNarrow(uint crc, ReadOnlySpan<Vector128<ulong>> vectors)
        {
            Vector128<ulong> by512 = s_by512;
            Vector128<ulong> a = vectors[0] ^ Vector128.CreateScalar(crc).AsUInt64();
            Vector128<ulong> b = vectors[1];
            Vector128<ulong> c = vectors[2];
            Vector128<ulong> d = vectors[3];
            vectors = vectors.Slice(4);
            while (vectors.Length >= 4)
            {
                a = Fold(a, by512, vectors[0]);
                b = Fold(b, by512, vectors[1]);
                c = Fold(c, by512, vectors[2]);
                d = Fold(d, by512, vectors[3]);
                vectors = vectors.Slice(4);
            }

            return Join(a, b, c, d);
        }

        // All whole wide vectors, folded into one narrow one.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static Vector128<ulong> FoldWide(uint crc, ReadOnlySpan<Vector512<ulong>> vectors)
        {
            Vector512<ulong> by2048 = Wide(s_by2048);
            Vector512<ulong> by512 = Wide(s_by512);
            Vector512<ulong> a = vectors[0] ^ Vector512.CreateScalar(crc).AsUInt64();
            Vector512<ulong> b = vectors[1];
            Vector512<ulong> c = vectors[2];
            Vector512<ulong> d = vectors[3];
            vectors = vectors.Slice(4);
            while (vectors.Length >= 4)
            {
                a = Fold(a, by2048, vectors[0]);
                b = Fold(b, by2048, vectors[1]);
                c = Fold(c, by2048, vectors[2]);
                d = Fold(d, by2048, vectors[3]);
                vectors = vectors.Slice(4);
            }

            a = Fold(Fold(Fold(a, by512, b), by512, c), by512, d);
            foreach (Vector512<ulong> vector in vectors)
            {
                a = Fold(a, by512, vector);
            }

            return Join(a.GetLower().GetLower(), a.GetLower().GetUpper(), a.GetUpper().GetLower(), a.GetUpper().GetUpper());
        }

        private static Vector128<ulong> Join(Vector128<ulong> a, Vector128<ulong> b, Vector128<ulong> c, Vector128<ulong> d)
        {
            return Fold(Fold(Fold(a, s_by128, b), s_by128, c), s_by128, d);
        }

        private static Vector512<ulong> Wide(Vector128<ulong> narrow)
        {
            return Vector512.Create(Vector256.Create(narrow, narrow), Vector256.Create(narrow, narrow));
        }

        private static Vector512<ulong> Fold(Vector512<ulong> state, Vector512<ulong> distance, Vector512<ulong> next)
        {
            return Pclmulqdq.V512.CarrylessMultiply(state, distance, LowLow) ^ Pclmulqdq.V512.CarrylessMultiply(state, distance, HighHigh) ^ next;
        }

        private static Vector128<ulong> Fold(Vector128<ulong> state, Vector128<ulong> distance, Vector128<ulong> next)
        {
            return Pclmulqdq.CarrylessMultiply(state, distance, LowLow) ^ Pclmulqdq.CarrylessMultiply(state, distance, HighHigh) ^ next;
        }

        /// <summary>128 bits to 64, to 32, and Barrett's reduction.</summary>
        private static uint Reduce(Vector128<ulong> state)
        {
            state = Sse2.ShiftRightLogical128BitLane(state, 8) ^ Pclmulqdq.CarrylessMultiply(state, s_by128, LowHigh);
            state = Sse2.ShiftRightLogical128BitLane(state, 4) ^ Pclmulqdq.CarrylessMultiply(state & s_evenWords, s_by64, LowLow);
            Vector128<ulong> quotient = Pclmulqdq.CarrylessMultiply(state & s_evenWords, s_polynomial, LowHigh);
            state ^= Pclmulqdq.CarrylessMultiply(quotient & s_evenWords, s_polynomial, LowLow);
            return state.AsUInt32().GetElement(1);
        }

        private static Vector128<ulong> Distance(int bits)
        {
            return Vector128.Create(Power(bits + 32), Power(bits - 32));
        }

        /// <summary>x^exponent mod P, in the 33 bits that a reflected multiplication wants.</summary>
        private static ulong Power(int exponent)
        {
            uint power = 0x80000000;
            for (int done = 0; done < exponent; done++)
            {
                power = (power & 1) == 0 ? power >> 1 : (power >> 1) ^ 0xEDB88320;
            }

            return (ulong)power << 1;
        }
    }
}

using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>
    /// CRC-32 by carry-less multiplication (Gopal and others, "Fast CRC computation for generic polynomials using PCLMULQDQ",
    /// 2009): 64 octets a step, ten times the tables. All polynomials are bit-reflected.
    /// </summary>
    internal static class Crc32Folding
    {
        /// <summary>Octets below which it does not work.</summary>
        internal const int OctetsMin = 64;

        private const int VectorOctets = 16;

        private const byte LowLow = 0x00;
        private const byte LowHigh = 0x10;
        private const byte HighHigh = 0x11;

        // x^n mod P for the distances folded over: 4 × 128 + 32 and 4 × 128 − 32 bits, 128 + 32 and 128 − 32 bits, 64 bits.
        private static readonly Vector128<ulong> s_by512 = Vector128.Create(0x0154442BD4UL, 0x01C6E41596UL);
        private static readonly Vector128<ulong> s_by128 = Vector128.Create(0x01751997D0UL, 0x00CCAA009EUL);
        private static readonly Vector128<ulong> s_by64 = Vector128.Create(0x0163CD6124UL, 0UL);

        // P itself and floor(x^64 / P), for Barrett's reduction.
        private static readonly Vector128<ulong> s_polynomial = Vector128.Create(0x01DB710641UL, 0x01F7011641UL);

        private static readonly Vector128<ulong> s_evenWords = Vector128.Create(0xFFFFFFFFUL, 0xFFFFFFFFUL);

        /// <summary>Whether this processor multiplies so.</summary>
        internal static bool IsSupported
        {
            get { return Pclmulqdq.IsSupported && Sse2.IsSupported && BitConverter.IsLittleEndian; }
        }

        /// <summary>Takes the octets that fill vectors, at least <see cref="OctetsMin"/>.</summary>
        /// <param name="crc">The running checksum, not inverted.</param>
        /// <param name="octets">The octets; those behind the last whole vector are left.</param>
        /// <param name="taken">How many were taken.</param>
        /// <returns>The running checksum.</returns>
        internal static uint Update(uint crc, ReadOnlySpan<byte> octets, out int taken)
        {
            ReadOnlySpan<Vector128<ulong>> vectors = MemoryMarshal.Cast<byte, Vector128<ulong>>(octets);
            taken = vectors.Length * VectorOctets;
            Vector128<ulong> a = vectors[0] ^ Vector128.CreateScalar(crc).AsUInt64();
            Vector128<ulong> b = vectors[1];
            Vector128<ulong> c = vectors[2];
            Vector128<ulong> d = vectors[3];
            vectors = vectors.Slice(4);
            while (vectors.Length >= 4)
            {
                a = Fold(a, s_by512, vectors[0]);
                b = Fold(b, s_by512, vectors[1]);
                c = Fold(c, s_by512, vectors[2]);
                d = Fold(d, s_by512, vectors[3]);
                vectors = vectors.Slice(4);
            }

            a = Fold(Fold(Fold(a, s_by128, b), s_by128, c), s_by128, d);
            foreach (Vector128<ulong> vector in vectors)
            {
                a = Fold(a, s_by128, vector);
            }

            return Reduce(a);
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
    }
}

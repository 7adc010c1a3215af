using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>Compares 64 octets at a time with those an octet before and an octet behind them: no call and no branch for a line.</summary>
    public sealed class VectorLineSearch : ILineSearch
    {
        private const byte Cr = 13;
        private const byte Lf = 10;
        private const byte Dot = 46;

        // One vector of 512 bits, or as many narrower ones as the processor needs for it.
        private const int StepOctets = 64;

        /// <inheritdoc/>
        public int SkipPlainLines(byte[] buffer, int start, int end)
        {
            if (start < 1 || start > end || end >= buffer.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(start), "a search at the edge of its buffer");
            }

            int at = SkipSteps(buffer, start, end);
            while (at < end && !IsOdd(buffer, at))
            {
                at++;
            }

            return at;
        }

        // Ends at the step that has one, or at the first that would not be whole; the octet behind a step is at most the one at the range's
        // end. Compiled well at once: the first mail comes before anything is warm.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static int SkipSteps(byte[] buffer, int start, int end)
        {
            ref byte first = ref MemoryMarshal.GetArrayDataReference(buffer);
            Vector512<byte> cr = Vector512.Create(Cr);
            Vector512<byte> lf = Vector512.Create(Lf);
            Vector512<byte> dot = Vector512.Create(Dot);
            int at = start;
            while (at <= end - StepOctets)
            {
                Vector512<byte> isLf = Vector512.Equals(Vector512.LoadUnsafe(ref first, (nuint)at), lf);
                Vector512<byte> isBehindCr = Vector512.Equals(Vector512.LoadUnsafe(ref first, (nuint)at - 1), cr);
                Vector512<byte> isBeforeDot = Vector512.Equals(Vector512.LoadUnsafe(ref first, (nuint)at + 1), dot);
                if ((isLf & (isBeforeDot | ~isBehindCr)) != Vector512<byte>.Zero)
                {
                    return at;
                }

                at += StepOctets;
            }

            return at;
        }

        private static bool IsOdd(byte[] buffer, int at)
        {
            return buffer[at] == Lf && (buffer[at - 1] != Cr || buffer[at + 1] == Dot);
        }
    }
}

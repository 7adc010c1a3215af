using System;

namespace MailAppliance.Tools.Fuzz.Smtp
{
    /// <summary>A mail as the store gets it.</summary>
    internal sealed class StoredMail
    {
        // Fields that are added in its midst.
        private const int AddedOctetsMax = 600;

        /// <summary>What was stored, behind the front.</summary>
        internal byte[] Octets { get; } = new byte[1 << 16];

        /// <summary>Its octets.</summary>
        internal int Count { get; private set; }

        /// <summary>Octets of the front; -1 where it is not composed yet.</summary>
        internal int FrontCount { get; set; }

        /// <summary>Begun, and neither committed nor dropped.</summary>
        internal bool IsOpen { get; set; }

        /// <summary>Begins one.</summary>
        /// <param name="isOpen">Whether the store took it.</param>
        internal void Begin(bool isOpen)
        {
            Count = 0;
            FrontCount = -1;
            IsOpen = isOpen;
        }

        /// <summary>Takes mail data.</summary>
        /// <returns>False where that is more than there can be.</returns>
        internal bool Add(byte[] buffer, int offset, int count)
        {
            if (Count + count > Octets.Length)
            {
                return false;
            }

            Array.Copy(buffer, offset, Octets, Count, count);
            Count += count;
            return true;
        }

        /// <summary>Checks a whole mail's wire form.</summary>
        /// <param name="stuffedDots">The dots of transparency that the session counted.</param>
        /// <param name="octetsMax">Octets of the largest mail.</param>
        internal void Check(int stuffedDots, int octetsMax)
        {
            ReadOnlySpan<byte> rest = Octets.AsSpan(0, Count);
            int dots = 0;
            bool hasEnd = false;
            while (rest.Length > 0)
            {
                int lf = rest.IndexOf((byte)'\n');
                Broken(lf > 0 && rest[lf - 1] == '\r', "a stored line ends in CRLF");
                Broken(!hasEnd, "CRLF.CRLF is at the end and nowhere else");
                if (rest[0] == '.')
                {
                    hasEnd = lf == 2;
                    dots += hasEnd ? 0 : 1;
                    Broken(hasEnd || rest[1] == '.', "a dot that begins a line is stuffed");
                }

                rest = rest.Slice(lf + 1);
            }

            Broken(hasEnd, "a mail has its end");
            Broken(dots == stuffedDots, "stuffed dots are counted");
            Broken(Count - dots - 3 <= octetsMax + AddedOctetsMax, "no mail is larger than the largest");
        }

        private static void Broken(bool holds, string invariant)
        {
            if (!holds)
            {
                throw new BrokenInvariantException(invariant, "it does not hold");
            }
        }
    }
}

using System;
using MailAppliance.Tools.Fuzz.Inputs;

namespace MailAppliance.Tools.Fuzz.Targets
{
    /// <summary>A session: each input comes in whole, and once more cut in another way.</summary>
    internal abstract class SessionTarget : FuzzTarget
    {
        /// <summary>Where in a plan the cut of the second time is.</summary>
        protected const int CutShift = 28;

        /// <summary>Its bits.</summary>
        protected const int CutBits = 3 << CutShift;

        // Where a line without end is noticed depends on how it comes in.
        private const int EndlessOctets = 60_000;

        /// <summary>How an input is cut the second time.</summary>
        /// <param name="input">The input.</param>
        /// <returns>The cut.</returns>
        protected static CutKind CutOf(FuzzInput input)
        {
            return ((input.Plan >> CutShift) & 3) switch
            {
                1 => CutKind.Octets,
                2 => CutKind.Pieces,
                _ => CutKind.Lines,
            };
        }

        /// <summary>Compares what was said, and what was allocated.</summary>
        /// <param name="input">The input.</param>
        /// <param name="whole">What came of it where it came in whole.</param>
        /// <param name="cut">What came of it where it did not.</param>
        /// <param name="what">What that is.</param>
        protected static void Compare(FuzzInput input, Transcript whole, Transcript cut, string what)
        {
            if (input.Octets.Length < EndlessOctets && !whole.IsSame(cut))
            {
                int at = 0;
                while (at < whole.Count && at < cut.Count && whole.Octets[at] == cut.Octets[at])
                {
                    at++;
                }

                int from = Math.Max(0, at - 40);
                Broken(
                    $"{what} are the same however the input is cut",
                    $"octet {at}, whole {EscapedText.Of(Part(whole, from))}, {CutOf(input)} {EscapedText.Of(Part(cut, from))}");
            }
        }

        /// <summary>Checks that nothing was allocated.</summary>
        /// <param name="octets">What was.</param>
        protected static void CheckAllocated(long octets)
        {
            if (octets > 0)
            {
                Broken(Batch.NothingAllocated, $"{octets} octets were");
            }
        }

        private static ReadOnlySpan<byte> Part(Transcript transcript, int from)
        {
            return transcript.Octets.Slice(from, Math.Min(100, transcript.Count - from));
        }
    }
}

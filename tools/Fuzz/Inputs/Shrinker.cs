using System;
using System.Numerics;

namespace MailAppliance.Tools.Fuzz.Inputs
{
    /// <summary>Makes an input smaller for as long as it breaks the same invariant.</summary>
    internal static class Shrinker
    {
        private const int TriesMax = 20_000;

        /// <summary>Shrinks.</summary>
        /// <param name="input">Breaks an invariant.</param>
        /// <param name="breaks">Whether another one breaks the same.</param>
        /// <returns>The smallest found.</returns>
        internal static FuzzInput Shrink(FuzzInput input, Predicate<FuzzInput> breaks)
        {
            int tries = 0;
            bool Try(byte[] octets, int plan)
            {
                var smaller = new FuzzInput(octets, plan);
                tries++;
                if (tries > TriesMax || !breaks(smaller))
                {
                    return false;
                }

                input = smaller;
                return true;
            }

            bool isSmaller = true;
            while (isSmaller && tries < TriesMax)
            {
                isSmaller = ShrinkPlan(input.Plan, plan => Try(input.Octets, plan));
                for (int length = (int)BitOperations.RoundUpToPowerOf2((uint)input.Octets.Length); length > 0; length /= 2)
                {
                    for (int at = 0; at < input.Octets.Length;)
                    {
                        int count = Math.Min(length, input.Octets.Length - at);
                        byte[] octets = [.. input.Octets.AsSpan(0, at), .. input.Octets.AsSpan(at + count)];
                        bool isTaken = Try(octets, input.Plan);
                        isSmaller |= isTaken;
                        at += isTaken ? 0 : count;
                    }
                }
            }

            Plain(() => input.Octets, octets => Try(octets, input.Plan));
            return input;
        }

        private static bool ShrinkPlan(int plan, Predicate<int> isTaken)
        {
            if (plan != 0 && isTaken(0))
            {
                return true;
            }

            bool isSmaller = false;
            for (int bit = 0; bit < 31; bit++)
            {
                int mask = 1 << bit;
                if ((plan & mask) != 0 && isTaken(plan & ~mask))
                {
                    plan &= ~mask;
                    isSmaller = true;
                }
            }

            return isSmaller;
        }

        // Letters in place of what need not be anything else: what is left is what matters.
        private static void Plain(Func<byte[]> octets, Predicate<byte[]> isTaken)
        {
            for (int at = 0; at < octets().Length; at++)
            {
                if (octets()[at] != 'a')
                {
                    byte[] plain = [.. octets()];
                    plain[at] = (byte)'a';
                    isTaken(plain);
                }
            }
        }
    }
}

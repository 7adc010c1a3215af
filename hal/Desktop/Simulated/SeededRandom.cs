namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>Numbers that follow from a seed (splitmix64): the same run again, wherever it runs. Allocates nothing.</summary>
    public sealed class SeededRandom
    {
        private ulong _state;

        /// <summary>Makes a source.</summary>
        /// <param name="seed">The seed.</param>
        public SeededRandom(long seed)
        {
            Reset(seed);
        }

        /// <summary>Starts over with another seed.</summary>
        /// <param name="seed">The seed.</param>
        public void Reset(long seed)
        {
            _state = (ulong)seed;
        }

        /// <summary>The next 64 bits.</summary>
        /// <returns>Any number.</returns>
        public long NextInt64()
        {
            _state += 0x9E3779B97F4A7C15;
            ulong mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (long)(mixed ^ (mixed >> 31));
        }

        /// <summary>A number below a bound.</summary>
        /// <param name="bound">The bound, at least 1.</param>
        /// <returns>0 to <paramref name="bound"/> - 1.</returns>
        public int Next(int bound)
        {
            return (int)(((ulong)NextInt64() >> 32) * (ulong)bound >> 32);
        }

        /// <summary>A number of a range.</summary>
        /// <param name="least">The least.</param>
        /// <param name="most">The most, not below <paramref name="least"/>.</param>
        /// <returns>One of them, the ends included.</returns>
        public int Between(int least, int most)
        {
            return least + Next(most - least + 1);
        }

        /// <summary>Draws a lot.</summary>
        /// <param name="perMille">How many of a thousand win.</param>
        /// <returns>True where this one does.</returns>
        public bool Chance(int perMille)
        {
            return perMille > 0 && Next(1000) < perMille;
        }
    }
}

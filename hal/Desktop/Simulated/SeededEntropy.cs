namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>Octets that follow from a seed (splitmix64): the same run again, wherever it runs.</summary>
    public sealed class SeededEntropy : IEntropy
    {
        private ulong _state;

        /// <summary>Makes a source.</summary>
        /// <param name="seed">The seed.</param>
        public SeededEntropy(long seed)
        {
            _state = (ulong)seed;
        }

        /// <inheritdoc/>
        public void Fill(byte[] buffer, int offset, int count)
        {
            for (int index = 0; index < count; index++)
            {
                buffer[offset + index] = (byte)Next();
            }
        }

        private ulong Next()
        {
            _state += 0x9E3779B97F4A7C15;
            ulong mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}

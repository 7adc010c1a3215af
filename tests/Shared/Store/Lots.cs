using MailAppliance.Hal;

namespace MailAppliance.Tests
{
    /// <summary>Octets and lots that follow from a seed (xorshift): the same on the desktop and on the device.</summary>
    internal sealed class Lots : IEntropy
    {
        private uint _state;

        /// <summary>Makes a source.</summary>
        /// <param name="seed">The seed, not negative.</param>
        public Lots(int seed)
        {
            // Never 0, where it would stay; and mixed, so that seeds that are near have nothing in common.
            _state = ((uint)seed * 2654435761u) ^ 0x9E3779B9u;
            _state = _state == 0 ? 1 : _state;
            Next(2);
            Next(2);
        }

        /// <inheritdoc/>
        public void Fill(byte[] buffer, int offset, int count)
        {
            for (int index = 0; index < count; index++)
            {
                buffer[offset + index] = (byte)Next(256);
            }
        }

        /// <summary>Draws a number.</summary>
        /// <param name="count">How many there are; at most 65,536.</param>
        /// <returns>0 to <paramref name="count"/> - 1.</returns>
        public int Next(int count)
        {
            uint state = _state;
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            _state = state;
            return (int)((state >> 15) % (uint)count);
        }
    }
}

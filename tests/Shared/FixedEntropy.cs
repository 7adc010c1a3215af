using MailAppliance.Hal;

namespace MailAppliance.Tests
{
    /// <summary>The same octets each time.</summary>
    internal sealed class FixedEntropy : IEntropy
    {
        /// <inheritdoc/>
        public void Fill(byte[] buffer, int offset, int count)
        {
            for (int index = 0; index < count; index++)
            {
                buffer[offset + index] = (byte)(7 * index);
            }
        }
    }
}

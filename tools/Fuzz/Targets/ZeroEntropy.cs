using System;
using MailAppliance.Hal;

namespace MailAppliance.Tools.Fuzz.Targets
{
    /// <summary>The same octets each time, so that the same octets are the same digest.</summary>
    internal sealed class ZeroEntropy : IEntropy
    {
        /// <inheritdoc/>
        public void Fill(byte[] buffer, int offset, int count)
        {
            Array.Clear(buffer, offset, count);
        }
    }
}

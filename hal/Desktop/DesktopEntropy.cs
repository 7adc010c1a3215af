using System;
using System.Security.Cryptography;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>The system's random numbers, fit for keys and passwords.</summary>
    public sealed class DesktopEntropy : IEntropy
    {
        /// <inheritdoc/>
        public void Fill(byte[] buffer, int offset, int count)
        {
            RandomNumberGenerator.Fill(new Span<byte>(buffer, offset, count));
        }
    }
}

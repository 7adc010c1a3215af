using System.Security.Cryptography;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>The library's HMAC-SHA-256. Allocates nothing.</summary>
    public sealed class DesktopKeyedHash : IKeyedHash
    {
        /// <inheritdoc/>
        public void Compute(byte[] key, byte[] message, byte[] digest)
        {
            HMACSHA256.HashData(key, message, digest);
        }
    }
}

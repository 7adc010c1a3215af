using System;
using System.Security.Cryptography;

namespace MailAppliance.Hal.Nano
{
    /// <summary>The firmware's own HMAC-SHA-256.</summary>
    /// <remarks>
    /// It has no form that fills an array of the caller's: each digest leaves 48 octets behind, which the collector takes back. That is the one
    /// thing that allocates while the appliance runs, and only where a maildrop has a <c>password-hash</c> and somebody logs in.
    /// </remarks>
    public sealed class NanoKeyedHash : IKeyedHash
    {
        /// <inheritdoc/>
        public void Compute(byte[] key, byte[] message, byte[] digest)
        {
            byte[] computed = HMACSHA256.HashData(key, message);
            Array.Copy(computed, 0, digest, 0, digest.Length);

            // It is a step on the way to somebody's password. And the interpreter's collector follows what it finds in a part of a stack frame that
            // was never written: random octets that were left in the heap it takes for a reference.
            Array.Clear(computed, 0, computed.Length);
        }
    }
}

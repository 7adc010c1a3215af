namespace MailAppliance.Hal
{
    /// <summary>HMAC-SHA-256 (RFC 2104, FIPS 180-4), native on the board.</summary>
    public interface IKeyedHash
    {
        /// <summary>Computes a digest.</summary>
        /// <param name="key">The key, all of it, at most 64 octets; the caller's, unchanged.</param>
        /// <param name="message">The message, all of it; the caller's, unchanged. It may be <paramref name="digest"/>.</param>
        /// <param name="digest">32 octets, written to.</param>
        void Compute(byte[] key, byte[] message, byte[] digest);
    }
}

namespace MailAppliance.Hal
{
    /// <summary>Randomness for the ring's id and key, for epochs and for first passwords.</summary>
    public interface IEntropy
    {
        /// <summary>Fills a range with octets that nobody can guess and that no two boots share.</summary>
        /// <param name="buffer">The caller's.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">How many.</param>
        void Fill(byte[] buffer, int offset, int count);
    }
}

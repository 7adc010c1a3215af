namespace MailAppliance.Hal
{
    /// <summary>CRC-32 (ISO-HDLC, the one of Ethernet and ZIP: "123456789" gives CBF43926), native on the board.</summary>
    public interface IChecksum
    {
        /// <summary>Computes the checksum of a range.</summary>
        /// <param name="buffer">The caller's, unchanged.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">How many; 0 gives 0.</param>
        /// <returns>The checksum; its 32 bits as an int, since that is what the interpreter is quickest with.</returns>
        int Compute(byte[] buffer, int offset, int count);
    }
}

using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>
    /// CRC-32 over more octets than one buffer holds, from a routine that only knows whole ranges: four octets in front of the
    /// next piece bring its register from where it always begins to where the last piece left it.
    /// </summary>
    public static class RunningChecksum
    {
        /// <summary>Octets in front of a piece that are overwritten.</summary>
        public const int RoomOctets = 4;

        // The polynomial 04C11DB7, reflected.
        private const uint Polynomial = 0xEDB88320;

        /// <summary>Goes on with a checksum.</summary>
        /// <param name="checksum">CRC-32.</param>
        /// <param name="before">Checksum of everything before this piece; 0 where nothing was.</param>
        /// <param name="buffer">Buffer with the piece; <see cref="RoomOctets"/> in front of it are overwritten.</param>
        /// <param name="offset">The piece's first octet, at least <see cref="RoomOctets"/>.</param>
        /// <param name="count">Its octets.</param>
        /// <returns>Checksum of everything up to the piece's end.</returns>
        public static int Continue(IChecksum checksum, int before, byte[] buffer, int offset, int count)
        {
            // Thirty-two steps of the register backwards: what has to be shifted in for it to stand at this value.
            uint register = ~(uint)before;
            for (int bit = 0; bit < 32; bit++)
            {
                register = (register & 0x80000000) != 0 ? ((register ^ Polynomial) << 1) | 1 : register << 1;
            }

            Octets.WriteInt32((int)~register, buffer, offset - RoomOctets);
            return checksum.Compute(buffer, offset - RoomOctets, RoomOctets + count);
        }
    }
}

#if NANOFRAMEWORK_1_0
using System;
using System.IO.Hashing;
#else
using MailAppliance.Hal.Desktop;
#endif
using MailAppliance.Hal;

namespace MailAppliance.Tests
{
    /// <summary>The CRC-32 that the appliance takes where the tests run: on the device the firmware's own.</summary>
    internal sealed class PlatformChecksum : IChecksum
    {
#if NANOFRAMEWORK_1_0
        /// <inheritdoc/>
        public int Compute(byte[] buffer, int offset, int count)
        {
            return count == 0 ? 0 : (int)Crc32.HashToUInt32(new SpanByte(buffer, offset, count));
        }
#else
        private readonly Crc32 _checksum = new Crc32();

        /// <inheritdoc/>
        public int Compute(byte[] buffer, int offset, int count)
        {
            return _checksum.Compute(buffer, offset, count);
        }
#endif
    }
}

using System;
using MailAppliance.Hal.Desktop;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    [TestClass]
    public sealed class Crc32Tests
    {
        [TestMethod]
        public void CheckValue_IsThatOfCrc32()
        {
            byte[] octets = "x123456789y"u8.ToArray();
            Assert.AreEqual(unchecked((int)0xCBF43926), new Crc32().Compute(octets, 1, 9));
            Assert.AreEqual(0, new Crc32().Compute(octets, 3, 0));
        }

        [TestMethod]
        public void EveryLengthAndOffset_EqualsTheBitwiseOne()
        {
            byte[] octets = new byte[300];
            new Random(7).NextBytes(octets);
            var crc = new Crc32();
            for (int offset = 0; offset < 20; offset++)
            {
                for (int count = 0; count <= octets.Length - offset; count++)
                {
                    Assert.AreEqual(Bitwise(octets, offset, count), crc.Compute(octets, offset, count), $"{offset}, {count}");
                }
            }
        }

        private static int Bitwise(byte[] octets, int offset, int count)
        {
            uint crc = uint.MaxValue;
            for (int index = offset; index < offset + count; index++)
            {
                crc ^= octets[index];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
                }
            }

            return (int)~crc;
        }
    }
}

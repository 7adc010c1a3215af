using System;
using MailAppliance.Hal.Desktop;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    [TestClass]
    public sealed class Crc32Tests
    {
        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void CheckValue_IsThatOfCrc32(bool folds)
        {
            byte[] octets = "x123456789y"u8.ToArray();
            Crc32 crc = Make(folds);
            Assert.AreEqual(unchecked((int)0xCBF43926), crc.Compute(octets, 1, 9));
            Assert.AreEqual(0, crc.Compute(octets, 3, 0));
        }

        private static Crc32 Make(bool folds)
        {
            if (folds && !Crc32Folding.IsSupported)
            {
                Assert.Inconclusive("this processor has no carry-less multiplication");
            }

            return new Crc32(folds);
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void EveryLengthAndOffset_EqualsTheBitwiseOne(bool folds)
        {
            byte[] octets = new byte[420];
            new Random(7).NextBytes(octets);
            Crc32 crc = Make(folds);
            for (int offset = 0; offset < 9; offset++)
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

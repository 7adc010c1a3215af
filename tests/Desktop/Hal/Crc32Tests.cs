using System;
using MailAppliance.Hal.Desktop;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    [TestClass]
    public sealed class Crc32Tests
    {
        [TestMethod]
        [DataRow(true, true)]
        [DataRow(true, false)]
        [DataRow(false, false)]
        public void CheckValue_IsThatOfCrc32(bool folds, bool wide)
        {
            byte[] octets = "x123456789y"u8.ToArray();
            Crc32 crc = Make(folds, wide);
            Assert.AreEqual(unchecked((int)0xCBF43926), crc.Compute(octets, 1, 9));
            Assert.AreEqual(0, crc.Compute(octets, 3, 0));
        }

        private static Crc32 Make(bool folds, bool wide)
        {
            // On a processor without them the same octets go through what it has.
            return new Crc32(folds && Crc32Folding.IsSupported, wide && Crc32Folding.IsWideSupported);
        }

        [TestMethod]
        [DataRow(true, true)]
        [DataRow(true, false)]
        [DataRow(false, false)]
        public void EveryLengthAndOffset_EqualsTheBitwiseOne(bool folds, bool wide)
        {
            byte[] octets = new byte[1400];
            new Random(7).NextBytes(octets);
            Crc32 crc = Make(folds, wide);
            for (int offset = 0; offset < 3; offset++)
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

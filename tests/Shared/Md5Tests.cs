using MailAppliance.Core;
using MailAppliance.Login;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace MailAppliance.Tests
{
    /// <summary>MD5 and HMAC-MD5 against the vectors of their RFCs.</summary>
    [TestClass]
    public class Md5Tests
    {
        [TestMethod]
        public void Md5_VectorsOfRfc1321_AreMet()
        {
            string[] texts = new string[]
            {
                "", "a", "abc", "message digest", "abcdefghijklmnopqrstuvwxyz",
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
                "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            };
            string[] digests = new string[]
            {
                "d41d8cd98f00b204e9800998ecf8427e", "0cc175b9c0f1b6a831c399e269772661", "900150983cd24fb0d6963f7d28e17f72",
                "f96b697d7cb7938d525a2f31aaf161d0", "c3fcd3d76192e4007dfb496cca67e13b", "d174ab98d277d9f5a5611c2c9f419d9f",
                "57edf4a22be3c955ac49da2e2107b67a",
            };
            for (int index = 0; index < texts.Length; index++)
            {
                byte[] octets = Octets.Of(texts[index]);
                Assert.AreEqual(digests[index], Digest(octets, octets.Length));
                Assert.AreEqual(digests[index], Digest(octets, 1));
                Assert.AreEqual(digests[index], Digest(octets, 7));
            }
        }

        [TestMethod]
        public void Md5_LengthsAroundABlock_FillOneOrTwo()
        {
            int[] lengths = new int[] { 0, 55, 56, 63, 64, 119, 120 };
            int[] blocks = new int[] { 1, 1, 2, 2, 2, 2, 3 };
            Md5 md5 = new Md5();
            byte[] digest = new byte[Md5.DigestOctets];
            for (int index = 0; index < lengths.Length; index++)
            {
                int before = md5.BlockCount;
                md5.Begin();
                md5.Add(new byte[lengths[index]], 0, lengths[index]);
                md5.End(digest, 0);
                Assert.AreEqual(blocks[index], md5.BlockCount - before);
            }
        }

        [TestMethod]
        public void HmacMd5_VectorsOfRfc2202_AreMet()
        {
            // RFC 2202 section 2: the first three, and the one whose key is longer than a block. Then RFC 2195 section 2.
            Assert.AreEqual("9294727a3638bb1c13f48ef8158bfc9d", Hmac(Repeat(0x0b, 16), Octets.Of("Hi There")));
            Assert.AreEqual("750c783e6ab0b503eaa86e310a5db738", Hmac(Octets.Of("Jefe"), Octets.Of("what do ya want for nothing?")));
            Assert.AreEqual("56be34521d144c88dbb8c733f0e8b3f6", Hmac(Repeat(0xaa, 16), Repeat(0xdd, 50)));
            Assert.AreEqual(
                "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd", Hmac(Repeat(0xaa, 80), Octets.Of("Test Using Larger Than Block-Size Key - Hash Key First")));
            Assert.AreEqual(
                "b913a602c7eda7a495b4e6e7334d3890", Hmac(Octets.Of("tanstaaftanstaaf"), Octets.Of("<1896.697170952@postoffice.reston.mci.net>")));
        }

        private static byte[] Repeat(int octet, int count)
        {
            byte[] octets = new byte[count];
            for (int index = 0; index < count; index++)
            {
                octets[index] = (byte)octet;
            }

            return octets;
        }

        private static string Hmac(byte[] key, byte[] message)
        {
            byte[] digest = new byte[Md5.DigestOctets];
            new Md5().ComputeHmac(key, message, message.Length, digest);
            return Hex(digest);
        }

        private static string Digest(byte[] octets, int piece)
        {
            Md5 md5 = new Md5();
            byte[] digest = new byte[Md5.DigestOctets];
            md5.Begin();
            for (int at = 0; at < octets.Length; at += piece)
            {
                md5.Add(octets, at, octets.Length - at < piece ? octets.Length - at : piece);
            }

            md5.End(digest, 0);
            return Hex(digest);
        }

        /// <summary>The hexadecimal digits of octets.</summary>
        internal static string Hex(byte[] octets)
        {
            byte[] digits = Octets.Of("0123456789abcdef");
            byte[] text = new byte[2 * octets.Length];
            for (int index = 0; index < octets.Length; index++)
            {
                text[2 * index] = digits[octets[index] >> 4];
                text[(2 * index) + 1] = digits[octets[index] & 15];
            }

            return SmtpHarness.Text(text, 0, text.Length);
        }
    }
}

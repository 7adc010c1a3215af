using MailAppliance.Core;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace MailAppliance.Tests
{
    [TestClass]
    public class Base64Tests
    {
        private static readonly string[] s_texts = new string[] { "", "f", "fo", "foo", "foob", "fooba", "foobar" };
        private static readonly string[] s_encoded = new string[] { "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy" };

        [TestMethod]
        public void Base64_VectorsOfRfc4648_AreMet()
        {
            for (int index = 0; index < s_texts.Length; index++)
            {
                byte[] text = Octets.Of(s_texts[index]);
                byte[] encoded = new byte[Base64.EncodedOctets(text.Length)];
                Assert.AreEqual(encoded.Length, Base64.Encode(text, 0, text.Length, encoded, 0));
                Assert.AreEqual(s_encoded[index], SmtpHarness.Text(encoded, 0, encoded.Length));
                Assert.AreEqual(s_texts[index], Decode(s_encoded[index]));
            }
        }

        [TestMethod]
        public void Base64_EveryOctet_ComesBack()
        {
            byte[] all = new byte[256];
            for (int index = 0; index < all.Length; index++)
            {
                all[index] = (byte)index;
            }

            for (int count = 253; count <= 256; count++)
            {
                byte[] encoded = new byte[Base64.EncodedOctets(count)];
                Base64.Encode(all, 0, count, encoded, 0);
                Assert.AreEqual(count, Base64.Decode(encoded, 0, encoded.Length, encoded, 0));
                Assert.IsTrue(Octets.Equal(all, 0, count, encoded, 0, count));
            }
        }

        [TestMethod]
        public void Base64_WhatIsNone_IsBad()
        {
            string[] texts = new string[]
            {
                "Z", "Zg", "Zg=", "Zm9", "=", "==", "====", "Z===", "Zg==Zg==", "Zm=v", "Zm 9", "Zm9v\n", "Zm9!", "Zm_-", "Zh==", "Zm9=", "*", " Zm9v",
            };
            for (int index = 0; index < texts.Length; index++)
            {
                Assert.AreEqual("bad", Decode(texts[index]));
            }
        }

        private static string Decode(string text)
        {
            byte[] octets = Octets.Of("<" + text + ">");
            int count = Base64.Decode(octets, 1, text.Length, octets, 1);
            Assert.IsTrue(octets[0] == '<' && octets[text.Length + 1] == '>');
            return count == Base64.Bad ? "bad" : SmtpHarness.Text(octets, 1, count);
        }
    }
}

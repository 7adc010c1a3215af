using MailAppliance.Configuration;
using MailAppliance.Core;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace MailAppliance.Tests
{
    /// <summary>Every beginning and every change of one octet of a good file: settings or an error, never an exception.</summary>
    [TestClass]
    public class ConfigurationSweepTests
    {
#if NANOFRAMEWORK_1_0
        // The interpreter takes milliseconds for a file.
        private const int ValueStep = 61;
#else
        private const int ValueStep = 1;
#endif

        private const string Good =
            "[appliance]\r\nhost = mail.lan\ndomains = lan, x.test ; c\nmode = strict\nring = 8M\nsmtp-port = 25\nsmtp-idle = 5m\n"
            + "smtp-address = 1.2.3.4\n# gr\u00FC\u00DFe\n[maildrop alice]\npassword = \"s #1\"\naddresses = alice, a@shop.example, *\n"
            + "[maildrop bob]\npassword = b";

        private static bool IsRight(ConfigurationReader reader, byte[] octets, int count)
        {
            ApplianceSettings settings = reader.Read(octets, 0, count);
            if (settings == null)
            {
                Assert.IsTrue(reader.Error.Line >= 1 && reader.Error.Line <= 15);
                Assert.IsTrue(reader.Error.Message.Length > 0);
                return false;
            }

            Assert.IsNull(reader.Error);
            Assert.IsTrue(settings.Maildrops.Length >= 1 && settings.Maildrops.Length <= 2);
            Assert.IsTrue(settings.RingOctets / 4 >= settings.MessageOctetsMax);
            Assert.IsNotNull(settings.Addresses);
            return true;
        }

        [TestMethod]
        public void EveryPrefix_IsRightOrAnError()
        {
            byte[] octets = Octets.Of(Good);
            ConfigurationReader reader = new ConfigurationReader();
            int right = 0;
            for (int count = 0; count <= octets.Length; count++)
            {
                right += IsRight(reader, octets, count) ? 1 : 0;
            }

            // The whole file; a file that ends within a list of addresses where an element is complete, and the like.
            Assert.IsTrue(IsRight(reader, octets, octets.Length));
            Assert.IsTrue(right > 1 && right < octets.Length / 4);
        }

        [TestMethod]
        public void EveryChangeOfOneOctet_IsRightOrAnError()
        {
            byte[] octets = Octets.Of(Good);
            ConfigurationReader reader = new ConfigurationReader();
            int right = 0;
            int wrong = 0;
            for (int index = 0; index < octets.Length; index++)
            {
                byte good = octets[index];
                for (int value = 0; value < 256; value += ValueStep)
                {
                    octets[index] = (byte)value;
                    if (IsRight(reader, octets, octets.Length))
                    {
                        right++;
                    }
                    else
                    {
                        wrong++;
                    }
                }

                octets[index] = good;
            }

            Assert.IsTrue(right > 0);
            Assert.IsTrue(wrong > right);
        }
    }
}

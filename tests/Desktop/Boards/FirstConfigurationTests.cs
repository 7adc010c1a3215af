using System.Linq;
using System.Text;
using MailAppliance.Boards;
using MailAppliance.Configuration;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Boards
{
    /// <summary>What a board writes where it finds no configuration has to be one.</summary>
    [TestClass]
    public class FirstConfigurationTests
    {
        [TestMethod]
        [DataRow("small", 3, 2, 512)]
        [DataRow("large", 6, 4, 4096)]
        public void Text_WithABoardsDefaults_IsTaken(string profile, int smtpSlots, int pop3Slots, int messages)
        {
            var defaults = new ConfigurationDefaults
            {
                Any = "profile " + profile,
                Large = "messages 4096|smtp-slots 6|pop3-slots 4|waiting 1",
            };
            string password = FirstConfiguration.Password(Enumerable.Range(0, 255).Select(octet => (byte)octet).ToArray());
            byte[] text = Encoding.UTF8.GetBytes(FirstConfiguration.Text(password));

            var reader = new ConfigurationReader(defaults);
            ApplianceSettings settings = reader.Read(text, 0, text.Length);

            Assert.IsNotNull(settings, reader.Error?.ToString());
            Assert.AreEqual(smtpSlots, settings.SmtpSlots);
            Assert.AreEqual(pop3Slots, settings.Pop3Slots);
            Assert.AreEqual(messages, settings.MessagesMax);
            Assert.HasCount(1, settings.Maildrops);
            Assert.AreEqual(password, Encoding.UTF8.GetString(settings.Maildrops[0].Password));
        }

        [TestMethod]
        public void PasswordIn_OwnFile_IsFoundAndNobodyElsesIs()
        {
            string text = FirstConfiguration.Text("secret");

            Assert.AreEqual("secret", FirstConfiguration.PasswordIn(text));
            Assert.AreEqual(string.Empty, FirstConfiguration.PasswordIn("# mine\n" + text));
            Assert.AreEqual(string.Empty, FirstConfiguration.PasswordIn(text[..text.IndexOf("password", System.StringComparison.Ordinal)]));
            Assert.AreEqual(string.Empty, FirstConfiguration.PasswordIn("password = x"));
        }

        [TestMethod]
        public void Password_EveryOctet_GivesALetterOfItsOwn()
        {
            var seen = Enumerable.Range(0, 32)
                .Select(octet => FirstConfiguration.Password(Enumerable.Repeat((byte)octet, FirstConfiguration.PasswordOctets).ToArray()))
                .ToHashSet();

            Assert.HasCount(32, seen);
            Assert.IsTrue(seen.All(password => password.Length == 12 && password.All(char.IsAsciiLetterOrDigit)));
        }
    }
}

using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Core;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace MailAppliance.Tests
{
    /// <summary>What right files say.</summary>
    [TestClass]
    public class ConfigurationTests
    {
        private const string Bob = "[maildrop bob]\npassword = b\n";

        private static ApplianceSettings Read(string text)
        {
            return Read(text, new ConfigurationDefaults());
        }

        private static ApplianceSettings Read(string text, ConfigurationDefaults defaults)
        {
            byte[] octets = Octets.Of("junk" + text + "junk");
            ConfigurationReader reader = new ConfigurationReader(defaults);
            ApplianceSettings settings = reader.Read(octets, 4, octets.Length - 8);
            Assert.AreEqual("", reader.Error == null ? "" : reader.Error.ToString());
            Assert.IsNotNull(settings);
            return settings;
        }

        private static ApplianceSettings Appliance(string lines)
        {
            return Read("[appliance]\n" + lines + "\n" + Bob);
        }

        private static string Text(byte[] octets)
        {
            return octets.Length == 0 ? "" : Encoding.UTF8.GetString(octets, 0, octets.Length);
        }

        private static int Find(ApplianceSettings settings, string local, string domain)
        {
            byte[] localOctets = Octets.Of(local);
            byte[] domainOctets = domain.Length == 0 ? new byte[0] : Octets.Of(domain);
            return settings.Addresses.Find(localOctets, 0, localOctets.Length, domainOctets, 0, domainOctets.Length, false);
        }

        [TestMethod]
        public void FileOfTheManual_Read_SaysWhatIsMeant()
        {
            ApplianceSettings settings = Read(
                "[appliance]\n"
                + "host = mail.lan\n"
                + "domains = lan, harness.test      ; * takes any domain\n"
                + "mode = device                    ; device | strict\n"
                + "ring = 64M\n"
                + "message-max = 16M\n"
                + "smtp-port = 25\n"
                + "pop3-port = 110\n"
                + "[maildrop alice]\n"
                + "password = secret-alice\n"
                + "addresses = alice, postmaster, alerts@shop.example, *   ; local-parts\n");
            Assert.AreEqual("mail.lan", Text(settings.Host));
            Assert.IsFalse(settings.Strict);
            Assert.AreEqual(64L * 1024 * 1024, settings.RingOctets);
            Assert.IsTrue(settings.IsRingGiven);
            Assert.AreEqual(16 * 1024 * 1024, settings.MessageOctetsMax);
            Assert.AreEqual(25, settings.SmtpPort);
            Assert.AreEqual(110, settings.Pop3Port);
            Assert.AreEqual(1, settings.Maildrops.Length);
            Assert.AreEqual("alice", Text(settings.Maildrops[0].Name));
            Assert.AreEqual("secret-alice", Text(settings.Maildrops[0].Password));
            Assert.AreEqual(0, Find(settings, "alice", "lan"));
            Assert.AreEqual(0, Find(settings, "ALICE", "Harness.Test"));
            Assert.AreEqual(0, Find(settings, "alice", "mail.lan"));
            Assert.AreEqual(0, Find(settings, "alerts", "shop.example"));
            Assert.AreEqual(0, Find(settings, "anybody", "lan"));
            Assert.AreEqual(AddressBook.NotOurs, Find(settings, "other", "shop.example"));
            Assert.AreEqual(AddressBook.NotOurs, Find(settings, "alice", "example.org"));
        }

        [TestMethod]
        public void NothingGiven_Read_TakesTheSmallProfile()
        {
            ApplianceSettings settings = Read(Bob);
            Assert.AreEqual("mail.lan", Text(settings.Host));
            Assert.IsFalse(settings.Strict);
            Assert.IsTrue(settings.AddMissingFields);
            Assert.AreEqual(64L * 1024 * 1024, settings.RingOctets);
            Assert.IsFalse(settings.IsRingGiven);
            Assert.AreEqual(16 * 1024 * 1024, settings.MessageOctetsMax);
            Assert.IsFalse(settings.DropOldest);
            Assert.AreEqual(0L, settings.RetentionMilliseconds);
            Assert.IsNull(settings.QuotaMessages);
            Assert.IsNull(settings.QuotaOctets);
            Assert.AreEqual("0.0.0.0", settings.SmtpAddress);
            Assert.AreEqual(25, settings.SmtpPort);
            Assert.AreEqual("0.0.0.0", settings.Pop3Address);
            Assert.AreEqual(110, settings.Pop3Port);
            Assert.AreEqual(3, settings.SmtpSlots);
            Assert.AreEqual(2, settings.Pop3Slots);
            Assert.AreEqual(2, settings.WaitingMax);
            Assert.AreEqual(20000, settings.WaitingMilliseconds);
            Assert.AreEqual(512, settings.MessagesMax);
            Assert.AreEqual(8, settings.MaildropsMax);
            Assert.AreEqual(100, settings.RecipientsMax);
            Assert.AreEqual(300000, settings.SmtpIdleMilliseconds);
            Assert.AreEqual(600000, settings.Pop3IdleMilliseconds);
            Assert.AreEqual(1536, settings.SmtpInputOctets);
            Assert.AreEqual(3072, settings.RecordOctets);
            Assert.AreEqual(512, settings.ReadOctets);
            Assert.AreEqual(65536, settings.MemoryOctetsMax);
            Assert.AreEqual(Hal.LogSeverity.Notice, settings.LogSeverityMax);
        }

        [TestMethod]
        public void ProfileLarge_Read_TakesItsDefaults_AndWhatIsGivenStays()
        {
            ApplianceSettings settings = Appliance("smtp-slots = 5\nprofile = large");
            Assert.AreEqual(5, settings.SmtpSlots);
            Assert.AreEqual(8, settings.Pop3Slots);
            Assert.AreEqual(256, settings.WaitingMax);
            Assert.AreEqual(65536, settings.MessagesMax);
            Assert.AreEqual(32, settings.MaildropsMax);
            Assert.AreEqual(65536, settings.SmtpInputOctets);
            Assert.AreEqual(131072, settings.RecordOctets);
            Assert.AreEqual(65536, settings.ReadOctets);
            Assert.AreEqual(0, settings.MemoryOctetsMax);
        }

        [TestMethod]
        public void DefaultsOfTheApplication_StandBeforeTheTable_AndBehindTheFile()
        {
            ConfigurationDefaults defaults = new ConfigurationDefaults();
            defaults.Any = "profile large|ring 1M|smtp-address 127.0.0.1|smtp-port 2525|pop3-address ::1|pop3-port 1100";
            ApplianceSettings settings = Read(Bob, defaults);
            Assert.AreEqual(16, settings.SmtpSlots);
            Assert.AreEqual(1024L * 1024, settings.RingOctets);
            Assert.IsFalse(settings.IsRingGiven);
            Assert.AreEqual(256 * 1024, settings.MessageOctetsMax);
            Assert.AreEqual("127.0.0.1", settings.SmtpAddress);
            Assert.AreEqual(2525, settings.SmtpPort);
            Assert.AreEqual("::1", settings.Pop3Address);
            Assert.AreEqual(1100, settings.Pop3Port);

            settings = Read("[appliance]\nprofile=small\nsmtp-port=26\nring=2M\n" + Bob, defaults);
            Assert.AreEqual(3, settings.SmtpSlots);
            Assert.AreEqual(26, settings.SmtpPort);
            Assert.AreEqual(2048L * 1024, settings.RingOctets);
            Assert.AreEqual(1100, settings.Pop3Port);
        }

        [TestMethod]
        public void EveryKey_Given_IsTaken()
        {
            ApplianceSettings settings = Appliance(
                "host = Relay.Shop.Example\ndomains = a.example\nmode = strict\nadd-missing-fields = yes\nring = 8M\nmessage-max = 2M\nwhen-full = Drop-Oldest\nretention = 2d\n"
                + "smtp-address = 192.0.2.1\nsmtp-port = 1\npop3-address = 2001:db8::1\npop3-port = 65535\nsmtp-slots = 256\npop3-slots = 128\n"
                + "waiting = 1\nwaiting-time = 0\nsmtp-idle = 90\npop3-idle = 2h\nrecipients-max = 1\nmessages = 16\nmaildrops = 128\n"
                + "smtp-input = 2000\nrecord = 4K\nread = 512\nmemory-max = none\nlog = detail\n"
                + "connections-each = 1000\nmails-each = 1\nbad-commands-each = 0\nlogin-delay = 90\nprogress = 0\nmail-time = 1h");
            Assert.AreEqual("Relay.Shop.Example", Text(settings.Host));
            Assert.AreEqual(0, Find(settings, "bob", "a.example"));
            Assert.AreEqual(AddressBook.NotOurs, Find(settings, "bob", "lan"));
            Assert.IsTrue(settings.Strict);
            Assert.IsTrue(settings.AddMissingFields);
            Assert.AreEqual(8L * 1024 * 1024, settings.RingOctets);
            Assert.AreEqual(2 * 1024 * 1024, settings.MessageOctetsMax);
            Assert.IsTrue(settings.DropOldest);
            Assert.AreEqual(172800000L, settings.RetentionMilliseconds);
            Assert.AreEqual("192.0.2.1", settings.SmtpAddress);
            Assert.AreEqual(1, settings.SmtpPort);
            Assert.AreEqual("2001:db8::1", settings.Pop3Address);
            Assert.AreEqual(65535, settings.Pop3Port);
            Assert.AreEqual(256, settings.SmtpSlots);
            Assert.AreEqual(128, settings.Pop3Slots);
            Assert.AreEqual(1, settings.WaitingMax);
            Assert.AreEqual(0, settings.WaitingMilliseconds);
            Assert.AreEqual(90000, settings.SmtpIdleMilliseconds);
            Assert.AreEqual(7200000, settings.Pop3IdleMilliseconds);
            Assert.AreEqual(1, settings.RecipientsMax);
            Assert.AreEqual(16, settings.MessagesMax);
            Assert.AreEqual(128, settings.MaildropsMax);
            Assert.AreEqual(2000, settings.SmtpInputOctets);
            Assert.AreEqual(4096, settings.RecordOctets);
            Assert.AreEqual(512, settings.ReadOctets);
            Assert.AreEqual(0, settings.MemoryOctetsMax);
            Assert.AreEqual(Hal.LogSeverity.Detail, settings.LogSeverityMax);
            Assert.AreEqual(1000, settings.ConnectionsEach);
            Assert.AreEqual(1, settings.MailsEach);
            Assert.AreEqual(0, settings.BadCommandsEach);
            Assert.AreEqual(90000, settings.LoginDelayMilliseconds);
            Assert.AreEqual(0, settings.ProgressOctets);
            Assert.AreEqual(3600000, settings.MailMilliseconds);
        }

        [TestMethod]
        public void Tls_NothingGiven_IsNotThere()
        {
            ApplianceSettings settings = Appliance("");
            Assert.IsFalse(settings.Tls);
            Assert.IsFalse(settings.UsesTls);
            Assert.IsNull(settings.SmtpsAddress);
            Assert.IsNull(settings.Pop3sAddress);
            Assert.IsFalse(settings.SmtpWantsTls);
            Assert.IsFalse(settings.Pop3WantsTls);
            Assert.IsNull(settings.TlsCertificate);
            Assert.IsNull(settings.TlsKey);
            Assert.IsFalse(settings.TlsLegacy);
        }

        [TestMethod]
        public void Tls_EveryKeyGiven_IsTaken()
        {
            ApplianceSettings settings = Appliance(
                "tls = yes\nsmtp-address = 192.0.2.1\nsmtps-port = 465\npop3-address = ::1\npop3s-port = 995\nrequire-tls = yes\n"
                + "tls-certificate = certs/mail lan.pem\ntls-key = \"/etc/key #1.pem\"\ntls-legacy = yes");
            Assert.IsTrue(settings.Tls);
            Assert.IsTrue(settings.UsesTls);
            Assert.AreEqual("192.0.2.1", settings.SmtpsAddress);
            Assert.AreEqual(465, settings.SmtpsPort);
            Assert.AreEqual("::1", settings.Pop3sAddress);
            Assert.AreEqual(995, settings.Pop3sPort);
            Assert.IsTrue(settings.SmtpWantsTls);
            Assert.IsTrue(settings.Pop3WantsTls);
            Assert.AreEqual("certs/mail lan.pem", settings.TlsCertificate);
            Assert.AreEqual(8, settings.TlsCertificateLine);
            Assert.AreEqual("/etc/key #1.pem", settings.TlsKey);
            Assert.AreEqual(9, settings.TlsKeyLine);
            Assert.IsTrue(settings.TlsLegacy);

            Assert.IsTrue(Appliance("tls = yes\nrequire-tls = smtp").SmtpWantsTls);
            Assert.IsFalse(Appliance("tls = yes\nrequire-tls = smtp").Pop3WantsTls);
            Assert.IsFalse(Appliance("tls = yes\nrequire-tls = pop3").SmtpWantsTls);
            Assert.IsTrue(Appliance("tls = yes\nrequire-tls = pop3").Pop3WantsTls);
            settings = Appliance("smtps-port = 465\nrequire-tls = smtp");
            Assert.IsFalse(settings.Tls);
            Assert.IsTrue(settings.UsesTls);
        }

        [TestMethod]
        public void Tls_DefaultOfTheApplication_StandsUnlessTheFileSaysNo()
        {
            ConfigurationDefaults defaults = new ConfigurationDefaults();
            defaults.Any = "tls yes";
            Assert.IsTrue(Read(Bob, defaults).Tls);
            Assert.IsFalse(Read("[appliance]\ntls = no\n" + Bob, defaults).Tls);
        }

        [TestMethod]
        public void AddMissingFields_FollowsTheMode_UnlessGiven()
        {
            Assert.IsFalse(Appliance("mode = strict").AddMissingFields);
            Assert.IsTrue(Appliance("mode = device").AddMissingFields);
            Assert.IsFalse(Appliance("add-missing-fields = no").AddMissingFields);
        }

        [TestMethod]
        public void SizesAndTimes_EachUnit_IsTaken()
        {
            Assert.AreEqual(131072L, Appliance("ring = 131072").RingOctets);
            Assert.AreEqual(131072L, Appliance("ring = 128k").RingOctets);
            Assert.AreEqual(3L * 1024 * 1024 * 1024, Appliance("ring = 3G").RingOctets);
            Assert.AreEqual(1023L * 1024 * 1024 * 1024, Appliance("ring = 1023G").RingOctets);
            Assert.AreEqual(5000, Appliance("smtp-idle = 5").SmtpIdleMilliseconds);
            Assert.AreEqual(5000, Appliance("smtp-idle = 5s").SmtpIdleMilliseconds);
            Assert.AreEqual(300000, Appliance("smtp-idle = 5M").SmtpIdleMilliseconds);
            Assert.AreEqual(18000000, Appliance("smtp-idle = 5h").SmtpIdleMilliseconds);
            Assert.AreEqual(86400000, Appliance("smtp-idle = 1D").SmtpIdleMilliseconds);
            Assert.AreEqual(2592000000L, Appliance("retention = 30d").RetentionMilliseconds);
            Assert.AreEqual(3600000L, Appliance("retention = 1h").RetentionMilliseconds);
            Assert.AreEqual(0L, Appliance("retention = none").RetentionMilliseconds);
        }

        [TestMethod]
        public void SmallRing_MessageMaxNotGiven_IsAQuarter()
        {
            Assert.AreEqual(32768, Appliance("ring = 128K").MessageOctetsMax);
            Assert.AreEqual(16 * 1024 * 1024, Appliance("ring = 1G").MessageOctetsMax);
            Assert.AreEqual(32768, Appliance("ring = 128K\nmessage-max = 32K").MessageOctetsMax);
        }

        [TestMethod]
        public void LineEndsMarkAndWhiteSpace_AreTolerated()
        {
            byte[] octets = Octets.Of("xxx\t[ appliance ]  ; c\r\n  HOST\t=  mail.lan \t# c\r\n\r\n#c\r\n [MailDrop   alice ]\r\nPassWord= a b ");
            octets[0] = 0xEF;
            octets[1] = 0xBB;
            octets[2] = 0xBF;
            ApplianceSettings settings = new ConfigurationReader().Read(octets, 0, octets.Length);
            Assert.IsNotNull(settings);
            Assert.AreEqual("mail.lan", Text(settings.Host));
            Assert.AreEqual("alice", Text(settings.Maildrops[0].Name));
            Assert.AreEqual("a b", Text(settings.Maildrops[0].Password));
        }

        [TestMethod]
        public void Values_CommentsAndQuotes_AreToldApart()
        {
            Assert.AreEqual("a#b;c", Password("a#b;c"));
            Assert.AreEqual("a", Password("a #b"));
            Assert.AreEqual("a", Password("a\t;b"));
            Assert.AreEqual("#a", Password("\"#a\""));
            Assert.AreEqual(" a ; b ", Password("\" a ; b \"  # c"));
            Assert.AreEqual("a\"b", Password("a\"b"));
            Assert.AreEqual("a = b", Password("a = b"));
            Assert.AreEqual("gr\u00FC\u00DFe", Password("gr\u00FC\u00DFe"));
        }

        private static string Password(string value)
        {
            return Text(Read("[maildrop bob]\npassword = " + value + "\n").Maildrops[0].Password);
        }

        [TestMethod]
        public void MaildropWithoutAddresses_HasItsOwnName()
        {
            ApplianceSettings settings = Read("[maildrop alice]\npassword = a\n[maildrop bob@shop.example]\npassword = b\n");
            Assert.AreEqual(0, Find(settings, "Alice", "lan"));
            Assert.AreEqual(1, Find(settings, "bob", "shop.example"));
            Assert.AreEqual(AddressBook.NoSuchMailbox, Find(settings, "bob", "lan"));
        }

        [TestMethod]
        public void MaildropWithAddresses_HasThoseOnly()
        {
            ApplianceSettings settings = Read("[maildrop alice]\npassword = a\naddresses = ups, ups, UPS , nas@lan\n");
            Assert.AreEqual(0, Find(settings, "ups", "lan"));
            Assert.AreEqual(0, Find(settings, "nas", "lan"));
            Assert.AreEqual(AddressBook.NoSuchMailbox, Find(settings, "alice", "lan"));
            Assert.AreEqual(AddressBook.NoSuchMailbox, Find(settings, "nas", "mail.lan"));
        }

        [TestMethod]
        public void Postmaster_NobodyClaims_IsTheFirstMaildrop()
        {
            string second = "[maildrop alice]\npassword = a\n" + Bob;
            Assert.AreEqual(0, Find(Read(second), "Postmaster", ""));
            Assert.AreEqual(0, Find(Read(second + "addresses = *\n"), "postmaster", "lan"));
            Assert.AreEqual(1, Find(Read(second + "addresses = PostMaster\n"), "postmaster", "lan"));
        }

        [TestMethod]
        public void Quotas_EachMaildrop_HasItsOwn()
        {
            ApplianceSettings settings = Read(
                "[maildrop alice]\nquota-messages = 100\npassword = a\nquota = 2M\n" + Bob + "Quota = none\nQUOTA-MESSAGES = 7\n[maildrop eve]\npassword = e\n");
            Assert.AreEqual(100, settings.QuotaMessages[0]);
            Assert.AreEqual(2097152L, settings.QuotaOctets[0]);
            Assert.AreEqual(7, settings.QuotaMessages[1]);
            Assert.AreEqual(0L, settings.QuotaOctets[1]);
            Assert.AreEqual(0, settings.QuotaMessages[2]);
            Assert.AreEqual(0L, settings.QuotaOctets[2]);
        }

        [TestMethod]
        public void Domains_Star_TakesAny()
        {
            ApplianceSettings settings = Appliance("domains = x.example, *");
            Assert.AreEqual(0, Find(settings, "bob", "whatever.example"));
            Assert.AreEqual(AddressBook.NoSuchMailbox, Find(settings, "eve", "whatever.example"));
        }

        [TestMethod]
        public void OneLocalPartInTwoDomains_ThatAreNotBothOurs_IsNoClash()
        {
            ApplianceSettings settings = Read(
                "[maildrop alice]\npassword = a\naddresses = info\n[maildrop bob]\npassword = b\naddresses = info@shop.example\n");
            Assert.AreEqual(0, Find(settings, "info", "lan"));
            Assert.AreEqual(1, Find(settings, "info", "shop.example"));
        }
    }
}

using MailAppliance.Configuration;
using MailAppliance.Core;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace MailAppliance.Tests
{
    /// <summary>What wrong files are told: the line, and what was expected there.</summary>
    [TestClass]
    public class ConfigurationErrorTests
    {
        private const string Alice = "[maildrop alice]\npassword = a\n";
        private const string Bob = "[maildrop bob]\npassword = b\n";

        private static void Expect(string error, string text)
        {
            byte[] octets = text.Length == 0 ? new byte[0] : Octets.Of(text);
            ExpectOctets(error, octets);
        }

        private static void ExpectOctets(string error, byte[] octets)
        {
            ConfigurationReader reader = new ConfigurationReader();
            Assert.IsNull(reader.Read(octets, 0, octets.Length));
            Assert.AreEqual(error, reader.Error.ToString());
        }

        /// <summary>One line of [appliance], which is line 3.</summary>
        private static void ExpectKey(string message, string line)
        {
            Expect("line 3: " + message, "# c\n[appliance]\n" + line + "\n" + Bob);
        }

        /// <summary>One line of [maildrop], which is line 2.</summary>
        private static void ExpectMaildropKey(string message, string line)
        {
            Expect("line 2: " + message, "[maildrop eve]\n" + line + "\n" + Bob);
        }

        [TestMethod]
        public void Lines_OfNoForm()
        {
            Expect("line 1: expected a [section] or \"key = value\"", "appliance\n");
            Expect("line 2: expected a [section] or \"key = value\"", "[appliance]\n= x\n");
            Expect("line 1: expected a section, [appliance], [access] or [maildrop NAME], before the first key", "host = x\n");
            Expect("line 1: expected ] at the end of the section's name", "[appliance\n");
            Expect("line 1: expected nothing behind ] but a comment after white space", "[appliance] x\n");
            Expect("line 1: expected nothing behind ] but a comment after white space", "[appliance];x\n");
            Expect("line 1: expected the section [appliance], [access] or [maildrop NAME], found [server]", "[server]\n");
            Expect("line 1: expected the section [appliance], [access] or [maildrop NAME], found [appliance]", "[appliance x]\n");
            Expect("line 1: expected the section [appliance], [access] or [maildrop NAME], found []", "[]\n");
            Expect("line 3: [appliance] was begun on line 1 already", "[appliance]\n\n[appliance]\n");
            Expect("line 1: expected no control characters", "# a\rb\n");
            Expect("line 2: expected no control characters", "\n[appliance\u007F]\n");
        }

        [TestMethod]
        public void Octets_ThatAreNotUtf8()
        {
            ExpectOctets("line 2: expected UTF-8", new byte[] { (byte)'#', 10, (byte)'#', 0xFF, 10 });
            ExpectOctets("line 1: expected UTF-8", new byte[] { (byte)'#', 0xC0, 0x80 });
            ExpectOctets("line 1: expected UTF-8", new byte[] { (byte)'#', 0xE0, 0x9F, 0x80 });
            ExpectOctets("line 1: expected UTF-8", new byte[] { (byte)'#', 0xED, 0xA0, 0x80 });
            ExpectOctets("line 1: expected UTF-8", new byte[] { (byte)'#', 0xF0, 0x8F, 0x80, 0x80 });
            ExpectOctets("line 1: expected UTF-8", new byte[] { (byte)'#', 0xF4, 0x90, 0x80, 0x80 });
            ExpectOctets("line 1: expected UTF-8", new byte[] { (byte)'#', 0xE2, 0x82 });
            ExpectOctets("line 1: expected UTF-8", new byte[] { (byte)'#', 0x80 });
            ExpectOctets("line 1: expected no control characters", new byte[] { 0 });
        }

        [TestMethod]
        public void Quotes_ThatDoNotMatch()
        {
            ExpectMaildropKey("expected a second quote at the end of the value", "password = \"abc");
            ExpectMaildropKey("expected nothing behind the second quote but a comment after white space", "password = \"abc\"d");
            ExpectMaildropKey("expected nothing behind the second quote but a comment after white space", "password = \"abc\";d");
            ExpectMaildropKey("expected nothing behind the second quote but a comment after white space", "password = \"a\" \"b\"");
        }

        [TestMethod]
        public void Keys_UnknownOrGivenTwice()
        {
            ExpectKey("unknown key \"smtp-prot\" in [appliance]", "smtp-prot = 25");
            ExpectKey("unknown key \"password\" in [appliance]", "password = 25");
            Expect("line 4: smtp-port: given on line 2 already", "[appliance]\nsmtp-port = 25\n\nSMTP-Port = 25\n" + Bob);
            ExpectMaildropKey("unknown key \"host\" in [maildrop]", "host = x");
            Expect("line 3: password: given twice for this maildrop", "[maildrop eve]\npassword = a\npassword = b\n");
            Expect("line 4: addresses: given twice for this maildrop", "[maildrop eve]\npassword = a\naddresses = a\naddresses = b\n");
            Expect("line 4: quota: given twice for this maildrop", "[maildrop eve]\npassword = a\nquota = 1M\nquota = none\n");
            Expect("line 4: quota-messages: given twice for this maildrop", "[maildrop eve]\npassword = a\nquota-messages = 1\nquota-messages = 2\n");
            ExpectKey("unknown key \"quota\" in [appliance]", "quota = 1M");
            ExpectMaildropKey("quota-messages: expected a number from 1 to 1000000, or none, found \"0\"", "quota-messages = 0");
            ExpectMaildropKey("quota: expected a size in octets or with K, M, G, from 1K to 1023G, or none, found \"1\"", "quota = 1");
            ExpectKey("when-full: expected reject or drop-oldest, found \"drop\"", "when-full = drop");
            ExpectKey("retention: expected a time in seconds or with s, m, h, d, from 1h to 3650d, or none, found \"59m\"", "retention = 59m");
        }

        [TestMethod]
        public void Tls_WhatIsWrongOrMissing()
        {
            ExpectKey("tls: expected no or yes, found \"1\"", "tls = 1");
            ExpectKey("smtps-port: expected a port number from 1 to 65535, or none, found \"0\"", "smtps-port = 0");
            ExpectKey("pop3s-port: expected a port number from 1 to 65535, or none, found \"x\"", "pop3s-port = x");
            ExpectKey("require-tls: expected no, smtp, pop3 or yes, found \"both\"", "require-tls = both");
            ExpectKey("tls-certificate: expected a file's name, or none, found nothing", "tls-certificate =");
            ExpectKey("tls-key: expected a file's name, or none, found nothing", "tls-key =");
            ExpectKey("tls-legacy: expected yes or no, found \"maybe\"", "tls-legacy = maybe");

            string wanted = "require-tls: expected tls = yes, or a port for TLS (smtps-port, pop3s-port), beside it";
            ExpectKey(wanted, "require-tls = smtp");
            ExpectKey(wanted, "require-tls = pop3\nsmtps-port = 465");
            ExpectKey(wanted, "require-tls = yes\npop3s-port = 995");
        }

        [TestMethod]
        public void Numbers_OutOfRangeOrNone()
        {
            ExpectKey("smtp-port: expected a port number from 1 to 65535, found \"x\"", "smtp-port = x");
            ExpectKey("smtp-port: expected a port number from 1 to 65535, found \"0\"", "smtp-port = 0");
            ExpectKey("pop3-port: expected a port number from 1 to 65535, found \"65536\"", "pop3-port = 65536");
            ExpectKey("pop3-port: expected a port number from 1 to 65535, found \"-1\"", "pop3-port = -1");
            ExpectKey("pop3-port: expected a port number from 1 to 65535, found \"1K\"", "pop3-port = 1K");
            ExpectKey("smtp-port: expected a port number from 1 to 65535, found nothing", "smtp-port =");
            ExpectKey("smtp-slots: expected a number from 1 to 256, found \"0\"", "smtp-slots = 0");
            ExpectKey("pop3-slots: expected a number from 1 to 128, found \"129\"", "pop3-slots = 129");
            ExpectKey("waiting: expected a number from 1 to 1000, found \"1001\"", "waiting = 1001");
            ExpectKey("recipients-max: expected a number from 1 to 10000, found \"0\"", "recipients-max = 0");
            ExpectKey("messages: expected a number from 16 to 1000000, found \"15\"", "messages = 15");
            ExpectKey("maildrops: expected a number from 1 to 128, found \"129\"", "maildrops = 129");
        }

        [TestMethod]
        public void SizesAndTimes_OutOfRangeOrNone()
        {
            ExpectKey("ring: expected a size in octets or with K, M, G, from 64K to 1023G, a multiple of 512, found \"1T\"", "ring = 1T");
            ExpectKey("ring: expected a size in octets or with K, M, G, from 64K to 1023G, a multiple of 512, found \"63K\"", "ring = 63K");
            ExpectKey("ring: expected a size in octets or with K, M, G, from 64K to 1023G, a multiple of 512, found \"1024G\"", "ring = 1024G");
            ExpectKey(
                "ring: expected a size in octets or with K, M, G, from 64K to 1023G, a multiple of 512, found \"99999999999999999999G\"",
                "ring = 99999999999999999999G");
            ExpectKey("ring: expected a size in octets or with K, M, G, from 64K to 1023G, a multiple of 512, found \"100000\"", "ring = 100000");
            ExpectKey("ring: expected a size in octets or with K, M, G, from 64K to 1023G, a multiple of 512, found \"none\"", "ring = none");
            ExpectKey("message-max: expected a size in octets or with K, M, G, from 4K to 1G, found \"4095\"", "message-max = 4095");
            ExpectKey("smtp-input: expected a size in octets or with K, M, G, from 1536 to 1M, found \"1K\"", "smtp-input = 1K");
            ExpectKey("record: expected a size in octets or with K, M, G, from 3K to 1M, a multiple of 512, found \"1025\"", "record = 1025");
            ExpectKey("read: expected a size in octets or with K, M, G, from 512 to 1M, a multiple of 512, found \"511\"", "read = 511");
            ExpectKey("memory-max: expected a size in octets or with K, M, G, from 16K to 1G, or none, found \"0\"", "memory-max = 0");
            ExpectKey("waiting-time: expected a time in seconds or with s, m, h, d, from 0s to 1h, found \"61m\"", "waiting-time = 61m");
            ExpectKey("smtp-idle: expected a time in seconds or with s, m, h, d, from 1s to 24h, found \"0\"", "smtp-idle = 0");
            ExpectKey("pop3-idle: expected a time in seconds or with s, m, h, d, from 1s to 24h, found \"h\"", "pop3-idle = h");
        }

        [TestMethod]
        public void WordsAndNames_OfNoForm()
        {
            ExpectKey("mode: expected device or strict, found \"relaxed\"", "mode = relaxed");
            ExpectKey("add-missing-fields: expected yes or no, found \"true\"", "add-missing-fields = true");
            ExpectKey("profile: expected small or large, found \"medium\"", "profile = medium");
            ExpectKey("log: expected error, warning, notice or detail, found \"3\"", "log = 3");
            ExpectKey("host: expected a domain name, found \"mail..lan\"", "host = mail..lan");
            ExpectKey("host: expected a domain name, found \"-mail.lan\"", "host = -mail.lan");
            ExpectKey("host: expected a domain name, found \"mail lan\"", "host = mail lan");
            ExpectKey("host: expected a domain name, found nothing", "host = # mail.lan");
            ExpectKey("domains: expected domain names with commas between them, or *, found \"a,\"", "domains = a,");
            ExpectKey("domains: expected domain names with commas between them, or *, found \"a@b\"", "domains = a@b");
            ExpectKey("domains: expected domain names with commas between them, or *, found nothing", "domains =");
            ExpectKey("smtp-address: expected an IPv4 or IPv6 address, found \"localhost\"", "smtp-address = localhost");
            ExpectKey("smtp-address: expected an IPv4 or IPv6 address, found \"1.2.3.256\"", "smtp-address = 1.2.3.256");
            ExpectKey("pop3-address: expected an IPv4 or IPv6 address, found \"1.2.3\"", "pop3-address = 1.2.3");
            ExpectKey("pop3-address: expected an IPv4 or IPv6 address, found \"1.2.3.4.\"", "pop3-address = 1.2.3.4.");
        }

        [TestMethod]
        public void LongValue_IsShownInPart()
        {
            string sixty = "123456789012345678901234567890123456789012345678901234567890";
            ExpectKey("smtp-port: expected a port number from 1 to 65535, found \"" + sixty + "...\"", "smtp-port = " + sixty + "1");
        }

        [TestMethod]
        public void Maildrops_WrongOrMissing()
        {
            string noName = "line 1: [maildrop]: expected a name of at most 64 octets, such as the local-part of an address, found ";
            Expect("line 1: expected at least one section [maildrop NAME]", "");
            Expect("line 2: expected at least one section [maildrop NAME]", "[appliance]\nhost = x\n");
            Expect(noName + "nothing", "[maildrop]\n" + Bob);
            Expect(noName + "\"a b\"", "[maildrop a b]\n" + Bob);
            Expect(noName + "\"*x,\"", "[maildrop *x,]\n" + Bob);
            Expect("line 3: [maildrop eve]: expected a password", Bob + "[maildrop eve]\naddresses = x\n");
            Expect("line 1: [maildrop eve]: expected a password", "[maildrop eve]\n" + Bob);
            ExpectMaildropKey("password: expected 1 to 255 octets, in double quotes where # or ; follows white space", "password = #x");
            ExpectMaildropKey("password: expected 1 to 255 octets, in double quotes where # or ; follows white space", "password = \"\"");
            Expect("line 5: [maildrop BOB]: this maildrop was begun on line 1 already", Bob + Alice + "[maildrop BOB]\npassword = c\n");
            Expect(
                "line 6: [maildrop]: expected at most 1 maildrops; the key maildrops in [appliance] sets the bound",
                "[appliance]\nmaildrops = 1\n\n" + Bob + Alice);
        }

        [TestMethod]
        public void Addresses_OfNoForm()
        {
            string expected = "addresses: expected local-parts, whole addresses or * with commas between them, found ";
            ExpectMaildropKey(expected + "nothing", "addresses =");
            ExpectMaildropKey(expected + "nothing", "addresses = a,,b");
            ExpectMaildropKey(expected + "\"a b\"", "addresses = c, a b");
            ExpectMaildropKey(expected + "\"a@\"", "addresses = a@");
            ExpectMaildropKey(expected + "\"@b\"", "addresses = @b");
            ExpectMaildropKey(expected + "\".a\"", "addresses = .a");
            ExpectMaildropKey(expected + "\"a..b@c\"", "addresses = a..b@c");
            ExpectMaildropKey(expected + "\"<a@b>\"", "addresses = <a@b>");
        }

        [TestMethod]
        public void Addresses_ThatTwoMaildropsClaim()
        {
            Expect(
                "line 6: addresses: INFO is claimed by [maildrop alice] on line 3 already",
                Alice + "addresses = info\n" + Bob + "addresses = x, INFO\n");
            Expect(
                "line 6: addresses: a@x.example is claimed by [maildrop alice] on line 3 already",
                Alice + "addresses = A@X.example\n" + Bob + "addresses = a@x.example\n");
            Expect(
                "line 6: addresses: * is claimed by [maildrop alice] on line 3 already",
                Alice + "addresses = *\n" + Bob + "addresses = *\n");
            Expect(
                "line 4: addresses: bob is claimed by [maildrop alice] on line 3 already",
                Alice + "addresses = bob\n" + Bob);
            Expect(
                "line 5: addresses: bob is claimed by [maildrop bob] on line 1 already",
                Bob + Alice + "addresses = bob\n");
        }

        [TestMethod]
        public void LocalPartAndWholeAddressInOurDomain_ThatTwoMaildropsClaim()
        {
            Expect(
                "line 6: addresses: info@mail.lan is claimed by [maildrop alice] on line 3 already",
                Alice + "addresses = info\n" + Bob + "addresses = info@mail.lan\n");
            Expect(
                "line 8: addresses: info is claimed by [maildrop alice] on line 5 already",
                "[appliance]\ndomains = *\n" + Alice + "addresses = info@any.example\n" + Bob + "addresses = info\n");
        }

        [TestMethod]
        public void RingAndMessageMax_ThatDoNotFit()
        {
            ExpectKey("ring: expected at least 4 times message-max, 64M, found 63M", "ring = 63M\nmessage-max = 16M");
            ExpectKey("message-max: expected at most a quarter of the ring of 64M, found 17M", "message-max = 17M");
        }

        [TestMethod]
        public void TwoErrors_TheFirstLineIsTold()
        {
            Expect("line 2: mode: expected device or strict, found \"x\"", "[appliance]\nmode = x\nring = y\n");
            Expect(
                "line 2: message-max: expected at most a quarter of the ring of 64M, found 1G",
                "[appliance]\nmessage-max = 1G\n[maildrop eve]\n");
        }
    }
}

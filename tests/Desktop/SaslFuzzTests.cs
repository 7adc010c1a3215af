using System;
using System.Linq;
using System.Text;
using MailAppliance.Core;
using MailAppliance.Smtp;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>Base64 and the messages of AUTH, fed with whatever there is: invariants instead of expected output.</summary>
    [TestClass]
    public sealed class SaslFuzzTests
    {
        private static readonly string[] s_plain =
        [
            "AGFsaWNlAHNlY3JldC1hbGljZQ==", "YWxpY2UAYWxpY2UAc2VjcmV0LWFsaWNl", "AGJvYgB4", "AAA=",
        ];

        private static readonly string[] s_words = ["YWxpY2U=", "c2VjcmV0LWFsaWNl", "Ym9i", string.Empty];

        private static readonly string[] s_digests = ["YWxpY2UgMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "Ym9iIA=="];

        [TestMethod]
        public void Base64_EveryChangeOfGoodInput_IsWhatThePlatformSays()
        {
            foreach (string good in s_plain.Concat(s_words).Concat(s_digests))
            {
                ForEachChange(good, CheckBase64);
            }
        }

        [TestMethod]
        public void Base64_RandomOctets_AreWhatThePlatformSays()
        {
            Random random = new(1);
            for (int round = 0; round < 200_000; round++)
            {
                byte[] octets = new byte[random.Next(13)];
                for (int index = 0; index < octets.Length; index++)
                {
                    octets[index] = (byte)(random.Next(20) == 0 ? random.Next(256) : "ABZaz019+/=AQgw"[random.Next(15)]);
                }

                CheckBase64(octets, "round " + round);
            }
        }

        [TestMethod]
        public void Smtp_EveryChangeOfAResponse_GetsOneReplyAndTheSessionGoesOn()
        {
            SmtpHarness smtp = new(false);
            foreach (string good in s_plain)
            {
                ForEachChange(good, (octets, name) => CheckSmtp(smtp, "AUTH PLAIN\r\n", octets, name));
            }

            foreach (string good in s_words)
            {
                ForEachChange(good, (octets, name) => CheckSmtp(smtp, "AUTH LOGIN\r\n", octets, name));
                ForEachChange(good, (octets, name) => CheckSmtp(smtp, "AUTH LOGIN YWxpY2U=\r\n", octets, name));
            }

            foreach (string good in s_digests)
            {
                ForEachChange(good, (octets, name) => CheckSmtp(smtp, "AUTH CRAM-MD5\r\n", octets, name));
            }
        }

        [TestMethod]
        public void Smtp_RandomResponses_GetOneReplyAndTheSessionGoesOn()
        {
            Random random = new(2);
            SmtpHarness smtp = new(true);
            string[] begins = ["AUTH PLAIN\r\n", "AUTH LOGIN\r\n", "AUTH LOGIN Ym9i\r\n", "AUTH CRAM-MD5\r\n"];
            for (int round = 0; round < 20_000; round++)
            {
                byte[] message = new byte[random.Next(random.Next(10) == 0 ? 600 : 60)];
                random.NextBytes(message);
                for (int zeros = random.Next(4); zeros > 0 && message.Length > 0; zeros--)
                {
                    message[random.Next(message.Length)] = 0;
                }

                byte[] response = Encoding.ASCII.GetBytes(Convert.ToBase64String(message));
                CheckSmtp(smtp, begins[random.Next(begins.Length)], response, "round " + round);
            }
        }

        [TestMethod]
        public void Pop3_EveryChangeOfAResponse_GetsOneReplyAndTheSessionGoesOn()
        {
            Pop3Driver driver = new(strict: false);
            foreach (string good in s_plain)
            {
                ForEachChange(good, (octets, name) => CheckPop3(driver, "AUTH PLAIN\r\n", octets, name));
            }

            foreach (string good in s_words)
            {
                ForEachChange(good, (octets, name) => CheckPop3(driver, "AUTH LOGIN YWxpY2U=\r\n", octets, name));
            }
        }

        private static void CheckPop3(Pop3Driver driver, string begin, byte[] response, string name)
        {
            if (response.Contains((byte)'\n'))
            {
                return;
            }

            driver.DropSent();
            driver.Open();
            Assert.StartsWith("+ ", driver.Send(begin), name);
            driver.SendOctets([.. response, .. "\r\n"u8], 0, response.Length + 2);
            string reply = driver.TakeSent();
            Assert.StartsWith(driver.Session.HoldsMaildrop ? "+OK 0 messages" : "-ERR", reply, name);
            Assert.AreEqual(reply.Length - 1, reply.IndexOf('\n', StringComparison.Ordinal), name);
            Assert.AreEqual(0, driver.Session.Attempt.Count, name);
            Assert.StartsWith("+OK capabilities", driver.Send("CAPA\r\n"), name);
        }

        private static void CheckBase64(byte[] octets, string name)
        {
            byte[] buffer = [(byte)'<', .. octets, (byte)'>'];
            int count = Base64.Decode(buffer, 1, octets.Length, buffer, 1);
            Assert.AreEqual((byte)'<', buffer[0], name);
            Assert.AreEqual((byte)'>', buffer[^1], name);
            string text = Encoding.Latin1.GetString(octets);
            byte[]? expected = null;
            try
            {
                expected = Convert.FromBase64String(text);
            }
            catch (FormatException)
            {
                // It is none.
            }

            // The platform passes over white space and over bits that are left over.
            bool isGood = expected is not null && Convert.ToBase64String(expected) == text;
            Assert.AreEqual(isGood ? expected!.Length : Base64.Bad, count, name);
            Assert.IsTrue(!isGood || buffer.AsSpan(1, count).SequenceEqual(expected), name);
        }

        private static void CheckSmtp(SmtpHarness smtp, string begin, byte[] response, string name)
        {
            if (response.Contains((byte)'\n'))
            {
                return;
            }

            smtp.Open();
            string asked = smtp.Send("EHLO c\r\n" + begin);
            Assert.Contains("\r\n334 ", asked, name);
            int replies = smtp.Send([.. response, .. "\r\n"u8]).Split("\r\n").Length - 1;
            Assert.AreEqual(1, replies, name);
            int state = smtp.Session.State;
            Assert.IsTrue(state is SmtpState.Ready or SmtpState.Authenticating, name);
            Assert.IsTrue(state == SmtpState.Ready || begin == "AUTH LOGIN\r\n", name);
            Assert.AreEqual(0, smtp.Session.Attempt.Count, name);
            string next = smtp.Send(state == SmtpState.Ready ? "NOOP\r\n" : "*\r\nNOOP\r\n");
            Assert.EndsWith("250 2.0.0 OK\r\n", next, name);
        }

        private static void ForEachChange(string text, Action<byte[], string> check)
        {
            byte[] octets = Encoding.ASCII.GetBytes(text);
            check(octets, text);
            for (int index = 0; index < octets.Length; index++)
            {
                check(octets[..index], text + " cut at " + index);
                check([.. octets[..index], .. octets[(index + 1)..]], text + " without " + index);
                for (int value = 0; value < 256; value++)
                {
                    byte[] changed = (byte[])octets.Clone();
                    changed[index] = (byte)value;
                    check(changed, text + " with " + value + " at " + index);
                }
            }
        }
    }
}

using System;
using System.Text;
using MailAppliance.Core;
using MailAppliance.Smtp;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>Each parser is fed every prefix and every single-octet change of its good inputs.</summary>
    [TestClass]
    public sealed class SmtpParserFuzzTests
    {
        private static readonly string[] s_paths =
        [
            "<>", "<a@b>", "<Joe.Doe+x@mail.example.org>", "<@one.example,@two.example:joe@b.example> SIZE=1", "<\"a \\\" b\"@c.example>",
            "<joe@[192.0.2.1]>", "<joe@[IPv6:2001:db8::1:0:ffff]>", "<joe@[IPv6:::ffff:192.0.2.1]>", "<joe@[tag:x]>", "a@b", "ups",
            "a..b.@c_d. X=Y", "<j\u00C3\u00B6rg@\u00C3\u00B6.example>", "<postmaster>",
        ];

        private static readonly string[] s_parameters =
        [
            string.Empty, " SIZE=12345", " SIZE=99999999999999999999 BODY=8BITMIME SMTPUTF8", " BODY=7BIT  ",
            " AUTH=<> RET=HDRS ENVID=a+3Db",
            " NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;a@b",
        ];

        private static readonly string[] s_lines =
        [
            "EHLO client.example", "HELO [192.0.2.9]", "MAIL FROM:<a@b> SIZE=100", "RCPT TO:<alice@lan>", "DATA", "RSET", "NOOP x", "QUIT",
            "VRFY alice", "HELP", "BDAT 3 LAST", "STARTTLS", "AUTH PLAIN AGJvYgBzZWNyZXQtYm9i", "AUTH LOGIN Ym9i",
        ];

        /// <summary>Calls for the text, each of its prefixes, and the text with each octet changed to each value, removed, or
        /// doubled.</summary>
        private static void ForEachChange(string text, Action<byte[], string> check)
        {
            byte[] octets = Encoding.Latin1.GetBytes(text);
            check(octets, text);
            for (int index = 0; index < octets.Length; index++)
            {
                check(octets[..index], text + " cut at " + index);
                check([.. octets[..index], .. octets[(index + 1)..]], text + " without " + index);
                check([.. octets[..index], octets[index], .. octets[index..]], text + " with twice " + index);
                for (int value = 0; value < 256; value++)
                {
                    byte[] changed = (byte[])octets.Clone();
                    changed[index] = (byte)value;
                    check(changed, text + " with " + value + " at " + index);
                }
            }
        }

        [TestMethod]
        public void Path_EveryChange_StaysInItsDomain()
        {
            foreach (bool strict in new[] { false, true })
            {
                PathParser path = new(strict);
                foreach (string good in s_paths)
                {
                    ForEachChange(good, (octets, name) => CheckPath(path, octets, strict, name));
                }
            }
        }

        private static void CheckPath(PathParser path, byte[] octets, bool strict, string name)
        {
            // The line stands in a larger buffer, whose other octets must not matter.
            byte[] buffer = new byte[octets.Length + 8];
            foreach (byte around in new[] { (byte)'>', (byte)'a', (byte)0 })
            {
                Array.Fill(buffer, around);
                octets.CopyTo(buffer, 4);
                int end = 4 + octets.Length;
                bool reverse = path.Parse(buffer, 4, end, false);
                CheckRanges(path, buffer, end, reverse, strict, name);
                bool forward = path.Parse(buffer, 4, end, true);
                CheckRanges(path, buffer, end, forward, strict, name);
                Assert.IsTrue(!forward || path.MailboxCount > 0, name);
                if (around == '>')
                {
                    continue;
                }

                Array.Fill(buffer, (byte)'>', 0, 4);
                Array.Fill(buffer, (byte)'>', end, 4);
                Assert.AreEqual(forward, path.Parse(buffer, 4, end, true), name);
            }
        }

        private static void CheckRanges(PathParser path, byte[] buffer, int end, bool parsed, bool strict, string name)
        {
            if (!parsed)
            {
                return;
            }

            Assert.IsTrue(path.End >= 4 && path.End <= end, name);
            Assert.IsTrue(path.MailboxOffset >= 4 && path.MailboxOffset + path.MailboxCount <= path.End, name);
            Assert.IsTrue(path.MailboxCount <= Envelope.MailboxOctetsMax && path.LocalCount <= Limits.LocalPartOctetsMax, name);
            Assert.IsTrue(path.DomainOffset + path.DomainCount <= path.End, name);
            for (int at = path.MailboxOffset; at < path.MailboxOffset + path.MailboxCount; at++)
            {
                Assert.IsTrue(buffer[at] >= ' ' && buffer[at] != 127, name);
            }

            int atSign = Array.LastIndexOf(buffer, (byte)'@', path.MailboxOffset + path.MailboxCount - 1, path.MailboxCount);
            Assert.IsTrue(atSign >= 0 || path.DomainCount == 0, name);
            Assert.IsTrue(!strict || path.MailboxCount == 0 || path.DomainCount > 0 || path.LocalCount == "postmaster".Length, name);
        }

        [TestMethod]
        public void Parameters_EveryChange_StayInTheirDomain()
        {
            foreach (bool strict in new[] { false, true })
            {
                MailParameters parameters = new(strict);
                foreach (string good in s_parameters)
                {
                    ForEachChange(good, (octets, name) =>
                    {
                        foreach (bool onRcpt in new[] { false, true })
                        {
                            int result = parameters.Parse(octets, 0, octets.Length, onRcpt);
                            Assert.IsTrue(result is >= ParameterResult.Ok and <= ParameterResult.Unknown, name);
                            Assert.IsTrue(parameters.DeclaredOctets >= -1, name);
                            Assert.IsTrue(!onRcpt || (parameters.DeclaredOctets == -1 && !parameters.IsUtf8), name);
                        }
                    });
                }
            }
        }

        [TestMethod]
        public void Session_EveryChangeOfACommand_GetsOneReply()
        {
            foreach (bool strict in new[] { false, true })
            {
                SmtpHarness smtp = new(strict);
                foreach (string good in s_lines)
                {
                    ForEachChange(good, (octets, name) => CheckLine(smtp, octets, strict, name));
                }
            }
        }

        private static void CheckLine(SmtpHarness smtp, byte[] octets, bool strict, string name)
        {
            smtp.Open();
            smtp.Send(strict ? "EHLO c\r\nMAIL FROM:<x@y>\r\n" : "EHLO c\r\n");
            string reply = smtp.Send([.. octets, .. "\r\n"u8]);
            if (Array.IndexOf(octets, (byte)'\n') >= 0)
            {
                return;
            }

            string[] lines = reply.Split("\r\n");
            Assert.IsTrue(reply.EndsWith("\r\n", StringComparison.Ordinal), name);
            string code = reply[..3];
            for (int index = 0; index < lines.Length - 1; index++)
            {
                string line = lines[index];
                Assert.AreEqual(code, line[..3], name); // [10]
                Assert.AreEqual(index == lines.Length - 2 ? ' ' : '-', line[3], name); // [9] [10]
                Assert.IsTrue(line.Length <= 510 && line[0] >= '2' && line[0] <= '5', name); // [9] [42]
                bool hasNone = line[0] == '3' || IsHello(octets);
                Assert.AreEqual(!hasNone, line[4..].StartsWith(code[..1] + ".", StringComparison.Ordinal), name); // [60] [61]
            }
        }

        private static bool IsHello(byte[] octets)
        {
            string verb = Encoding.Latin1.GetString(octets).Split(' ', '\t')[0].ToUpperInvariant();
            return verb is "EHLO" or "HELO";
        }

        [TestMethod]
        public void HeaderScanner_AnyCut_FindsTheSame()
        {
            string[] mails =
            [
                "Date: x\r\nReceived: a\r\n b\r\nMESSAGE-ID \t: y\r\n\r\nDate: z\r\n.\r\n",
                "Subject: x\r\nrubbish\r\n: none\r\ndate: y\r\n.\r\n",
                "..x: y\r\n.Date: z\r\n\r\n.\r\n", "no\r\nDate: x\r\n.\r\n",
                "a: b\r\n\0\r\nReceived: x\r\nReceivedx: y\r\nrecei: z\r\n\r\n.\r\n",
            ];
            foreach (string mail in mails)
            {
                ForEachChange(mail[..^3], (octets, name) =>
                {
                    SmtpHarness whole = Deliver(octets, 100000);
                    SmtpHarness cut = Deliver(octets, 1);
                    SmtpHarness halves = Deliver(octets, 1 + (octets.Length / 2));
                    Assert.AreEqual(whole.FrontText(), cut.FrontText(), name);
                    Assert.AreEqual(whole.StoredText(), cut.StoredText(), name);
                    Assert.AreEqual(whole.FrontText(), halves.FrontText(), name);
                    Assert.IsTrue(whole.FrontCount <= whole.FrontOctetsMax, name);
                });
            }
        }

        private static readonly SmtpHarness[] s_deliverers = [new(false), new(false), new(false)];
        private static int s_next;

        private static SmtpHarness Deliver(byte[] content, int segmentOctets)
        {
            s_next = (s_next + 1) % s_deliverers.Length;
            SmtpHarness smtp = s_deliverers[s_next];
            smtp.SegmentOctets = 100000;
            smtp.Open();
            smtp.BeginData();
            smtp.SegmentOctets = segmentOctets;
            smtp.Send([.. content, .. "\r\n.\r\n"u8]);
            return smtp;
        }

        [TestMethod]
        [DataRow(16, 255, true)]
        [DataRow(255, 16, true)]
        [DataRow(255, 255, false)]
        public void Front_LongNames_LeaveOutTheRecipientWhereHeHasNoRoom(int heloOctets, int reverseOctets, bool isNamed)
        {
            SmtpHarness smtp = new(false);
            smtp.Settings.Addresses.TakeAnyDomain();
            smtp.Settings.Addresses.CatchAll(0);
            smtp.Session = new SmtpSession(smtp.Settings);
            smtp.Open();
            string recipient = new string('r', 64) + "@" + new string('d', 60) + ".lan";
            string sender = new string('s', 8) + "@" + new string('d', 60) + ".lan";
            sender = new string('l', Math.Min(56, Math.Max(0, reverseOctets - sender.Length))) + sender;
            while (sender.Length + 8 <= reverseOctets)
            {
                sender = sender.Replace("@", "@ddddddd.", StringComparison.Ordinal);
            }

            smtp.Send("EHLO " + new string('n', heloOctets) + "\r\nMAIL FROM:<" + sender + ">\r\nRCPT TO:<" + recipient + ">\r\nDATA\r\na: b\r\n.\r\n");
            Assert.IsTrue(smtp.FrontCount > 0 && smtp.FrontCount <= smtp.FrontOctetsMax, smtp.FrontText());
            Assert.AreEqual(isNamed, smtp.FrontText().Contains("for <" + recipient + ">", StringComparison.Ordinal), smtp.FrontText());
            StringAssert.Contains(smtp.FrontText(), "Return-Path: <" + sender + ">", StringComparison.Ordinal);
            StringAssert.Contains(smtp.FrontText(), "from " + new string('n', heloOctets) + " ", StringComparison.Ordinal);
        }

        [TestMethod]
        public void Front_LongestEverything_FitsItsBound()
        {
            string name = new('n', 600);
            string domain = new string('d', 63) + "." + new string('e', 63) + "." + new string('f', 63) + "." + new string('g', 63);
            string path = new string('l', 64) + "@" + domain;
            SmtpHarness smtp = new(false);
            smtp.Settings.Host = Encoding.ASCII.GetBytes(domain);
            smtp.Settings.Addresses.TakeAnyDomain();
            smtp.Settings.Addresses.CatchAll(39);
            smtp.Session = new SmtpSession(smtp.Settings);
            smtp.ClockKnown = false;
            smtp.Session.Open(Encoding.ASCII.GetBytes("IPv6:2001:0db8:1111:2222:3333:4444:255.255.255.25"), "x"u8.ToArray(), false);
            smtp.Send("EHLO " + name + "\r\nMAIL FROM:<" + path + "> SMTPUTF8\r\nRCPT TO:<" + path + ">\r\nDATA\r\na: b\r\n.\r\n");
            Assert.IsTrue(smtp.FrontCount > 1100 && smtp.FrontCount <= smtp.FrontOctetsMax, smtp.FrontText());
            foreach (string line in smtp.FrontText().Split("\r\n"))
            {
                Assert.IsTrue(line.Length <= 998, line);
            }

            string[] replies = smtp.Send("EHLO x\r\nMAIL FROM:<a@b>\r\nQUIT\r\n").Split("\r\n");
            foreach (string reply in replies)
            {
                Assert.IsTrue(reply.Length <= 510, reply); // [42]
            }
        }

        [TestMethod]
        public void AddressLiteral_Ipv6_IsReadByItsGrammar()
        {
            string[] good = ["::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:192.0.2.1", "::192.0.2.1", "1:2::7:8", "abcd:EF01::"];
            string[] bad =
            [
                ":", ":::", "1", "1:2", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::",
                "1:2:3:4:5:6:7:", "::1.2.3", "::256.0.0.1", ":1::",
            ];
            foreach (string text in good)
            {
                Assert.IsTrue(IsLiteral("IPv6:" + text), text); // [23]
            }

            foreach (string text in bad)
            {
                Assert.IsFalse(IsLiteral("ipv6:" + text), text);
            }

            Assert.IsFalse(IsLiteral("1.2.3"));
            Assert.IsFalse(IsLiteral("1.2.3.4.5"));
            Assert.IsFalse(IsLiteral("0001.2.3.4"));
            Assert.IsFalse(IsLiteral("tag-:x"));
            Assert.IsFalse(IsLiteral(string.Empty));
        }

        private static bool IsLiteral(string text)
        {
            byte[] octets = Encoding.ASCII.GetBytes(text);
            return AddressLiteral.IsValid(octets, 0, octets.Length);
        }

        [TestMethod]
        public void Utf8_EveryShortSequence_IsWhatThePlatformSays()
        {
            UTF8Encoding platform = new(false, true);
            byte[] octets = new byte[4];
            byte[] interesting =
            [
                0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xEC, 0xED, 0xEE, 0xEF,
                0xF0, 0xF1, 0xF4, 0xF5, 0xFF,
            ];
            for (int code = 0; code < 22 * 22 * 22 * 22; code++)
            {
                for (int index = 0, rest = code; index < 4; index++, rest /= 22)
                {
                    octets[index] = interesting[rest % 22];
                }

                bool valid = true;
                try
                {
                    platform.GetCharCount(octets);
                }
                catch (DecoderFallbackException)
                {
                    valid = false;
                }

                Assert.AreEqual(valid, Utf8.IsValid(octets, 0, 4));
            }
        }
    }
}

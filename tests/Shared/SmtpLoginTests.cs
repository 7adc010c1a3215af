using MailAppliance.Core;
using MailAppliance.Login;
using MailAppliance.Smtp;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace MailAppliance.Tests
{
    /// <summary>AUTH of SMTP: the words of each step.</summary>
    [TestClass]
    public class SmtpLoginTests
    {
        private const string Success = "235 2.7.0 Authentication successful\r\n";
        private const string Wrong = "535 5.7.8 Wrong name or password\r\n";
        private const string BadResponse = "501 5.5.2 Cannot decode this response\r\n";
        private const string Cancelled = "501 5.7.0 Authentication cancelled\r\n";
        private const string AskName = "334 VXNlcm5hbWU6\r\n";
        private const string AskPassword = "334 UGFzc3dvcmQ6\r\n";

        private static SmtpHarness Greeted(bool strict)
        {
            SmtpHarness smtp = new SmtpHarness(strict);
            smtp.Send("EHLO c\r\n");
            return smtp;
        }

        // A bar stands for NUL, at which a string ends on the device.
        private static string Encode(string text)
        {
            byte[] octets = SmtpHarness.Latin1(text);
            for (int at = 0; at < octets.Length; at++)
            {
                octets[at] = octets[at] == '|' ? (byte)0 : octets[at];
            }

            byte[] encoded = new byte[Base64.EncodedOctets(octets.Length)];
            Base64.Encode(octets, 0, octets.Length, encoded, 0);
            return SmtpHarness.Text(encoded, 0, encoded.Length);
        }

        private static string Plain(string text)
        {
            return "AUTH PLAIN " + Encode(text) + "\r\n";
        }

        [TestMethod]
        public void Plain_RightPassword_LogsIn()
        {
            string[] claims = new string[]
            {
                "|alice|secret-alice", "alice|alice|secret-alice", "|ALICE|secret-alice", "|alice@lan|secret-alice",
                "alerts@shop.example|maildrop4|secret-bob", "|bob|secret-bob",
            };
            for (int index = 0; index < claims.Length; index++)
            {
                Assert.AreEqual(Success, Greeted(true).Send(Plain(claims[index])));
                SmtpHarness smtp = Greeted(true);
                Assert.AreEqual("334 \r\n", smtp.Send("auth plain\r\n"));
                Assert.AreEqual(SmtpState.Authenticating, smtp.Session.State);
                Assert.AreEqual(Success, smtp.Send(Encode(claims[index]) + "\r\n"));
                Assert.IsTrue(smtp.Session.Envelope.IsLoggedIn);
                Assert.AreEqual(1, smtp.Verified);
            }
        }

        [TestMethod]
        public void Plain_WrongNameOrPassword_IsRefusedInTheSameWords()
        {
            string[] claims = new string[]
            {
                "|alice|secret", "|nobody|secret-alice", "||secret-alice", "|alice|", "bob|alice|secret-alice", "nobody|alice|secret-alice",
                "|nobody|nobody's password", "|alice|secret-alice ", "|alice|Secret-alice", "|alice@lan@lan|secret-alice",
            };
            for (int index = 0; index < claims.Length; index++)
            {
                SmtpHarness smtp = Greeted(false);
                Assert.AreEqual(Wrong, smtp.Send(Plain(claims[index]))); // [62] [69]
                Assert.IsFalse(smtp.Session.Envelope.IsLoggedIn);
                Assert.AreEqual(SmtpState.Ready, smtp.Session.State);
            }
        }

        [TestMethod]
        public void Plain_NotOfItsForm_Is501()
        {
            string[] claims = new string[] { "", "alice", "|alice", "|alice|secret-alice|", "a|b|c|d" };
            for (int index = 0; index < claims.Length; index++)
            {
                SmtpHarness smtp = Greeted(false);
                smtp.Send("AUTH PLAIN\r\n");
                Assert.AreEqual(BadResponse, smtp.Send(Encode(claims[index]) + "\r\n")); // [69]
                Assert.AreEqual(SmtpState.Ready, smtp.Session.State);
                Assert.AreEqual(0, smtp.Session.Attempt.Count);
            }

            Assert.AreEqual(BadResponse, Greeted(false).Send("AUTH PLAIN =\r\n")); // [71]
        }

        [TestMethod]
        public void Login_BothPrompts_AreExact()
        {
            SmtpHarness smtp = Greeted(false);
            Assert.AreEqual(AskName, smtp.Send("AUTH LOGIN\r\n")); // [75]
            Assert.AreEqual(AskPassword, smtp.Send("Ym9i\r\n")); // [75]
            Assert.AreEqual(Success, smtp.Send("c2VjcmV0LWJvYg==\r\n")); // [75]
        }

        [TestMethod]
        public void Login_InitialResponse_IsTheName()
        {
            SmtpHarness smtp = Greeted(true);
            Assert.AreEqual(AskPassword, smtp.Send("AUTH LOGIN Ym9i\r\n")); // [75]
            Assert.AreEqual(Success, smtp.Send("c2VjcmV0LWJvYg==  \r\n"));
            smtp = Greeted(true);
            Assert.AreEqual(AskPassword, smtp.Send("AUTH LOGIN =\r\n")); // [71]
            Assert.AreEqual(Wrong, smtp.Send("c2VjcmV0LWJvYg==\r\n"));
        }

        [TestMethod]
        public void Login_BeforeOrBehindAnyHello_WorksForDevices()
        {
            SmtpHarness device = new SmtpHarness(false);
            Assert.AreEqual(AskName + AskPassword + Success, device.Send("AUTH LOGIN\r\nYm9i\r\nc2VjcmV0LWJvYg==\r\n"));
            Assert.AreEqual(SmtpState.Connected, device.Session.State);
            device.Open();
            device.Send("HELO \r\n");
            Assert.AreEqual(AskName + AskPassword + Success, device.Send("AUTH LOGIN\r\nYm9i\r\nc2VjcmV0LWJvYg==\r\n")); // [75] [D2]
            SmtpHarness strict = new SmtpHarness(true);
            Assert.AreEqual("503 5.5.1", strict.Code("AUTH LOGIN"));
            strict.Send("HELO c\r\n");
            Assert.AreEqual(AskName, strict.Send("AUTH LOGIN\r\n")); // [75]
        }

        [TestMethod]
        public void CramMd5_RightDigest_LogsIn()
        {
            SmtpHarness smtp = Greeted(true);
            string first = Challenge(smtp.Send("AUTH CRAM-MD5\r\n"));
            Assert.IsTrue(first.Substring(0, 18) == "<1234abcd00000001." && first.IndexOf("@mail.lan>") == 34);
            Assert.AreEqual(Wrong, smtp.Send(Encode("alice " + Digest(first, "secret-bob")) + "\r\n"));
            string second = Challenge(smtp.Send("AUTH CRAM-MD5\r\n"));
            Assert.IsTrue(second.Substring(0, 18) == "<1234abcd00000002."); // [74]
            Assert.IsFalse(first.Substring(18, 16) == second.Substring(18, 16)); // [74]
            Assert.AreEqual(Wrong, smtp.Send(Encode("alice " + Digest(first, "secret-alice")) + "\r\n")); // [74]
            string third = Challenge(smtp.Send("AUTH CRAM-MD5\r\n"));
            Assert.AreEqual(Success, smtp.Send(Encode("alice@lan " + Digest(third, "secret-alice").ToUpper()) + "\r\n"));
        }

        [TestMethod]
        public void CramMd5_NotOfItsForm_IsRefused()
        {
            SmtpHarness smtp = Greeted(false);
            Assert.AreEqual("501 5.7.0 This mechanism takes no initial response\r\n", smtp.Send("AUTH CRAM-MD5 YWxpY2U=\r\n"));
            Assert.AreEqual("501 5.7.0 This mechanism takes no initial response\r\n", smtp.Send("AUTH CRAM-MD5 =\r\n"));
            smtp.Send("AUTH CRAM-MD5\r\n");
            Assert.AreEqual(BadResponse, smtp.Send("YWxpY2U=\r\n"));
            smtp.Send("AUTH CRAM-MD5\r\n");
            Assert.AreEqual(Wrong, smtp.Send(Encode("alice ") + "\r\n"));
            smtp.Send("AUTH CRAM-MD5\r\n");
            Assert.AreEqual(Wrong, smtp.Send(Encode("nobody 0123456789abcdef0123456789abcdef") + "\r\n"));
        }

        [TestMethod]
        public void CramMd5_AnyNameAndPassword_TakeTheSameHashing()
        {
            SmtpHarness smtp = Greeted(false);
            string longest = "";
            for (int octets = 0; octets < 255; octets++)
            {
                longest += "x";
            }

            smtp.Settings.Maildrops[2].Password = Octets.Of(longest);
            Md5 md5 = new Md5();
            Stamps stamps = new Stamps(Octets.Of(longest.Substring(0, 64)), new FixedEntropy(), md5);
            LoginCheck check = new LoginCheck(smtp.Settings, null, stamps, md5);
            LoginAttempt attempt = new LoginAttempt();
            attempt.Mechanism = SaslMechanism.CramMd5;
            attempt.TakeProof(new byte[32], 0, 32, 32);
            stamps.Next(attempt);
            for (int maildrop = -1; maildrop < 3; maildrop++)
            {
                attempt.Maildrop = maildrop;
                int before = md5.BlockCount;
                Assert.AreEqual(LoginResult.Wrong, check.Check(attempt));
                Assert.AreEqual(LoginCheck.CramMd5Blocks, md5.BlockCount - before);
            }
        }

        [TestMethod]
        public void CramMd5_WhereSomePasswordIsNotPlain_IsNotOffered()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.Settings.DigestLogins = false;
            smtp.Session = new SmtpSession(smtp.Settings);
            smtp.Open();
            string reply = smtp.Send("EHLO c\r\n");
            Assert.IsTrue(reply.IndexOf("250-AUTH PLAIN LOGIN\r\n") > 0 && reply.IndexOf("CRAM") < 0); // [68]
            Assert.AreEqual("504 5.5.4", smtp.Code("AUTH CRAM-MD5")); // [69]
        }

        [TestMethod]
        public void Auth_WhatIsNotOffered_Is504()
        {
            string[] mechanisms = new string[] { "NTLM", "PLAINX", "PLAI", "DIGEST-MD5 x", "GSSAPI", "XOAUTH2 dXNlcj0=", "*", "=" };
            for (int index = 0; index < mechanisms.Length; index++)
            {
                Assert.AreEqual("504 5.5.4", Greeted(false).Code("AUTH " + mechanisms[index])); // [69]
            }

            Assert.AreEqual("501 5.5.4", Greeted(false).Code("AUTH"));
            Assert.AreEqual("501 5.5.4", Greeted(false).Code("AUTH PLAIN AGJvYgBzZWNyZXQtYm9i x"));
        }

        [TestMethod]
        public void Auth_CancelledOrNoBase64_Is501AndTheSessionGoesOn()
        {
            string[] responses = new string[] { "!", "Ym9", "Ym9iYQ=", "Ym9i Ym9i", "=Ym9", "Zm9=" };
            SmtpHarness smtp = Greeted(false);
            for (int index = 0; index < responses.Length; index++)
            {
                smtp.Send("AUTH LOGIN\r\n");
                Assert.AreEqual(BadResponse, smtp.Send(responses[index] + "\r\n")); // [69]
            }

            Assert.AreEqual(AskName + Cancelled, smtp.Send("AUTH LOGIN\r\n*\r\n")); // [69]
            Assert.AreEqual(AskPassword + Cancelled, smtp.Send("AUTH LOGIN Ym9i\r\n*\r\n")); // [69]
            Assert.AreEqual("334 \r\n" + Cancelled, smtp.Send("AUTH PLAIN\r\n*\r\n")); // [69]
            Assert.AreEqual("250 2.0.0", smtp.Code("NOOP"));
            Assert.AreEqual(Success, smtp.Send(Plain("|bob|secret-bob")));
        }

        [TestMethod]
        public void Auth_SecondTimeOrInAMailTransaction_Is503()
        {
            SmtpHarness smtp = Greeted(false);
            smtp.Send("MAIL FROM:<a@b>\r\n");
            Assert.AreEqual("503 5.5.1", smtp.Code("AUTH LOGIN")); // [68]
            smtp.Send("RCPT TO:<bob@lan>\r\n");
            Assert.AreEqual("503 5.5.1", smtp.Code("AUTH PLAIN AGJvYgBzZWNyZXQtYm9i")); // [68]
            smtp.Send("RSET\r\n");
            Assert.AreEqual(Success, smtp.Send(Plain("|bob|secret-bob")));
            Assert.AreEqual("503 5.5.1", smtp.Code("AUTH LOGIN")); // [68]
            smtp.Send("RSET\r\nEHLO c\r\n");
            Assert.AreEqual("503 5.5.1", smtp.Code("AUTH LOGIN")); // [68]
            smtp.Open();
            Assert.AreEqual(AskName, smtp.Send("AUTH LOGIN\r\n"));
        }

        [TestMethod]
        public void Auth_SixthWrongLogin_IsTheLast()
        {
            SmtpHarness smtp = Greeted(false);
            Assert.AreEqual(Wrong, smtp.Send(Plain("|bob|x")));
            for (int wrong = 2; wrong <= 5; wrong++)
            {
                Assert.AreEqual(AskPassword + Wrong, smtp.Send("AUTH LOGIN Ym9i\r\nYm9i\r\n"));
                Assert.IsFalse(smtp.Closed);
            }

            Assert.AreEqual(
                Wrong + "421 4.7.0 mail.lan too many wrong logins, closing connection\r\n",
                smtp.Send(Plain("|bob|x") + Plain("|bob|secret-bob")));
            Assert.IsTrue(smtp.Closed);
            smtp.Open();
            Assert.AreEqual(Success, smtp.Send(Plain("|bob|secret-bob")));
        }

        [TestMethod]
        public void Auth_WhileItIsChecked_NothingElseIsTaken()
        {
            SmtpHarness smtp = Greeted(false);
            smtp.HoldLogin = true;
            Assert.AreEqual("", smtp.Send(Plain("|bob|secret-bob") + "NOOP\r\n"));
            Assert.AreEqual(SmtpEvent.Awaiting, smtp.Session.Advance());
            smtp.Session.OnIdleTimeout();
            smtp.Session.OnShutdown();
            Assert.AreEqual("", smtp.TakeOutput());
            byte[] input = smtp.Session.Input.Buffer;
            int offset = smtp.Session.Attempt.Offset;
            Assert.AreEqual((byte)'s', input[offset]);
            smtp.ReportLogin();
            Assert.AreEqual((byte)0, input[offset]);
            Assert.AreEqual(Success + "421 4.3.2 mail.lan is not available now, closing connection\r\n", smtp.Send(""));
            Assert.IsTrue(smtp.Closed);
        }

        [TestMethod]
        public void Auth_Lines_HaveTheirBound()
        {
            // 255 octets of password and two addresses as long as they may be fit.
            string address = new string('l', 64) + "@" + new string('d', 63) + "." + new string('e', 63) + ".lan";
            string longest = Encode(address + "|" + address + "|" + new string('p', 255));
            SmtpHarness smtp = Greeted(true);
            Assert.AreEqual(Wrong, smtp.Send("AUTH PLAIN " + longest + "\r\n")); // [70]
            smtp.Send("AUTH PLAIN\r\n");
            Assert.AreEqual(Wrong, smtp.Send(longest + "\r\n")); // [70]
            smtp.Send("AUTH PLAIN\r\n");
            Assert.AreEqual("500 5.5.6 Authentication line too long\r\n", smtp.Send(new string('A', 2000) + "\r\n")); // [70]
            Assert.AreEqual("250 2.0.0", smtp.Code("NOOP"));
            Assert.AreEqual("500 5.5.2", smtp.Code("AUTH PLAIN " + new string('A', 2000))); // [70]
        }

        [TestMethod]
        public void Mail_WhereALoginIsWanted_Is530Before()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.Settings.RequireAuth = true;
            Assert.AreEqual("530 5.7.0", smtp.Code("MAIL FROM:<a@b>"));
            smtp.Send("EHLO c\r\n");
            Assert.AreEqual("530 5.7.0", smtp.Code("MAIL"));
            Assert.AreEqual(Success, smtp.Send(Plain("|bob|secret-bob")));
            Assert.AreEqual("250 2.1.0", smtp.Code("MAIL FROM:<a@b>"));
            Assert.AreEqual("550 5.7.1", smtp.Code("RCPT TO:<x@y.example>")); // [50]
            smtp.Open();
            Assert.AreEqual("530 5.7.0", smtp.Code("MAIL FROM:<a@b>"));
        }

        [TestMethod]
        public void Mail_AuthParameter_IsTaken()
        {
            string[] good = new string[] { "AUTH=<>", "auth=a+40b.example", "AUTH=bob" };
            string[] bad = new string[] { "AUTH", "AUTH=", "AUTH=+4", "AUTH=+4g", "AUTH=+ab", "AUTH=<> AUTH=<>" };
            for (int index = 0; index < good.Length; index++)
            {
                Assert.AreEqual("250 2.1.0", Greeted(true).Code("MAIL FROM:<a@b> " + good[index])); // [72]
                Assert.AreEqual("250 2.1.0", Greeted(false).Code("MAIL FROM:<a@b> " + good[index])); // [72]
            }

            for (int index = 0; index < bad.Length; index++)
            {
                Assert.AreEqual("501 5.5.4", Greeted(true).Code("MAIL FROM:<a@b> " + bad[index]));
            }
        }

        [TestMethod]
        public void Front_OfWhoHasLoggedIn_SaysSo()
        {
            string mail = "RCPT TO:<alice@lan>\r\nDATA\r\na: b\r\n.\r\n";
            SmtpHarness smtp = Greeted(false);
            smtp.Send(Plain("|bob|secret-bob"));
            smtp.Send("MAIL FROM:<a@b>\r\n" + mail);
            Assert.IsTrue(smtp.FrontText().IndexOf(" with ESMTPA id ") > 0);
            smtp.Send("HELO c\r\nMAIL FROM:<a@b> SMTPUTF8\r\n" + mail);
            Assert.IsTrue(smtp.FrontText().IndexOf(" with UTF8SMTPA id ") > 0);
            smtp.Open();
            smtp.Send("HELO c\r\nMAIL FROM:<a@b>\r\n" + mail);
            Assert.IsTrue(smtp.FrontText().IndexOf(" with SMTP id ") > 0);
        }

        private static string Challenge(string reply)
        {
            byte[] octets = SmtpHarness.Latin1(reply);
            Assert.AreEqual("334 ", reply.Substring(0, 4));
            int count = Base64.Decode(octets, 4, octets.Length - 6, octets, 4);
            return SmtpHarness.Text(octets, 4, count);
        }

        private static string Digest(string challenge, string password)
        {
            byte[] message = Octets.Of(challenge);
            byte[] digest = new byte[Md5.DigestOctets];
            new Md5().ComputeHmac(Octets.Of(password), message, message.Length, digest);
            return Md5Tests.Hex(digest);
        }
    }
}

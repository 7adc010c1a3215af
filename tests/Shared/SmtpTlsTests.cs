using MailAppliance.Smtp;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace MailAppliance.Tests
{
    /// <summary>STARTTLS as the session sees it: what is offered, what is forgotten, what is refused before it.</summary>
    [TestClass]
    public class SmtpTlsTests
    {
        private const string Ready = "220 2.0.0 Ready to start TLS\r\n";
        private const string Wanted = "530 5.7.0 TLS required, begin it with STARTTLS\r\n";
        private const string Login = "AUTH PLAIN AGJvYgBzZWNyZXQtYm9i\r\n";
        private const string WrongLogin = "AUTH PLAIN AGJvYgB3cm9uZw==\r\n";

        private static SmtpHarness Offering(bool strict)
        {
            SmtpHarness smtp = new SmtpHarness(strict);
            smtp.Settings.Tls = true;
            return smtp;
        }

        private static SmtpHarness Wanting()
        {
            SmtpHarness smtp = Offering(false);
            smtp.Settings.SmtpWantsTls = true;
            return smtp;
        }

        private static bool Has(string text, string word)
        {
            return text.Contains(word);
        }

        private static string TraceOf(SmtpHarness smtp)
        {
            string front = smtp.FrontText();
            int at = front.IndexOf(" with ") + 6;
            return front.Substring(at, front.IndexOf(" id ", at) - at);
        }

        [TestMethod]
        public void Ehlo_TlsOfferedOrBegun_ListsItExactlyBefore()
        {
            Assert.IsFalse(Has(new SmtpHarness(true).Send("EHLO c\r\n"), "STARTTLS"));
            SmtpHarness smtp = Offering(true);
            string before = smtp.Send("EHLO c\r\n");
            Assert.IsTrue(Has(before, "250-STARTTLS\r\n"));
            Assert.IsTrue(Has(before, "250-AUTH PLAIN LOGIN CRAM-MD5\r\n"));
            Assert.AreEqual("", smtp.Send("STARTTLS\r\n"));
            Assert.AreEqual(Ready, smtp.InPlain);
            string after = smtp.Send("EHLO c\r\n");
            Assert.IsFalse(Has(after, "STARTTLS")); // [67]
            Assert.IsTrue(Has(after, "250-AUTH PLAIN LOGIN CRAM-MD5\r\n"));

            SmtpHarness implicitTls = Offering(true);
            implicitTls.IsSecure = true;
            implicitTls.Open();
            Assert.IsFalse(Has(implicitTls.Send("EHLO c\r\n"), "STARTTLS"));
        }

        [TestMethod]
        public void StartTls_ArgumentOrTlsAlready_IsRefused()
        {
            SmtpHarness smtp = Offering(false);
            smtp.Send("EHLO c\r\n");
            Assert.AreEqual("501 5.5.4 Bad or missing argument\r\n", smtp.Send("STARTTLS now\r\n")); // [66]
            Assert.AreEqual("", smtp.Send("starttls \r\n"));
            Assert.AreEqual(Ready, smtp.InPlain);
            Assert.AreEqual("503 5.5.1 Bad sequence of commands\r\n", smtp.Send("STARTTLS\r\n")); // [66]
            smtp.Send("EHLO c\r\n");
            Assert.AreEqual("503 5.5.1 Bad sequence of commands\r\n", smtp.Send("STARTTLS\r\n")); // [66]
        }

        [TestMethod]
        public void StartTls_InAMailTransaction_IsRefusedAndChangesNothing()
        {
            SmtpHarness smtp = Offering(false);
            smtp.Send("EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@lan>\r\n");
            Assert.AreEqual("503 5.5.1 Bad sequence of commands\r\n", smtp.Send("STARTTLS\r\n"));
            Assert.AreEqual(SmtpState.Recipients, smtp.Session.State);
            Assert.AreEqual("", smtp.InPlain);
        }

        [TestMethod]
        public void StartTls_OctetsBehindIt_AreDiscarded()
        {
            // Each cut: behind the command's own line, within it, and an octet at a time.
            for (int segment = 1; segment < 60; segment++)
            {
                SmtpHarness smtp = Offering(false);
                smtp.Send("EHLO evil\r\n");
                smtp.SegmentOctets = segment;
                string input = "STARTTLS\r\nEHLO evil\r\nMAIL FROM:<evil@b>\r\nRCPT TO:<bob@lan>\r\n";
                int behind = "STARTTLS\r\n".Length;

                // What is in the same segments was received in plain; the rest would reach a handshake, and be its end.
                int plain = ((behind + segment - 1) / segment) * segment;
                plain = plain < input.Length ? plain : input.Length;
                Assert.AreEqual("", smtp.Send(input.Substring(0, plain))); // [67]
                Assert.AreEqual(Ready, smtp.InPlain);
                Assert.AreEqual(0, smtp.Session.Input.Count); // [67]
                Assert.AreEqual(SmtpState.Connected, smtp.Session.State); // [67]
            }
        }

        [TestMethod]
        public void StartTls_WhatWasSaidBefore_IsForgotten()
        {
            SmtpHarness smtp = Offering(true);
            smtp.Send("EHLO evil\r\n" + Login + "MAIL FROM:<evil@b>\r\nRSET\r\n");
            Assert.IsTrue(smtp.Session.Envelope.IsLoggedIn);
            smtp.Send("STARTTLS\r\n");
            Assert.IsFalse(smtp.Session.Envelope.IsLoggedIn); // [67]
            Assert.AreEqual(0, smtp.Session.Envelope.HeloCount); // [67]
            Assert.IsFalse(smtp.Session.Envelope.IsExtended);

            // Strict mode wants a hello first: the one before does not count.
            Assert.AreEqual("503 5.5.1", smtp.Code("MAIL FROM:<a@b>")); // [67]
            Assert.AreEqual("503 5.5.1", smtp.Code(Login.Substring(0, Login.Length - 2)));
            smtp.Send("EHLO c\r\n");
            Assert.AreEqual("250 2.1.0", smtp.Code("MAIL FROM:<a@b>"));
        }

        [TestMethod]
        public void StartTls_WrongLoginsBefore_CountOn()
        {
            SmtpHarness smtp = Offering(false);
            smtp.Send("EHLO c\r\n");
            for (int count = 0; count < 5; count++)
            {
                Assert.AreEqual("535 5.7.8 Wrong name or password\r\n", smtp.Send(WrongLogin));
            }

            smtp.Send("STARTTLS\r\n");
            Assert.IsTrue(Has(smtp.Send(WrongLogin), "421 4.7.0"));
            Assert.IsTrue(smtp.Closed);
        }

        [TestMethod]
        public void Securing_UntilTlsHasBegun_TakesNoOctetAndAsksAgain()
        {
            SmtpHarness smtp = Offering(false);
            SmtpSession session = smtp.Session;
            session.Input.MakeRoom();
            byte[] octets = SmtpHarness.Latin1("STARTTLS\r\nNOOP\r\n");
            System.Array.Copy(octets, 0, session.Input.Buffer, session.Input.End, octets.Length);
            session.Input.Fill(octets.Length);
            Assert.AreEqual(SmtpEvent.StartTls, session.Advance());
            Assert.AreEqual(SmtpEvent.StartTls, session.Advance());
            Assert.AreEqual(SmtpState.Securing, session.State);
            Assert.AreEqual(Ready, smtp.TakeOutput());
            session.OnTlsBegun();
            Assert.AreEqual(SmtpEvent.NeedOctets, session.Advance()); // [67]
            Assert.AreEqual("", smtp.TakeOutput());
        }

        [TestMethod]
        public void Securing_SilenceOrShutdown_EndsTheSession()
        {
            for (int way = 0; way < 2; way++)
            {
                SmtpHarness smtp = Offering(false);
                SmtpSession session = smtp.Session;
                session.Input.MakeRoom();
                byte[] octets = SmtpHarness.Latin1("STARTTLS\r\n");
                System.Array.Copy(octets, 0, session.Input.Buffer, session.Input.End, octets.Length);
                session.Input.Fill(octets.Length);
                Assert.AreEqual(SmtpEvent.StartTls, session.Advance());
                if (way == 0)
                {
                    session.OnIdleTimeout();
                }
                else
                {
                    session.OnShutdown();
                }

                Assert.AreEqual(SmtpEvent.Close, session.Advance());
            }
        }

        [TestMethod]
        public void TlsWanted_BeforeIt_OnlyWhatLeadsThereIsTaken()
        {
            SmtpHarness smtp = Wanting();
            string hello = smtp.Send("EHLO c\r\n");
            Assert.IsTrue(Has(hello, "250-STARTTLS\r\n"));
            Assert.IsFalse(Has(hello, "AUTH")); // [73]
            Assert.AreEqual("250 2.0.0 OK\r\n", smtp.Send("NOOP\r\n"));
            string[] refused = new string[]
            {
                "HELO c", "MAIL FROM:<a@b>", "RCPT TO:<bob@lan>", "DATA", "RSET", "RSET x", "VRFY bob", "VRFY", "HELP", "EXPN x", "ETRN x", "AUTH", "AUTH LOGIN",
            };
            for (int index = 0; index < refused.Length; index++)
            {
                Assert.AreEqual(Wanted, smtp.Send(refused[index] + "\r\n"));
            }

            Assert.AreEqual(Wanted, smtp.Send(Login)); // [73]
            Assert.AreEqual(0, smtp.Verified); // [73]

            // A chunk is no command.
            Assert.AreEqual(Wanted + "250 2.0.0 OK\r\n", smtp.Send("BDAT 10 LAST\r\nMAIL FROM:NOOP\r\n"));
            smtp.Send("STARTTLS\r\n");
            Assert.IsTrue(Has(smtp.Send("EHLO c\r\n"), "250-AUTH PLAIN LOGIN CRAM-MD5\r\n"));
            Assert.AreEqual("235 2.7.0", smtp.Code(Login.Substring(0, Login.Length - 2)));
            Assert.AreEqual("250 2.1.0", smtp.Code("MAIL FROM:<a@b>"));
        }

        [TestMethod]
        public void Front_ProtocolUnderTls_IsTheOneOfItsRfc()
        {
            for (int way = 0; way < 8; way++)
            {
                bool isSecure = (way & 1) != 0;
                bool isLoggedIn = (way & 2) != 0;
                bool isUtf8 = (way & 4) != 0;
                SmtpHarness smtp = new SmtpHarness(false);
                smtp.IsSecure = isSecure;
                smtp.Open();
                smtp.Send("EHLO c\r\n" + (isLoggedIn ? Login : "") + "MAIL FROM:<a@b>" + (isUtf8 ? " SMTPUTF8" : "")
                    + "\r\nRCPT TO:<bob@lan>\r\nDATA\r\nSubject: x\r\n\r\nx\r\n.\r\n");
                Assert.AreEqual((isUtf8 ? "UTF8SMTP" : "ESMTP") + (isSecure ? "S" : "") + (isLoggedIn ? "A" : ""), TraceOf(smtp));
            }

            SmtpHarness helo = new SmtpHarness(false);
            helo.IsSecure = true;
            helo.Open();
            helo.Send("HELO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n\r\nx\r\n.\r\n");
            Assert.AreEqual("ESMTPS", TraceOf(helo));
        }
    }
}

#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using MailAppliance.Smtp;
using MailAppliance.Store;

namespace MailAppliance.Tests
{
    /// <summary>Commands and their replies.</summary>
    [TestClass]
    public class SmtpCommandTests
    {
        private const string Ehlo =
            "250-mail.lan greets you\r\n250-SIZE 5000\r\n250-8BITMIME\r\n250-PIPELINING\r\n"
            + "250-ENHANCEDSTATUSCODES\r\n250-SMTPUTF8\r\n250-AUTH PLAIN LOGIN CRAM-MD5\r\n250 HELP\r\n";

        [TestMethod]
        public void Open_Greets()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.Session.Open(new byte[] { (byte)'1' }, new byte[] { (byte)'2' }, false);
            Assert.AreEqual("220 mail.lan ESMTP MailAppliance ready\r\n", smtp.Send(string.Empty)); // [1]
        }

        [TestMethod]
        public void Connected_EhloAndHelo_AnswerInTheirForms()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            Assert.AreEqual(Ehlo, smtp.Send("EHLO client.example\r\n")); // [2] [10] [11] [51] [65]
            Assert.AreEqual("250 mail.lan\r\n", smtp.Send("HELO client.example\r\n")); // [2] [3]
            Assert.AreEqual(Ehlo, smtp.Send("eHlO [192.0.2.99]  \t\r\n")); // [4] [6] [26]
        }

        [TestMethod]
        public void Strict_HelloWithoutName_IsRefused()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            Assert.AreEqual("501 A", smtp.Code("EHLO")); // [60]
            Assert.AreEqual("501 A", smtp.Code("HELO ")); // [60]
            Assert.AreEqual("501 A", smtp.Code("EHLO two words"));
            Assert.AreEqual("501 A", smtp.Code("EHLO bell\x07.example"));
            Assert.AreEqual("503 5.5.1", smtp.Code("MAIL FROM:<a@b>"));
        }

        [TestMethod]
        public void Device_HelloWithoutName_IsTaken()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            Assert.AreEqual(Ehlo, smtp.Send("EHLO\r\n")); // [D1]
            Assert.AreEqual("250 mail.lan\r\n", smtp.Send("HELO \r\n")); // [D1]
            Assert.AreEqual("334 VXNlcm5hbWU6\r\n", smtp.Send("AUTH LOGIN\r\n")); // [75] [D2]
            Assert.AreEqual("334 UGFzc3dvcmQ6\r\n", smtp.Send("YWxpY2U=\r\n")); // [75] [D2]
            Assert.AreEqual("235 2.7.0", smtp.Code("c2VjcmV0LWFsaWNl")); // [75] [D2]
            Assert.AreEqual("250 mail.lan\r\n", smtp.Send("HELO the front door camera\r\n"));
        }

        [TestMethod]
        public void InTransaction_RefusedHello_ChangesNothing()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.Send("EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@lan>\r\n");
            Assert.AreEqual("501 A", smtp.Code("EHLO"));
            Assert.AreEqual(SmtpState.Recipients, smtp.Session.State); // [5]
            Assert.AreEqual("354 Start", smtp.Code("DATA"));
            smtp.Send("x\r\n.\r\n");
            Assert.AreEqual(2, smtp.Recipients);
        }

        [TestMethod]
        public void InTransaction_Hello_ResetsIt()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.Send("EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@lan>\r\nEHLO c\r\n");
            Assert.AreEqual("503 5.5.1", smtp.Code("RCPT TO:<bob@lan>")); // [5] [13]
            Assert.AreEqual(0, smtp.Session.Recipients[0]);
        }

        [TestMethod]
        public void Connected_HarmlessCommands_Work()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            Assert.AreEqual("250 2.0.0", smtp.Code("NOOP")); // [7]
            Assert.AreEqual("250 2.0.0", smtp.Code("NOOP anything \x01 at all")); // [16]
            Assert.AreEqual("214 2.0.0", smtp.Code("HELP"));
            Assert.AreEqual("214 2.0.0", smtp.Code("help mail"));
            Assert.AreEqual("502 5.5.1", smtp.Code("EXPN list"));
            Assert.AreEqual("252 2.0.0", smtp.Code("VRFY alice")); // [25]
            Assert.AreEqual("501 5.5.4", smtp.Code("VRFY"));
            Assert.AreEqual("250 2.0.0", smtp.Code("rset")); // [4] [15]
            Assert.AreEqual(SmtpState.Connected, smtp.Session.State);
        }

        [TestMethod]
        public void Any_UnknownOrUnofferedCommand_Is500Or502()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            Assert.AreEqual("500 5.5.1", smtp.Code("FOO")); // [11]
            Assert.AreEqual("500 5.5.1", smtp.Code("MAILFROM:<a@b>"));
            Assert.AreEqual("500 5.5.1", smtp.Code("NOOPS"));
            Assert.AreEqual("500 5.5.1", smtp.Code("QUI"));
            Assert.AreEqual("500 5.5.2", smtp.Code(string.Empty));
            Assert.AreEqual("500 5.5.2", smtp.Code("  "));
            Assert.AreEqual("500 5.5.2", smtp.Code(" NOOP"));
            Assert.AreEqual("500 5.5.1", smtp.Code("NO\0OP"));
            string[] verbs = new string[] { "EXPN", "ETRN", "TURN", "SEND", "SOML", "SAML", "STARTTLS" };
            for (int index = 0; index < verbs.Length; index++)
            {
                Assert.AreEqual("502 5.5.1", smtp.Code(verbs[index])); // [11]
            }
        }

        [TestMethod]
        public void Any_ArgumentThatIsForbidden_Is501()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            Assert.AreEqual("501 5.5.4", smtp.Code("RSET x")); // [12]
            Assert.AreEqual("501 5.5.4", smtp.Code("QUIT x")); // [12]
            Assert.AreEqual("501 5.5.4", smtp.Code("DATA x")); // [12]
            Assert.IsFalse(smtp.Closed);
            smtp.Send("MAIL FROM:<>\r\nRCPT TO:<alice@lan>\r\n");
            Assert.AreEqual("501 5.5.4", smtp.Code("DATA x")); // [12]
            Assert.AreEqual("354 Start", smtp.Code("data  ")); // [26]
        }

        [TestMethod]
        public void Quit_WithMailTransaction_ClosesAndDropsWhatFollows()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.Send("EHLO c\r\nMAIL FROM:<a@b>\r\n");
            Assert.AreEqual("221 2.0.0 mail.lan closing connection\r\n", smtp.Send("QUIT\r\nNOOP\r\n")); // [17]
            Assert.IsTrue(smtp.Closed);
            Assert.AreEqual(SmtpEvent.Close, smtp.Session.Advance());
            Assert.AreEqual(0, smtp.Committed);
        }

        [TestMethod]
        public void Sequence_OutOfOrder_Is503()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            Assert.AreEqual("503 5.5.1", smtp.Code("MAIL FROM:<a@b>"));
            Assert.AreEqual("503 5.5.1", smtp.Code("RCPT TO:<alice@lan>"));
            Assert.AreEqual("503 5.5.1", smtp.Code("DATA"));
            smtp.Send("EHLO c\r\n");
            Assert.AreEqual("503 5.5.1", smtp.Code("RCPT TO:<alice@lan>")); // [13] [62]
            Assert.AreEqual("503 5.5.1", smtp.Code("DATA")); // [13]
            Assert.AreEqual("250 2.1.0", smtp.Code("MAIL FROM:<a@b>"));
            Assert.AreEqual("554 5.5.1", smtp.Code("DATA")); // [13]
            Assert.AreEqual("550 5.1.1", smtp.Code("RCPT TO:<nobody@lan>")); // [62]
            Assert.AreEqual("554 5.5.1", smtp.Code("DATA")); // [57]
            Assert.AreEqual("250 2.1.5", smtp.Code("RCPT TO:<bob@lan>"));
            Assert.AreEqual("503 5.5.1", smtp.Code("MAIL FROM:<other@b>")); // [14]
            Assert.AreEqual(2, smtp.Session.Recipients[0]);
            Assert.AreEqual(3, smtp.Session.Envelope.ReversePathCount); // [14]
            Assert.AreEqual("250 2.0.0", smtp.Code("RSET")); // [15]
            Assert.AreEqual("503 5.5.1", smtp.Code("DATA"));
            Assert.AreEqual("250 2.1.0", smtp.Code("MAIL FROM:<>")); // [20]
        }

        [TestMethod]
        public void Device_MailWithoutHello_IsTaken()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            Assert.AreEqual("250 2.1.0", smtp.Code("MAIL FROM:<a@b>"));
            Assert.AreEqual("250 2.1.5", smtp.Code("RCPT TO:<alice@lan>"));
            Assert.AreEqual("354 Start", smtp.Code("DATA"));
            Assert.AreEqual("250 2.0.0", smtp.Code("."));
            Assert.AreEqual(SmtpState.Connected, smtp.Session.State);
        }

        [TestMethod]
        public void Strict_MailPaths_AreTakenByTheGrammarOnly()
        {
            Assert.AreEqual("250 2.1.0", Mail(true, "FROM:<a@b>"));
            Assert.AreEqual("250 2.1.0", Mail(true, "from:<Joe.Doe+x@b.example>"));
            Assert.AreEqual("250 2.1.0", Mail(true, "FROM:<@one,@two.example:joe@b.example>")); // [22]
            Assert.AreEqual("250 2.1.0", Mail(true, "FROM:<\"joe \\\" doe\"@b.example>")); // [23]
            Assert.AreEqual("250 2.1.0", Mail(true, "FROM:<joe@[192.0.2.1]>")); // [23]
            Assert.AreEqual("250 2.1.0", Mail(true, "FROM:<joe@[IPv6:2001:db8::1]>")); // [23]
            Assert.AreEqual("250 2.1.0", Mail(true, "FROM:<joe@[x-tag:any.thing]>")); // [23]
            Assert.AreEqual("501 5.5.4", Mail(true, string.Empty));
            Assert.AreEqual("501 5.5.4", Mail(true, "TO:<a@b>"));
            Assert.AreEqual("501 5.5.4", Mail(true, " FROM:<a@b>"));
            Assert.AreEqual("501 5.5.4", Mail(true, "FROM :<a@b>"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM: <a@b>"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:a@b"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<a>"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<a@b"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<a@b>x"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<a.@b>"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<.a@b>"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<a..c@b>"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<a@b.>"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<a@b..c>"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<a@-b>"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<a@b_c>"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<a b@c>"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<a@b@c>"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<a\0@b>"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<@one:>"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<a@[256.0.0.1]>"));
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<\"open@b>"));
            Assert.AreEqual("553 5.6.7", Mail(true, "FROM:<j\xC3\xB6rg@b>"));
            Assert.AreEqual("250 2.1.0", Mail(true, "FROM:<j\xC3\xB6rg@b> SMTPUTF8"));
        }

        [TestMethod]
        public void Device_MailPaths_AreForgiven()
        {
            Assert.AreEqual("250 2.1.0 a@b", MailKept("FROM:a@b")); // [D3]
            Assert.AreEqual("250 2.1.0 a@b", MailKept("FROM: <a@b>")); // [D4]
            Assert.AreEqual("250 2.1.0 a@b", MailKept("  from :  a@b  SIZE=5"));
            Assert.AreEqual("250 2.1.0 a.@b", MailKept("FROM:<a.@b>")); // [D5]
            Assert.AreEqual("250 2.1.0 .a..c@b", MailKept("FROM:<.a..c@b>"));
            Assert.AreEqual("250 2.1.0 ups", MailKept("FROM:<ups>"));
            Assert.AreEqual("250 2.1.0 ups", MailKept("FROM:ups"));
            Assert.AreEqual("250 2.1.0 a@b_c", MailKept("FROM:<a@b_c.>"));
            Assert.AreEqual("250 2.1.0 j\xF6rg@b", MailKept("FROM:<j\xF6rg@b>"));
            Assert.AreEqual("250 2.1.0 ", MailKept("FROM:<>"));
            Assert.AreEqual("250 2.1.0 ", MailKept("FROM:"));
            Assert.AreEqual("250 2.1.0 ", MailKept("FROM: <> BODY=8BITMIME"));
            Assert.AreEqual("250 2.1.0 a@b", MailKept("FROM:<a@b> AUTH=<> RET=HDRS ENVID=x+20y")); // [24] [72] [D6]
            Assert.AreEqual("501 5.1.7", Mail(false, "FROM:<a\x01@b>"));
            Assert.AreEqual("501 5.1.7", Mail(false, "FROM:a@b>"));
            Assert.AreEqual("501 5.1.7", Mail(false, "FROM:<a@>"));
            Assert.AreEqual("501 5.5.4", Mail(false, "<a@b>"));
        }

        [TestMethod]
        public void Mail_Limits_AreKept()
        {
            string local = new string('l', 64);
            string domain = new string('d', 63) + "." + new string('e', 63) + "." + new string('f', 63) + "." + new string('g', 63);
            Assert.AreEqual(255, domain.Length);
            Assert.AreEqual("250 2.1.0", Mail(true, "FROM:<" + local + "@" + domain + ">")); // [40]
            Assert.AreEqual("250 2.1.0", Mail(true, "FROM:<" + local + "@" + new string('d', 189) + ">")); // [40]
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<l" + local + "@b>")); // [46]
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<a@" + domain + "g>")); // [46]
            Assert.AreEqual("501 5.1.7", Mail(true, "FROM:<@" + domain + ":" + local + "@b.example>"));
            Assert.AreEqual("501 5.1.7", Mail(false, "FROM:l" + local + "@b"));
        }

        [TestMethod]
        public void Mail_Parameters_AreRead()
        {
            Assert.AreEqual("250 2.1.0", Mail(true, "FROM:<a@b> SIZE=5000 body=8bitmime")); // [58]
            Assert.AreEqual("250 2.1.0", Mail(true, "FROM:<a@b> BODY=7BIT SMTPUTF8")); // [58]
            Assert.AreEqual("552 5.3.4", Mail(true, "FROM:<a@b> SIZE=5001")); // [52] [62]
            Assert.AreEqual("552 5.3.4", Mail(true, "FROM:<a@b> SIZE=99999999999999999999")); // [52]
            Assert.AreEqual("501 5.5.4", Mail(true, "FROM:<a@b> SIZE=100000000000000000000"));
            Assert.AreEqual("501 5.5.4", Mail(true, "FROM:<a@b> SIZE="));
            Assert.AreEqual("501 5.5.4", Mail(true, "FROM:<a@b> SIZE"));
            Assert.AreEqual("501 5.5.4", Mail(true, "FROM:<a@b> SIZE=1x"));
            Assert.AreEqual("501 5.5.4", Mail(true, "FROM:<a@b> SIZE=1 SIZE=1"));
            Assert.AreEqual("501 5.5.4", Mail(true, "FROM:<a@b> BODY=BINARYMIME")); // [58]
            Assert.AreEqual("501 5.5.4", Mail(true, "FROM:<a@b> BODY")); // [58]
            Assert.AreEqual("501 5.5.4", Mail(true, "FROM:<a@b> SMTPUTF8=1"));
            Assert.AreEqual("501 5.5.4", Mail(true, "FROM:<a@b> =x"));
            Assert.AreEqual("555 5.5.4", Mail(true, "FROM:<a@b> FOO=BAR")); // [24]
            Assert.AreEqual("555 5.5.4", Mail(true, "FROM:<a@b> RET=HDRS")); // [24]
            Assert.AreEqual("555 5.5.4", Mail(false, "FROM:<a@b> FOO")); // [24]
            Assert.AreEqual("501 5.5.4", Mail(false, "FROM:<a@b> BODY=x")); // [58]
        }

        [TestMethod]
        public void Mail_StoreWithoutRoom_Is452()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.Send("EHLO c\r\n");
            smtp.AdmitResult = StoreResult.NoRoom;
            Assert.AreEqual("452 4.3.1", smtp.Code("MAIL FROM:<a@b> SIZE=4000")); // [52] [62]
            Assert.AreEqual(4000L, smtp.Session.DeclaredOctets);
            smtp.AdmitResult = StoreResult.Failed;
            Assert.AreEqual("451 4.3.0", smtp.Code("MAIL FROM:<a@b>"));
            Assert.AreEqual(-1L, smtp.Session.DeclaredOctets);
            Assert.AreEqual("503 5.5.1", smtp.Code("RCPT TO:<alice@lan>"));
            smtp.AdmitResult = StoreResult.Ok;
            Assert.AreEqual("250 2.1.0", smtp.Code("MAIL FROM:<a@b>"));
            Assert.AreEqual("admit admit admit ", smtp.Trace.ToString());
        }

        [TestMethod]
        public void Rcpt_Addresses_AreLookedUp()
        {
            Assert.AreEqual("250 2.1.5 1", Rcpt(true, "TO:<alice@lan>"));
            Assert.AreEqual("250 2.1.5 1", Rcpt(true, "to:<ALICE@Harness.Test>")); // [4]
            Assert.AreEqual("250 2.1.5 1", Rcpt(true, "TO:<postmaster>")); // [21]
            Assert.AreEqual("250 2.1.5 1", Rcpt(true, "TO:<PostMaster>")); // [21]
            Assert.AreEqual("250 2.1.5 1", Rcpt(true, "TO:<alice@[192.0.2.1]>")); // [23]
            Assert.AreEqual("250 2.1.5 1", Rcpt(true, "TO:<alice@[127.0.0.1]>")); // [23]
            Assert.AreEqual("250 2.1.5 2", Rcpt(true, "TO:<bob@[ipv6:::1]>")); // [23]
            Assert.AreEqual("250 2.1.5 2", Rcpt(true, "TO:<@a.example,@b.example:bob@lan>")); // [22]
            Assert.AreEqual("250 2.1.5 2", Rcpt(true, "TO:<\"b\\ob\"@lan>")); // [23]
            Assert.AreEqual("250 2.1.5 4", Rcpt(true, "TO:<\"a b\"@lan>")); // [23]
            Assert.AreEqual("250 2.1.5 16", Rcpt(true, "TO:<alerts@shop.example>"));
            Assert.AreEqual("550 5.7.1", Rcpt(true, "TO:<bob@[192.0.2.2]>")); // [50]
            Assert.AreEqual("550 5.7.1", Rcpt(true, "TO:<bob@elsewhere.example>")); // [50]
            Assert.AreEqual("550 5.7.1", Rcpt(true, "TO:<@lan:bob@elsewhere.example>")); // [50]
            Assert.AreEqual("550 5.1.1", Rcpt(true, "TO:<bob%elsewhere.example@lan>")); // [50]
            Assert.AreEqual("550 5.1.1", Rcpt(true, "TO:<nobody@lan>")); // [62]
            Assert.AreEqual("501 5.1.3", Rcpt(true, "TO:<>"));
            Assert.AreEqual("501 5.1.3", Rcpt(true, "TO:<alice>"));
            Assert.AreEqual("501 5.1.3", Rcpt(true, "TO: <alice@lan>"));
            Assert.AreEqual("501 5.5.4", Rcpt(true, "FROM:<alice@lan>"));
            Assert.AreEqual("555 5.5.4", Rcpt(true, "TO:<alice@lan> NOTIFY=NEVER")); // [24]
            Assert.AreEqual("553 5.6.7", Rcpt(true, "TO:<\xC3\xB6@lan>"));
        }

        [TestMethod]
        public void Device_RcptAddresses_AreForgiven()
        {
            Assert.AreEqual("250 2.1.5 1", Rcpt(false, "TO: alice@lan")); // [D4]
            Assert.AreEqual("250 2.1.5 1", Rcpt(false, "TO:<alice>"));
            Assert.AreEqual("250 2.1.5 1", Rcpt(false, "TO:<alice.@lan>")); // [D5]
            Assert.AreEqual("250 2.1.5 1", Rcpt(false, "TO:<alice..@lan.>"));
            Assert.AreEqual("250 2.1.5 8", Rcpt(false, "TO:<dot.@lan>"));
            Assert.AreEqual("250 2.1.5 1", Rcpt(false, "TO:<alice@lan> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;a@b")); // [24] [D6]
            Assert.AreEqual("555 5.5.4", Rcpt(false, "TO:<alice@lan> FOO=1")); // [24]
            Assert.AreEqual("501 5.1.3", Rcpt(false, "TO:"));
            Assert.AreEqual("501 5.1.3", Rcpt(false, "TO:<>"));
            Assert.AreEqual("550 5.7.1", Rcpt(false, "TO:<alice.@elsewhere.example>")); // [50]
        }

        [TestMethod]
        public void Device_DottedLocalPartWithCatchAll_GoesToTheNameWithoutTheDot()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.Settings.Addresses.CatchAll(7);
            smtp.Send("MAIL FROM:<>\r\nRCPT TO:<bob.@lan>\r\n");
            Assert.AreEqual(2, smtp.Session.Recipients[0]);
            smtp.Send("RCPT TO:<somebody.@lan>\r\n");
            Assert.AreEqual(130, smtp.Session.Recipients[0]);
        }

        [TestMethod]
        public void Rcpt_Limits_AreKept()
        {
            string local = new string('l', 64);
            string domain = new string('d', 63) + "." + new string('e', 63) + "." + new string('f', 63) + "." + new string('g', 63);
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.Settings.Addresses.TakeAnyDomain();
            smtp.Settings.Addresses.CatchAll(0);
            smtp.Send("EHLO c\r\nMAIL FROM:<>\r\n");
            Assert.AreEqual("250 2.1.5", smtp.Code("RCPT TO:<" + local + "@" + domain + ">")); // [40]
            Assert.AreEqual("250 2.1.5", smtp.Code("RCPT TO:<" + local + "@" + new string('d', 189) + ">")); // [40]
            Assert.AreEqual("501 5.1.3", smtp.Code("RCPT TO:<l" + local + "@b>")); // [46]
            Assert.AreEqual("501 5.1.3", smtp.Code("RCPT TO:<a@" + domain + "g>")); // [46]
        }

        [TestMethod]
        public void Rcpt_HundredRecipients_AreTakenAndNoMore()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.Send("EHLO c\r\nMAIL FROM:<a@b>\r\n");
            for (int index = 0; index < 100; index++)
            {
                Assert.AreEqual("250 2.1.5", smtp.Code("RCPT TO:<carol@lan>")); // [45]
            }

            Assert.AreEqual("452 4.5.3", smtp.Code("RCPT TO:<bob@lan>")); // [45] [46]
            Assert.AreEqual(100, smtp.Session.Envelope.RecipientCount);
            Assert.AreEqual(0, smtp.Session.Recipients[0]);
            Assert.AreEqual(8, smtp.Session.Recipients[1]);
            Assert.AreEqual("354 Start", smtp.Code("DATA"));
        }

        private static string Mail(bool strict, string argument)
        {
            SmtpHarness smtp = new SmtpHarness(strict);
            smtp.Send("EHLO c\r\n");
            string code = smtp.Code("MAIL " + argument);
            Assert.AreEqual(code == "250 2.1.0" ? SmtpState.Mail : SmtpState.Ready, smtp.Session.State);
            return code;
        }

        private static string MailKept(string argument)
        {
            SmtpHarness smtp = new SmtpHarness(false);
            string code = smtp.Code("MAIL " + argument);
            return code + " " + SmtpHarness.Text(smtp.Session.Envelope.Names, smtp.Session.Envelope.ReversePathOffset, smtp.Session.Envelope.ReversePathCount);
        }

        private static string Rcpt(bool strict, string argument)
        {
            SmtpHarness smtp = new SmtpHarness(strict);
            smtp.Send("EHLO c\r\nMAIL FROM:<a@b>\r\n");
            string code = smtp.Code("RCPT " + argument);
            bool taken = code == "250 2.1.5";
            Assert.AreEqual(taken ? SmtpState.Recipients : SmtpState.Mail, smtp.Session.State);
            return taken ? code + " " + smtp.Session.Recipients[0].ToString() : code;
        }
    }
}

#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using MailAppliance.Core;
using MailAppliance.Smtp;

namespace MailAppliance.Tests
{
    /// <summary>Framing, pipelining, limits and the ways a connection ends.</summary>
    [TestClass]
    public class SmtpSessionTests
    {
        private const string Pipeline =
            "EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<nobody@lan>\r\nRCPT TO:<alice@lan>\r\nDATA\r\n"
            + "x: y\r\n\r\n..\r\n.\r\nNOOP\r\nFOO\r\nQUIT\r\n";

        private const string PipelineTail =
            "250 2.1.0 Sender OK\r\n550 5.1.1 No such mailbox here\r\n250 2.1.5 Recipient OK\r\n"
            + "354 Start mail input; end with <CRLF>.<CRLF>\r\n"
            + "250 2.0.0 OK stored\r\n250 2.0.0 OK\r\n500 5.5.1 Unknown command\r\n221 2.0.0 mail.lan closing connection\r\n";

        [TestMethod]
        public void Pipeline_CutAnywhere_GivesTheSameReplies()
        {
            for (int octets = 1; octets <= Pipeline.Length; octets++)
            {
                SmtpHarness smtp = new SmtpHarness(octets % 2 == 0);
                smtp.SegmentOctets = octets;
                smtp.TakeOctets = 1 + (octets % 5);
                string replies = smtp.Send(Pipeline);
                Assert.AreEqual(PipelineTail, replies.Substring(replies.IndexOf("HELP\r\n") + 6)); // [9] [54] [55] [56]
                Assert.AreEqual("x: y\r\n\r\n..\r\n.\r\n", smtp.StoredText());
                Assert.IsTrue(smtp.Closed);
            }
        }

        [TestMethod]
        public void Pipeline_ManyCommandsWithFullOutput_AreAllAnswered()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            string commands = string.Empty;
            for (int count = 0; count < 300; count++)
            {
                commands += "NOOP\r\n";
            }

            string replies = smtp.Send(commands);
            Assert.AreEqual(300 * "250 2.0.0 OK\r\n".Length, replies.Length); // [9] [54]
        }

        [TestMethod]
        public void Line_OfTheLargestLength_IsTakenAndLongerOnesAreNot()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            Assert.AreEqual("250 2.0.0", smtp.Code("NOOP " + new string('x', 505))); // [41]
            Assert.AreEqual("250 2.0.0", smtp.Code("NOOP " + new string('x', 558)));
            Assert.AreEqual("500 5.5.2", smtp.Code("NOOP " + new string('x', 559))); // [46]
            Assert.AreEqual("500 5.5.2", smtp.Code("NOOP " + new string('x', 5000) + "\rQUIT")); // [46]
            smtp = new SmtpHarness(false);
            Assert.AreEqual("250 2.0.0", smtp.Code("NOOP " + new string('x', 1017)));
            Assert.AreEqual("500 5.5.2", smtp.Code("NOOP " + new string('x', 1018))); // [46]
            Assert.AreEqual("250 2.0.0", smtp.Code("NOOP"));
        }

        [TestMethod]
        public void Line_ThatNeverEnds_ClosesTheConnection()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            string piece = new string('x', 1000);
            string reply = string.Empty;
            for (int count = 0; count < 70 && reply.Length == 0; count++)
            {
                reply = smtp.Send(piece);
            }

            Assert.AreEqual("421 4.7.0 mail.lan this is no SMTP, closing connection\r\n", reply); // [19]
            Assert.IsTrue(smtp.Closed);
        }

        [TestMethod]
        public void Line_EndedByBareLf_IsOneInDeviceModeOnly()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            Assert.AreEqual("250 2.0.0 OK\r\n250 2.0.0 OK\r\n", smtp.Send("NOOP\nNOOP\r\n"));
            smtp = new SmtpHarness(true);
            Assert.AreEqual("250 2.0.0 OK\r\n", smtp.Send("NOOP \nQUIT\r\n"));
            Assert.IsFalse(smtp.Closed);
        }

        [TestMethod]
        public void Commands_ThatAreNone_CloseTheConnectionInTheEnd()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            for (int count = 0; count < Limits.BadCommandsMax; count++)
            {
                Assert.AreEqual("500 5.5.1", smtp.Code("GET / HTTP/1.1"));
            }

            Assert.AreEqual("250 2.0.0", smtp.Code("NOOP"));
            for (int count = 0; count < Limits.BadCommandsMax; count++)
            {
                Assert.AreEqual("500 5.5.1", smtp.Code("GET / HTTP/1.1"));
            }

            Assert.AreEqual("421 4.7.0", smtp.Code("GET / HTTP/1.1")); // [19]
            Assert.IsTrue(smtp.Closed);
        }

        [TestMethod]
        public void TlsHello_BeforeAnyCommand_ClosesWithoutAWord()
        {
            for (int segment = 1; segment < 5; segment++)
            {
                SmtpHarness smtp = new SmtpHarness(false);
                smtp.SegmentOctets = segment;
                Assert.AreEqual(string.Empty, smtp.Send("\x16\x03\x01\x02\0\x01\n\0\xFC\n")); // [D13]
                Assert.IsTrue(smtp.Closed); // [D13]
            }

            SmtpHarness late = new SmtpHarness(false);
            late.Send("NOOP\r\n");
            Assert.AreEqual("500 5.5.1", late.Code("\x16\x03\x01"));
        }

        [TestMethod]
        public void Bdat_Chunk_IsReadAway()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.SegmentOctets = 7;
            string chunk = "QUIT\r\n.\r\nRSET\r\n";
            string refused = "502 5.5.1 Command not implemented\r\n";
            Assert.AreEqual(refused + "250 2.0.0 OK\r\n", smtp.Send("BDAT 15\r\n" + chunk + "NOOP\r\n")); // [63]
            Assert.AreEqual(refused + "250 2.0.0 OK\r\n", smtp.Send("bdat 15 last\r\n" + chunk + "NOOP\r\n")); // [63]
            Assert.AreEqual(refused + "250 2.0.0 OK\r\n", smtp.Send("BDAT 0 LAST\r\nNOOP\r\n")); // [63]
            Assert.AreEqual("501 5.5.4", smtp.Code("BDAT"));
            Assert.AreEqual("501 5.5.4", smtp.Code("BDAT x"));
            Assert.AreEqual("501 5.5.4", smtp.Code("BDAT 5x"));
            Assert.AreEqual("501 5.5.4", smtp.Code("BDAT 5 FIRST"));
        }

        [TestMethod]
        public void IdleTimeout_BetweenCommands_Is421()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.Session.OnIdleTimeout();
            smtp.Session.OnIdleTimeout();
            Assert.AreEqual("421 4.4.2 mail.lan idle for too long, closing connection\r\n", smtp.Send("NOOP\r\n")); // [47]
            Assert.IsTrue(smtp.Closed);
        }

        [TestMethod]
        public void IdleTimeout_InData_AbortsFirst()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.BeginData();
            smtp.Send("half a mail\r\n");
            Assert.IsTrue(smtp.Session.HasMessage);
            smtp.Session.OnIdleTimeout();
            Assert.AreEqual(SmtpEvent.Abort, smtp.Session.Advance()); // [47]
            Assert.AreEqual(SmtpEvent.Close, smtp.Session.Advance());
            Assert.AreEqual(SmtpEvent.Close, smtp.Session.Advance());
            Assert.IsFalse(smtp.Session.HasMessage);
        }

        [TestMethod]
        public void LostConnection_InData_LeavesAMessageToDrop()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.BeginData();
            smtp.Send("all of a mail\r\n.\r");
            Assert.IsTrue(smtp.Session.HasMessage); // [18]
            Assert.AreEqual(0, smtp.Committed); // [18]
            smtp.Open();
            Assert.IsFalse(smtp.Session.HasMessage);
            Assert.AreEqual("503 5.5.1", smtp.Code("DATA"));
        }

        [TestMethod]
        public void Shutdown_AnyState_Is421()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.BeginData();
            smtp.Session.OnShutdown();
            Assert.AreEqual("421 4.3.2 mail.lan is not available now, closing connection\r\n", smtp.Send("x\r\n.\r\n")); // [19]
            Assert.AreEqual("abort ", smtp.Trace.ToString());
            Assert.AreEqual(0, smtp.Committed);
            smtp.Open();
            smtp.BeginData();
            smtp.HoldCommit = true;
            smtp.Send("x\r\n.\r\n");
            smtp.Session.OnShutdown();
            Assert.AreEqual(string.Empty, smtp.Send(string.Empty));
            smtp.ReportCommit();
            Assert.AreEqual(
                "250 2.0.0 OK stored\r\n421 4.3.2 mail.lan is not available now, closing connection\r\n", smtp.Send(string.Empty)); // [31]
            Assert.IsTrue(smtp.Closed);
        }

        [TestMethod]
        public void Open_AfterAnyEnd_RemembersNothing()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.Send("EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<alice@lan>\r\nBDAT 100\r\nhalf a chu");
            smtp.Open();
            Assert.AreEqual("503 5.5.1", smtp.Code("MAIL FROM:<a@b>"));
            Assert.AreEqual(0, smtp.Session.Envelope.HeloCount);
            Assert.AreEqual(0, smtp.Session.Recipients[0]);
        }
    }
}

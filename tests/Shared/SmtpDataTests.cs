#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using MailAppliance.Smtp;
using MailAppliance.Store;

namespace MailAppliance.Tests
{
    /// <summary>Mail data through a whole session: what is stored, what is added, what is refused.</summary>
    [TestClass]
    public class SmtpDataTests
    {
        private const string Date = "Sat, 21 Nov 2026 01:28:00 +0000";
        private const string Id = "0123456789abcdef";

        private const string Trace =
            "Return-Path: <a@b.example>\r\nReceived: from client.example ([192.0.2.7])\r\n\tby mail.lan with ESMTP id " + Id
            + "\r\n\tfor <alice@lan>; " + Date + "\r\n";

        private const string Missing = "Date: " + Date + "\r\nMessage-ID: <" + Id + "@mail.lan>\r\n";

        [TestMethod]
        public void Data_CleanMail_IsStoredAsItCame()
        {
            string data = "Subject: x\r\n\r\n..dot\r\n\0\xFF\r\rbare\r\n" + new string('y', 3000) + "\r\n.\r\n";
            for (int strict = 0; strict < 2; strict++)
            {
                SmtpHarness smtp = new SmtpHarness(strict != 0);
                smtp.BeginData();
                Assert.AreEqual("250 2.0.0 OK stored\r\n", smtp.Send(data));
                Assert.AreEqual(data, smtp.StoredText()); // [28] [29] [30] [35] [43] [59]
                Assert.AreEqual(1, smtp.StuffedDots);
                Assert.AreEqual("end ", smtp.Trace.ToString());
                Assert.AreEqual(SmtpState.Ready, smtp.Session.State);
            }
        }

        [TestMethod]
        public void Data_BareLf_IsNormalisedOrRefused()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.BeginData();
            Assert.AreEqual("250 2.0.0 OK stored\r\n", smtp.Send("a: b\n\n.\n.x\n\r\n.\ny\r\n.\r\n"));
            Assert.AreEqual("a: b\r\n\r\n..\r\n..x\r\n\r\n\r\ny\r\n.\r\n", smtp.StoredText()); // [27] [30] [D9]
            Assert.AreEqual(2, smtp.StuffedDots);

            smtp = new SmtpHarness(true);
            smtp.BeginData();
            Assert.AreEqual(string.Empty, smtp.Send("a: b\r\n\r\nx\ny\r\n"));
            Assert.AreEqual("abort ", smtp.Trace.ToString());
            Assert.AreEqual("554 5.6.0", smtp.Code("NOOP\r\n\n.\r\n.")); // [27] [33]
            Assert.AreEqual(0, smtp.Committed);
            Assert.AreEqual("250 2.0.0", smtp.Code("NOOP"));
        }

        [TestMethod]
        public void Data_EmptyMail_GetsAnEmptyLine()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.BeginData();
            Assert.AreEqual("250 2.0.0", smtp.Code("."));
            Assert.AreEqual(Trace + "\r\n", smtp.FrontText());
            Assert.AreEqual(".\r\n", smtp.StoredText());
            Assert.AreEqual(0, smtp.StuffedDots);
        }

        [TestMethod]
        public void Front_HeaderThatLacksFields_GetsThem()
        {
            Assert.AreEqual(Trace + Missing, Front("Subject: x\r\n\r\nbody\r\n.\r\n")); // [35] [36] [37] [38] [D7]
            Assert.AreEqual(Trace + Missing, Front("Subject: x\r\n.\r\n"));
            Assert.AreEqual(Trace + Missing, Front("X: y\n\nbody\n\r\n.\r\n"));
            Assert.AreEqual(Trace + "Date: " + Date + "\r\n", Front("message-ID : <1@x>\r\n\r\n.\r\n"));
            Assert.AreEqual(Trace + "Message-ID: <" + Id + "@mail.lan>\r\n", Front("To: a\r\n\tb\r\nDATE:now\r\n\r\n.\r\n"));
            Assert.AreEqual(Trace, Front("Date: now\r\nMessage-Id: <1@x>\r\n\r\nbody\r\n.\r\n"));
            Assert.AreEqual(Trace, Front("X: y\r\n.Date: now\r\n.Message-ID: <1@x>\r\n\r\n.\r\n"));
            Assert.AreEqual(Trace + Missing, Front("X-Date: now\r\nDates: x\r\n Date: y\r\n\r\nDate: z\r\nMessage-ID: z\r\n.\r\n"));
        }

        [TestMethod]
        public void Front_NoHeader_GetsAnEmptyLine()
        {
            Assert.AreEqual(Trace + "\r\n", Front("no header here\r\nDate: x\r\n\r\n.\r\n")); // [38] [D8]
            Assert.AreEqual(Trace, Front("\r\nbody\r\n.\r\n"));
            Assert.AreEqual(Trace, Front("\nbody\r\n.\r\n"));
            Assert.AreEqual(Trace + "\r\n", Front(".\r\n"));
            Assert.AreEqual(Trace + "\r\n", Front(" folded: x\r\n\r\n.\r\n"));
            Assert.AreEqual(Trace + "\r\n", Front(": x\r\n\r\n.\r\n"));
            Assert.AreEqual(Trace + "\r\n", Front("From me Sat Nov 21\r\nTo: x\r\n\r\n.\r\n"));
            Assert.AreEqual(Trace + "\r\n", Front(new string('n', 998) + ": x\r\n\r\n.\r\n"));
            Assert.AreEqual(Trace + Missing, Front(".Subject: stuffed without need\r\n\r\n.\r\n"));
        }

        [TestMethod]
        public void Front_Strict_AddsTraceFieldsOnly()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.BeginData();
            smtp.Send("Subject: x\r\n\r\n.\r\n");
            Assert.AreEqual(Trace, smtp.FrontText());
        }

        [TestMethod]
        public void Front_ClockUnknown_SaysSo()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.ClockKnown = false;
            smtp.BeginData();
            smtp.Send("Subject: x\r\n\r\n.\r\n");
            Assert.IsTrue(smtp.FrontText().IndexOf("; Thu, 01 Jan 1970 00:00:00 +0000 (clock not set)\r\nMessage-ID: <") > 0); // [36]
        }

        [TestMethod]
        public void Front_ClosedBeforeHeaderEnds_FieldsGoToItsEnd()
        {
            string header = "Subject: x\r\nX-Long: " + new string('l', 300) + "\r\n";
            Assert.AreEqual(header + Missing + "\r\nbody\r\n.\r\n", StoredWithEarlyFront(header + "\r\nbody\r\n.\r\n"));
            Assert.AreEqual(header + Missing + ".\r\n", StoredWithEarlyFront(header + ".\r\n"));
            Assert.AreEqual(header + Missing + "\r\n\r\n.\r\n", StoredWithEarlyFront(header + "\n\r\n.\r\n"));
            Assert.AreEqual(
                header + "Date: y\r\n" + "Message-ID: <" + Id + "@mail.lan>\r\n\r\n.\r\n",
                StoredWithEarlyFront(header + "Date: y\r\n\r\n.\r\n"));
            Assert.AreEqual(
                header + "Message-ID: y\r\n" + "Date: " + Date + "\r\n\r\n.\r\n",
                StoredWithEarlyFront(header + "Message-ID: y\r\n\r\n.\r\n"));
            Assert.AreEqual(
                header + "Message-ID: y\r\nDate: z\r\n\r\n.\r\n", StoredWithEarlyFront(header + "Message-ID: y\r\nDate: z\r\n\r\n.\r\n"));
        }

        [TestMethod]
        public void Front_ClosedBeforeTheFirstColon_HasNoHeaderBehindIt()
        {
            string data = new string('n', 300) + ": y\r\n";
            for (int count = 0; count < 101; count++)
            {
                data += "Received: x\r\n";
            }

            data += "\r\n.\r\n";
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.FrontAfterOctets = 200;
            smtp.SegmentOctets = 150;
            smtp.BeginData();
            Assert.AreEqual("250 2.0.0 OK stored\r\n", smtp.Send(data));
            Assert.AreEqual(Trace + "\r\n", smtp.FrontText());
            Assert.AreEqual(data, smtp.StoredText());
        }

        [TestMethod]
        public void Front_SeveralRecipients_NamesNone()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.Send("HELO (bad) \xE9\r\nMAIL FROM:<>\r\nRCPT TO:<alice@lan>\r\n"
                + "RCPT TO:<bob@lan>\r\nDATA\r\na: b\r\nDate: x\r\nMessage-ID: y\r\n.\r\n");
            Assert.AreEqual(
                "Return-Path: <>\r\nReceived: from ?bad??? ([192.0.2.7])\r\n\tby mail.lan with SMTP id " + Id + ";\r\n\t" + Date + "\r\n",
                smtp.FrontText()); // [36] [37]
            Assert.AreEqual(3, smtp.Recipients);
        }

        [TestMethod]
        public void Front_Addresses_KeepTheirCase()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.Send("EHLO c\r\nmail from:<Ups.Nine@Shop.example>\r\nrcpt to:<aLiCe@lan>\r\nDATA\r\na: b\r\n.\r\n");
            Assert.IsTrue(smtp.FrontText().IndexOf("Path: <Ups.Nine@Shop.example>\r\n") > 0, smtp.FrontText()); // [4]
            Assert.IsTrue(smtp.FrontText().IndexOf("\tfor <aLiCe@lan>; ") > 0, smtp.FrontText()); // [4]
        }

        [TestMethod]
        public void Front_NoHeloName_IsTheAddress()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.Send("EHLO\r\nMAIL FROM:<\"a b\"@c> SMTPUTF8\r\nRCPT TO:<@x:alice@lan>\r\nDATA\r\n"
                + "a: b\r\nDate: x\r\nMessage-ID: y\r\n.\r\n");
            Assert.AreEqual(
                "Return-Path: <\"a b\"@c>\r\nReceived: from [192.0.2.7] ([192.0.2.7])\r\n\tby mail.lan with UTF8SMTP id " + Id
                + "\r\n\tfor <alice@lan>; " + Date + "\r\n",
                smtp.FrontText()); // [36]
        }

        [TestMethod]
        public void Front_HeloNames_AreFitForAField()
        {
            Assert.AreEqual("[192.0.2.99]", HeloInFront("[192.0.2.99]")); // [36]
            Assert.AreEqual("[IPv6:fe80::1]", HeloInFront("[IPv6:fe80::1]")); // [36]
            Assert.AreEqual("?a?b?c?", HeloInFront("[a]b:c;"));
            Assert.AreEqual("under_score.local", HeloInFront("under_score.local"));
            Assert.AreEqual(new string('n', 255), HeloInFront(new string('n', 300)));
        }

        [TestMethod]
        public void Data_OverTheLargestSize_IsDrainedAndRefused()
        {
            string line = new string('x', 98) + "\r\n";
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.BeginData();
            for (int count = 0; count < SmtpHarness.MessageOctetsMax; count += 100)
            {
                Assert.AreEqual(string.Empty, smtp.Send(line));
            }

            Assert.AreEqual("250 2.0.0", smtp.Code(".")); // exactly the largest size

            smtp.Send("MAIL FROM:<a@b> SIZE=10\r\nRCPT TO:<alice@lan>\r\nDATA\r\n");
            smtp.Trace.Length = 0;
            for (int count = 0; count <= SmtpHarness.MessageOctetsMax; count += 100)
            {
                smtp.Send("." + line);
            }

            Assert.AreEqual("abort ", smtp.Trace.ToString());
            Assert.AreEqual(string.Empty, smtp.Send("\r\n.\nQUIT\r\n"));
            Assert.AreEqual("552 5.3.4", smtp.Code(".")); // [33] [46] [53] [62]
            Assert.AreEqual("250 2.1.0", smtp.Code("MAIL FROM:<a@b>"));
            Assert.AreEqual(1, smtp.Committed);
        }

        [TestMethod]
        public void Data_TooManyReceived_IsALoop()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.BeginData();
            for (int count = 0; count < 100; count++)
            {
                smtp.Send("Received: x\r\n");
            }

            Assert.AreEqual("250 2.0.0", smtp.Code("\r\nReceived: body\r\n.")); // [39]
            smtp.BeginData();
            for (int count = 0; count < 101; count++)
            {
                smtp.Send("RECEIVED : x\r\n");
            }

            Assert.AreEqual("554 5.4.6", smtp.Code("\r\n.")); // [39]
            Assert.AreEqual("abort ", smtp.Trace.ToString());
        }

        [TestMethod]
        public void Data_StoreRefusesInTheMiddle_IsAnsweredAtTheEnd()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.BeginData();
            smtp.FailDataAfter = 1;
            Assert.AreEqual(string.Empty, smtp.Send("Subject: x\r\n\nmore\r\n"));
            Assert.AreEqual("abort ", smtp.Trace.ToString());
            Assert.IsFalse(smtp.Session.HasMessage);
            Assert.AreEqual("452 4.3.1", smtp.Code(".")); // [31] [33]
            Assert.AreEqual(0, smtp.Committed);
        }

        [TestMethod]
        public void Data_CommitOutcomes_AreAnswered()
        {
            Assert.AreEqual("250 2.0.0 OK stored\r\n", Commit(StoreResult.Ok));
            Assert.AreEqual("452 4.3.1 No room for this mail now\r\n", Commit(StoreResult.NoRoom)); // [31] [62]
            Assert.AreEqual("451 4.3.0 The card failed, try again later\r\n", Commit(StoreResult.Failed)); // [31]
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.BeginData();
            smtp.CommitResult = StoreResult.Unknown;
            Assert.AreEqual(string.Empty, smtp.Send(".\r\nNOOP\r\n")); // [31]
            Assert.IsTrue(smtp.Closed);
        }

        [TestMethod]
        public void Data_NotCommittedYet_IsNotAnsweredAndNothingElseIs()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.BeginData();
            smtp.HoldCommit = true;
            Assert.AreEqual(string.Empty, smtp.Send(".\r\nNOOP\r\nQUIT\r\n")); // [31]
            Assert.AreEqual(SmtpEvent.Awaiting, smtp.Session.Advance());
            smtp.Session.OnIdleTimeout();
            Assert.AreEqual(SmtpEvent.Awaiting, smtp.Session.Advance());
            Assert.IsTrue(smtp.Session.HasMessage);
            smtp.ReportCommit();
            Assert.IsFalse(smtp.Session.HasMessage);
            string replies = smtp.Send(string.Empty);
            Assert.AreEqual("250 2.0.0 OK stored\r\n250 2.0.0 OK\r\n221 2.0.0 mail.lan closing connection\r\n", replies); // [54]
        }

        [TestMethod]
        public void Data_BeginFails_KeepsTheTransaction()
        {
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.BeginResult = StoreResult.NoRoom;
            smtp.Send("EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<alice@lan>\r\n");
            Assert.AreEqual("452 4.3.1", smtp.Code("DATA"));
            Assert.IsFalse(smtp.Session.HasMessage);
            smtp.BeginResult = StoreResult.Ok;
            Assert.AreEqual("354 Start", smtp.Code("DATA"));
        }

        [TestMethod]
        public void Data_LongLines_AreWhole()
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.TakeOctets = 700;
            smtp.Settings.MessageOctetsMax = 70000;
            smtp.Session = new SmtpSession(smtp.Settings);
            smtp.Open();
            smtp.BeginData();
            string data = "Subject: x\r\n\r\n" + new string('l', 998) + "\r\n" + new string('z', 65000) + "\r\r\n.\r\n";
            Assert.AreEqual("250 2.0.0 OK stored\r\n", smtp.Send(data)); // [43] [44]
            Assert.AreEqual(data, smtp.StoredText()); // [30] [43] [D10] [D11]
        }

        private static string Commit(int result)
        {
            SmtpHarness smtp = new SmtpHarness(true);
            smtp.BeginData();
            smtp.CommitResult = result;
            string reply = smtp.Send("x\r\n.\r\n");
            Assert.AreEqual(SmtpState.Ready, smtp.Session.State);
            Assert.AreEqual("503 5.5.1", smtp.Code("DATA"));
            return reply;
        }

        private static string HeloInFront(string name)
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.Send("EHLO " + name + "\r\nMAIL FROM:<>\r\nRCPT TO:<alice@lan>\r\nDATA\r\n.\r\n");
            string front = smtp.FrontText();
            int from = front.IndexOf(" from ") + 6;
            return front.Substring(from, front.IndexOf(" ([192.0.2.7])") - from);
        }

        private static string Front(string data)
        {
            SmtpHarness smtp = new SmtpHarness(false);
            smtp.BeginData();
            Assert.AreEqual("250 2.0.0 OK stored\r\n", smtp.Send(data));
            string whole = smtp.FrontText();
            Assert.IsTrue(smtp.FrontCount <= smtp.FrontOctetsMax && smtp.FrontOctetsMax <= smtp.FrontCount + 120, whole);

            smtp = new SmtpHarness(false);
            smtp.SegmentOctets = 1;
            smtp.TakeOctets = 1;
            smtp.BeginData();
            Assert.AreEqual("250 2.0.0 OK stored\r\n", smtp.Send(data));
            Assert.AreEqual(whole, smtp.FrontText());
            return whole;
        }

        private static string StoredWithEarlyFront(string data)
        {
            string whole = string.Empty;
            for (int step = 0; step < 4; step++)
            {
                SmtpHarness smtp = new SmtpHarness(false);
                smtp.FrontAfterOctets = 200;
                smtp.TakeOctets = step == 0 ? 100000 : step;
                smtp.SegmentOctets = step == 3 ? 1 : 150;
                smtp.BeginData();
                Assert.AreEqual("250 2.0.0 OK stored\r\n", smtp.Send(data));
                Assert.AreEqual(Trace, smtp.FrontText());
                Assert.IsTrue(step == 0 || smtp.StoredText() == whole);
                whole = smtp.StoredText();
            }

            return whole;
        }
    }
}

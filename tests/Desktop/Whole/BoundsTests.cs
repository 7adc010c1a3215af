using System;
using System.Collections.Generic;
using System.Linq;
using MailAppliance.Core;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Whole
{
    /// <summary>What one source does too much of is stopped, and the others do not notice.</summary>
    [TestClass]
    public class BoundsTests
    {
        private const string Over = "421 mail.lan too much from your address, try again later\r\n";
        private const string Pop3Over = "-ERR [SYS/TEMP] too much from your address, try again later\r\n";
        private const string Flooder = "10.0.0.66";

        [TestMethod]
        public void Connections_ThatPileUp_AreRefusedAtOnceAndReadWhy()
        {
            ApplianceRig rig = Rig("waiting = 16");
            MemoryClient[] held = Enumerable.Range(0, 6).Select(_ => rig.From(Flooder)).ToArray();
            Assert.AreEqual(3, held.Count(client => client.TakeText().StartsWith("220", StringComparison.Ordinal)));
            rig.Advance(2_500);
            MemoryClient refused = rig.From(Flooder);
            Assert.AreEqual(Over, refused.TakeText());
            Assert.IsTrue(refused.IsEndOfInput);
            Assert.AreEqual(Pop3Over, rig.From(Flooder, true).TakeText());
            Assert.AreEqual(1, rig.Appliance.SmtpGate.OverCount);
            Assert.AreEqual(1, rig.Appliance.Pop3Gate.OverCount);
            Assert.AreEqual(2, rig.Appliance.Sources.CountOf(Bound.Connections));
            Assert.StartsWith("+OK", rig.From("10.0.0.7", true).TakeText());

            foreach (MemoryClient client in held)
            {
                client.Reset();
            }

            rig.Run();
            Assert.StartsWith("220", rig.From(Flooder).TakeText());
        }

        [TestMethod]
        public void Burst_OfManyConnections_IsTakenWhole()
        {
            ApplianceRig rig = Rig("waiting = 64");
            MemoryClient[] burst = Enumerable.Range(0, 60).Select(_ => rig.From("10.0.0.5")).ToArray();
            var done = new HashSet<MemoryClient>();
            for (int round = 0; round < 60; round++)
            {
                foreach (MemoryClient client in burst.Where(client => !done.Contains(client) && client.Available > 0).ToList())
                {
                    Assert.StartsWith("220", client.TakeText());
                    Assert.Contains("250 2.0.0 OK stored", rig.Say(client, "HELO nas\r\nMAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n"));
                    done.Add(client);
                    rig.Advance(100);
                }
            }

            Assert.HasCount(60, done);
            Assert.AreEqual(0, rig.Appliance.Sources.TotalCount);
        }

        [TestMethod]
        public void Mails_MoreThanTheBoundInAMinute_Are421()
        {
            ApplianceRig rig = Rig("mails-each = 5");
            MemoryClient client = rig.From(Flooder);
            rig.Say(client, "HELO x\r\n");
            for (int mail = 0; mail < 5; mail++)
            {
                Assert.Contains("250 2.0.0 OK stored", rig.Say(client, "MAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\nx\r\n.\r\n"));
            }

            Assert.AreEqual("421 4.7.0 mail.lan too many mails, try again later\r\n", rig.Say(client, "MAIL FROM:<>\r\nNOOP\r\n"));
            Assert.IsTrue(client.IsEndOfInput);
            Assert.AreEqual(Over, rig.From(Flooder).TakeText());
            Assert.StartsWith("+OK", rig.From(Flooder, true).TakeText());
            Assert.Contains("250 2.0.0", rig.SendMail("x"));
            Assert.AreEqual(1, rig.Appliance.Notices.TurnedAway.Count);
            rig.Advance(60_000);
            Assert.Contains("250 2.1.0", rig.Say(rig.From(Flooder), "HELO x\r\nMAIL FROM:<>\r\n"));
        }

        [TestMethod]
        public void Nas_OneHundredAlertsInAMinute_AreTaken()
        {
            ApplianceRig rig = Rig(string.Empty);
            for (int alert = 0; alert < 100; alert++)
            {
                Assert.Contains("250 2.0.0", rig.SendMail("Subject: disk 3\r\n\r\nx", "bob@lan"));
                rig.Advance(500);
            }

            Assert.AreEqual(0, rig.Appliance.Sources.TotalCount);
        }

        [TestMethod]
        public void BadCommands_OverSeveralConnections_CloseTheDoor()
        {
            ApplianceRig rig = Rig("bad-commands-each = 25");
            for (int connection = 0; connection < 2; connection++)
            {
                MemoryClient client = rig.From(Flooder, connection == 1);
                rig.Say(client, string.Concat(Enumerable.Repeat("GET / HTTP/1.1\r\n", 12)));
                Assert.IsFalse(client.IsEndOfInput);
            }

            MemoryClient last = rig.From(Flooder);
            Assert.EndsWith("421 4.7.0 mail.lan this is no SMTP, closing connection\r\n", rig.Say(last, "GET /\r\nGET /\r\nGET /\r\n"));
            Assert.AreEqual(Over, rig.From(Flooder).TakeText());
            Assert.AreEqual(Pop3Over, rig.From(Flooder, true).TakeText());
            Assert.StartsWith("220", rig.From("10.0.0.7").TakeText());
            rig.Advance(60_000);
            Assert.StartsWith("220", rig.From(Flooder).TakeText());
        }

        [TestMethod]
        public void WrongLogins_OnNewConnections_SlowTheSourceDownAndHoldNoSlot()
        {
            ApplianceRig rig = Rig(string.Empty);
            MemoryClient client = rig.From(Flooder, true);
            for (int guess = 0; guess < 6; guess++)
            {
                Assert.Contains("-ERR [AUTH]", rig.Say(client, "USER bob\r\nPASS guess\r\n"));
            }

            // The seventh wrong one, over SMTP; the eighth login is not looked at, right or wrong.
            client = rig.From(Flooder);
            Assert.Contains("535 5.7.8", rig.Say(client, "EHLO x\r\nAUTH PLAIN AGJvYgBndWVzcw==\r\n"));
            string right = "AUTH PLAIN AGJvYgBzZWNyZXQtYm9i\r\n";
            Assert.AreEqual("421 4.7.0 mail.lan too many wrong logins, closing connection\r\n", rig.Say(client, right));
            Assert.IsTrue(client.IsEndOfInput);
            Assert.AreEqual(Pop3Over, rig.From(Flooder, true).TakeText());
            Assert.Contains("+OK", rig.Say(rig.Login("bob"), "NOOP\r\n"));

            // Who only sends mail is none the worse for it.
            Assert.Contains("250 2.1.0", rig.Say(rig.From(Flooder), "HELO x\r\nMAIL FROM:<>\r\n"));
            rig.Advance(2_000);
            Assert.Contains("235 2.7.0", rig.Say(rig.From(Flooder), "EHLO x\r\n" + right));
            Assert.StartsWith("+OK", rig.From(Flooder, true).TakeText());
        }

        [TestMethod]
        public void WrongLogins_OpenPop3Connection_IsToldAndClosed()
        {
            ApplianceRig rig = Rig(string.Empty);
            MemoryClient open = rig.From(Flooder, true);
            MemoryClient guesser = rig.From(Flooder, true);
            for (int guess = 0; guess < 6; guess++)
            {
                rig.Say(guesser, "USER bob\r\nPASS guess\r\n");
            }

            Assert.Contains("-ERR [AUTH]", rig.Say(open, "USER bob\r\nPASS guess\r\n"));
            Assert.EndsWith("-ERR [SYS/TEMP] too many wrong logins, try again later\r\n", rig.Say(open, "USER bob\r\nPASS secret-bob\r\n"));
            Assert.IsTrue(open.IsEndOfInput);
            Assert.AreEqual(1, rig.Appliance.Sources.CountOf(Bound.Logins));
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Octets_OneASecond_AreTooSlowAfterAMinute(bool inData)
        {
            ApplianceRig rig = Rig(string.Empty);
            MemoryClient client = rig.From(Flooder);
            client.TakeText();
            if (inData)
            {
                rig.Say(client, "HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n");
            }

            Drip(rig, 59, client);
            Assert.IsFalse(client.IsEndOfInput);
            Drip(rig, 3, client);
            Assert.AreEqual("421 4.4.2 mail.lan too slow, closing connection\r\n", client.TakeText());
            Assert.IsTrue(client.IsEndOfInput);
            Assert.AreEqual(1, rig.Appliance.Sources.CountOf(Bound.Progress));
            Assert.AreEqual(0, rig.Appliance.SmtpGate.TakenCount);
        }

        [TestMethod]
        public void Octets_EnoughOfThem_OrNone_AreNotTooSlow()
        {
            ApplianceRig rig = Rig(string.Empty);
            MemoryClient quick = rig.InMail("10.0.0.1");
            MemoryClient pauses = rig.From("10.0.0.2");
            rig.Say(pauses, "HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n");
            rig.Say(pauses, "a\r\n");
            for (int second = 0; second < 240; second++)
            {
                quick.Send("xx");
                rig.Advance(1_000);
            }

            Assert.Contains("250 2.0.0", rig.Say(pauses, "b\r\n.\r\n"));
            Assert.Contains("250 2.0.0", rig.Say(quick, "\r\n.\r\n"));
        }

        [TestMethod]
        public void Mail_LongerThanItsTime_Is421AndNotStored()
        {
            ApplianceRig rig = Rig("mail-time = 10m");
            MemoryClient client = rig.InMail(Flooder);
            for (int second = 0; second < 599; second++)
            {
                client.Send("on and on and on\r\n");
                rig.Advance(1_000);
            }

            Assert.AreEqual(0, client.Available);
            rig.Advance(3_000);
            Assert.AreEqual("421 4.4.2 mail.lan mail takes too long, closing connection\r\n", client.TakeText());
            Assert.AreEqual(1, rig.Appliance.Sources.CountOf(Bound.MailTime));
            Assert.AreEqual(0, rig.Appliance.Store.Index.Count);
        }

        [TestMethod]
        public void Slot_IdleInNoTransaction_IsGivenUpForAnotherSource()
        {
            ApplianceRig rig = Rig(string.Empty);
            MemoryClient[] idle = [rig.From(Flooder), rig.From(Flooder), rig.InMail(Flooder)];
            MemoryClient newcomer = rig.From("10.0.0.7");
            rig.Advance(2_500);
            Assert.AreEqual(0, newcomer.Available);
            rig.Advance(1_000);
            Assert.StartsWith("220", newcomer.TakeText());
            string first = idle[0].TakeText();
            Assert.EndsWith("421 4.4.2 mail.lan others wait, closing connection\r\n", first);
            Assert.IsTrue(idle[0].IsEndOfInput);
            Assert.IsFalse(idle[1].IsEndOfInput);
            Assert.Contains("250 2.0.0", rig.Say(idle[2], ".\r\n"));
            Assert.AreEqual(1, rig.Appliance.Sources.CountOf(Bound.Yielded));
        }

        [TestMethod]
        public void Slot_DrippingMail_IsGivenUpForAnotherSource_AndHonestMailIsNot()
        {
            ApplianceRig rig = Rig(string.Empty);
            MemoryClient[] drips = [rig.From(Flooder), rig.From(Flooder)];
            foreach (MemoryClient drip in drips)
            {
                rig.Say(drip, "HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n");
            }

            MemoryClient honest = rig.InMail("10.0.0.8");
            MemoryClient newcomer = rig.From("10.0.0.7");
            Drip(rig, 4, drips);
            Assert.StartsWith("220", newcomer.TakeText());
            Assert.AreEqual(1, drips.Count(drip => drip.TakeText().EndsWith("421 4.4.2 mail.lan others wait, closing connection\r\n", StringComparison.Ordinal)));
            Assert.Contains("250 2.0.0", rig.Say(honest, ".\r\n"));
        }

        [TestMethod]
        public void Slot_OfAnOpenMaildrop_IsNotGivenUp_AndOneBeforeTheLoginIs()
        {
            ApplianceRig rig = Rig("pop3-slots = 3");
            MemoryClient open = rig.From(Flooder, true);
            Assert.Contains("+OK", rig.Say(open, "USER bob\r\nPASS secret-bob\r\n"));
            MemoryClient[] idle = [rig.From(Flooder, true), rig.From(Flooder, true)];
            MemoryClient newcomer = rig.From("10.0.0.7", true);
            rig.Advance(4_000);
            Assert.StartsWith("+OK", newcomer.TakeText());
            Assert.EndsWith("-ERR [SYS/TEMP] others wait, try again later\r\n", idle[0].TakeText());
            Assert.IsFalse(open.IsEndOfInput);
        }

        [TestMethod]
        public void Slots_FreeOneAtATime_GoToTheSourceThatHoldsTheFewest()
        {
            ApplianceRig rig = Rig("waiting = 8");
            MemoryClient[] taken = [rig.InMail(Flooder), rig.InMail(Flooder), rig.InMail(Flooder)];
            MemoryClient second = rig.From(Flooder);
            MemoryClient third = rig.From(Flooder);
            MemoryClient other = rig.From("10.0.0.7");
            rig.Say(taken[0], ".\r\nQUIT\r\n");
            Assert.StartsWith("220", other.TakeText());
            Assert.AreEqual(0, second.Available);
            rig.Say(taken[1], ".\r\nQUIT\r\n");
            Assert.StartsWith("220", second.TakeText());
            Assert.AreEqual(0, third.Available);
        }

        [TestMethod]
        public void Counters_OfAllBounds_AreInTheLog_OnceInTenSeconds()
        {
            ApplianceRig rig = Rig("mails-each = 1");
            for (int round = 0; round < 5; round++)
            {
                rig.Say(rig.From(Flooder), "HELO x\r\nMAIL FROM:<>\r\nRSET\r\nMAIL FROM:<>\r\n");
            }

            Assert.HasCount(1, Lines(rig));
            rig.Advance(11_000);
            Assert.EndsWith(
                "bounds: since the start connections 0, mails 5, bad commands 0, logins 0, idle slots 0, slow 0, long mails 0, by "
                    + Flooder,
                Lines(rig)[^1]);
            Assert.HasCount(2, Lines(rig));
        }

        private static List<string> Lines(ApplianceRig rig)
        {
            return rig.Log.Lines.Where(line => line.Contains("bounds: ", StringComparison.Ordinal)).ToList();
        }

        private static ApplianceRig Rig(string keys)
        {
            return new ApplianceRig(ApplianceRig.ConfigurationWith(keys)).Start();
        }

        private static void Drip(ApplianceRig rig, int seconds, params MemoryClient[] clients)
        {
            for (int second = 0; second < seconds; second++)
            {
                foreach (MemoryClient client in clients.Where(client => !client.IsEndOfInput))
                {
                    client.Send("x");
                }

                rig.Advance(1_000);
            }
        }
    }
}

using System;
using System.Linq;
using System.Text;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Whole
{
    /// <summary>The appliance tells its owner: a mail of its own into postmaster's maildrop, at most one a day and cause.</summary>
    [TestClass]
    public class NoticeTests
    {
        private const long Day = 24 * Hour;
        private const long Hour = 60 * Minute;
        private const long Minute = 60_000;

        private const string Small = """
            [appliance]
            host = mail.lan
            domains = lan
            ring = 256K
            message-max = 64K
            smtp-slots = 1
            waiting-time = 5s
            [maildrop alice]
            password = secret-alice
            [maildrop bob]
            password = secret-bob
            addresses = bob, postmaster
            """;

        private static readonly string s_mail = "Subject: big\r\n\r\n" + string.Concat(Enumerable.Repeat(new string('x', 70) + "\r\n", 200)) + "end";

        private static string[] Bob(ApplianceRig rig)
        {
            MemoryClient client = rig.Login("bob");
            string stat = rig.Say(client, "STAT\r\n");
            int count = int.Parse(stat.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            string[] mails = [.. Enumerable.Range(1, count).Select(number => rig.Say(client, $"RETR {number}\r\n"))];
            rig.Say(client, "QUIT\r\n");
            return mails;
        }

        private static void DeleteAll(ApplianceRig rig, string name)
        {
            MemoryClient client = rig.Login(name);
            int count = int.Parse(rig.Say(client, "STAT\r\n").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            rig.Say(client, string.Concat(Enumerable.Range(1, count).Select(number => $"DELE {number}\r\n")) + "QUIT\r\n");
        }

        // Past 80 %, with room for a notice.
        private static ApplianceRig Full(string configuration = Small)
        {
            ApplianceRig rig = new ApplianceRig(configuration).Start();
            while (rig.Appliance.Store.UsePercent < 80)
            {
                Assert.StartsWith("250 2.0.0", rig.SendMail(s_mail));
            }

            return rig;
        }

        [TestMethod]
        public void FullRing_ForAQuarterOfAnHour_IsToldOnceADay()
        {
            ApplianceRig rig = Full();
            rig.Clock.IsUtcKnown = true;
            rig.Advance(14 * Minute);
            Assert.IsEmpty(Bob(rig));

            rig.Advance(2 * Minute);

            string mail = Bob(rig).Single();
            Assert.Contains("\r\nReturn-Path: <>\r\nFrom: MailAppliance <postmaster@mail.lan>\r\nTo: postmaster@mail.lan\r\nDate: ", mail);
            Assert.Contains("\r\nMessage-ID: <", mail);
            Assert.Contains("\r\nAuto-Submitted: auto-generated\r\nSubject: mail.lan: the card is 8", mail);
            Assert.Contains(" % full\r\n\r\n", mail);
            Assert.Contains("new mail is refused", mail);
            Assert.EndsWith("\r\n.\r\n", mail);
            rig.Advance(23 * Hour);
            Assert.HasCount(1, Bob(rig));
            rig.Advance(2 * Hour);
            Assert.HasCount(2, Bob(rig));
        }

        [TestMethod]
        public void FullRing_EmptiedBeforeTheQuarterOfAnHour_IsNotTold()
        {
            ApplianceRig rig = Full();
            rig.Advance(10 * Minute);
            DeleteAll(rig, "alice");
            rig.Advance(2 * Day);
            Assert.IsEmpty(Bob(rig));
        }

        [TestMethod]
        public void FullRing_ThatDropsItsOldest_IsToldOnce()
        {
            ApplianceRig rig = Full(Small.Replace("[appliance]", "[appliance]\nwhen-full = drop-oldest", StringComparison.Ordinal));
            rig.Advance(5 * Day);
            Assert.Contains("the oldest mail goes", Bob(rig).Single());
        }

        [TestMethod]
        public void Off_NothingIsTold()
        {
            ApplianceRig rig = Full(Small.Replace("[appliance]", "[appliance]\nnotices = no", StringComparison.Ordinal));
            Assert.IsNull(rig.Appliance.Notices);
            rig.Advance(2 * Day);
            Assert.IsEmpty(Bob(rig));
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void Restarted_TheSameDay_IsNotToldAgain_AndOnTheNextIs(bool isUtcKnown)
        {
            ApplianceRig rig = Full();
            rig.Clock.IsUtcKnown = isUtcKnown;
            rig.Advance(16 * Minute);
            Assert.HasCount(1, Bob(rig));
            DeleteAll(rig, "bob");

            // Where the date is known, a day passes over all starts; else each start waits for a day of its own.
            for (int start = 0; start < 4; start++)
            {
                rig.Start();
                rig.Advance(5 * Hour);
                Assert.IsEmpty(Bob(rig), $"start {start}");
            }

            rig.Start();
            rig.Advance(isUtcKnown ? 5 * Hour : 25 * Hour);
            Assert.HasCount(1, Bob(rig));
        }

        [TestMethod]
        public void TurnedAway_ByEachBound_IsToldTogether()
        {
            ApplianceRig rig = new ApplianceRig(Small).Start();
            MemoryClient first = rig.Smtp();
            rig.Run();
            MemoryClient second = rig.Smtp();
            rig.Advance(6_000);
            Assert.StartsWith("421 mail.lan all connections", second.TakeText());
            first.TakeText();
            Assert.Contains("552 5.3.4", rig.Say(first, "EHLO camera\r\nMAIL FROM:<> SIZE=100000\r\n"));
            rig.Say(first, "QUIT\r\n");

            rig.Advance(16 * Minute);

            string mail = Bob(rig).Single();
            Assert.Contains("Subject: mail.lan: mail was turned away\r\n", mail);
            Assert.Contains("\r\n2 times a device was refused", mail);
            Assert.Contains("The last one was at " + Encoding.ASCII.GetString(rig.Appliance.Notices.TurnedAway.LastAddress) + ".\r\n", mail);
            rig.Advance(2 * Day);
            Assert.HasCount(1, Bob(rig));
        }

        [TestMethod]
        public void Shut_NewcomersWithoutACard_AreNotCounted()
        {
            ApplianceRig rig = new ApplianceRig(Small).Start();
            rig.Slot.Pull();
            rig.Advance(2_000);
            MemoryClient client = rig.Smtp();
            rig.Advance(10_000);
            Assert.Contains("no card now", client.TakeText());
            rig.Slot.Put(rig.Card);
            rig.Advance(Hour);
            Assert.IsEmpty(Bob(rig));
        }

        [TestMethod]
        public void DamagedMail_ThatSomebodyFetched_IsTold()
        {
            ApplianceRig rig = new ApplianceRig(Small).Start();
            Assert.StartsWith("250 2.0.0", rig.SendMail(s_mail));
            rig.Card.Damage((rig.Appliance.Store.Index.FirstBlockAt(0) * 512L) + 700, 1);
            Assert.Contains("-ERR", rig.Say(rig.Login("alice"), "RETR 1\r\nQUIT\r\n"));

            rig.Advance(16 * Minute);

            Assert.Contains("Subject: mail.lan: mail on the card is damaged\r\n\r\n1 times", Bob(rig).Single());
        }

        [TestMethod]
        public void RestartByItself_IsToldAtOnce_WithItsReasonInOneLine()
        {
            ApplianceRig rig = new ApplianceRig(Small);
            rig.Restart = appliance => appliance.Notices.Restarted(Encoding.ASCII.GetBytes("out of memory\r\n.\r\n  at Poll"), 3_601, 2);
            rig.Start();
            Assert.IsTrue(rig.Appliance.Notices.OwesRestart);

            rig.Advance(2_000);

            Assert.IsFalse(rig.Appliance.Notices.OwesRestart);
            string mail = Bob(rig).Single();
            Assert.Contains("Subject: mail.lan: restarted by itself\r\n\r\n2 times", mail);
            Assert.Contains("had run for 3601 seconds.\r\n", mail);
            Assert.Contains("\r\n  out of memory  .    at Poll\r\n", mail);
            Assert.IsTrue(rig.Log.Lines.Any(line => line.Contains("notice: stored for postmaster ", StringComparison.Ordinal)));

            // Its next restarts are one mail, a day later.
            for (int start = 0; start < 3; start++)
            {
                rig.Start();
                rig.Advance(Hour);
                Assert.IsTrue(rig.Appliance.Notices.OwesRestart);
            }

            rig.Advance(Day);
            Assert.HasCount(2, Bob(rig));
        }

        [TestMethod]
        public void CardThatTakesNothing_IsAskedAgainEachMinute()
        {
            ApplianceRig rig = Full();
            rig.Advance(14 * Minute);
            rig.Slot.Pull();
            rig.Advance(10 * Minute);
            Assert.AreEqual(0, rig.Appliance.Notices.Count);
            rig.Slot.Put(rig.Card);
            rig.Advance(20 * Minute);
            Assert.AreEqual(1, rig.Appliance.Notices.Count);
            rig.Card.PowerCut();
            rig.Start();
            Assert.HasCount(1, Bob(rig));
        }

        [TestMethod]
        public void Told_AllocatesNothing()
        {
            ApplianceRig rig = Full(Small.Replace("[appliance]", "[appliance]\nlog = error", StringComparison.Ordinal));
            NoticeCommit commit = rig.Appliance.Store.Notice;
            rig.Advance(16 * Minute);
            Assert.AreEqual(1, rig.Appliance.Notices.Count);
            long least = long.MaxValue;
            for (int day = 0; day < 4; day++)
            {
                rig.Clock.Advance(Day);
                long before = GC.GetAllocatedBytesForCurrentThread();
                rig.Appliance.Poll();
                rig.Clock.Advance(16 * Minute);
                rig.Appliance.Poll();
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.IsGreaterThan(2, rig.Appliance.Notices.Count);
            Assert.IsGreaterThan(0, commit.UniqueId);
            Assert.AreEqual(0, least);
        }
    }
}

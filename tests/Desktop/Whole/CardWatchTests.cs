using System;
using System.Linq;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Whole
{
    /// <summary>A card is pulled out and put back, or another one is put in, while the appliance runs.</summary>
    [TestClass]
    public class CardWatchTests
    {
        private const string Mail = "Subject: kept\r\n\r\nbattery";

        [TestMethod]
        public void Pulled_SessionsEndAndNewcomersWaitThenHear421()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            Assert.StartsWith("250 2.0.0", rig.SendMail(Mail));
            MemoryClient idle = rig.Smtp();
            MemoryClient inMail = rig.Smtp();
            MemoryClient alice = rig.Login("alice");
            rig.Say(idle, "EHLO ups\r\n");
            rig.Say(inMail, "EHLO ups\r\nMAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\nSubject: cut\r\n\r\n");

            rig.Slot.Pull();
            rig.Advance(1_000);

            Assert.IsTrue(rig.Appliance.CardWatch.IsGone);
            Assert.Contains("421 4.3.2 mail.lan is not available now", idle.TakeText());
            Assert.IsTrue(idle.IsEndOfInput);
            Assert.Contains("421 4.3.2", inMail.TakeText());
            Assert.IsTrue(inMail.IsEndOfInput);
            Assert.Contains("-ERR [SYS/TEMP]", alice.TakeText());
            Assert.IsTrue(alice.IsEndOfInput);

            MemoryClient newcomer = rig.Smtp();
            MemoryClient reader = rig.Pop3();
            rig.Advance(10_000);
            Assert.AreEqual(string.Empty, newcomer.TakeText());
            rig.Advance(12_000);
            Assert.AreEqual("421 mail.lan has no card now, try again later\r\n", newcomer.TakeText());
            Assert.IsTrue(newcomer.IsEndOfInput);
            Assert.AreEqual("-ERR [SYS/TEMP] no card now, try again later\r\n", reader.TakeText());
            Assert.AreEqual(1, rig.Log.Lines.Count(line => line.Contains("card: gone", StringComparison.Ordinal)));
        }

        [TestMethod]
        public void PutBack_WhoWaitedIsServedAndAllMailIsThere()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            Assert.StartsWith("250 2.0.0", rig.SendMail(Mail));
            string id = rig.Say(rig.Login("alice"), "UIDL 1\r\nQUIT\r\n");
            for (int round = 0; round < 3; round++)
            {
                rig.Slot.Pull();
                rig.Advance(1_000);
                MemoryClient waiting = rig.Smtp();
                rig.Advance(3_000);
                Assert.AreEqual(string.Empty, waiting.TakeText());
                rig.Slot.Put(rig.Card);
                rig.Advance(1_000);
                Assert.StartsWith("220 mail.lan", waiting.TakeText());
                Assert.IsFalse(rig.Appliance.CardWatch.IsGone);
                Assert.StartsWith("250 2.0.0", rig.SendMail($"Subject: round {round}\r\n\r\nx", "bob@lan"));
            }

            Assert.AreEqual(id, rig.Say(rig.Login("alice"), "UIDL 1\r\nQUIT\r\n"));
            Assert.AreEqual(3, rig.Appliance.CardWatch.GoneCount);
            Assert.IsTrue(rig.Log.Lines.Any(line => line.Contains("card: back, messages 1, records lost 0", StringComparison.Ordinal)));
            rig.Card.PowerCut();
            rig.Start();
            Assert.Contains("Subject: kept", rig.Say(rig.Login("alice"), "RETR 1\r\nQUIT\r\n"));
            Assert.Contains("+OK 3 ", rig.Say(rig.Login("bob"), "STAT\r\nQUIT\r\n"));
        }

        [TestMethod]
        public void AnotherCard_IsRecoveredBeforeAnythingIsWrittenAndKeepsItsOwnMail()
        {
            // Its maildrops have other recipient bits.
            string turned = ApplianceRig.Configuration.Replace("alice", "carol", StringComparison.Ordinal)
                .Replace("bob", "alice", StringComparison.Ordinal).Replace("carol", "bob", StringComparison.Ordinal);
            ApplianceRig others = new ApplianceRig(turned, 99).Start();
            Assert.StartsWith("250 2.0.0", others.SendMail("Subject: other's\r\n\r\nx", "alice@lan"));
            Assert.StartsWith("250 2.0.0", others.SendMail("Subject: other's second\r\n\r\nx", "alice@lan"));
            others.Card.PowerCut();

            ApplianceRig rig = new ApplianceRig().Start();
            Assert.StartsWith("250 2.0.0", rig.SendMail(Mail, "bob@lan"));
            rig.Slot.Pull();
            rig.Advance(1_000);
            long writes = others.Card.Writes;
            rig.Slot.Put(others.Card);
            Assert.AreEqual(writes, others.Card.Writes);
            rig.Advance(1_000);

            Assert.IsTrue(rig.Log.Lines.Any(line => line.Contains("card: another ring, messages 2", StringComparison.Ordinal)));
            string fetched = rig.Say(rig.Login("alice"), "RETR 1\r\nRETR 2\r\nQUIT\r\n");
            Assert.Contains("Subject: other's\r\n", fetched);
            Assert.Contains("Subject: other's second\r\n", fetched);
            Assert.Contains("+OK 0 0", rig.Say(rig.Login("bob"), "STAT\r\nQUIT\r\n"));
            Assert.StartsWith("250 2.0.0", rig.SendMail("Subject: new\r\n\r\nx", "bob@lan"));

            // The first card is as it was, and none of the second one's mail is on it.
            rig.Slot.Pull();
            rig.Advance(1_000);
            rig.Slot.Put(rig.Card);
            rig.Advance(1_000);
            Assert.Contains("+OK 1 ", rig.Say(rig.Login("bob"), "STAT\r\nQUIT\r\n"));
            Assert.Contains("+OK 0 0", rig.Say(rig.Login("alice"), "STAT\r\nQUIT\r\n"));
        }

        [TestMethod]
        public void CardWithoutARing_IsLeftAloneAndSaidSoOnce()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            Assert.StartsWith("250 2.0.0", rig.SendMail(Mail));
            rig.Slot.Pull();
            rig.Advance(1_000);
            var photographs = new MemoryCard();
            photographs.Create(20_000);
            rig.Slot.Put(photographs);
            rig.Advance(10_000);
            rig.Slot.Put(new MemoryCard());
            rig.Advance(10_000);

            Assert.AreEqual(0, photographs.Writes);
            Assert.AreEqual(1, rig.Log.Lines.Count(line => line.Contains("can't be used: there is no ring", StringComparison.Ordinal)), string.Join("\n", rig.Log.Lines));
            rig.Slot.Put(rig.Card);
            rig.Advance(1_000);
            Assert.Contains("Subject: kept", rig.Say(rig.Login("alice"), "RETR 1\r\nQUIT\r\n"));
        }

        [TestMethod]
        public void PulledBeforeTheSync_NoAnswerAndTheMailWholeOrNotThere()
        {
            for (int polls = 0; polls < 4; polls++)
            {
                ApplianceRig rig = new ApplianceRig().Start();
                rig.Card.BusyPolls = 5;
                MemoryClient sender = rig.Smtp();
                rig.Say(sender, "EHLO ups\r\nMAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n");
                sender.Send("Subject: cut\r\n\r\nx\r\n.\r\n");
                for (int poll = 0; poll < polls; poll++)
                {
                    rig.Appliance.Poll();
                }

                rig.Slot.Pull();
                rig.Advance(1_000);
                string reply = sender.TakeText();
                Assert.DoesNotContain("250", reply);
                rig.Slot.Put(rig.Card);
                rig.Advance(1_000);
                rig.Card.BusyPolls = 0;
                Assert.Contains("+OK 0 0", rig.Say(rig.Login("bob"), "STAT\r\nQUIT\r\n"));
                Assert.StartsWith("250 2.0.0", rig.SendMail(Mail, "bob@lan"));
            }
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(40)]
        public void AnotherCardWithinASyncThatReopens_NothingIsWrittenToItBeforeItIsRecovered(int mails)
        {
            // A superblock turns in the second case, where the tail moves.
            string small = ApplianceRig.Configuration.Replace("ring = 4M", "ring = 64K", StringComparison.Ordinal)
                .Replace("message-max = 1M", "message-max = 16K", StringComparison.Ordinal);
            ApplianceRig others = new ApplianceRig(small, 99).Start();
            Assert.StartsWith("250 2.0.0", others.SendMail("Subject: other's\r\n\r\nx", "alice@lan"));
            for (int syncs = 0; syncs < 7; syncs++)
            {
                MemoryCard other = others.Card.Fork();
                ApplianceRig rig = new ApplianceRig(small).Start();
                rig.Slot.SyncReopens = true;
                for (int mail = 0; mail < mails; mail++)
                {
                    Assert.StartsWith("250 2.0.0", rig.SendMail("Subject: y\r\n\r\n" + new string('y', 3_000), "bob@lan"));
                    rig.Say(rig.Login("bob"), "DELE 1\r\nQUIT\r\n");
                }

                int left = syncs;
                void Change()
                {
                    if (left-- > 0)
                    {
                        rig.Slot.InNextSync = Change;
                        return;
                    }

                    rig.Slot.Put(other);
                }

                rig.Slot.InNextSync = Change;
                MemoryClient sender = rig.Smtp();
                for (int mail = 0; mail < 12 && left >= 0; mail++)
                {
                    rig.Say(sender, $"EHLO ups\r\nMAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\nSubject: {mail}\r\n\r\n{new string('z', 4_000)}\r\n.\r\n");
                }

                rig.Say(rig.Smtp(), "EHLO ups\r\nMAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\nSubject: after\r\n\r\nx\r\n.\r\n");
                Assert.IsLessThan(0, left, $"there are no {syncs} syncs");
                Assert.AreEqual(0, other.Writes, $"after {syncs} syncs");
                rig.Advance(2_000);
                Assert.Contains("Subject: other's\r\n", rig.Say(rig.Login("alice"), "RETR 1\r\nQUIT\r\n"));
                Assert.AreEqual(1, rig.Appliance.Store.Index.Count);
            }
        }

        [TestMethod]
        public void ReadErrorOfOneLook_EndsNothing()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            MemoryClient idle = rig.Smtp();
            rig.Say(idle, "EHLO ups\r\n");
            rig.Card.FailingReads = 2;
            rig.Advance(5_000);
            Assert.AreEqual("250 2.0.0 OK\r\n", rig.Say(idle, "NOOP\r\n"));
            Assert.AreEqual(0, rig.Appliance.CardWatch.GoneCount);
        }

        [TestMethod]
        public void Looking_AllocatesNothing()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            rig.Advance(2_000);
            long octets = Allocation.Least(() =>
            {
                for (int look = 0; look < 100; look++)
                {
                    rig.Clock.Advance(1_000);
                    rig.Appliance.Poll();
                }
            });
            Assert.AreEqual(0, octets);
        }
    }
}

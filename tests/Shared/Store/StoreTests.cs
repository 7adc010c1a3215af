#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using MailAppliance.Configuration;
using MailAppliance.Hal;
using MailAppliance.Store;

namespace MailAppliance.Tests
{
    /// <summary>What the store keeps, and what a boot makes of it.</summary>
    [TestClass]
    public class StoreTests
    {
        [TestMethod]
        public void Boot_NoFile_FormatsOnce()
        {
            StoreHarness rig = new StoreHarness().Boot();
            Assert.IsTrue(rig.Opening.WasFormatted);
            Assert.IsFalse(rig.Boot().Opening.WasFormatted);
        }

        [TestMethod]
        public void Commit_OneRecord_IsOneWriteAndOneSync() // [34]
        {
            StoreHarness rig = new StoreHarness().Boot();
            int writes = rig.Card.Writes;
            int syncs = rig.Card.Syncs;
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(1000)));
            Assert.AreEqual(writes + 1, rig.Card.Writes);
            Assert.AreEqual(syncs + 1, rig.Card.Syncs);
        }

        [TestMethod]
        public void Commit_ThreeInOneTurn_ShareOneSync()
        {
            StoreHarness rig = new StoreHarness().Boot();
            int syncs = rig.Card.Syncs;
            for (int slot = 0; slot < 3; slot++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Put(slot, StoreHarness.Mail(700, slot), 1));
            }

            rig.Store.Turn();
            for (int slot = 0; slot < 3; slot++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Writer(slot).Outcome);
            }

            Assert.AreEqual(syncs + 1, rig.Card.Syncs);
        }

        [TestMethod]
        public void Commit_BeforeTheTurn_IsNotInTheMaildrop() // [31]
        {
            StoreHarness rig = new StoreHarness().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Put(0, StoreHarness.Mail(700), 1));
            Assert.AreEqual(PendingCommit.Waiting, rig.Writer(0).Outcome);
            Assert.AreEqual(0, rig.Fetch(0).Length);
            rig.Store.Turn();
            Assert.AreEqual(1, rig.Fetch(0).Length);
        }

        [TestMethod]
        public void Read_FragmentsOfThreeMails_ComeBackWholeAndApart()
        {
            StoreHarness rig = new StoreHarness().Boot();
            byte[][] mails = new byte[][] { StoreHarness.Mail(30000, 1), StoreHarness.Mail(20000, 2), StoreHarness.Mail(10000, 3) };
            for (int slot = 0; slot < 3; slot++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store.Begin(rig.Writer(slot), 0));
            }

            for (int at = 0; at < 30000; at += 1000)
            {
                for (int slot = 0; slot < 3; slot++)
                {
                    if (at < mails[slot].Length)
                    {
                        Assert.AreEqual(StoreResult.Ok, rig.Write(slot, mails[slot], at, 1000));
                    }
                }
            }

            for (int slot = 0; slot < 3; slot++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Finish(slot, 1));
            }

            Assert.AreEqual(StoreResult.Ok, rig.Outcome(rig.Writer(2)));
            AssertHolds(rig, mails);
            AssertHolds(rig.Boot(), mails);
        }

        [TestMethod]
        public void Reboot_CommittedMail_IsThereWithItsUniqueId() // [32] [89]
        {
            StoreHarness rig = new StoreHarness().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(5000), 3));
            string[] before = new string[] { rig.Fetch(0)[0].UniqueId, rig.Fetch(1)[0].UniqueId };
            rig.Card.PowerCut();
            rig.Boot();
            for (int maildrop = 0; maildrop < 2; maildrop++)
            {
                FetchedMail[] after = rig.Fetch(maildrop);
                Assert.AreEqual(1, after.Length);
                Assert.AreEqual(before[maildrop], after[0].UniqueId);
                StoreHarness.AssertSame(StoreHarness.Mail(5000), after[0].Octets);
            }
        }

        [TestMethod]
        public void Reboot_RemovedMail_StaysAway() // [87]
        {
            StoreHarness rig = new StoreHarness().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(5000), 3));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600), 3));
            rig.Remove(0, 1);
            rig.Card.PowerCut();
            rig.Boot();
            rig.AssertHolds(0, "removed from", 600);
            rig.AssertHolds(1, "the other", 5000, 600);
        }

        [TestMethod]
        public void OpenView_Twice_IsRefused() // [78]
        {
            StoreHarness rig = new StoreHarness().Boot();
            Assert.IsTrue(rig.Store.OpenView(rig.Views[0], 0));
            Assert.IsFalse(rig.Store.OpenView(rig.Views[1], 0));
            Assert.IsTrue(rig.Store.OpenView(rig.Views[1], 1));
            rig.Views[0].Close();
            rig.Views[1].Close();
            Assert.IsTrue(rig.Store.OpenView(rig.Views[1], 0));
        }

        [TestMethod]
        public void Boot_MaildropsReordered_MailStaysWithTheName()
        {
            StoreHarness rig = new StoreHarness();
            rig.Settings.Maildrops = StoreHarness.Drops("alice", "bob", "carol");
            rig.Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600, 7), 1));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(700, 8), 4));
            rig.Settings.Maildrops = StoreHarness.Drops("dave", "CAROL", "erin", "alice");
            rig.Boot();
            rig.AssertHolds(0, "dave");
            rig.AssertHolds(1, "carol", 700);
            rig.AssertHolds(2, "erin");
            rig.AssertHolds(3, "alice", 600);
        }

        [TestMethod]
        public void Boot_MaildropGoneAndBack_HasItsMail()
        {
            StoreHarness rig = new StoreHarness().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600, 7), 2));
            MaildropSettings[] before = rig.Settings.Maildrops;
            rig.Settings.Maildrops = StoreHarness.Drops("a", "b", "c", "d", "e", "f", "g");
            rig.Boot();
            for (int maildrop = 0; maildrop < 7; maildrop++)
            {
                rig.AssertHolds(maildrop, "another");
            }

            rig.Settings.Maildrops = before;
            rig.Boot().AssertHolds(1, "its own", 600);
        }

        [TestMethod]
        public void Boot_MoreNamesWithMailThanBits_IsRefused()
        {
            StoreHarness rig = new StoreHarness().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600, 7), 2));
            rig.Settings.Maildrops = StoreHarness.Drops("a", "b", "c", "d", "e", "f", "g", "h");
            Assert.AreEqual(StoreStatus.TooSmallConfiguration, rig.TryBoot());
        }

        [TestMethod]
        public void Full_RingCanBeEmptiedOneByOne()
        {
            StoreHarness rig = new StoreHarness(StoreHarness.RingBlocks, 2048, 400).Boot();
            int stored = 0;
            while (rig.Store1(StoreHarness.Mail(600, stored)) == StoreResult.Ok)
            {
                stored++;
            }

            Assert.IsTrue(stored > 100);

            // The oldest stays to the end, so that the tail can't move while the ring is emptied, a session for each message.
            for (int left = stored; left > 0; left--)
            {
                Assert.AreEqual(left, rig.Store.Index.MessagesOf(rig.Store.BitOf(0)));
                if (left % 16 == 1)
                {
                    Assert.AreEqual(left, rig.Fetch(0).Length);
                }

                rig.Remove(0, left);
            }

            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600)));
        }

        [TestMethod]
        public void Laps_EverythingFetchedAndRemoved_TakesManyTimesItsSize()
        {
            StoreHarness rig = new StoreHarness(256).Boot();
            string last = "";
            for (int mail = 0; mail < 2000; mail++)
            {
                string where = "mail " + mail.ToString();
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600 + (mail % 4000), mail)), where);
                FetchedMail[] fetched = rig.Fetch(0);
                Assert.AreEqual(1, fetched.Length, where);
                Assert.IsTrue(IsNumberedLater(fetched[0].UniqueId, last), where);
                last = fetched[0].UniqueId;
                rig.Remove(0, 1);
                if (mail % 97 == 0)
                {
                    rig.Card.PowerCut();
                    rig.Boot();
                }
            }

            Assert.IsTrue(rig.Store.SuperblockCount < 400);
        }

        [TestMethod]
        public void Admit_MoreThanThereIs_IsNoRoom() // [52]
        {
            StoreHarness rig = new StoreHarness().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store.Admit(-1));
            Assert.AreEqual(StoreResult.Ok, rig.Store.Admit(25000));
            Assert.AreEqual(StoreResult.NoRoom, rig.Store.Admit(StoreHarness.RingBlocks * 512L));
            Assert.AreEqual(StoreResult.NoRoom, rig.Store.Admit(long.MaxValue / 2));
        }

        [TestMethod]
        public void Begin_IndexFull_IsNoRoom()
        {
            StoreHarness rig = new StoreHarness(StoreHarness.RingBlocks, 2048, 4).Boot();
            for (int mail = 0; mail < 4; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600)));
            }

            Assert.AreEqual(StoreResult.NoRoom, rig.Store.Admit(-1));
            Assert.AreEqual(StoreResult.NoRoom, rig.Store1(StoreHarness.Mail(600)));
            rig.Remove(0, 2);
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600)));
            rig.Boot();
            Assert.AreEqual(4, rig.Fetch(0).Length);
        }

        [TestMethod]
        public void Boot_OtherVersion_IsLeftAlone()
        {
            StoreHarness rig = new StoreHarness().Boot();
            byte[] block = new byte[512];
            for (int copy = 0; copy < 2; copy++)
            {
                int at = copy * (rig.Card.BlockCount - 1);
                Assert.IsTrue(rig.Card.Read(at, block, 0, 1));
                block[12] = 9;
                Assert.IsTrue(rig.Card.Write(at, block, 0, 1));
            }

            rig.Card.Sync();
            int writes = rig.Card.Writes;
            Assert.AreEqual(StoreStatus.OtherVersion, rig.TryBoot());
            Assert.AreEqual(9, rig.Opening.FoundVersion);
            Assert.AreEqual(writes, rig.Card.Writes);
        }

        [TestMethod]
        public void Boot_OneSuperblockDamaged_OtherHolds()
        {
            StoreHarness rig = new StoreHarness().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600)));
            for (int boot = 0; boot < 4; boot++)
            {
                rig.Card.Damage((boot % 2) * (rig.Card.BlockCount - 1), 0, 0xFF);
                rig.Boot();
                rig.AssertHolds(0, "boot " + boot.ToString(), 600);
            }
        }

        [TestMethod]
        public void Boot_BothSuperblocksDamaged_RecordsAreNotFormattedAway()
        {
            StoreHarness rig = new StoreHarness().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600)));
            rig.Card.Damage(0, 0, 0xFF);
            rig.Card.Damage(rig.Card.BlockCount - 1, 0, 0xFF);
            int writes = rig.Card.Writes;
            Assert.AreEqual(StoreStatus.Damaged, rig.TryBoot());
            Assert.AreEqual(writes, rig.Card.Writes);
        }

        [TestMethod]
        public void Boot_RingSmallerThanFourMails_IsRefused()
        {
            StoreHarness rig = new StoreHarness().Boot();
            rig.Settings.MessageOctetsMax *= 2;
            Assert.AreEqual(StoreStatus.TooSmallRing, rig.TryBoot());
        }

        [TestMethod]
        public void Boot_CardFails_SaysSo()
        {
            StoreHarness rig = new StoreHarness();
            rig.Card.OpenStatus = CardStatus.Unusable;
            Assert.AreEqual(StoreStatus.CardFailed, rig.TryBoot());
            rig.Card.OpenStatus = CardStatus.InUse;
            Assert.AreEqual(StoreStatus.InUse, rig.TryBoot());
        }

        // The second half of a unique-id is its number, and no number comes twice in a ring. (The device has no room for a table of all.)
        private static bool IsNumberedLater(string uniqueId, string last)
        {
            for (int at = last.Length / 2; at < last.Length; at++)
            {
                if (uniqueId[at] != last[at])
                {
                    return uniqueId[at] > last[at];
                }
            }

            return last.Length == 0;
        }

        private static void AssertHolds(StoreHarness rig, byte[][] mails)
        {
            FetchedMail[] fetched = rig.Fetch(0);
            Assert.AreEqual(mails.Length, fetched.Length);
            for (int at = 0; at < mails.Length; at++)
            {
                StoreHarness.AssertSame(mails[at], fetched[at].Octets);
            }
        }
    }
}

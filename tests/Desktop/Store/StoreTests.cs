using System;
using System.Linq;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    [TestClass]
    public class StoreTests
    {
        [TestMethod]
        public void Boot_NoFile_FormatsOnce()
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.IsTrue(rig.Opening.WasFormatted);
            Assert.IsFalse(rig.Boot().Opening.WasFormatted);
        }

        [TestMethod]
        public void Commit_OneRecord_IsOneWriteAndOneSync() // [34]
        {
            StoreRig rig = new StoreRig().Boot();
            long writes = rig.Card.Writes;
            long syncs = rig.Card.Syncs;
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(1000)));
            Assert.AreEqual(writes + 1, rig.Card.Writes);
            Assert.AreEqual(syncs + 1, rig.Card.Syncs);
        }

        [TestMethod]
        public void Commit_ThreeInOneTurn_ShareOneSync()
        {
            StoreRig rig = new StoreRig().Boot();
            long syncs = rig.Card.Syncs;
            for (int slot = 0; slot < 3; slot++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Put(slot, StoreRig.Mail(700, slot), 1));
            }

            rig.Store.Turn();
            Assert.IsTrue(Enumerable.Range(0, 3).All(slot => rig.Writer(slot).Outcome == StoreResult.Ok));
            Assert.AreEqual(syncs + 1, rig.Card.Syncs);
        }

        [TestMethod]
        public void Commit_BeforeTheTurn_IsNotInTheMaildrop() // [31]
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Put(0, StoreRig.Mail(700), 1));
            Assert.AreEqual(PendingCommit.Waiting, rig.Writer(0).Outcome);
            Assert.IsEmpty(rig.Fetch(0));
            rig.Store.Turn();
            Assert.HasCount(1, rig.Fetch(0));
        }

        [TestMethod]
        public void Read_FragmentsOfThreeMails_ComeBackWholeAndApart()
        {
            StoreRig rig = new StoreRig().Boot();
            byte[][] mails = [StoreRig.Mail(30_000, 1), StoreRig.Mail(20_000, 2), StoreRig.Mail(10_000, 3)];
            for (int slot = 0; slot < 3; slot++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store.Begin(rig.Writer(slot), 0));
            }

            for (int at = 0; at < 30_000; at += 1_000)
            {
                for (int slot = 0; slot < 3; slot++)
                {
                    if (at < mails[slot].Length)
                    {
                        Assert.AreEqual(StoreResult.Ok, rig.Write(slot, mails[slot][at..(at + 1_000)]));
                    }
                }
            }

            for (int slot = 0; slot < 3; slot++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Finish(slot, 1));
            }

            Assert.AreEqual(StoreResult.Ok, rig.Outcome(rig.Writer(2)));
            CollectionAssert.AreEqual(mails.Select(Convert.ToHexString).ToArray(), rig.Fetch(0).Values.Select(Convert.ToHexString).ToArray());
            rig.Boot();
            CollectionAssert.AreEqual(mails.Select(Convert.ToHexString).ToArray(), rig.Fetch(0).Values.Select(Convert.ToHexString).ToArray());
        }

        [TestMethod]
        public void Reboot_CommittedMail_IsThereWithItsUniqueId() // [32] [89]
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(5_000), 3));
            string[] before = [.. rig.Fetch(0).Keys, .. rig.Fetch(1).Keys];
            rig.Card.PowerCut();
            rig.Boot();
            CollectionAssert.AreEqual(before, rig.Fetch(0).Keys.Concat(rig.Fetch(1).Keys).ToArray());
        }

        [TestMethod]
        public void Reboot_RemovedMail_StaysAway() // [87]
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(5_000), 3));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600), 3));
            Remove(rig, 0, 1);
            rig.Card.PowerCut();
            rig.Boot();
            Assert.HasCount(1, rig.Fetch(0));
            Assert.HasCount(2, rig.Fetch(1));
        }

        [TestMethod]
        public void OpenView_Twice_IsRefused() // [78]
        {
            StoreRig rig = new StoreRig().Boot();
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
            StoreRig rig = new StoreRig(maildrops: ["alice", "bob", "carol"]).Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600, 7), 1));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(700, 8), 4));
            rig.Settings.Maildrops = [Drop("dave"), Drop("CAROL"), Drop("erin"), Drop("alice")];
            rig.Boot();
            Assert.IsEmpty(rig.Fetch(0));
            Assert.AreEqual(700, rig.Fetch(1).Values.Single().Length);
            Assert.IsEmpty(rig.Fetch(2));
            Assert.AreEqual(600, rig.Fetch(3).Values.Single().Length);
        }

        [TestMethod]
        public void Boot_MaildropGoneAndBack_HasItsMail()
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600, 7), 2));
            MaildropSettings[] before = rig.Settings.Maildrops;
            rig.Settings.Maildrops = [.. "abcdefg".Select(name => Drop(name.ToString()))];
            rig.Boot();
            Assert.IsTrue(Enumerable.Range(0, 7).All(drop => rig.Fetch(drop).Count == 0));
            rig.Settings.Maildrops = before;
            Assert.HasCount(1, rig.Boot().Fetch(1));
        }

        [TestMethod]
        public void Boot_MoreNamesWithMailThanBits_IsRefused()
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600, 7), 2));
            rig.Settings.Maildrops = [.. "abcdefgh".Select(name => Drop(name.ToString()))];
            Assert.AreEqual(StoreStatus.TooSmallConfiguration, rig.TryBoot());
        }

        [TestMethod]
        public void Full_RingCanBeEmptiedOneByOne()
        {
            StoreRig rig = new StoreRig(ringBlocks: 512, messagesMax: 400).Boot();
            int stored = 0;
            while (rig.Store1(StoreRig.Mail(600, stored)) == StoreResult.Ok)
            {
                stored++;
            }

            Assert.IsGreaterThan(100, stored);

            // The oldest stays to the end, so that the tail can't move while the ring is emptied, a session for each message.
            for (int left = stored; left > 0; left--)
            {
                Assert.HasCount(left, rig.Fetch(0));
                Remove(rig, 0, left);
            }

            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600)));
        }

        [TestMethod]
        public void Laps_EverythingFetchedAndRemoved_TakesManyTimesItsSize()
        {
            StoreRig rig = new StoreRig(ringBlocks: 256).Boot();
            var ids = new System.Collections.Generic.HashSet<string>(StringComparer.Ordinal);
            for (int mail = 0; mail < 2_000; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600 + (mail % 4_000), mail)), $"mail {mail}");
                var fetched = rig.Fetch(0);
                Assert.HasCount(1, fetched);
                Assert.IsTrue(ids.Add(fetched.Keys.Single()));
                Remove(rig, 0, 1);
                if (mail % 97 == 0)
                {
                    rig.Card.PowerCut();
                    rig.Boot();
                }
            }

            Assert.IsLessThan(400, rig.Store.SuperblockCount);
        }

        [TestMethod]
        public void Admit_MoreThanThereIs_IsNoRoom() // [52]
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store.Admit(-1));
            Assert.AreEqual(StoreResult.Ok, rig.Store.Admit(100_000));
            Assert.AreEqual(StoreResult.NoRoom, rig.Store.Admit(2048L * 512));
            Assert.AreEqual(StoreResult.NoRoom, rig.Store.Admit(long.MaxValue / 2));
        }

        [TestMethod]
        public void Begin_IndexFull_IsNoRoom()
        {
            StoreRig rig = new StoreRig(messagesMax: 4).Boot();
            for (int mail = 0; mail < 4; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600)));
            }

            Assert.AreEqual(StoreResult.NoRoom, rig.Store.Admit(-1));
            Assert.AreEqual(StoreResult.NoRoom, rig.Store1(StoreRig.Mail(600)));
            Remove(rig, 0, 2);
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600)));
            rig.Boot();
            Assert.HasCount(4, rig.Fetch(0));
        }

        [TestMethod]
        public void Boot_OtherVersion_IsLeftAlone()
        {
            StoreRig rig = new StoreRig().Boot();
            byte[] block = new byte[512];
            foreach (int copy in new[] { 0, rig.Card.BlockCount - 1 })
            {
                Assert.IsTrue(rig.Card.Read(copy, block, 0, 1));
                block[12] = 9;
                Assert.IsTrue(rig.Card.Write(copy, block, 0, 1));
            }

            rig.Card.Sync();
            long writes = rig.Card.Writes;
            Assert.AreEqual(StoreStatus.OtherVersion, rig.TryBoot());
            Assert.AreEqual(9, rig.Opening.FoundVersion);
            Assert.AreEqual(writes, rig.Card.Writes);
        }

        [TestMethod]
        public void Boot_OneSuperblockDamaged_OtherHolds()
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600)));
            for (int boot = 0; boot < 4; boot++)
            {
                rig.Card.Damage((boot % 2) * (rig.Card.BlockCount - 1L) * 512, 0xFF);
                rig.Boot();
                Assert.HasCount(1, rig.Fetch(0));
            }
        }

        [TestMethod]
        public void Boot_BothSuperblocksDamaged_RecordsAreNotFormattedAway()
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600)));
            rig.Card.Damage(0, 0xFF);
            rig.Card.Damage((rig.Card.BlockCount - 1L) * 512, 0xFF);
            long writes = rig.Card.Writes;
            Assert.AreEqual(StoreStatus.Damaged, rig.TryBoot());
            Assert.AreEqual(writes, rig.Card.Writes);
        }

        [TestMethod]
        public void Boot_RingSmallerThanFourMails_IsRefused()
        {
            StoreRig rig = new StoreRig().Boot();
            rig.Settings.MessageOctetsMax *= 2;
            Assert.AreEqual(StoreStatus.TooSmallRing, rig.TryBoot());
        }

        [TestMethod]
        public void Boot_CardFails_SaysSo()
        {
            var rig = new StoreRig();
            rig.Card.OpenStatus = CardStatus.Unusable;
            Assert.AreEqual(StoreStatus.CardFailed, rig.TryBoot());
            rig.Card.OpenStatus = CardStatus.InUse;
            Assert.AreEqual(StoreStatus.InUse, rig.TryBoot());
        }

        internal static MaildropSettings Drop(string name)
        {
            return new MaildropSettings { Name = Octets.Of(name), Password = Octets.Of("x") };
        }

        internal static void Remove(StoreRig rig, int maildrop, params int[] numbers)
        {
            MaildropView view = rig.Views[0];
            Assert.IsTrue(rig.Store.OpenView(view, maildrop));
            foreach (int number in numbers)
            {
                view.Mark(number);
            }

            Assert.AreEqual(StoreResult.Ok, rig.Store.Remove(view));
            view.Close();
            Assert.AreEqual(StoreResult.Ok, rig.Outcome(view));
        }
    }
}

using System.Linq;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>Faults of the store that tools/Torture has found, each as small as it could be made.</summary>
    [TestClass]
    public class FoundByTortureTests
    {
        // The power goes in the first write of all, and leaves so much of the first superblock, in an empty file.
        [TestMethod]
        public void Boot_FirstSuperblockTornAtEveryOctet_FormatsAnew()
        {
            for (int octets = 0; octets < 512; octets++)
            {
                StoreRig rig = new StoreRig().Boot();
                byte[] block = new byte[512];
                byte[] zeros = new byte[512];
                Assert.IsTrue(rig.Card.Read(0, block, 0, 1));
                System.Array.Clear(block, octets, 512 - octets);
                for (int at = 1; at < rig.Card.BlockCount; at++)
                {
                    Assert.IsTrue(rig.Card.Write(at, zeros, 0, 1));
                }

                Assert.IsTrue(rig.Card.Write(0, block, 0, 1));
                rig.Card.Sync();
                Assert.AreEqual(StoreStatus.Ready, rig.TryBoot(), $"{octets} octets");
            }
        }

        // Between two fragments a write got lost, and in its place stands a record of an earlier lap that is longer.
        [TestMethod]
        public void Read_StaleRecordBetweenTwoFragments_IsNotSteppedOverByItsLength()
        {
            for (int shift = 0; shift < 8; shift++)
            {
                StoreRig rig = new StoreRig(96, 2_048).Boot();
                while (rig.Store.Ring.WrittenBlocks < rig.Store.Ring.AreaBlocks + shift)
                {
                    Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(1_900, 1)));
                    rig.RemoveAll(0);
                }

                byte[] mail = StoreRig.Mail(2_500, 2);
                Assert.AreEqual(StoreResult.Ok, rig.Store.Begin(rig.Writer(0), 0));
                Assert.AreEqual(StoreResult.Ok, rig.Write(0, mail));
                for (int between = 0; between <= shift % 3; between++)
                {
                    rig.Card.LyingWrites = 1;
                    Assert.AreEqual(StoreResult.Ok, rig.Put(1, StoreRig.Mail(300, 3), 2));
                    Assert.AreEqual(StoreResult.Failed, rig.Outcome(rig.Writer(1)));
                }

                Assert.AreEqual(StoreResult.Ok, rig.Finish(0, 1));
                Assert.AreEqual(StoreResult.Ok, rig.Outcome(rig.Writer(0)));
                CollectionAssert.AreEqual(mail, rig.Fetch(0).Values.Single(), $"shift {shift}");
            }
        }

        // The record that a power cut has cut off is found again, two boots later, where a write got lost in front of it.
        [TestMethod]
        public void Boot_EraseOfWhatWasCutOffIsLost_IsSeenAndDoneAgain()
        {
            StoreRig rig = new StoreRig(256, 1_024).Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600, 1)));
            Assert.AreEqual(StoreResult.Ok, rig.Store.Begin(rig.Writer(0), 0));
            Assert.AreEqual(StoreResult.Ok, rig.Write(0, StoreRig.Mail(2_000, 2)));
            Assert.AreEqual(4, rig.Card.UnsyncedCount);
            rig.Card.PowerCut(index => index >= 2);
            rig.Card.LyingWrites = 1;
            rig.Boot();
            rig.Card.LyingWrites = 2;
            Assert.AreEqual(StoreResult.Ok, rig.Put(1, StoreRig.Mail(700, 3), 1));
            Assert.AreEqual(StoreResult.Ok, rig.Put(2, StoreRig.Mail(300, 4), 1));
            Assert.AreEqual(StoreResult.Failed, rig.Outcome(rig.Writer(2)));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(400, 5)));
            rig.Card.PowerCut();
            rig.Boot();
            Assert.AreEqual(0, rig.Opening.LostCount);
            CollectionAssert.AreEqual(new[] { 600, 400 }, rig.Fetch(0).Values.Select(mail => mail.Length).ToArray());
        }

        // A card that is out for a few turns refuses every read of the message that is being moved.
        [TestMethod]
        public void Relocation_CardIsOutForAFewTurns_CallsNothingDamaged()
        {
            int moved = 0;
            for (int round = 0; round < 60; round++)
            {
                int goesAt = round % 4;
                int backAt = goesAt + 1 + (round * 4);
                StoreRig rig = new StoreRig(1_024, 1_024).Boot();
                byte[] kept = StoreRig.Mail(8_000, 1);
                Assert.AreEqual(StoreResult.Ok, rig.Store1(kept));
                int busy = 0;
                for (int mail = 0; mail < 250; mail++)
                {
                    Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(2_500, mail), 2));
                    rig.RemoveAll(1);
                    for (; rig.Store.IsBusy; busy++)
                    {
                        rig.Card.FailingReads = busy >= goesAt && busy < backAt ? int.MaxValue : 0;
                        rig.Store.Turn();
                    }

                    rig.Card.FailingReads = 0;
                }

                Assert.AreEqual(0, rig.Store.LostCount, $"out from turn {goesAt} to {backAt}");
                CollectionAssert.AreEqual(kept, rig.Fetch(0).Values.Single());
                moved += rig.Store.RelocatedCount;
            }

            Assert.IsGreaterThanOrEqualTo(60, moved);
        }

        // What a record costs at the head was asked once, and the table of maildrops, written anew in front of it, moved the head.
        [TestMethod]
        public void NoRoom_AskedAgainAtOnce_IsNoRoomStill()
        {
            int refused = 0;
            for (int seed = 1; seed <= 600; seed++)
            {
                var random = new SeededRandom(seed);
                StoreRig rig = new StoreRig(72, 1_024, 32, seed).Boot();
                for (int mail = 0; mail < 60; mail++)
                {
                    if (random.Next(5) == 0)
                    {
                        int from = 1 + random.Next(4);
                        rig.RemoveAll(random.Next(2), from);
                        continue;
                    }

                    int recipients = random.Between(1, 3);
                    Assert.AreEqual(StoreResult.Ok, rig.Store.Begin(rig.Writer(0), 0));
                    Assert.AreEqual(StoreResult.Ok, rig.Write(0, StoreRig.Mail(random.Next(2) == 0 ? 300 : 800, mail)));
                    if (rig.Finish(0, recipients) == StoreResult.NoRoom)
                    {
                        refused++;
                        Assert.AreEqual(StoreResult.NoRoom, rig.Store.Finish(rig.Writer(0), [recipients], 0, false, 0), $"seed {seed}, mail {mail}");
                        rig.Store.Abort(rig.Writer(0));
                    }
                    else
                    {
                        Assert.AreEqual(StoreResult.Ok, rig.Outcome(rig.Writer(0)));
                    }
                }
            }

            Assert.IsGreaterThan(1_000, refused);
        }

        // The tail is known to be stuck, and a removal that waits for its outcome makes the room.
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Drop_RemovalThatMakesTheRoomWaitsForItsOutcome_DropsNothing(bool removes)
        {
            StoreRig rig = new StoreRig(72, 1_024, 32);
            rig.Settings.DropOldest = true;
            rig.Boot();
            while (rig.Dropped.Count == 0)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(900, 1)));
            }

            rig.Dropped.Clear();
            Assert.AreEqual(StoreResult.Ok, rig.Store.Admit(880));
            Assert.IsTrue(rig.Store.OpenView(rig.Views[0], 0));
            rig.Views[0].Mark(1);
            rig.Views[0].Mark(2);
            Assert.AreEqual(StoreResult.Ok, removes ? rig.Store.Remove(rig.Views[0]) : StoreResult.Ok);
            rig.Views[0].Close();
            Assert.AreEqual(StoreResult.Ok, rig.Put(0, StoreRig.Mail(880, 2), 2));
            Assert.HasCount(removes ? 0 : 1, rig.Dropped);
        }

        // The try to move the tail gives a removal its outcome, and that makes the room, though the tail stays where it is.
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void NoRoom_RemovalBehindTheTailWaitsForItsOutcome_IsRoom(bool drops)
        {
            StoreRig rig = new StoreRig(72, 1_024, 32);
            rig.Settings.DropOldest = drops;
            rig.Boot();
            while (rig.Store1(StoreRig.Mail(900, 1)) == StoreResult.Ok && rig.Dropped.Count == 0)
            {
            }

            rig.Dropped.Clear();
            Assert.IsTrue(rig.Store.OpenView(rig.Views[0], 0));
            for (int number = 3; number < 9; number++)
            {
                rig.Views[0].Mark(number);
            }

            Assert.AreEqual(StoreResult.Ok, rig.Store.Remove(rig.Views[0]));
            rig.Views[0].Close();
            Assert.AreEqual(StoreResult.Ok, rig.Store.Begin(rig.Writer(0), 0));
            Assert.AreEqual(StoreResult.Ok, rig.Write(0, StoreRig.Mail(900, 2)));
            rig.Writer(0).PlaceFront(0);
            Assert.AreEqual(StoreResult.Ok, rig.Store.Finish(rig.Writer(0), [2], 0, false, 0));
            Assert.AreEqual(0, rig.Store.Disposal.NotedCount);
        }

        // Three reads fail in three tries to move a message, and in between each of its records was read.
        [TestMethod]
        public void Relocation_ReadErrorsHereAndThere_CallNothingDamaged()
        {
            for (int from = 0; from < 6; from++)
            {
                StoreRig rig = new StoreRig(1_024, 1_024).Boot();
                byte[] kept = StoreRig.Mail(8_000, 1);
                Assert.AreEqual(StoreResult.Ok, rig.Store1(kept));
                for (int busy = 0; rig.Store.RelocatedCount == 0 && rig.Store.LostCount == 0;)
                {
                    Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(2_500, 2), 2));
                    rig.RemoveAll(1);
                    for (; rig.Store.IsBusy; busy++)
                    {
                        rig.Card.FailingReads = busy == from || busy == from + 2 || busy == from + 3 ? 1 : 0;
                        rig.Store.Turn();
                    }

                    rig.Card.FailingReads = 0;
                }

                Assert.AreEqual(0, rig.Store.LostCount, $"from turn {from}");
                CollectionAssert.AreEqual(kept, rig.Fetch(0).Values.Single());
            }
        }
    }
}

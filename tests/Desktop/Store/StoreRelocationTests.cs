using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>Live mail in the tail's way goes to the head: for ever, whole, and under the eyes of who reads it.</summary>
    [TestClass]
    public class StoreRelocationTests
    {
        [TestMethod]
        [DataRow(2048, 600)]
        [DataRow(2048, 60_000)]
        [DataRow(256, 300)]
        [DataRow(256, 9_000)]
        public void OneMailKept_RingTakesAHundredTimesItsSize(int ringBlocks, int keptOctets)
        {
            var rig = new StoreRig(ringBlocks);
            rig.Boot();
            byte[] kept = StoreRig.Mail(keptOctets, 7);
            Assert.AreEqual(StoreResult.Ok, rig.Store1(kept, 1));
            string id = rig.Fetch(0).Keys.Single();
            long written = 0;
            for (int mail = 0; written < 100L * ringBlocks * 512; mail++)
            {
                byte[] octets = StoreRig.Mail(1_000 + (mail * 997 % 9_000), mail);
                Assert.AreEqual(StoreResult.Ok, rig.Store1(octets, 2), $"mail {mail}");
                Assert.IsTrue(octets.AsSpan().SequenceEqual(rig.Fetch(1).Values.Single()), $"mail {mail}");
                rig.RemoveAll(1);
                written += octets.Length;
                if (mail % 500 == 0)
                {
                    rig.Boot();
                }
            }

            KeyValuePair<string, byte[]> left = rig.Boot().Fetch(0).Single();
            Assert.AreEqual(id, left.Key);
            CollectionAssert.AreEqual(kept, left.Value);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(3)]
        public void ReaderInTheMiddle_GoesOnInTheCopy(int piecesBefore)
        {
            var rig = new StoreRig(1_024, 1_024);
            rig.Boot();
            byte[] kept = StoreRig.Mail(300_000 / 4, 3);
            Assert.AreEqual(StoreResult.Ok, rig.Store1(kept, 1));
            Assert.IsTrue(rig.Store.OpenView(rig.Views[0], 0));
            Assert.AreEqual(StoreResult.Ok, rig.Reader.Open(rig.Views[0], 1));
            using var read = new MemoryStream();
            int pieces = 0;
            for (int count = rig.Reader.Next(); count != MessageReader.End; count = rig.Reader.Next())
            {
                Assert.AreNotEqual(MessageReader.Damaged, count);
                if (count == MessageReader.Later)
                {
                    continue;
                }

                read.Write(rig.Reader.Buffer, rig.Reader.Offset, count);
                pieces++;
                if (pieces % (piecesBefore + 1) == 0)
                {
                    // Mail comes and goes until the ring has gone round: the old place is overwritten.
                    int before = rig.Store.RelocatedCount;
                    for (int mail = 0; rig.Store.RelocatedCount == before || mail < 20; mail++)
                    {
                        Assert.IsLessThan(5_000, mail, "it is never relocated");
                        Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(20_000, mail), 2));
                        rig.RemoveAll(1, 1);
                    }
                }
            }

            CollectionAssert.AreEqual(kept, read.ToArray());
        }

        [TestMethod]
        public void DamagedMailInTheWay_IsLostAndHoldsUpNobody()
        {
            var rig = new StoreRig(256);
            rig.Boot();
            for (int mail = 0; mail < 3; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(800, mail), 1));
            }

            byte[][] kept = [.. rig.Fetch(0).Values];
            rig.Card.Damage((rig.Store.Index.FirstBlockAt(1) * 512L) + 300, 1);

            // An open session's numbers stay what they are, and the damaged mail stays in the way, until it is closed.
            Assert.IsTrue(rig.Store.OpenView(rig.Views[1], 0));
            int result = StoreResult.Ok;
            for (int mail = 0; result == StoreResult.Ok; mail++)
            {
                Assert.IsLessThan(200, mail);
                result = rig.Store1(StoreRig.Mail(2_500, mail), 2);
                rig.RemoveAll(1);
            }

            Assert.AreEqual(StoreResult.NoRoom, result);
            Assert.AreEqual(0, rig.Store.LostCount);
            Assert.AreEqual(3, rig.Views[1].MessageCount);
            Assert.HasCount(800, rig.Read(rig.Views[1], 3));
            rig.Views[1].Close();
            Churn(rig, 200);
            Assert.AreEqual(1, rig.Store.LostCount);
            rig.Boot();
            Assert.AreEqual(0, rig.Opening.LostCount);
            byte[][] left = [.. rig.Fetch(0).Values];
            Assert.HasCount(2, left);
            CollectionAssert.AreEqual(kept[0], left[0]);
            CollectionAssert.AreEqual(kept[2], left[1]);
        }

        [TestMethod]
        public void LargerRecordsThanTheBuffer_AreCutAnew()
        {
            var rig = new StoreRig(1_024, 8_192);
            rig.Boot();
            byte[] kept = StoreRig.Mail(30_000, 3);
            Assert.AreEqual(StoreResult.Ok, rig.Store1(kept, 3));
            rig.Settings.RecordOctets = 2_048;
            rig.Settings.ReadOctets = 1_024;
            rig.Boot();
            Churn(rig, 300, keepsFirst: true);
            Assert.IsGreaterThan(0, rig.Store.RelocatedCount);
            rig.Boot();
            CollectionAssert.AreEqual(kept, rig.Fetch(0).Values.Single());
            CollectionAssert.AreEqual(kept, rig.Fetch(1).Values.First());
        }

        [TestMethod]
        [DataRow(60_000, 1)]
        [DataRow(100_000, 1)]
        [DataRow(60_000, 2)]
        [DataRow(20_000, 4)]
        public void PowerCutsInTheMiddleOfACopy_LeaveRoomForAnother(int keptOctets, int cutsEachLap)
        {
            var rig = new StoreRig(1024);
            rig.Boot();
            byte[] kept = StoreRig.Mail(keptOctets, 7);
            Assert.AreEqual(StoreResult.Ok, rig.Store1(kept, 1));
            for (int lap = 0; lap < 12; lap++)
            {
                int cuts = 0;
                int target = rig.Store.RelocatedCount + 1;
                for (int mail = 0; rig.Store.RelocatedCount < target; mail++)
                {
                    Assert.IsLessThan(2_000, mail, "nothing moves");
                    Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(2_500, mail), 2), $"lap {lap}, mail {mail}, cuts {cuts}");
                    rig.RemoveAll(1);
                    int pieces = (keptOctets / 2_048 * (lap + 1) / 13) + 1;
                    for (int turns = 0; rig.Store.IsBusy && cuts < cutsEachLap; turns++)
                    {
                        if (turns == pieces)
                        {
                            rig.Card.PowerCut(_ => true);
                            rig.Boot();
                            target = rig.Store.RelocatedCount + 1;
                            cuts++;
                        }

                        rig.Store.Turn();
                    }
                }

                CollectionAssert.AreEqual(kept, rig.Fetch(0).Values.Single());
            }
        }

        private static void Churn(StoreRig rig, int mails, bool keepsFirst = false)
        {
            for (int mail = 0; mail < mails; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(2_500, mail), 2), $"mail {mail}");
                rig.RemoveAll(1, keepsFirst ? 2 : 1);
            }
        }
    }
}

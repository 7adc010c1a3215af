#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using System.Text;
using MailAppliance.Store;

namespace MailAppliance.Tests
{
    /// <summary>A store that is opened to be read, and messages that keep their unique-ids in another ring.</summary>
    [TestClass]
    public class StoreMovingTests
    {
        [TestMethod]
        public void OpenToRead_CutRing_IsRecoveredWithoutAWrite()
        {
            StoreHarness rig = Cut();
            rig.Card.Open();
            int writes = rig.Card.Writes;
            int syncs = rig.Card.Syncs;
            MailStore store = new MailStore(rig.Settings, rig.Card, new PlatformChecksum());
            Assert.AreEqual(StoreStatus.Ready, store.OpenToRead().Status);
            Assert.AreEqual(2, store.Index.Count);
            Assert.AreEqual(writes, rig.Card.Writes);
            Assert.AreEqual(syncs, rig.Card.Syncs);
            byte[] name = store.Maildrops.NameOf(0);
            Assert.AreEqual("alice", Encoding.UTF8.GetString(name, 0, name.Length));

            // It was nothing but read: the appliance finds the same.
            rig.Boot();
            Assert.AreEqual(2, rig.Store.Index.Count);
            Assert.AreEqual(1, rig.Opening.UnfinishedCount);
        }

        [TestMethod]
        public void OpenToRead_NoFileOrNoRing_MakesNone()
        {
            StoreHarness rig = new StoreHarness();
            MailStore store = new MailStore(rig.Settings, rig.Card, new PlatformChecksum());
            Assert.AreEqual(StoreStatus.CardFailed, store.OpenToRead().Status);
            rig.Card.Create(StoreHarness.RingBlocks);
            Assert.AreEqual(StoreStatus.Damaged, store.OpenToRead().Status);
            Assert.AreEqual(0, rig.Card.Writes);
        }

        [TestMethod]
        public void Finish_MessageThatHasAUniqueId_KeepsItThroughAReboot()
        {
            StoreHarness rig = new StoreHarness().Boot();
            Assert.IsTrue(rig.Store.ContinueUniqueIds(int.MinValue + 5));
            int[] ids = new int[] { int.MaxValue, int.MinValue + 1 };
            for (int at = 0; at < ids.Length; at++)
            {
                MessageWriter writer = rig.Writer(0);
                Assert.AreEqual(StoreResult.Ok, rig.Store.Begin(writer, 0));
                Assert.AreEqual(StoreResult.Ok, rig.Write(0, StoreHarness.Mail(700)));
                writer.PlaceFront(0);
                Assert.AreEqual(StoreResult.Ok, rig.Store.Finish(writer, new int[] { 1 }, 0, true, 7, ids[at], 0x1234));
                Assert.AreEqual(StoreResult.Ok, rig.Outcome(writer));
            }

            rig.Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(700)));
            MessageIndex index = rig.Store.Index;
            Assert.AreEqual(3, index.Count);
            Assert.AreEqual(int.MaxValue, index.UniqueIdAt(0));
            Assert.AreEqual(int.MinValue + 1, index.UniqueIdAt(1));
            Assert.AreEqual(int.MinValue + 5, index.UniqueIdAt(2));
            Assert.AreEqual(0x1234, index.EpochAt(0));
            Assert.AreEqual(0x1234, index.EpochAt(1));
            Assert.AreEqual(rig.Store.Epoch, index.EpochAt(2));
        }

        private static StoreHarness Cut()
        {
            StoreHarness rig = new StoreHarness().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(5000), 3));
            Assert.AreEqual(StoreResult.Ok, rig.Put(0, StoreHarness.Mail(900, 2), 1));
            Assert.AreEqual(StoreResult.Ok, rig.Put(1, StoreHarness.Mail(9000, 3), 1));

            // The last block of the last mail is gone: recovery has something to void.
            bool[] kept = new bool[rig.Card.UnsyncedCount];
            for (int at = 0; at < kept.Length - 1; at++)
            {
                kept[at] = true;
            }

            rig.Card.PowerCut(kept);
            return rig;
        }
    }
}

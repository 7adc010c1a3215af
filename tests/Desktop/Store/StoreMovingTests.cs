using System.Linq;
using MailAppliance.Hal.Desktop;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>A store that is opened to be read, and messages that keep their unique-ids in another ring.</summary>
    [TestClass]
    public sealed class StoreMovingTests
    {
        private static StoreRig Cut()
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(5000), 3));
            Assert.AreEqual(StoreResult.Ok, rig.Put(0, StoreRig.Mail(900, 2), 1));
            Assert.AreEqual(StoreResult.Ok, rig.Put(1, StoreRig.Mail(9000, 3), 1));

            // The last block of the last mail is gone: recovery has something to void.
            int last = rig.Card.UnsyncedCount - 1;
            rig.Card.PowerCut(index => index != last);
            return rig;
        }

        [TestMethod]
        public void OpenToRead_CutRing_IsRecoveredWithoutAWrite()
        {
            StoreRig rig = Cut();
            rig.Card.Open();
            long writes = rig.Card.Writes;
            long syncs = rig.Card.Syncs;
            var store = new MailStore(rig.Settings, rig.Card, new Crc32());
            Assert.AreEqual(StoreStatus.Ready, store.OpenToRead().Status);
            Assert.AreEqual(2, store.Index.Count);
            Assert.AreEqual(writes, rig.Card.Writes);
            Assert.AreEqual(syncs, rig.Card.Syncs);
            Assert.AreEqual("alice", System.Text.Encoding.ASCII.GetString(store.Maildrops.NameOf(0)));

            // It was nothing but read: the appliance finds the same.
            rig.Boot();
            Assert.AreEqual(2, rig.Store.Index.Count);
            Assert.AreEqual(1, rig.Opening.UnfinishedCount);
        }

        [TestMethod]
        public void OpenToRead_NoFileOrNoRing_MakesNone()
        {
            var rig = new StoreRig();
            var store = new MailStore(rig.Settings, rig.Card, new Crc32());
            Assert.AreEqual(StoreStatus.CardFailed, store.OpenToRead().Status);
            rig.Card.Create(2048);
            Assert.AreEqual(StoreStatus.Damaged, store.OpenToRead().Status);
            Assert.AreEqual(0, rig.Card.Writes);
        }

        [TestMethod]
        public void Finish_MessageThatHasAUniqueId_KeepsItThroughAReboot()
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.IsTrue(rig.Store.ContinueUniqueIds(int.MinValue + 5));
            foreach (int uniqueId in new[] { int.MaxValue, int.MinValue + 1 })
            {
                MessageWriter writer = rig.Writer(0);
                Assert.AreEqual(StoreResult.Ok, rig.Store.Begin(writer, 0));
                Assert.AreEqual(StoreResult.Ok, rig.Write(0, StoreRig.Mail(700)));
                writer.PlaceFront(0);
                Assert.AreEqual(StoreResult.Ok, rig.Store.Finish(writer, [1], 0, true, 7, uniqueId, 0x1234));
                Assert.AreEqual(StoreResult.Ok, rig.Outcome(writer));
            }

            rig.Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(700)));
            MessageIndex index = rig.Store.Index;
            CollectionAssert.AreEqual(
                new[] { int.MaxValue, int.MinValue + 1, int.MinValue + 5 }, Enumerable.Range(0, index.Count).Select(index.UniqueIdAt).ToArray());
            CollectionAssert.AreEqual(
                new[] { 0x1234, 0x1234, rig.Store.Epoch }, Enumerable.Range(0, index.Count).Select(index.EpochAt).ToArray());
        }
    }
}

using System;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    [TestClass]
    public sealed class SimulatedCardTests
    {
        private readonly MemoryCard _card = new();
        private readonly byte[] _buffer = new byte[8 * 512];

        private void Write(int block, byte value, int count = 1)
        {
            Array.Fill(_buffer, value);
            Assert.IsTrue(_card.Write(block, _buffer, 0, count));
        }

        private byte Read(int block)
        {
            Assert.IsTrue(_card.Read(block, _buffer, 512, 1));
            for (int index = 512; index < 1024; index++)
            {
                Assert.AreEqual(_buffer[512], _buffer[index]);
            }

            return _buffer[512];
        }

        [TestMethod]
        public void Created_WrittenSyncedAndReopened_HoldsTheBlocks()
        {
            Assert.AreEqual(CardStatus.NoFile, _card.Open());
            Assert.AreEqual(CardStatus.Ready, _card.Create(5000));
            Write(4996, 7, 4);
            Assert.IsTrue(_card.Sync());
            _card.Close();
            Assert.AreEqual(0, _card.BlockCount);
            Assert.IsFalse(_card.Read(0, _buffer, 0, 1));
            Assert.AreEqual(CardStatus.Ready, _card.Open());
            Assert.AreEqual(5000, _card.BlockCount);
            Assert.AreEqual(7, Read(4999));
            Assert.AreEqual(0, Read(4995));
            Assert.IsFalse(_card.Read(4999, _buffer, 0, 2));
            Assert.AreEqual(CardStatus.Unusable, _card.Create(10));
        }

        [TestMethod]
        public void BegunSync_CoversWhatWasWrittenBeforeIt()
        {
            _card.BusyPolls = 2;
            _card.Create(100);
            Write(1, 1, 2);
            Assert.AreEqual(SyncState.Busy, _card.BeginSync());
            Write(2, 2, 2);
            Assert.AreEqual(4, _card.UnsyncedCount);
            Assert.AreEqual(SyncState.Busy, _card.PollSync());
            Assert.AreEqual(SyncState.Done, _card.PollSync());
            Assert.AreEqual(2, _card.UnsyncedCount);
            Assert.AreEqual(2, _card.UnsyncedBlock(0));
            Write(4, 3, 4);
            MemoryCard fork = _card.Fork();
            fork.PowerCut(index => index == 1);
            fork.Open();
            Assert.IsTrue(fork.Read(1, _buffer, 0, 3));
            Assert.AreEqual(1, _buffer[0]);
            Assert.AreEqual(1, _buffer[512]);
            Assert.AreEqual(2, _buffer[1024]);
            _card.FailingSyncs = 1;
            Assert.AreEqual(SyncState.Busy, _card.BeginSync());
            _card.PollSync();
            Assert.AreEqual(SyncState.Failed, _card.PollSync());
            Assert.AreEqual(6, _card.UnsyncedCount);
        }

        [TestMethod]
        public void Calls_AreCounted()
        {
            _card.Create(100);
            Write(1, 1, 3);
            Write(9, 1);
            Read(2);
            _card.Sync();
            Assert.AreEqual(2, _card.Writes);
            Assert.AreEqual(4, _card.BlocksWritten);
            Assert.AreEqual(1, _card.Reads);
            Assert.AreEqual(1, _card.BlocksRead);
            Assert.AreEqual(1, _card.Syncs);
        }

        [TestMethod]
        public void PowerCut_EverySubsetOfUnsyncedBlocks_IsWhatRemains()
        {
            for (int subset = 0; subset < 16; subset++)
            {
                var card = new MemoryCard();
                card.Create(10);
                byte[] octets = new byte[1024];
                Array.Fill(octets, (byte)1);
                card.Write(0, octets, 0, 2);
                card.Sync();

                // Unsynced: block 0 = 2, block 1 = 2, block 1 = 3, block 5 = 3.
                Array.Fill(octets, (byte)2);
                card.Write(0, octets, 0, 2);
                Array.Fill(octets, (byte)3);
                card.Write(1, octets, 0, 1);
                card.Write(5, octets, 0, 1);
                Assert.AreEqual(4, card.UnsyncedCount);
                Assert.AreEqual(1, card.UnsyncedBlock(2));
                Assert.IsTrue(card.Read(1, octets, 0, 1));
                Assert.AreEqual(3, octets[0]);

                int kept = subset;
                card.PowerCut(index => (kept & (1 << index)) != 0);
                Assert.IsFalse(card.Read(0, octets, 0, 1));
                Assert.AreEqual(CardStatus.Ready, card.Open());
                Assert.AreEqual(0, card.UnsyncedCount);
                Assert.AreEqual((kept & 1) != 0 ? 2 : 1, First(card, 0), $"{kept}");
                Assert.AreEqual((kept & 4) != 0 ? 3 : (kept & 2) != 0 ? 2 : 1, First(card, 1), $"{kept}");
                Assert.AreEqual((kept & 8) != 0 ? 3 : 0, First(card, 5), $"{kept}");
            }
        }

        private static byte First(MemoryCard card, int block)
        {
            byte[] octets = new byte[512];
            Assert.IsTrue(card.Read(block, octets, 0, 1));
            return octets[0];
        }

        [TestMethod]
        public void Errors_OnDemand()
        {
            _card.OpenStatus = CardStatus.Unusable;
            Assert.AreEqual(CardStatus.Unusable, _card.Create(10));
            Assert.IsNotNull(_card.LastError);
            _card.OpenStatus = CardStatus.Ready;
            _card.BlockCountMax = 10;
            Assert.AreEqual(CardStatus.Unusable, _card.Create(11));
            Assert.AreEqual(CardStatus.Ready, _card.Create(10));
            Assert.IsNull(_card.LastError);

            _card.FailingWrites = 1;
            Assert.IsFalse(_card.Write(0, _buffer, 0, 1));
            _card.LyingWrites = 1;
            Write(0, 9);
            Assert.AreEqual(0, Read(0));
            Write(0, 9);
            _card.FailingSyncs = 1;
            Assert.IsFalse(_card.Sync());
            Assert.AreEqual(1, _card.UnsyncedCount);
            _card.FailingReads = 1;
            Assert.IsFalse(_card.Read(0, _buffer, 0, 1));
            Assert.AreEqual(9, Read(0));
            _card.Damage(511, 0x80);
            Assert.IsTrue(_card.Read(0, _buffer, 0, 1));
            Assert.AreEqual(0x89, _buffer[511]);
        }

        [TestMethod]
        public void Warm_WriteSyncAndRead_AllocateNothing()
        {
            _card.Create(4000);
            int block = 0;
            Assert.AreEqual(0, Allocation.Least(() =>
            {
                // A piece of the array, a mebibyte, is taken when it is first written.
                _card.Write(block, _buffer, 0, 8);
                _card.Read(block, _buffer, 0, 8);
                _card.Sync();
                block += 8;
            }));
        }
    }
}

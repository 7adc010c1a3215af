using System;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>Devices that lie do it as they say, and tell the truth where they have to.</summary>
    [TestClass]
    public class LyingDevicesTests
    {
        private const int BlockOctets = MemoryCard.BlockOctets;

        [TestMethod]
        [DataRow(CardLie.WriteLost, true)]
        [DataRow(CardLie.WriteTorn, true)]
        [DataRow(CardLie.WriteErrorDropped, true)]
        [DataRow(CardLie.WriteRefused, false)]
        public void Write_CardLies_AnswersAndKeepsAsTheLieSays(CardLie lie, bool answer)
        {
            (LyingCard card, MemoryCard blocks) = Make(lie, 1000);
            byte[] written = Filled(4);
            Assert.AreEqual(answer, card.Write(3, written, 0, 4));
            Assert.AreEqual(1, card.CountOf(lie));
            byte[] read = new byte[4 * BlockOctets];
            blocks.Read(3, read, 0, 4);
            Assert.IsFalse(read.AsSpan().SequenceEqual(written));
            Assert.IsTrue(lie != CardLie.WriteLost || read.AsSpan().IndexOfAnyExcept((byte)0) < 0);
        }

        [TestMethod]
        public void Everything_CardIsHonest_IsDone()
        {
            (LyingCard card, MemoryCard blocks) = Make(CardLie.WriteLost, 1000);
            for (CardLie lie = CardLie.WriteLost; lie <= CardLie.ReadError; lie++)
            {
                card.Set(lie, 1000);
            }

            card.IsHonest = true;
            byte[] read = new byte[BlockOctets];
            Assert.IsTrue(card.Write(3, Filled(1), 0, 1) && card.Sync() && card.Read(3, read, 0, 1));
            CollectionAssert.AreEqual(Filled(1), read);
            Assert.AreEqual(0, blocks.UnsyncedCount);
        }

        [TestMethod]
        public void Read_CardErrs_NeverMoreThanTwiceInARow()
        {
            (LyingCard card, _) = Make(CardLie.ReadError, 1000);
            byte[] read = new byte[BlockOctets];
            int inARow = 0;
            int errors = 0;
            for (int count = 0; count < 1_000; count++)
            {
                bool isRead = card.Read(1, read, 0, 1);
                inARow = isRead ? 0 : inARow + 1;
                errors += isRead ? 0 : 1;
                Assert.IsLessThanOrEqualTo(2, inARow);
            }

            Assert.IsGreaterThan(10, errors);
        }

        [TestMethod]
        public void PowerCut_AtEachStepOfAWrite_LeavesSyncedBlocksAndNoneBehindTheCut()
        {
            for (int step = 0; step < 5; step++)
            {
                (LyingCard card, MemoryCard blocks) = Make(CardLie.UnsyncedLost, 0);
                Assert.IsTrue(card.Write(0, Filled(1), 0, 1) && card.Sync());
                card.CutStep = card.StepCount + step;
                Assert.ThrowsExactly<PowerCutException>(() => Assert.IsTrue(card.Write(3, Filled(4), 0, 4) && card.Sync()));
                Assert.ThrowsExactly<PowerCutException>(() => card.Open());
                card.PowerOn();
                Assert.AreEqual(CardStatus.Ready, card.Open());
                byte[] read = new byte[8 * BlockOctets];
                blocks.Read(0, read, 0, 8);
                Assert.IsTrue(read.AsSpan(0, BlockOctets).SequenceEqual(Filled(1)));
                Assert.IsTrue(read.AsSpan(3 * BlockOctets, Math.Min(step, 4) * BlockOctets).SequenceEqual(Filled(4).AsSpan(0, Math.Min(step, 4) * BlockOctets)));
                Assert.IsLessThan(0, read.AsSpan((3 + Math.Min(step, 4)) * BlockOctets).IndexOfAnyExcept((byte)0));
            }
        }

        [TestMethod]
        public void PulledOut_AnswersNothingUntilItIsBack()
        {
            var clock = new ManualClock();
            (LyingCard card, _) = Make(CardLie.UnsyncedLost, 1000, clock);
            byte[] block = Filled(1);
            card.PullOut(500);
            Assert.IsFalse(card.Read(1, block, 0, 1) || card.Write(1, block, 0, 1) || card.Sync());
            clock.Advance(500);
            Assert.IsTrue(card.Read(1, block, 0, 1) && card.Write(1, block, 0, 1) && card.Sync());
        }

        [TestMethod]
        public void Network_EveryTrouble_HappensAndEndsWhereItIsCalm()
        {
            var lan = new MemoryNetwork();
            var network = new TroubledNetwork(lan, new SeededRandom(1));
            network.Reset(lan);
            IListener listener = network.Listen("0.0.0.0", 25, 8);
            network.Set(NetworkTrouble.Reorder, 1000);
            MemoryClient first = lan.Connect(25, "192.0.2.1");
            lan.Connect(25, "192.0.2.2");
            Assert.AreEqual((byte)'2', listener.Accept().RemoteAddress[8]);
            IConnection connection = listener.Accept();
            Assert.AreEqual((byte)'1', connection.RemoteAddress[8]);
            first.Send(new string('x', 1_000));
            network.Set(NetworkTrouble.Split, 1000);
            byte[] buffer = new byte[1_000];
            int taken = connection.Receive(buffer, 0, buffer.Length);
            Assert.IsTrue(taken is > 0 and < 100);
            network.Set(NetworkTrouble.Stall, 1000);
            Assert.AreEqual(0, connection.Send(buffer, 0, 10) + connection.Receive(buffer, 0, 10));
            network.IsCalm = true;
            Assert.AreEqual(1_000 - taken, connection.Receive(buffer, 0, buffer.Length));
            network.IsCalm = false;
            network.Set(NetworkTrouble.HalfClose, 1000);
            Assert.AreEqual(HalResult.EndOfInput, connection.Receive(buffer, 0, 1));
            network.Set(NetworkTrouble.Reset, 1000);
            Assert.AreEqual(HalResult.Gone, connection.Send(buffer, 0, 1));
            Assert.IsTrue(first.IsClosed);
        }

        [TestMethod]
        public void Clock_AnyTrick_NeverGoesBack()
        {
            var clock = new ManualClock();
            var unsteady = new UnsteadyClock(clock, new SeededRandom(1));
            long last = 0;
            int stood = 0;
            for (int step = 0; step < 1_000; step++)
            {
                unsteady.Play((ClockTrick)(step % 4), 100);
                clock.Advance(10);
                stood += unsteady.MonotonicMilliseconds == last ? 1 : 0;
                Assert.IsGreaterThanOrEqualTo(last, unsteady.MonotonicMilliseconds);
                last = unsteady.MonotonicMilliseconds;
            }

            Assert.IsGreaterThan(10, stood);
            Assert.IsGreaterThan(1_000, last);
        }

        private static (LyingCard Card, MemoryCard Blocks) Make(CardLie lie, int perMille, ManualClock? clock = null)
        {
            var blocks = new MemoryCard();
            var card = new LyingCard(blocks, clock ?? new ManualClock(), new SeededRandom(1));
            Assert.AreEqual(CardStatus.Ready, card.Create(32));
            card.Set(lie, perMille);
            return (card, blocks);
        }

        private static byte[] Filled(int blocks)
        {
            byte[] octets = new byte[blocks * BlockOctets];
            Array.Fill(octets, (byte)7);
            return octets;
        }
    }
}

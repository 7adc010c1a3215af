using System;
using System.Collections.Generic;
using System.Linq;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>when-full = drop-oldest: which messages go, for whom, and no more than that.</summary>
    [TestClass]
    public class StoreDropTests
    {
        private static StoreRig Rig(int ringBlocks = 256, int recordOctets = 2048, int messagesMax = 64)
        {
            var rig = new StoreRig(ringBlocks, recordOctets, messagesMax);
            rig.Settings.DropOldest = true;
            return rig.Boot();
        }

        // Mail for alice, until the next one of the same size would drop something.
        private static List<byte[]> Fill(StoreRig rig, int octets)
        {
            var mails = new List<byte[]>();
            while (rig.Store.Disposal.DroppedCount == 0)
            {
                mails.Add(StoreRig.Mail(octets, mails.Count));
                Assert.AreEqual(StoreResult.Ok, rig.Store1(mails[^1]));
            }

            mails.RemoveAt(0);
            Assert.AreEqual(1, rig.Store.Disposal.DroppedCount);
            return mails;
        }

        private static void Holds(StoreRig rig, int maildrop, params IEnumerable<byte[]> mails)
        {
            byte[][] expected = [.. mails];
            byte[][] found = [.. rig.Fetch(maildrop).Values];
            Assert.HasCount(expected.Length, found);
            for (int at = 0; at < found.Length; at++)
            {
                CollectionAssert.AreEqual(expected[at], found[at], $"message {at + 1}");
            }
        }

        [TestMethod]
        [DataRow(600)]
        [DataRow(1_500)]
        [DataRow(7_000)]
        public void FullRing_TakesEveryMail_AndDropsTheOldest(int octets)
        {
            StoreRig rig = Rig();
            List<byte[]> mails = Fill(rig, octets);
            for (int mail = 1_000; mail < 1_300; mail++)
            {
                int before = rig.Store.Disposal.DroppedCount;
                mails.Add(StoreRig.Mail(octets, mail));
                Assert.AreEqual(StoreResult.Ok, rig.Store1(mails[^1]), $"mail {mail}");
                int dropped = rig.Store.Disposal.DroppedCount - before;
                Assert.IsLessThan(3, dropped, "mail of one size needs the room of one");
                mails.RemoveRange(0, dropped);
                if (mail % 50 == 0)
                {
                    Holds(rig, 0, mails);
                    rig.Card.PowerCut();
                    rig.Boot();
                    Assert.AreEqual(0, rig.Opening.LostCount);
                    Holds(rig, 0, mails);
                }
            }
        }

        [TestMethod]
        public void FullRing_RejectsAsBefore_UnlessConfigured()
        {
            StoreRig rig = new StoreRig(256).Boot();
            int result = StoreResult.Ok;
            for (int mail = 0; result == StoreResult.Ok; mail++)
            {
                result = rig.Store1(StoreRig.Mail(1_500, mail));
            }

            Assert.AreEqual(StoreResult.NoRoom, result);
            Assert.AreEqual(StoreResult.NoRoom, rig.Store.Admit(1_500));
            Assert.AreEqual(0, rig.Store.Disposal.DroppedCount);
        }

        [TestMethod]
        public void FullIndex_DropsOneForEachMail_WhenItIsWhole()
        {
            StoreRig rig = Rig(messagesMax: 4);
            byte[][] mails = [.. Enumerable.Range(0, 7).Select(mail => StoreRig.Mail(600, mail))];
            foreach (byte[] mail in mails[..4])
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(mail));
            }

            Assert.AreEqual(StoreResult.Ok, rig.Store.Admit(-1));
            for (int slot = 0; slot < 3; slot++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store.Begin(rig.Writer(slot), 0));
                Assert.AreEqual(StoreResult.Ok, rig.Write(slot, mails[4 + slot]));
            }

            Assert.AreEqual(0, rig.Store.Disposal.DroppedCount, "nobody has finished");
            for (int slot = 0; slot < 3; slot++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Finish(slot, 1));
            }

            rig.Rest();
            Assert.AreEqual(3, rig.Store.Disposal.DroppedCount);
            Holds(rig, 0, mails[3..]);
            Holds(rig.Boot(), 0, mails[3..]);
        }

        [TestMethod]
        public void LargeMail_DropsAsMuchAsItNeeds_AndNotAll()
        {
            StoreRig rig = Rig(2048);
            List<byte[]> small = Fill(rig, 20_000);
            int before = small.Count;
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(100_000, 7), 2));
            int dropped = rig.Store.Disposal.DroppedCount - 1;
            Assert.IsGreaterThan(3, dropped);
            Assert.IsLessThan(13, dropped, "twice its room, and more than the copy of it may take");
            Holds(rig, 0, small[dropped..]);
            Assert.AreEqual(before - dropped, rig.Store.Index.MessagesOf(rig.Store.BitOf(0)));
        }

        [TestMethod]
        public void SenderWhoVanishes_CostsNoMoreThanWhatHeSent()
        {
            StoreRig rig = Rig(2048, messagesMax: 600);
            List<byte[]> mails = Fill(rig, 2_000);
            int before = rig.Store.Disposal.DroppedCount;
            Assert.AreEqual(StoreResult.Ok, rig.Store.Admit(200_000));
            Assert.AreEqual(StoreResult.Ok, rig.Store.Begin(rig.Writer(0), 0, 200_000));
            Assert.AreEqual(before, rig.Store.Disposal.DroppedCount, "he has sent nothing");
            Assert.AreEqual(StoreResult.Ok, rig.Write(0, StoreRig.Mail(6_000, 3)));
            rig.Store.Abort(rig.Writer(0));
            int dropped = rig.Store.Disposal.DroppedCount - before;
            Assert.IsLessThan(6, dropped);
            Holds(rig, 0, mails[dropped..]);
        }

        [TestMethod]
        public void MailThatCouldNotBeCompleted_DropsNothing()
        {
            StoreRig rig = Rig(2048, messagesMax: 600);
            List<byte[]> mails = Fill(rig, 2_000);
            int before = rig.Store.Disposal.DroppedCount;
            Assert.AreEqual(StoreResult.NoRoom, rig.Store.Admit(900_000));
            for (int slot = 0; slot < 3; slot++)
            {
                // A quarter of the ring each, as far as anybody knows: two of them fit.
                Assert.AreEqual(StoreResult.Ok, rig.Store.Begin(rig.Writer(slot), 0));
            }

            Assert.AreEqual(StoreResult.Ok, rig.Write(0, StoreRig.Mail(5_000, 1)));
            Assert.AreEqual(StoreResult.Ok, rig.Write(1, StoreRig.Mail(5_000, 2)));
            int forTwo = rig.Store.Disposal.DroppedCount;
            MessageWriter third = rig.Writer(2);
            int result = StoreResult.Ok;
            for (int record = 0; result == StoreResult.Ok; record++)
            {
                Assert.IsLessThan(100, record);
                third.Append(new byte[2_048], 0, 2_048);
                if (third.FrontIsOpen)
                {
                    third.PlaceFront(0);
                }

                result = rig.Store.Flush(third);
            }

            // Those who began before him are not refused because of him.
            Assert.AreEqual(StoreResult.NoRoom, result);
            Assert.AreEqual(forTwo, rig.Store.Disposal.DroppedCount);
            Assert.AreEqual(StoreResult.Ok, rig.Write(0, StoreRig.Mail(5_000, 1)));
            Assert.AreEqual(StoreResult.NoRoom, rig.Store.Flush(third));
            rig.Store.Abort(rig.Writer(0));
            Assert.AreEqual(StoreResult.Ok, rig.Store.Flush(third));
            forTwo = rig.Store.Disposal.DroppedCount;
            Holds(rig, 0, mails[(forTwo - before)..]);
        }

        [TestMethod]
        public void OpenSession_KeepsWhatItSees_AsLongAsOthersCanGo()
        {
            StoreRig rig = Rig();
            byte[] first = StoreRig.Mail(1_500, 99);
            Assert.AreEqual(StoreResult.Ok, rig.Store1(first, 2));
            List<byte[]> mails = Fill(rig, 1_500);
            Assert.AreEqual(StoreResult.Ok, rig.Store1(first, 2));
            MaildropView view = rig.Views[1];
            Assert.IsTrue(rig.Store.OpenView(view, 1));
            int seen = view.MessageCount;
            string id = StoreRig.UniqueId(view, 1);
            for (int mail = 0; mail < 200; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(1_500, mail), 1));
            }

            Assert.IsGreaterThan(150, rig.Store.Disposal.DroppedCount);
            Assert.AreEqual(seen, view.UnmarkedCount);
            Assert.AreEqual(id, StoreRig.UniqueId(view, 1));
            CollectionAssert.AreEqual(first, rig.Read(view, 1));
            view.Close();
        }

        [TestMethod]
        public void OpenSession_SeesEverything_ItsOldestGoAndTheOthersKeepTheirNumbers()
        {
            StoreRig rig = Rig(1024);
            List<byte[]> mails = Fill(rig, 6_000);
            int before = rig.Store.Disposal.DroppedCount;
            MaildropView view = rig.Views[1];
            Assert.IsTrue(rig.Store.OpenView(view, 0));
            int count = view.MessageCount;
            string[] ids = [.. Enumerable.Range(1, count).Select(number => StoreRig.UniqueId(view, number))];
            view.Mark(2);
            view.Mark(6);

            // Each is larger than those that are seen, so that the last new one is not enough.
            for (int mail = 0; mail < 4; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Put(0, StoreRig.Mail(24_000, mail), 2));
                Assert.AreEqual(StoreResult.Ok, rig.Put(1, StoreRig.Mail(24_000, mail), 2));
                rig.Rest();
            }

            int gone = rig.Store.Disposal.DroppedCount - before;
            int seenGone = Enumerable.Range(1, count).Count(number => view.OctetsOf(number) < 0);
            Assert.IsGreaterThan(2, seenGone);
            Assert.IsLessThan(count - 6, seenGone);
            Assert.IsGreaterThanOrEqualTo(seenGone, gone);
            Assert.AreEqual(count, view.MessageCount);
            Assert.AreEqual(count - seenGone - 1, view.UnmarkedCount);
            Assert.AreEqual((count - seenGone - 1L) * (6_000 - 3), view.UnmarkedOctets);
            for (int number = 1; number <= count; number++)
            {
                bool isGone = number <= seenGone;
                Assert.AreEqual(isGone ? StoreResult.Damaged : StoreResult.Ok, rig.Reader.Open(view, number), $"number {number}");
                if (!isGone)
                {
                    Assert.AreEqual(ids[number - 1], StoreRig.UniqueId(view, number));
                    CollectionAssert.AreEqual(mails[number - 1], rig.Read(view, number));
                }
            }

            // Backwards too, and the removal takes what is marked and there.
            for (int number = count; number > seenGone; number--)
            {
                Assert.AreEqual(ids[number - 1], StoreRig.UniqueId(view, number));
            }

            Assert.AreEqual(1, view.MarkedCount);
            Assert.AreEqual(StoreResult.Ok, rig.Store.Remove(view));
            Assert.AreEqual(StoreResult.Ok, rig.Outcome(view));
            view.Close();
            byte[][] left = [.. mails.Where((_, at) => at >= seenGone && at != 5)];
            Holds(rig, 0, left);
            Holds(rig.Boot(), 0, left);
        }

        [TestMethod]
        public void ReaderOfWhatIsDropped_IsTold()
        {
            StoreRig rig = Rig();
            Fill(rig, 6_000);
            Assert.IsTrue(rig.Store.OpenView(rig.Views[1], 0));
            Assert.AreEqual(StoreResult.Ok, rig.Reader.Open(rig.Views[1], 1));
            int octets = rig.Reader.Next();
            while (octets == MessageReader.Later)
            {
                octets = rig.Reader.Next();
            }

            Assert.IsGreaterThan(0, octets);
            Assert.AreEqual(StoreResult.Ok, rig.Put(0, StoreRig.Mail(6_000, 1), 2));
            Assert.AreEqual(StoreResult.Ok, rig.Put(1, StoreRig.Mail(6_000, 2), 2));
            Assert.AreEqual(MessageReader.Damaged, rig.Reader.Next());
        }

        [TestMethod]
        public void SlowSenderAtTheTail_NothingGoesInVain()
        {
            StoreRig rig = Rig();
            Assert.AreEqual(StoreResult.Ok, rig.Store.Begin(rig.Writer(2), 0, 9_000));
            Assert.AreEqual(StoreResult.Ok, rig.Write(2, StoreRig.Mail(3_000, 5)));
            var mails = new List<byte[]>();
            int result = StoreResult.Ok;
            while (result == StoreResult.Ok)
            {
                Assert.IsLessThan(300, mails.Count);
                mails.Add(StoreRig.Mail(1_500, mails.Count));
                result = rig.Store1(mails[^1]);
            }

            // What lies behind his first record can't be freed; the cap on what is live may have cost some.
            Assert.AreEqual(StoreResult.NoRoom, result);
            mails.RemoveAt(mails.Count - 1);
            int dropped = rig.Store.Disposal.DroppedCount;
            Assert.AreEqual(StoreResult.NoRoom, rig.Store1(StoreRig.Mail(1_500, 900)));
            Assert.AreEqual(dropped, rig.Store.Disposal.DroppedCount);
            Holds(rig, 0, mails[dropped..]);
            rig.Store.Abort(rig.Writer(2));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(1_500, 901)));
        }

        [TestMethod]
        public void CardThatRefusesTheDrop_Is451_AndNothingIsGone()
        {
            StoreRig rig = Rig();
            List<byte[]> mails = Fill(rig, 1_500);
            int before = rig.Store.Disposal.DroppedCount;
            rig.Card.FailingWrites = 1;
            Assert.AreEqual(StoreResult.Failed, rig.Store1(StoreRig.Mail(1_500, 700)));
            Assert.AreEqual(before, rig.Store.Disposal.DroppedCount);
            Holds(rig, 0, mails);
            Holds(rig.Boot(), 0, mails);
        }
    }
}

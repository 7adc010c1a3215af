#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using MailAppliance.Store;

namespace MailAppliance.Tests
{
    /// <summary>Where a void record is put, and that a card that errs does not fill the ring.</summary>
    [TestClass]
    public class StoreVoidTests
    {
        private const int Kinds = 6;
        private const int RecordOctets = 1024;

        [TestMethod]
        public void Commit_FailsOverAndOver_TakesTwoBlocksAtMost()
        {
            StoreHarness rig = new StoreHarness(96, RecordOctets).Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600, 1)));
            int used = rig.Store.Ring.UsedBlocks;
            for (int time = 0; time < 100; time++)
            {
                Err(rig, time % 3);
                Assert.AreEqual(StoreResult.Failed, rig.Store1(StoreHarness.Mail(900, 2)), "time " + time.ToString());
                Assert.IsTrue(rig.Store.Ring.UsedBlocks <= used + 2, "time " + time.ToString());
            }

            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(700, 3)));
            CheckBoot(rig, "", 600, 700);
        }

        // The tail is stuck, and the card refuses what would let it go; once it does not any more, there is room for that.
        [TestMethod]
        public void Removal_FailsOverAndOverInAFullRing_HasRoomOnceTheCardIsWell()
        {
            StoreHarness rig = new StoreHarness(72, RecordOctets).Boot();
            while (rig.Store1(StoreHarness.Mail(3000, 1)) == StoreResult.Ok)
            {
            }

            for (int time = 0; time < 100; time++)
            {
                Assert.AreEqual(StoreResult.Failed, Remove(rig, 1, time % 3), "time " + time.ToString());
            }

            while (rig.Store.Index.Count > 0)
            {
                Assert.AreEqual(StoreResult.Ok, Remove(rig, rig.Store.Index.Count, -1));
            }

            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(3000, 2)));
        }

        // Whatever a card does in three failures, with a mail between them or not: what was answered is there, and nothing else.
        [TestMethod]
        public void Commit_FailsInAnyWay_IsVoidedForTheNextBoots()
        {
            byte[][] failing = new byte[][] { StoreHarness.Mail(400, 0), StoreHarness.Mail(401, 1), StoreHarness.Mail(402, 2) };
            byte[][] other = new byte[][] { StoreHarness.Mail(1500, 9), StoreHarness.Mail(1501, 9), StoreHarness.Mail(1502, 9) };
            byte[][] between = new byte[][] { StoreHarness.Mail(600, 0), StoreHarness.Mail(601, 1), StoreHarness.Mail(602, 2) };
            byte[] last = StoreHarness.Mail(900, 1);
            for (int lots = 0; lots < Kinds * Kinds * Kinds * 8; lots++)
            {
                string where = "lots " + lots.ToString();
                StoreHarness rig = new StoreHarness(96, RecordOctets, 16).Boot();
                int[] answered = new int[0];
                for (int time = 0; time < 3; time++)
                {
                    Err(rig, lots / (time == 0 ? 1 : time == 1 ? Kinds : Kinds * Kinds) % Kinds);
                    Assert.AreEqual(StoreResult.Ok, rig.Put(1, other[time], 2), where);
                    Assert.AreEqual(StoreResult.Ok, rig.Put(0, failing[time], 1), where);
                    Assert.AreEqual(StoreResult.Failed, rig.Outcome(rig.Writer(0)), where);
                    if (((lots / (Kinds * Kinds * Kinds)) & (1 << time)) != 0)
                    {
                        answered = With(answered, 600 + time);
                        Assert.AreEqual(StoreResult.Ok, rig.Store1(between[time]), where);
                    }
                }

                CheckBoot(rig, where, answered);
                Assert.AreEqual(StoreResult.Ok, rig.Store1(last), where);
                CheckBoot(rig, where, With(answered, 900));
            }
        }

        private static void Err(StoreHarness rig, int kind)
        {
            rig.Card.FailingWrites = kind == 0 ? 1 : 0;
            rig.Card.LyingWrites = kind == 1 ? 1 : kind == 3 ? 4 : kind == 5 ? 5 : 0;
            rig.Card.FailingSyncs = kind == 2 ? 1 : kind == 4 ? 3 : 0;
        }

        private static int Remove(StoreHarness rig, int number, int kind)
        {
            MaildropView view = rig.Views[0];
            Assert.IsTrue(rig.Store.OpenView(view, 0));
            view.Mark(number);
            Err(rig, kind);
            int result = rig.Store.Remove(view);
            result = result == StoreResult.Ok ? rig.Outcome(view) : result;
            view.Close();
            return result;
        }

        private static int[] With(int[] octets, int more)
        {
            int[] all = new int[octets.Length + 1];
            octets.CopyTo(all, 0);
            all[octets.Length] = more;
            return all;
        }

        private static void CheckBoot(StoreHarness rig, string where, params int[] octets)
        {
            rig.Card.PowerCut();
            rig.Boot();
            Assert.AreEqual(0, rig.Opening.LostCount, where);
            Assert.AreEqual(0, rig.Opening.UnfinishedCount, where);
            rig.AssertHolds(0, where, octets);
            rig.AssertHolds(1, where);
        }
    }
}

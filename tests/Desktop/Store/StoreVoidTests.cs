using System;
using System.Collections.Generic;
using System.Linq;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>Where a void record is put, and that a card that errs does not fill the ring.</summary>
    [TestClass]
    public class StoreVoidTests
    {
        private const int Kinds = 6;

        [TestMethod]
        public void Commit_FailsOverAndOver_TakesTwoBlocksAtMost()
        {
            StoreRig rig = new StoreRig(96, 1_024).Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600, 1)));
            int used = rig.Store.Ring.UsedBlocks;
            for (int time = 0; time < 100; time++)
            {
                Err(rig, time % 3);
                Assert.AreEqual(StoreResult.Failed, rig.Store1(StoreRig.Mail(900, 2)), $"time {time}");
                Assert.IsLessThanOrEqualTo(used + 2, rig.Store.Ring.UsedBlocks, $"time {time}");
            }

            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(700, 3)));
            CheckBoot(rig, 600, 700);
        }

        // The tail is stuck, and the card refuses what would let it go; once it does not any more, there is room for that.
        [TestMethod]
        public void Removal_FailsOverAndOverInAFullRing_HasRoomOnceTheCardIsWell()
        {
            StoreRig rig = new StoreRig(72, 1_024).Boot();
            while (rig.Store1(StoreRig.Mail(3_000, 1)) == StoreResult.Ok)
            {
            }

            for (int time = 0; time < 100; time++)
            {
                Assert.AreEqual(StoreResult.Failed, Remove(rig, 1, () => Err(rig, time % 3)), $"time {time}");
            }

            while (rig.Store.Index.Count > 0)
            {
                Assert.AreEqual(StoreResult.Ok, Remove(rig, rig.Store.Index.Count, () => { }));
            }

            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(3_000, 2)));
        }

        // Whatever a card does in three failures, with a mail between them or not: what was answered is there, and nothing else.
        [TestMethod]
        public void Commit_FailsInAnyWay_IsVoidedForTheNextBoots()
        {
            for (int lots = 0; lots < Kinds * Kinds * Kinds * 8; lots++)
            {
                StoreRig rig = new StoreRig(96, 1_024, messagesMax: 16).Boot();
                var answered = new List<int>();
                for (int time = 0; time < 3; time++)
                {
                    int kind = lots / (time == 0 ? 1 : time == 1 ? Kinds : Kinds * Kinds) % Kinds;
                    Err(rig, kind);
                    Assert.AreEqual(StoreResult.Ok, rig.Put(1, StoreRig.Mail(1_500 + time, 9), 2));
                    Assert.AreEqual(StoreResult.Ok, rig.Put(0, StoreRig.Mail(400 + time, time), 1));
                    Assert.AreEqual(StoreResult.Failed, rig.Outcome(rig.Writer(0)), $"{lots}: time {time}");
                    if (((lots / (Kinds * Kinds * Kinds)) & (1 << time)) != 0)
                    {
                        answered.Add(600 + time);
                        Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600 + time, time)), $"{lots}: time {time}");
                    }
                }

                CheckBoot(rig, [.. answered]);
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(900, 1)), $"{lots}");
                answered.Add(900);
                CheckBoot(rig, [.. answered]);
            }
        }

        private static void Err(StoreRig rig, int kind)
        {
            rig.Card.FailingWrites = kind == 0 ? 1 : 0;
            rig.Card.LyingWrites = kind == 1 ? 1 : kind == 3 ? 4 : kind == 5 ? 5 : 0;
            rig.Card.FailingSyncs = kind == 2 ? 1 : kind == 4 ? 3 : 0;
        }

        private static int Remove(StoreRig rig, int number, Action err)
        {
            MaildropView view = rig.Views[0];
            Assert.IsTrue(rig.Store.OpenView(view, 0));
            view.Mark(number);
            err();
            int result = rig.Store.Remove(view);
            result = result == StoreResult.Ok ? rig.Outcome(view) : result;
            view.Close();
            return result;
        }

        private static void CheckBoot(StoreRig rig, params int[] octets)
        {
            rig.Card.PowerCut();
            rig.Boot();
            Assert.AreEqual(0, rig.Opening.LostCount);
            Assert.AreEqual(0, rig.Opening.UnfinishedCount);
            CollectionAssert.AreEqual(octets, rig.Fetch(0).Values.Select(mail => mail.Length).ToArray());
            Assert.IsEmpty(rig.Fetch(1));
        }
    }
}

#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using MailAppliance.Store;

namespace MailAppliance.Tests
{
    /// <summary>What the card does wrong, and what is told and kept then.</summary>
    [TestClass]
    public class StoreFailureTests
    {
        [TestMethod]
        public void Commit_WriteRefused_FailsAndNeverComesBack() // [33]
        {
            StoreHarness rig = OneStored();
            rig.Card.FailingWrites = 1;
            Check(rig);
        }

        [TestMethod]
        public void Commit_WriteThatLies_FailsAndNeverComesBack() // [33]
        {
            StoreHarness rig = OneStored();
            rig.Card.LyingWrites = 1;
            Check(rig);
        }

        [TestMethod]
        public void Commit_SyncRefused_FailsAndNeverComesBack() // [33]
        {
            StoreHarness rig = OneStored();
            rig.Card.FailingSyncs = 1;
            Check(rig);
        }

        [TestMethod]
        public void Commit_CardRefusesEverything_IsUnknownUntilItIsBack()
        {
            StoreHarness rig = OneStored();
            rig.Card.FailingWrites = int.MaxValue;
            Assert.AreEqual(StoreResult.Unknown, rig.Store1(StoreHarness.Mail(700, 2)));
            Assert.IsTrue(rig.Store.Commits.IsFaulted);
            Assert.AreEqual(StoreResult.Failed, rig.Store.Admit(-1));
            Assert.AreEqual(StoreResult.Failed, rig.Store1(StoreHarness.Mail(800, 3)));
            rig.Card.FailingWrites = 0;
            Assert.AreEqual(StoreResult.Ok, rig.Store.Admit(-1));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(900, 4)));
            rig.AssertHolds(0, "before", 600, 900);
            rig.Boot().AssertHolds(0, "after", 600, 900);
        }

        [TestMethod]
        public void Removal_Fails_NothingIsRemoved() // [87] [88]
        {
            StoreHarness rig = OneStored();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(700, 2)));
            MaildropView view = rig.Views[0];
            Assert.IsTrue(rig.Store.OpenView(view, 0));
            view.Mark(1);
            view.Mark(2);
            rig.Card.LyingWrites = 1;
            Assert.AreEqual(StoreResult.Ok, rig.Store.Remove(view));
            Assert.AreEqual(StoreResult.Failed, rig.Outcome(view));
            view.Close();
            rig.AssertHolds(0, "before", 600, 700);
            rig.Boot().AssertHolds(0, "after", 600, 700);
        }

        [TestMethod]
        public void Commit_FailureBesideOthers_NothingBehindItSucceeds()
        {
            StoreHarness rig = new StoreHarness().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Put(0, StoreHarness.Mail(600, 1), 1));
            rig.Card.LyingWrites = 1;
            Assert.AreEqual(StoreResult.Ok, rig.Put(1, StoreHarness.Mail(700, 2), 1));
            Assert.AreEqual(StoreResult.Ok, rig.Put(2, StoreHarness.Mail(800, 3), 1));
            rig.Outcome(rig.Writer(2));
            Assert.AreEqual(StoreResult.Ok, rig.Writer(0).Outcome);
            Assert.AreEqual(StoreResult.Failed, rig.Writer(1).Outcome);
            Assert.AreEqual(StoreResult.Failed, rig.Writer(2).Outcome);
            rig.Boot().AssertHolds(0, "", 600);
            Assert.AreEqual(0, rig.Opening.LostCount);
        }

        [TestMethod]
        public void Flush_FragmentLostInMidMail_FailsThatMailOnly()
        {
            StoreHarness rig = new StoreHarness().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store.Begin(rig.Writer(1), 0));
            rig.Card.LyingWrites = 1;
            Assert.AreEqual(StoreResult.Ok, rig.Write(1, StoreHarness.Mail(3000, 5)));
            Assert.AreEqual(StoreResult.Failed, rig.Store1(StoreHarness.Mail(600, 1)));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(700, 2)));
            Assert.AreEqual(StoreResult.Failed, rig.Write(1, StoreHarness.Mail(3000, 6)));
            rig.Store.Abort(rig.Writer(1));
            rig.Boot().AssertHolds(0, "", 700);
        }

        [TestMethod]
        public void Recovery_VerifiedRecordUnreadable_CostsThatMailOnly()
        {
            for (int damaged = 0; damaged < 3; damaged++)
            {
                string where = "mail " + damaged.ToString();
                StoreHarness rig = new StoreHarness().Boot();
                int block = 0;
                for (int mail = 0; mail < 3; mail++)
                {
                    block = mail == damaged ? rig.Store.Ring.HeadBlock : block;
                    Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600 + mail, mail)));
                }

                // The header itself: the chain breaks here, and goes on behind it.
                rig.Card.Damage(block, 30, 0x10);
                rig.Boot().AssertHolds(0, where, damaged == 0 ? 601 : 600, damaged == 2 ? 601 : 602);
                Assert.AreEqual(damaged == 2 ? 0 : 1, rig.Opening.LostCount, where);
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(999, 9)));
                Assert.AreEqual(3, rig.Boot().Fetch(0).Length, where);
            }
        }

        [TestMethod]
        public void Read_PayloadRots_IsDamagedAndTheOthersAreNot()
        {
            StoreHarness rig = new StoreHarness().Boot();
            for (int mail = 0; mail < 3; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600 + mail, mail)));
            }

            rig.Card.Damage(rig.Store.Index.FirstBlockAt(1), 400, 1);
            rig.Boot();
            Assert.IsTrue(rig.Store.OpenView(rig.Views[0], 0));
            Assert.AreEqual(3, rig.Views[0].MessageCount);
            Assert.AreEqual(600, rig.Read(rig.Views[0], 1).Length);
            Assert.AreEqual(602, rig.Read(rig.Views[0], 3).Length);
            Assert.AreEqual(StoreResult.Ok, rig.Reader.Open(rig.Views[0], 2));
            Assert.AreEqual(MessageReader.Damaged, rig.Reader.Next());
        }

        [TestMethod]
        public void Recovery_MailWithForgedRecords_GainsNothing()
        {
            StoreHarness rig = new StoreHarness().Boot();
            StoreHarness other = new StoreHarness(StoreHarness.RingBlocks, 2048, 64, 99).Boot();
            Assert.AreEqual(StoreResult.Ok, other.Store1(StoreHarness.Mail(600, 1)));
            byte[] forged = new byte[512 * 20];
            Assert.IsTrue(other.Card.Read(1, forged, 0, 20));
            byte[] end = StoreHarness.Mail(5);

            // Every alignment of another ring's blocks to ours; the mail that carries them is cut off by power, and the one
            // before it is unreadable, so that recovery searches right through them.
            for (int shift = 0; shift < 512; shift += 64)
            {
                byte[] mail = new byte[shift + forged.Length + end.Length];
                for (int at = 0; at < shift; at++)
                {
                    mail[at] = (byte)'a';
                }

                forged.CopyTo(mail, shift);
                end.CopyTo(mail, shift + forged.Length);
                Assert.AreEqual(StoreResult.Ok, rig.Store1(mail, 2));
            }

            int count = rig.Fetch(1).Length;
            rig.Card.Damage(rig.Store.Index.FirstBlockAt(2), 24, 0x40);
            rig.Boot();
            Assert.AreEqual(1, rig.Opening.LostCount);
            Assert.IsTrue(rig.Store.OpenView(rig.Views[0], 1));
            Assert.AreEqual(count, rig.Views[0].MessageCount);
            for (int number = 1; number <= count; number++)
            {
                if (number != 3)
                {
                    rig.Read(rig.Views[0], number);
                }
            }

            Assert.AreEqual(StoreResult.Ok, rig.Reader.Open(rig.Views[0], 3));
            Assert.AreEqual(MessageReader.Damaged, rig.Reader.Next());
            rig.Views[0].Close();
            Assert.AreEqual(0, rig.Fetch(0).Length);
        }

        [TestMethod]
        public void PowerCut_AnySubsetOfUnsyncedBlocks_UnansweredMailIsWholeOrNotThere() // [18] [32]
        {
            byte[] answered = StoreHarness.Mail(900, 1);
            byte[] small = StoreHarness.Mail(700, 2);
            byte[] large = StoreHarness.Mail(5000, 3);
            int sawLarge = 0;
            for (int seed = 0; seed < 300; seed++)
            {
                string where = "seed " + seed.ToString();
                Lots lots = new Lots(seed);
                StoreHarness rig = new StoreHarness(256, 2048, 64, seed).Boot();
                Assert.AreEqual(StoreResult.Ok, rig.Store1(answered));
                Assert.AreEqual(StoreResult.Ok, rig.Put(0, small, 1));
                Assert.AreEqual(StoreResult.Ok, rig.Put(1, large, 1));
                bool[] kept = new bool[rig.Card.UnsyncedCount];
                for (int at = 0; at < kept.Length; at++)
                {
                    kept[at] = lots.Next(3) != 0;
                }

                rig.Card.PowerCut(kept);
                FetchedMail[] mails = rig.Boot().Fetch(0);
                Assert.IsTrue(mails.Length >= 1 && mails.Length <= 3, where);
                StoreHarness.AssertSame(answered, mails[0].Octets, where);
                for (int at = 1; at < mails.Length; at++)
                {
                    bool isLarge = mails[at].Octets.Length == large.Length;
                    StoreHarness.AssertSame(isLarge ? large : small, mails[at].Octets, where);
                    sawLarge += isLarge ? 1 : 0;
                }

                Assert.AreEqual(0, rig.Opening.LostCount, where);
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(999, 9)));
                Assert.AreEqual(mails.Length + 1, rig.Boot().Fetch(0).Length, where);
            }

            Assert.IsTrue(sawLarge > 0 && sawLarge < 300, "the cuts never differed");
        }

        private static StoreHarness OneStored()
        {
            StoreHarness rig = new StoreHarness().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600, 1)));
            return rig;
        }

        // What failed is never there, neither now nor at any boot; what comes before and behind it is.
        private static void Check(StoreHarness rig)
        {
            Assert.AreEqual(StoreResult.Failed, rig.Store1(StoreHarness.Mail(700, 2)));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(800, 3)));
            rig.AssertHolds(0, "now", 600, 800);
            rig.Card.PowerCut();
            rig.Boot().AssertHolds(0, "boot", 600, 800);
            Assert.AreEqual(0, rig.Opening.LostCount);
            rig.Boot().AssertHolds(0, "next boot", 600, 800);
        }
    }
}

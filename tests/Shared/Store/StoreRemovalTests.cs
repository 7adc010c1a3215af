#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using System.Collections;
using MailAppliance.Store;

namespace MailAppliance.Tests
{
    /// <summary>UPDATE is all or nothing, and no unique-id is handed out twice.</summary>
    [TestClass]
    public class StoreRemovalTests
    {
        // 120 ranges of 8 octets are marked: the record has more blocks than one.
        private const int Mails = 240;

        [TestMethod]
        public void PowerCut_AnySubsetOfARemovalsBlocks_RemovesAllOrNothing() // [87]
        {
            int kept = 0;
            for (int seed = 0; seed < 60; seed++)
            {
                string where = "seed " + seed.ToString();
                Lots lots = new Lots(seed);
                StoreHarness rig = MakeFull(seed);
                string[] before = UniqueIds(rig);
                Mark(rig.Views[0], rig);
                Assert.AreEqual(StoreResult.Ok, rig.Store.Remove(rig.Views[0]));

                // Any of its blocks may be what the card kept.
                Assert.IsTrue(rig.Card.UnsyncedCount > 1, "the removal is too small to be torn");
                bool[] stays = new bool[rig.Card.UnsyncedCount];
                for (int at = 0; at < stays.Length; at++)
                {
                    stays[at] = seed % 4 == 0 || lots.Next(2) == 0;
                }

                rig.Card.PowerCut(stays);
                string[] after = UniqueIds(rig.Boot());
                bool all = after.Length == Mails / 2;
                Assert.IsTrue(all || after.Length == Mails, where);
                for (int at = 0; at < after.Length; at++)
                {
                    Assert.AreEqual(before[all ? (2 * at) + 1 : at], after[at], where);
                }

                kept += all ? 0 : 1;

                // What it came to stays so.
                string[] later = UniqueIds(rig.Boot());
                Assert.AreEqual(after.Length, later.Length, where);
                for (int at = 0; at < after.Length; at++)
                {
                    Assert.AreEqual(after[at], later[at], where);
                }
            }

            Assert.IsTrue(kept > 0 && kept < 60, "no cut ever tore a removal, or every one");
        }

        [TestMethod]
        public void PowerCut_AfterTheOutcome_EverythingIsRemoved() // [87] [88]
        {
            StoreHarness rig = MakeFull(1);
            Mark(rig.Views[0], rig);
            Assert.AreEqual(StoreResult.Ok, rig.Store.Remove(rig.Views[0]));
            Assert.AreEqual(StoreResult.Ok, rig.Outcome(rig.Views[0]));
            Assert.AreEqual(0, rig.Card.UnsyncedCount);
            rig.Card.PowerCut();
            Assert.AreEqual(Mails / 2, rig.Boot().Fetch(0).Length);
        }

        [TestMethod]
        public void UniqueIds_OfManyBootsAndRings_ArePrintableShortAndDifferent() // [89]
        {
            Hashtable seen = new Hashtable();
            for (int ring = 1; ring <= 5; ring++)
            {
                // Another ring is what a reformatted card holds; the same number is given out first on each.
                StoreHarness rig = new StoreHarness(StoreHarness.RingBlocks, 2048, 64, ring);
                for (int boot = 0; boot < 5; boot++)
                {
                    rig.Boot();
                    Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600, boot)));
                    Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(700, boot)));
                    string[] ids = UniqueIds(rig);
                    Assert.AreEqual(2, ids.Length);
                    for (int at = 0; at < ids.Length; at++)
                    {
                        AssertPrintableAndShort(ids[at]);
                        Assert.IsFalse(seen.Contains(ids[at]), ids[at] + " was there before");
                        seen.Add(ids[at], ids[at]);
                    }

                    // The newest ids are free again, and a boot follows: nobody gets them a second time.
                    rig.Remove(0, 1, 2);
                    rig.Card.PowerCut();
                }
            }
        }

        private static void AssertPrintableAndShort(string id)
        {
            Assert.IsTrue(id.Length >= 1 && id.Length <= 70, id);
            for (int at = 0; at < id.Length; at++)
            {
                Assert.IsTrue(id[at] >= '!' && id[at] <= '~', id);
            }
        }

        private static StoreHarness MakeFull(int seed)
        {
            StoreHarness rig = new StoreHarness(1024, 2048, Mails + 4, seed).Boot();
            for (int mail = 0; mail < Mails; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(200, mail)));
            }

            return rig;
        }

        private static void Mark(MaildropView view, StoreHarness rig)
        {
            Assert.IsTrue(rig.Store.OpenView(view, 0));
            for (int number = 1; number <= Mails; number += 2)
            {
                view.Mark(number);
            }
        }

        private static string[] UniqueIds(StoreHarness rig)
        {
            FetchedMail[] mails = rig.Fetch(0);
            string[] ids = new string[mails.Length];
            for (int at = 0; at < ids.Length; at++)
            {
                ids[at] = mails[at].UniqueId;
            }

            return ids;
        }
    }
}

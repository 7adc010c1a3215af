using System;
using System.Collections.Generic;
using System.Linq;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>UPDATE is all or nothing, and no unique-id is handed out twice.</summary>
    [TestClass]
    public class StoreRemovalTests
    {
        private const int Mails = 240;

        [TestMethod]
        public void PowerCut_AnySubsetOfARemovalsBlocks_RemovesAllOrNothing() // [87]
        {
            int kept = 0;
            for (int seed = 0; seed < 60; seed++)
            {
                var random = new Random(seed);
                StoreRig rig = MakeFull(seed);
                string[] before = [.. rig.Fetch(0).Keys.Select(key => key[6..])];
                Mark(rig.Views[0], rig);
                Assert.AreEqual(StoreResult.Ok, rig.Store.Remove(rig.Views[0]));

                // 120 ranges of 8 octets: the record has more blocks than one, and any of them may be what the card kept.
                Assert.IsGreaterThan(1, rig.Card.UnsyncedCount, "the removal is too small to be torn");
                bool whole = seed % 4 == 0;
                rig.Card.PowerCut(_ => whole || random.Next(2) == 0);
                string[] after = [.. rig.Boot().Fetch(0).Keys.Select(key => key[6..])];
                string[] unmarked = [.. before.Where((_, index) => index % 2 != 0)];
                bool all = after.SequenceEqual(unmarked);
                Assert.IsTrue(all || after.SequenceEqual(before), $"seed {seed}: {after.Length} of {before.Length} are left");
                kept += all ? 0 : 1;

                // What it came to stays so.
                CollectionAssert.AreEqual(after, rig.Boot().Fetch(0).Keys.Select(key => key[6..]).ToArray(), $"seed {seed}");
            }

            Assert.IsGreaterThan(0, kept, "no cut ever tore a removal");
        }

        [TestMethod]
        public void PowerCut_AfterTheOutcome_EverythingIsRemoved() // [87] [88]
        {
            StoreRig rig = MakeFull(1);
            Mark(rig.Views[0], rig);
            Assert.AreEqual(StoreResult.Ok, rig.Store.Remove(rig.Views[0]));
            Assert.AreEqual(StoreResult.Ok, rig.Outcome(rig.Views[0]));
            Assert.AreEqual(0, rig.Card.UnsyncedCount);
            rig.Card.PowerCut();
            Assert.HasCount(Mails / 2, rig.Boot().Fetch(0));
        }

        [TestMethod]
        public void UniqueIds_OfManyBootsAndRings_ArePrintableShortAndDifferent() // [89]
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (int ring = 1; ring <= 5; ring++)
            {
                // Another ring is what a reformatted card holds; the same number is given out first on each.
                StoreRig rig = new StoreRig(seed: ring);
                for (int boot = 0; boot < 5; boot++)
                {
                    rig.Boot();
                    Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600, boot)));
                    Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(700, boot)));
                    string[] ids = [.. rig.Fetch(0).Keys.Select(key => key[6..])];
                    Assert.HasCount(2, ids);
                    foreach (string id in ids)
                    {
                        Assert.IsTrue(id.Length is >= 1 and <= 70 && id.All(octet => octet is >= '!' and <= '~'), id);
                        Assert.IsTrue(seen.Add(id), $"{id} was there before (ring {ring}, boot {boot})");
                    }

                    // The newest ids are free again, and a boot follows: nobody gets them a second time.
                    StoreTests.Remove(rig, 0, 1, 2);
                    rig.Card.PowerCut();
                }
            }
        }

        private static StoreRig MakeFull(int seed)
        {
            StoreRig rig = new StoreRig(ringBlocks: 2048, messagesMax: Mails + 4, seed: seed).Boot();
            for (int mail = 0; mail < Mails; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(200, mail)));
            }

            return rig;
        }

        private static void Mark(MaildropView view, StoreRig rig)
        {
            Assert.IsTrue(rig.Store.OpenView(view, 0));
            for (int number = 1; number <= Mails; number += 2)
            {
                view.Mark(number);
            }
        }
    }
}

using System;
using System.Linq;
using MailAppliance.Core;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>What the card does wrong, and what is told and kept then.</summary>
    [TestClass]
    public class StoreFailureTests
    {
        [TestMethod]
        public void Commit_WriteRefused_FailsAndNeverComesBack() // [33]
        {
            Check(rig => rig.Card.FailingWrites = 1);
        }

        [TestMethod]
        public void Commit_WriteThatLies_FailsAndNeverComesBack() // [33]
        {
            Check(rig => rig.Card.LyingWrites = 1);
        }

        [TestMethod]
        public void Commit_SyncRefused_FailsAndNeverComesBack() // [33]
        {
            Check(rig => rig.Card.FailingSyncs = 1);
        }

        [TestMethod]
        public void Commit_CardRefusesEverything_IsUnknownUntilItIsBack()
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600, 1)));
            rig.Card.FailingWrites = int.MaxValue;
            Assert.AreEqual(StoreResult.Unknown, rig.Store1(StoreRig.Mail(700, 2)));
            Assert.IsTrue(rig.Store.Commits.IsFaulted);
            Assert.AreEqual(StoreResult.Failed, rig.Store.Admit(-1));
            Assert.AreEqual(StoreResult.Failed, rig.Store1(StoreRig.Mail(800, 3)));
            rig.Card.FailingWrites = 0;
            Assert.AreEqual(StoreResult.Ok, rig.Store.Admit(-1));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(900, 4)));
            int[] expected = [600, 900];
            CollectionAssert.AreEqual(expected, rig.Fetch(0).Values.Select(mail => mail.Length).ToArray());
            CollectionAssert.AreEqual(expected, rig.Boot().Fetch(0).Values.Select(mail => mail.Length).ToArray());
        }

        [TestMethod]
        public void Removal_Fails_NothingIsRemoved() // [87] [88]
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600, 1)));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(700, 2)));
            MaildropView view = rig.Views[0];
            Assert.IsTrue(rig.Store.OpenView(view, 0));
            view.Mark(1);
            view.Mark(2);
            rig.Card.LyingWrites = 1;
            Assert.AreEqual(StoreResult.Ok, rig.Store.Remove(view));
            Assert.AreEqual(StoreResult.Failed, rig.Outcome(view));
            view.Close();
            Assert.HasCount(2, rig.Fetch(0));
            Assert.HasCount(2, rig.Boot().Fetch(0));
        }

        [TestMethod]
        public void Commit_FailureBesideOthers_NothingBehindItSucceeds()
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Put(0, StoreRig.Mail(600, 1), 1));
            rig.Card.LyingWrites = 1;
            Assert.AreEqual(StoreResult.Ok, rig.Put(1, StoreRig.Mail(700, 2), 1));
            Assert.AreEqual(StoreResult.Ok, rig.Put(2, StoreRig.Mail(800, 3), 1));
            rig.Outcome(rig.Writer(2));
            Assert.AreEqual(StoreResult.Ok, rig.Writer(0).Outcome);
            Assert.AreEqual(StoreResult.Failed, rig.Writer(1).Outcome);
            Assert.AreEqual(StoreResult.Failed, rig.Writer(2).Outcome);
            rig.Boot();
            Assert.AreEqual(600, rig.Fetch(0).Values.Single().Length);
            Assert.AreEqual(0, rig.Opening.LostCount);
        }

        [TestMethod]
        public void Flush_FragmentLostInMidMail_FailsThatMailOnly()
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store.Begin(rig.Writer(1), 0));
            rig.Card.LyingWrites = 1;
            Assert.AreEqual(StoreResult.Ok, rig.Write(1, StoreRig.Mail(3_000, 5)));
            Assert.AreEqual(StoreResult.Failed, rig.Store1(StoreRig.Mail(600, 1)));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(700, 2)));
            Assert.AreEqual(StoreResult.Failed, rig.Write(1, StoreRig.Mail(3_000, 6)));
            rig.Store.Abort(rig.Writer(1));
            Assert.AreEqual(700, rig.Boot().Fetch(0).Values.Single().Length);
        }

        [TestMethod]
        public void Recovery_VerifiedRecordUnreadable_CostsThatMailOnly()
        {
            for (int damaged = 0; damaged < 3; damaged++)
            {
                StoreRig rig = new StoreRig().Boot();
                int[] firstBlocks = new int[3];
                for (int mail = 0; mail < 3; mail++)
                {
                    firstBlocks[mail] = rig.Store.Ring.HeadBlock;
                    Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600 + mail, mail)));
                }

                // The header itself: the chain breaks here, and goes on behind it.
                rig.Card.Damage((firstBlocks[damaged] * 512L) + 30, 0x10);
                rig.Boot();
                int[] left = [.. rig.Fetch(0).Values.Select(mail => mail.Length - 600)];
                bool isLast = damaged == 2;
                CollectionAssert.AreEqual(Enumerable.Range(0, 3).Where(mail => mail != damaged).ToArray(), left);
                Assert.AreEqual(isLast ? 0 : 1, rig.Opening.LostCount);
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(999, 9)));
                Assert.HasCount(3, rig.Boot().Fetch(0));
            }
        }

        [TestMethod]
        public void Read_PayloadRots_IsDamagedAndTheOthersAreNot()
        {
            StoreRig rig = new StoreRig().Boot();
            for (int mail = 0; mail < 3; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600 + mail, mail)));
            }

            int block = rig.Store.Index.FirstBlockAt(1);
            rig.Card.Damage((block * 512L) + 400, 1);
            rig.Boot();
            Assert.IsTrue(rig.Store.OpenView(rig.Views[0], 0));
            Assert.AreEqual(3, rig.Views[0].MessageCount);
            Assert.HasCount(600, rig.Read(rig.Views[0], 1));
            Assert.HasCount(602, rig.Read(rig.Views[0], 3));
            Assert.AreEqual(StoreResult.Ok, rig.Reader.Open(rig.Views[0], 2));
            Assert.AreEqual(MessageReader.Damaged, rig.Reader.Next());
        }

        [TestMethod]
        [DataRow(512)]
        [DataRow(1024)]
        [DataRow(4096)]
        public void Read_SmallBuffer_GivesTheSameAndFindsDamageAnywhere(int readOctets)
        {
            // Several fragments, a front with a gap longer than the smallest buffer, a size on either side of what is verified first.
            foreach (int octets in new[] { 3_000, 9_000, 100_000, Limits.VerifiedOctetsMax + 50_000 })
            {
                var rig = new StoreRig(8_000);
                rig.Settings.ReadOctets = readOctets;
                rig.Boot();
                byte[] mail = StoreRig.Mail(octets, octets);
                Assert.AreEqual(StoreResult.Ok, rig.Store.Begin(rig.Writer(0), 1_500));
                Assert.AreEqual(StoreResult.Ok, rig.Write(0, mail));
                Assert.AreEqual(StoreResult.Ok, rig.Finish(0, 1));
                Assert.AreEqual(StoreResult.Ok, rig.Outcome(rig.Writer(0)));
                Assert.IsTrue(rig.Store.OpenView(rig.Views[0], 0));
                CollectionAssert.AreEqual(mail, rig.Read(rig.Views[0], 1));

                // Its last octets are never handed out where any of it is damaged, and nothing is where it is verified first. What
                // lies in a gap or behind a payload is no part of it.
                int found = 0;
                int first = rig.Store.Index.FirstBlockAt(0);
                int blocks = rig.Store.Index.BlocksAt(0);
                for (int damaged = 0; damaged < blocks; damaged += Math.Max(1, blocks / 37))
                {
                    rig.Card.Damage(((first + damaged) * 512L) + 500, 1);
                    byte[] read = rig.ReadUntilDamage(rig.Views[0], 1, out bool isDamaged);
                    found += isDamaged ? 1 : 0;
                    bool isTold = isDamaged ? read.Length == 0 || (octets > Limits.VerifiedOctetsMax && read.Length < mail.Length) : mail.AsSpan().SequenceEqual(read);
                    Assert.IsTrue(isTold, $"{octets} octets, block {damaged}: {read.Length} handed out, damage {isDamaged}");
                    rig.Card.Damage(((first + damaged) * 512L) + 500, 1);
                }

                Assert.IsGreaterThan(0, found);
                CollectionAssert.AreEqual(mail, rig.Read(rig.Views[0], 1));
            }
        }

        [TestMethod]
        public void Recovery_MailWithForgedRecords_GainsNothing()
        {
            StoreRig rig = new StoreRig().Boot();
            var other = new StoreRig(seed: 99);
            other.Boot();
            Assert.AreEqual(StoreResult.Ok, other.Store1(StoreRig.Mail(600, 1)));
            byte[] forged = new byte[512 * 20];
            Assert.IsTrue(other.Card.Read(1, forged, 0, 20));

            // Every alignment of another ring's blocks to ours; the mail that carries them is cut off by power, and the one
            // before it is unreadable, so that recovery searches right through them.
            for (int shift = 0; shift < 512; shift += 64)
            {
                byte[] mail = [.. new byte[shift].Select(_ => (byte)'a'), .. forged, .. "\r\n.\r\n"u8];
                Assert.AreEqual(StoreResult.Ok, rig.Store1(mail, 2));
            }

            int count = rig.Fetch(1).Count;
            rig.Card.Damage((rig.Store.Index.FirstBlockAt(2) * 512L) + 24, 0x40);
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
            Assert.IsEmpty(rig.Fetch(0));
        }

        [TestMethod]
        public void PowerCut_AnySubsetOfUnsyncedBlocks_UnansweredMailIsWholeOrNotThere() // [18] [32]
        {
            for (int seed = 0; seed < 300; seed++)
            {
                var random = new Random(seed);
                StoreRig rig = new StoreRig(seed: seed).Boot();
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(900, 1)));
                Assert.AreEqual(StoreResult.Ok, rig.Put(0, StoreRig.Mail(700, 2), 1));
                Assert.AreEqual(StoreResult.Ok, rig.Put(1, StoreRig.Mail(5_000, 3), 1));
                rig.Card.PowerCut(_ => random.Next(3) != 0);
                rig.Boot();
                foreach (byte[] mail in rig.Fetch(0).Values)
                {
                    int which = mail.Length == 900 ? 1 : mail.Length == 700 ? 2 : 3;
                    CollectionAssert.AreEqual(StoreRig.Mail(mail.Length, which), mail, $"seed {seed}");
                }

                Assert.IsTrue(rig.Fetch(0).Values.Any(mail => mail.Length == 900), $"seed {seed}");
                Assert.AreEqual(0, rig.Opening.LostCount, $"seed {seed}");
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(999, 9)));
                int before = rig.Fetch(0).Count;
                Assert.HasCount(before, rig.Boot().Fetch(0));
            }
        }

        private static void Check(Action<StoreRig> fault)
        {
            StoreRig rig = new StoreRig().Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600, 1)));
            fault(rig);
            Assert.AreEqual(StoreResult.Failed, rig.Store1(StoreRig.Mail(700, 2)));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(800, 3)));
            int[] expected = [600, 800];
            CollectionAssert.AreEqual(expected, rig.Fetch(0).Values.Select(mail => mail.Length).ToArray());
            rig.Card.PowerCut();
            CollectionAssert.AreEqual(expected, rig.Boot().Fetch(0).Values.Select(mail => mail.Length).ToArray());
            Assert.AreEqual(0, rig.Opening.LostCount);
            CollectionAssert.AreEqual(expected, rig.Boot().Fetch(0).Values.Select(mail => mail.Length).ToArray());
        }
    }
}

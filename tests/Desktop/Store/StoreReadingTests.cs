using System;
using MailAppliance.Core;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>What is handed out of a message, by buffers of several sizes, where any of its blocks is damaged: more octets than the device has room for.</summary>
    [TestClass]
    public class StoreReadingTests
    {
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
    }
}

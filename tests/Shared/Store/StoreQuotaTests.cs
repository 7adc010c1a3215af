#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using MailAppliance.Store;

namespace MailAppliance.Tests
{
    /// <summary>A maildrop's own bounds, asked at RCPT; what counts is what is in it, however it came and went.</summary>
    [TestClass]
    public class StoreQuotaTests
    {
        [TestMethod]
        public void Messages_AtTheQuota_IsFullUntilOneIsRemoved()
        {
            StoreHarness rig = Rig(3, 0);
            MaildropQuotas quotas = rig.Store.Quotas;
            for (int mail = 0; mail < 3; mail++)
            {
                Assert.IsFalse(quotas.IsFull(0, 1000000), "mail " + mail.ToString());
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600, mail), 3));
            }

            Assert.IsTrue(quotas.IsFull(0, -1));
            Assert.IsFalse(quotas.IsFull(1, -1));

            // What was accepted before is delivered all the same.
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(600, 9), 1));
            rig.RemoveFrom(0, 4);
            Assert.IsTrue(quotas.IsFull(0, -1));
            rig.RemoveFrom(0, 3);
            Assert.IsFalse(quotas.IsFull(0, -1));
            rig.RemoveFrom(1, 1);
            Assert.AreEqual(2, rig.Store.Index.MessagesOf(rig.Store.BitOf(0)));
            rig.Boot();
            Assert.AreEqual(2, rig.Store.Index.MessagesOf(rig.Store.BitOf(0)));
            Assert.IsFalse(rig.Store.Quotas.IsFull(0, -1));
        }

        [TestMethod]
        public void Octets_WithWhatIsDeclared_AreCountedAsPop3Does()
        {
            StoreHarness rig = Rig(0, 2000);
            Assert.IsFalse(rig.Store.Quotas.IsFull(0, 2000));
            Assert.IsTrue(rig.Store.Quotas.IsFull(0, 2001));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(1503)));
            Assert.IsFalse(rig.Store.Quotas.IsFull(0, -1));
            Assert.IsFalse(rig.Store.Quotas.IsFull(0, 500));
            Assert.IsTrue(rig.Store.Quotas.IsFull(0, 501));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(503, 2)));
            Assert.IsTrue(rig.Store.Quotas.IsFull(0, -1));
            Assert.IsTrue(rig.Store.Quotas.IsFull(0, 0));
        }

        [TestMethod]
        public void Counts_BehindRelocationLossDropAndReboot_AreWhatIsThere()
        {
            StoreHarness rig = Rig(0, 0);
            rig.Settings.DropOldest = true;
            rig.Boot();
            for (int mail = 0; mail < 4; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(900 + mail, mail), 1 + (mail % 3)));
            }

            rig.Card.Damage(rig.Store.Index.FirstBlockAt(2), 300, 1);
            for (int mail = 0; mail < 400; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreHarness.Mail(2500, mail), 2), "mail " + mail.ToString());
                if (mail < 300)
                {
                    rig.RemoveFrom(1, 1);
                }
            }

            Assert.AreEqual(1, rig.Store.LostCount);
            Assert.IsTrue(rig.Store.RelocatedCount > 0);
            Assert.IsTrue(rig.Store.Disposal.DroppedCount > 0);
            CheckCounts(rig);
            CheckCounts(rig.Boot());
        }

        private static StoreHarness Rig(int messages, long octets)
        {
            StoreHarness rig = new StoreHarness();
            rig.Settings.QuotaMessages = new int[] { messages, 0 };
            rig.Settings.QuotaOctets = new long[] { octets, 0 };
            return rig.Boot();
        }

        private static void CheckCounts(StoreHarness rig)
        {
            for (int maildrop = 0; maildrop < 2; maildrop++)
            {
                FetchedMail[] mails = rig.Fetch(maildrop);
                long octets = 0;
                for (int at = 0; at < mails.Length; at++)
                {
                    octets += mails[at].Octets.Length - 3;
                }

                int bit = rig.Store.BitOf(maildrop);
                Assert.AreEqual(mails.Length, rig.Store.Index.MessagesOf(bit));
                Assert.IsTrue(octets == rig.Store.Index.OctetsIn(bit));
            }
        }
    }
}

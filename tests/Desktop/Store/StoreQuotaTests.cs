using System.Linq;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>A maildrop's own bounds, asked at RCPT; what counts is what is in it, however it came and went.</summary>
    [TestClass]
    public class StoreQuotaTests
    {
        private static StoreRig Rig(int messages, long octets)
        {
            var rig = new StoreRig(512);
            rig.Settings.QuotaMessages = [messages, 0];
            rig.Settings.QuotaOctets = [octets, 0];
            return rig.Boot();
        }

        [TestMethod]
        public void Messages_AtTheQuota_IsFullUntilOneIsRemoved()
        {
            StoreRig rig = Rig(3, 0);
            MaildropQuotas quotas = rig.Store.Quotas;
            for (int mail = 0; mail < 3; mail++)
            {
                Assert.IsFalse(quotas.IsFull(0, 1_000_000), $"mail {mail}");
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600, mail), 3));
            }

            Assert.IsTrue(quotas.IsFull(0, -1));
            Assert.IsFalse(quotas.IsFull(1, -1));

            // What was accepted before is delivered all the same.
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(600, 9), 1));
            rig.RemoveAll(0, 4);
            Assert.IsTrue(quotas.IsFull(0, -1));
            rig.RemoveAll(0, 3);
            Assert.IsFalse(quotas.IsFull(0, -1));
            rig.RemoveAll(1);
            Assert.AreEqual(2, rig.Store.Index.MessagesOf(rig.Store.BitOf(0)));
            rig.Boot();
            Assert.AreEqual(2, rig.Store.Index.MessagesOf(rig.Store.BitOf(0)));
            Assert.IsFalse(rig.Store.Quotas.IsFull(0, -1));
        }

        [TestMethod]
        public void Octets_WithWhatIsDeclared_AreCountedAsPop3Does()
        {
            StoreRig rig = Rig(0, 2_000);
            Assert.IsFalse(rig.Store.Quotas.IsFull(0, 2_000));
            Assert.IsTrue(rig.Store.Quotas.IsFull(0, 2_001));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(1_503)));
            Assert.IsFalse(rig.Store.Quotas.IsFull(0, -1));
            Assert.IsFalse(rig.Store.Quotas.IsFull(0, 500));
            Assert.IsTrue(rig.Store.Quotas.IsFull(0, 501));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(503, 2)));
            Assert.IsTrue(rig.Store.Quotas.IsFull(0, -1));
            Assert.IsTrue(rig.Store.Quotas.IsFull(0, 0));
        }

        [TestMethod]
        public void Counts_BehindRelocationLossDropAndReboot_AreWhatIsThere()
        {
            StoreRig rig = Rig(0, 0);
            rig.Settings.DropOldest = true;
            rig.Boot();
            for (int mail = 0; mail < 4; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(900 + mail, mail), 1 + (mail % 3)));
            }

            rig.Card.Damage((rig.Store.Index.FirstBlockAt(2) * 512L) + 300, 1);
            for (int mail = 0; mail < 400; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(2_500, mail), 2));
                if (mail < 300)
                {
                    rig.RemoveAll(1);
                }
            }

            Assert.AreEqual(1, rig.Store.LostCount);
            Assert.IsGreaterThan(0, rig.Store.RelocatedCount);
            Assert.IsGreaterThan(0, rig.Store.Disposal.DroppedCount);
            CheckCounts(rig);
            CheckCounts(rig.Boot());
        }

        private static void CheckCounts(StoreRig rig)
        {
            for (int maildrop = 0; maildrop < 2; maildrop++)
            {
                byte[][] mails = [.. rig.Fetch(maildrop).Values];
                int bit = rig.Store.BitOf(maildrop);
                Assert.AreEqual(mails.Length, rig.Store.Index.MessagesOf(bit));
                Assert.AreEqual(mails.Sum(mail => mail.Length - 3L), rig.Store.Index.OctetsIn(bit));
            }
        }
    }
}

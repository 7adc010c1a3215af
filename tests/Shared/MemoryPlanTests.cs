#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Tests
{
    /// <summary>The memory plan against its bound.</summary>
    [TestClass]
    public class MemoryPlanTests
    {
        private const int SmallOctetsMax = 64 * 1024;

        private static ApplianceSettings Read(string lines, int maildrops)
        {
            string text = "[appliance]\n" + lines + "\n";
            for (int maildrop = 0; maildrop < maildrops; maildrop++)
            {
                text += "[maildrop user" + maildrop.ToString() + "]\npassword = a-long-password\n";
            }

            byte[] octets = Octets.Of(text);
            ConfigurationReader reader = new ConfigurationReader();
            ApplianceSettings settings = reader.Read(octets, 0, octets.Length);
            Assert.AreEqual("", reader.Error == null ? "" : reader.Error.ToString());
            return settings;
        }

        [TestMethod]
        public void SmallProfile_WithEveryMaildrop_FitsItsBound()
        {
            ApplianceSettings settings = Read("", 8);
            MemoryPlan plan = new MemoryPlan(settings);
            Assert.IsTrue(plan.TotalOctets <= SmallOctetsMax);
            Assert.IsNull(StartText.Refusal(plan, settings));
        }

        [TestMethod]
        public void SmallProfile_WithEveryPolicyAndFewerMessages_FitsItsBound()
        {
            ApplianceSettings settings = Read("when-full = drop-oldest\nretention = 30d\nmessages = 460", 8);
            settings.QuotaMessages = new int[8];
            MemoryPlan plan = new MemoryPlan(settings);
            Assert.IsTrue(plan.TotalOctets > new MemoryPlan(Read("messages = 460", 8)).TotalOctets);
            Assert.IsTrue(plan.TotalOctets <= SmallOctetsMax);
        }

        [TestMethod]
        public void SmallProfile_RowsAddUpToTheTotal()
        {
            MemoryPlan plan = new MemoryPlan(Read("", 1));
            long sum = 0;
            for (int row = 0; row < plan.RowCount; row++)
            {
                Assert.IsTrue(plan.NameAt(row).Length > 0 && plan.CountAt(row) > 0);
                sum += plan.OctetsAt(row) * plan.CountAt(row);
            }

            Assert.IsTrue(sum == plan.TotalOctets);
        }

        [TestMethod]
        public void OneSlotMore_IsRefusedWithAWayOut()
        {
            ApplianceSettings settings = Read("smtp-slots = 4", 1);
            string refusal = StartText.Refusal(new MemoryPlan(settings), settings);
            Assert.IsTrue(refusal != null && refusal.IndexOf("lower smtp-slots") > 0 && refusal.IndexOf("65536") > 0);
            settings = Read("smtp-slots = 4\nmemory-max = 80K", 1);
            Assert.IsNull(StartText.Refusal(new MemoryPlan(settings), settings));
        }
    }
}

using System;
using System.Linq;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Whole
{
    /// <summary>Who comes from where he may not is told so at the door, and costs nobody anything.</summary>
    [TestClass]
    public class AccessTests
    {
        private const string Refusal = "554 5.7.1 mail.lan gives no access from your address\r\n";
        private const string Pop3Refusal = "-ERR [SYS/PERM] no access from your address\r\n";

        [TestMethod]
        public void NothingSaid_PrivateNetworksComeInAndOthersAreToldWhy()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            Assert.StartsWith("220 ", rig.From("10.1.2.3").TakeText());
            Assert.StartsWith("220 ", rig.From("IPv6:fe80::7").TakeText());
            Assert.StartsWith("+OK", rig.From("127.0.0.1", true).TakeText());
            MemoryClient stranger = rig.From("203.0.113.9");
            Assert.AreEqual(Refusal, stranger.TakeText());
            Assert.IsTrue(stranger.IsEndOfInput);
            stranger = rig.From("IPv6:2001:db8::1", true);
            Assert.AreEqual(Pop3Refusal, stranger.TakeText());
            Assert.IsTrue(stranger.IsEndOfInput);
            Assert.HasCount(1, rig.Log.Lines.Where(line => line.Contains("access: refused 203.0.113.9, which is in no network that may send", StringComparison.Ordinal)).ToList());
            Assert.HasCount(1, rig.Log.Lines.Where(line => line.Contains("access: refused IPv6:2001:db8::1, which is in no network that may fetch", StringComparison.Ordinal)).ToList());
        }

        [TestMethod]
        public void SendOnly_IsRefusedByPop3Alone()
        {
            ApplianceRig rig = new ApplianceRig(ApplianceRig.Configuration + "\n[access]\n0.0.0.0/0 refuse\n10.0.0.0/8 send\n192.168.2.7 send fetch\n").Start();
            Assert.StartsWith("220 ", rig.From("10.0.0.9").TakeText());
            Assert.AreEqual(Pop3Refusal, rig.From("10.0.0.9", true).TakeText());
            Assert.AreEqual(Refusal, rig.From("192.168.2.8").TakeText());
            Assert.StartsWith("250 2.0.0", rig.SendMail("Subject: x\r\n\r\nx"));
            Assert.Contains("+OK 1 ", rig.Say(rig.Login("alice"), "STAT\r\n"));
        }

        [TestMethod]
        public void FloodOfStrangers_TakesNoSlotNoSeatAndNoLog()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            int lines = rig.Log.Lines.Count;
            for (int round = 0; round < 300; round++)
            {
                for (int stranger = 0; stranger < 4; stranger++)
                {
                    Assert.StartsWith("554 ", rig.From("203.0.113." + stranger).TakeText());
                }

                if (round % 50 == 0)
                {
                    Assert.StartsWith("250 2.0.0", rig.SendMail("Subject: x\r\n\r\nx"));
                }
            }

            Assert.AreEqual(1200, rig.Appliance.SmtpGate.RefusedCount);
            Assert.AreEqual(0, rig.Appliance.SmtpGate.WaitingCount);
            Assert.IsLessThan(lines + 30, rig.Log.Lines.Count);
            rig.Advance(1_000);
            Assert.StartsWith("554 ", rig.From("203.0.113.99").TakeText());
            Assert.Contains("; and 1199 before", rig.Log.Lines[^1]);
        }
    }
}

using System;
using System.Linq;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Whole
{
    /// <summary>What real devices do that a transcript does not show well.</summary>
    [TestClass]
    public class DeviceTests
    {
        private const string TlsHello = "\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03\x99\x0A\x0D\x0A";

        [TestMethod]
        public void TlsBytes_OnAPlaintextPort_LeaveNoAnswerNoSlotAndNoGarbageInTheLog()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            for (int round = 0; round < 10; round++)
            {
                MemoryClient smtp = rig.Smtp();
                MemoryClient pop3 = rig.Pop3();
                rig.Run();
                Assert.StartsWith("220 ", smtp.TakeText());
                Assert.StartsWith("+OK ", pop3.TakeText());
                Assert.AreEqual(string.Empty, rig.Say(smtp, TlsHello)); // [D13]
                Assert.AreEqual(string.Empty, rig.Say(pop3, TlsHello)); // [D13]
                Assert.IsTrue(smtp.IsEndOfInput && pop3.IsEndOfInput); // [D13]
                Assert.IsFalse(smtp.IsReset || pop3.IsReset); // [D13]
                Assert.AreEqual(0, rig.Appliance.SmtpGate.TakenCount + rig.Appliance.Pop3Gate.TakenCount); // [D13]
            }

            Assert.IsTrue(rig.Log.Lines.All(line => line.All(letter => letter is >= ' ' and <= '~'))); // [D13]
        }

        [TestMethod]
        public void Log_OctetsOfAPeer_ArePrintable()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            MemoryClient client = rig.Smtp();
            rig.Run();
            rig.Say(client, "EHLO \x1B[2J\xFF\r\nMAIL FROM:<\xE4\xF6@b.example>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n");
            Assert.StartsWith("250 2.0.0", rig.Say(client, "x\r\n.\r\n"));
            Assert.IsNotEmpty(rig.Log.Lines);
            Assert.IsTrue(rig.Log.Lines.All(line => line.All(letter => letter is >= ' ' and <= '~'))); // [D13]
        }

        [TestMethod]
        public void TenAtOnce_ThreeSlotsAndFourPlaces_AllDeliver()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            MemoryClient[] cameras = new MemoryClient[10];
            for (int camera = 0; camera < cameras.Length; camera++)
            {
                // The system's queue has six places; a SYN that finds it full is sent again by the peer's TCP.
                cameras[camera] = rig.Smtp();
                if (camera == 5)
                {
                    rig.Run();
                }
            }

            int delivered = 0;
            bool[] done = new bool[cameras.Length];
            string[] heard = new string[cameras.Length];
            for (int round = 0; round < 20 && delivered < cameras.Length; round++)
            {
                for (int camera = 0; camera < cameras.Length; camera++)
                {
                    heard[camera] += cameras[camera].TakeText();
                    if (done[camera] || !heard[camera].StartsWith("220 ", StringComparison.Ordinal))
                    {
                        continue;
                    }

                    rig.Say(cameras[camera], "HELO camera\r\nMAIL FROM:<camera@lan>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n");
                    Assert.StartsWith("250 2.0.0", rig.Say(cameras[camera], $"Subject: {camera}\r\n\r\n.\r\n"));
                    cameras[camera].Reset();
                    done[camera] = true;
                    delivered++;
                }

                rig.Advance(1_000);
            }

            Assert.AreEqual(10, delivered, string.Join('|', heard)); // [D16]
            Assert.Contains("+OK 10 ", rig.Say(rig.Login("bob"), "STAT\r\n")); // [D14] [D16]
        }

        [TestMethod]
        public void NoQuit_Ever_GivesTheSlotBackAfterTheIdleTimeout()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            for (int camera = 0; camera < 9; camera++)
            {
                MemoryClient client = rig.Smtp();
                rig.Run();
                rig.Say(client, "HELO camera\r\nMAIL FROM:<camera@lan>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n");
                Assert.StartsWith("250 2.0.0", rig.Say(client, $"Subject: {camera}\r\n\r\n.\r\n")); // [D15]
                if (camera % 3 == 2)
                {
                    rig.Advance(301_000);
                    Assert.AreEqual(0, rig.Appliance.SmtpGate.TakenCount); // [D15]
                }
            }

            Assert.Contains("+OK 9 ", rig.Say(rig.Login("bob"), "STAT\r\n")); // [D15]
        }
    }
}

using System;
using System.Linq;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Whole
{
    /// <summary>Mail that goes by rule, seen by senders and in the log.</summary>
    [TestClass]
    public class PolicyTests
    {
        private const string Small = """
            [appliance]
            host = mail.lan
            domains = lan
            ring = 256K
            message-max = 64K
            when-full = drop-oldest
            retention = 1h
            [maildrop alice]
            password = secret-alice
            [maildrop bob]
            password = secret-bob
            """;

        private static string Mail(int number, int lines)
        {
            return $"Subject: {number}\r\n\r\n" + string.Concat(Enumerable.Range(0, lines).Select(line => $"{number,6}/{line,6} abcdefghijklmnopqrstuvwxyz\r\n")).TrimEnd();
        }

        private static string[] UniqueIds(ApplianceRig rig, string name)
        {
            string reply = rig.Say(rig.Login(name), "UIDL\r\nQUIT\r\n");
            return [.. reply.Split("\r\n").Where(line => char.IsAsciiDigit(line.FirstOrDefault())).Select(line => line.Split(' ')[1])];
        }

        [TestMethod]
        [DataRow(10)]
        [DataRow(300)]
        public void FullRing_EachSenderHears250_AndEachDropIsLoggedByItsUniqueId(int lines)
        {
            ApplianceRig rig = new ApplianceRig(Small).Start();
            string[] before = [];
            for (int mail = 0; mail < 400; mail++)
            {
                string[] logged = [.. rig.Log.Lines];
                Assert.StartsWith("250 2.0.0", rig.SendMail(Mail(mail, lines), mail % 7 == 0 ? "bob@lan" : "alice@lan"), $"mail {mail}");
                if (mail % 20 == 0)
                {
                    string[] now = [.. UniqueIds(rig, "alice"), .. UniqueIds(rig, "bob")];
                    foreach (string gone in before.Except(now))
                    {
                        Assert.IsTrue(rig.Log.Lines.Any(line => line.Contains("store: dropped " + gone, StringComparison.Ordinal)), gone);
                    }

                    before = now;
                }
            }

            int dropped = rig.Appliance.Store.Disposal.DroppedCount;
            Assert.IsGreaterThan(100, dropped);
            Assert.AreEqual(dropped, rig.Log.Lines.Count(line => line.Contains("store: dropped ", StringComparison.Ordinal)));
            Assert.AreEqual(400 - dropped, rig.Appliance.Store.Index.Count);
        }

        // Old mail moves for three senders at a time, and the room is enough for one of them.
        [TestMethod]
        public void Drop_ByWhoWaitedForOldMailToMove_IsLoggedInTheSameTurn()
        {
            ApplianceRig rig = new ApplianceRig(Small).Start();
            for (int mail = 0; mail < 300; mail++)
            {
                MemoryClient client = rig.Smtp();
                string name = mail % 3 == 0 ? "bob" : "alice";
                client.Send($"EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<{name}@lan>\r\nDATA\r\n{Mail(mail, 100)}\r\n.\r\nQUIT\r\n");
                while (mail % 3 == 2 && (rig.Appliance.Poll() || rig.Appliance.Store.WaitsForCard))
                {
                    int logged = rig.Log.Lines.Count(line => line.Contains("store: dropped ", StringComparison.Ordinal));
                    Assert.AreEqual(rig.Appliance.Store.Disposal.DroppedCount, logged, $"mail {mail}");
                }

                if (mail % 30 == 29)
                {
                    rig.Say(rig.Login("bob"), string.Concat(Enumerable.Range(1, 9).Select(number => $"DELE {number}\r\n")) + "QUIT\r\n");
                }
            }

            Assert.IsGreaterThan(20, rig.Appliance.Store.Disposal.DroppedCount);
            Assert.IsGreaterThan(20, rig.Appliance.Store.RelocatedCount);
        }

        [TestMethod]
        public void SenderWhoDeclaresMuchAndVanishes_DropsNothing()
        {
            ApplianceRig rig = new ApplianceRig(Small).Start();
            while (rig.Appliance.Store.Disposal.DroppedCount == 0)
            {
                Assert.StartsWith("250 2.0.0", rig.SendMail(Mail(1, 300)));
            }

            MemoryClient vain = rig.Smtp();
            string reply = rig.Say(vain, "EHLO x\r\nMAIL FROM:<> SIZE=65000\r\nRCPT TO:<bob@lan>\r\nDATA\r\nSubject: x\r\n\r\nhalf a line");
            Assert.Contains("354", reply);
            vain.Reset();
            rig.Run();
            Assert.AreEqual(1, rig.Appliance.Store.Disposal.DroppedCount);
        }

        [TestMethod]
        public void TooOld_IsRemoved_AndSaidInOneLine()
        {
            ApplianceRig rig = new ApplianceRig(Small).Start();
            for (int mail = 0; mail < 3; mail++)
            {
                Assert.StartsWith("250 2.0.0", rig.SendMail(Mail(mail, 3)));
            }

            rig.Advance(59 * 60_000);
            Assert.HasCount(3, UniqueIds(rig, "alice"));
            Assert.StartsWith("250 2.0.0", rig.SendMail(Mail(9, 3)));
            rig.Advance(25 * 60_000);
            Assert.HasCount(1, UniqueIds(rig, "alice"));
            Assert.AreEqual(1, rig.Log.Lines.Count(line => line.Contains("store: removed 3 messages", StringComparison.Ordinal)));
        }
    }
}

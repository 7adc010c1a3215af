using System;
using System.Linq;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Whole
{
    /// <summary>Old mail that moves, seen by senders who need its place and by a reader in its midst.</summary>
    [TestClass]
    public class RelocationTests
    {
        private const string Small = """
            [appliance]
            host = mail.lan
            domains = lan
            ring = 256K
            message-max = 64K
            [maildrop alice]
            password = secret-alice
            [maildrop bob]
            password = secret-bob
            """;

        private static string Body(int seed, int octets)
        {
            return string.Concat(Enumerable.Range(0, octets / 60).Select(line => $"{seed,6}/{line,6} abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrs\r\n"));
        }

        [TestMethod]
        public void ThreeSendersAtATime_BesideMailThatNobodyFetches_AllHear250()
        {
            ApplianceRig rig = new ApplianceRig(Small).Start();
            string kept = "Subject: kept\r\n\r\n" + Body(1, 50_000);
            Assert.StartsWith("250 2.0.0", rig.SendMail(kept.TrimEnd()));
            for (int round = 0; round < 60; round++)
            {
                MemoryClient[] senders = [rig.Smtp(), rig.Smtp(), rig.Smtp()];
                string[] bodies = [.. senders.Select((_, slot) => Body((round * 3) + slot, 20_000))];
                for (int slot = 0; slot < senders.Length; slot++)
                {
                    senders[slot].Send(
                        $"EHLO ups\r\nMAIL FROM:<> SIZE={bodies[slot].Length + 20}\r\nRCPT TO:<bob@lan>\r\nDATA\r\nSubject: x\r\n\r\n" + bodies[slot] + ".\r\nQUIT\r\n");
                }

                rig.Run();
                foreach (MemoryClient sender in senders)
                {
                    string replies = sender.TakeText();
                    Assert.Contains("250 2.0.0 OK stored", replies, $"round {round}: {replies}");
                }

                MemoryClient bob = rig.Login("bob");
                string fetched = rig.Say(bob, "RETR 1\r\nRETR 2\r\nRETR 3\r\nDELE 1\r\nDELE 2\r\nDELE 3\r\nQUIT\r\n");
                foreach (string body in bodies)
                {
                    Assert.Contains(body, fetched, $"round {round}");
                }
            }

            Assert.IsGreaterThan(3, rig.Appliance.Store.RelocatedCount);
            Assert.Contains(kept, rig.Say(rig.Login("alice"), "RETR 1\r\nQUIT\r\n"));
            rig.Card.PowerCut();
            Assert.Contains(kept, rig.Start().Say(rig.Login("alice"), "RETR 1\r\nQUIT\r\n"));
        }

        [TestMethod]
        public void DamagedMailInTheWay_IsLoggedByItsUniqueIdAndHoldsUpNobody()
        {
            ApplianceRig rig = new ApplianceRig(Small).Start();
            Assert.StartsWith("250 2.0.0", rig.SendMail("Subject: kept\r\n\r\n" + Body(1, 1_000).TrimEnd()));
            string id = rig.Say(rig.Login("alice"), "UIDL 1\r\nQUIT\r\n").Split(' ', '\r')[2];
            rig.Card.Damage((rig.Appliance.Store.Index.FirstBlockAt(0) * 512L) + 700, 1);
            for (int mail = 0; mail < 60; mail++)
            {
                Assert.StartsWith("250 2.0.0", rig.SendMail("Subject: x\r\n\r\n" + Body(mail, 20_000).TrimEnd(), "bob@lan"));
                rig.Say(rig.Login("bob"), "DELE 1\r\nQUIT\r\n");
            }

            Assert.AreEqual(1, rig.Appliance.Store.LostCount);
            Assert.IsTrue(rig.Log.Lines.Any(line => line.Contains("lost " + id, StringComparison.Ordinal)), id);
            Assert.Contains("+OK 0 0", rig.Say(rig.Login("alice"), "STAT\r\nQUIT\r\n"));
        }
    }
}

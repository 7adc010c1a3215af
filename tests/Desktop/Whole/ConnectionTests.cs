using System;
using System.Linq;
using System.Text;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Whole
{
    /// <summary>Connections that end, or go on, in ways that only show with a real network: half-closed, slow, many at once.</summary>
    [TestClass]
    public class ConnectionTests
    {
        [TestMethod]
        public void Retr_FragmentsOfManyMailsLieBetween_NeedsNoRest()
        {
            const int Senders = 14;
            ApplianceRig rig = new ApplianceRig(Configuration("smtp-slots = 14\nmemory-max = none")).Start();
            MemoryClient[] senders = new MemoryClient[Senders];
            for (int at = 0; at < Senders; at++)
            {
                senders[at] = rig.Smtp();
                rig.Run();
                rig.Say(senders[at], "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n");
            }

            // Each mail's fragments lie far apart in the ring, the others' between them.
            var content = new StringBuilder("Subject: x\r\n\r\n");
            string lines = string.Concat(Enumerable.Repeat(new string('a', 76) + "\r\n", 50));
            for (int round = 0; round < 6; round++)
            {
                foreach (MemoryClient sender in senders)
                {
                    rig.Say(sender, round == 0 ? "Subject: x\r\n\r\n" + lines : lines);
                }

                content.Append(lines);
            }

            foreach (MemoryClient sender in senders)
            {
                Assert.StartsWith("250", rig.Say(sender, ".\r\n"));
            }

            // Say turns the loop only while it has something to do: what needed a rest, and a second of it, would be missing.
            MemoryClient client = rig.Login("bob");
            for (int number = 1; number <= Senders; number++)
            {
                Assert.EndsWith(content + ".\r\n", rig.Say(client, $"RETR {number}\r\n"));
            }
        }

        [TestMethod]
        public void Reset_BehindRepliesThatNobodyRead_GivesTheSlotBackAtOnce()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            MemoryClient client = rig.Smtp();
            rig.Run();
            client.WindowOctets = 50;
            client.Send(string.Concat(Enumerable.Repeat("NOOP\r\n", 200)));
            rig.Run();
            Assert.AreEqual(1, rig.Appliance.SmtpGate.TakenCount);
            client.Reset();
            rig.Run();
            Assert.AreEqual(0, rig.Appliance.SmtpGate.TakenCount);
        }

        [TestMethod]
        public void EndOfInput_WindowFull_RepliesComeWhole()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            MemoryClient client = rig.Smtp();
            rig.Run();
            client.TakeText();
            client.WindowOctets = 10;
            client.Send("NOOP\r\nNOOP\r\nVRFY a\r\n");
            client.EndSend();
            string text = string.Empty;
            for (int turns = 0; turns < 100 && !client.IsEndOfInput; turns++)
            {
                rig.Run();
                text += client.TakeText();
            }

            Assert.StartsWith("250 2.0.0 OK\r\n250 2.0.0 OK\r\n252 ", text);
            Assert.EndsWith("\r\n", text);
            Assert.IsFalse(client.IsReset);
        }

        [TestMethod]
        public void Newcomers_ManyTurnedAwayAtOnce_AllReadWhy()
        {
            const int Newcomers = 16;
            ApplianceRig rig = new ApplianceRig(Configuration("waiting = 16")).Start();
            for (int slots = 0; slots < 3; slots++)
            {
                rig.Smtp();
            }

            rig.Run();
            MemoryClient[] newcomers = Enumerable.Range(0, Newcomers).Select(_ => rig.Smtp()).ToArray();
            foreach (MemoryClient newcomer in newcomers)
            {
                // Some speak first: what nobody reads makes the close a reset, and the 421 is lost.
                newcomer.Send("EHLO impatient\r\n");
            }

            rig.Advance(21_000);
            foreach (MemoryClient newcomer in newcomers)
            {
                Assert.IsFalse(newcomer.IsReset);
                Assert.StartsWith("421 ", newcomer.TakeText());
            }
        }

        private static string Configuration(string keys)
        {
            return ApplianceRig.Configuration.Replace("profile = small", "profile = small\n" + keys, StringComparison.Ordinal);
        }
    }
}

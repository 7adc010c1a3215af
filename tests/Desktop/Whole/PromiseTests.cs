using System;
using System.Linq;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Whole
{
    /// <summary>When an answer leaves, seen from the card: never before what it says is true, and no later than needed.</summary>
    [TestClass]
    public class PromiseTests
    {
        private const string Mail = "Subject: on battery\r\n\r\nhelp\r\n.\r\n";
        private const string ToBob = "EHLO ups\r\nMAIL FROM:<ups@lan>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n";

        [TestMethod]
        public void EndOfMail_SmallMail_IsAnsweredInItsTurnByOneWriteOneSyncOneReadBack()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            MemoryClient client = rig.Smtp();
            rig.Run();
            rig.Say(client, ToBob);
            long writes = rig.Card.Writes;
            long syncs = rig.Card.Syncs;
            long blocksWritten = rig.Card.BlocksWritten;
            long blocksRead = rig.Card.BlocksRead;
            client.Send(Mail);
            rig.Appliance.Poll();
            Assert.StartsWith("250 2.0.0", client.TakeText()); // [34]
            Assert.AreEqual(writes + 1, rig.Card.Writes); // [34]
            Assert.AreEqual(syncs + 1, rig.Card.Syncs); // [31] [34]
            Assert.AreEqual(blocksWritten + 1, rig.Card.BlocksWritten); // [34]
            Assert.AreEqual(0, rig.Card.UnsyncedCount); // [31] [32]
            Assert.IsGreaterThan(blocksRead, rig.Card.BlocksRead); // [31]
        }

        [TestMethod]
        public void EndOfMail_CardSyncsMeanwhile_IsAnsweredAtItsEndAndTheLoopRests() // [31] [32] [34]
        {
            ApplianceRig rig = new ApplianceRig().Start();
            rig.Card.BusyPolls = 4;
            MemoryClient first = rig.Smtp();
            MemoryClient second = rig.Smtp();
            rig.Run();
            rig.Say(first, ToBob);
            rig.Say(second, ToBob);
            long syncs = rig.Card.Syncs;
            first.Send(Mail);
            rig.Appliance.Poll();
            Assert.IsFalse(rig.Appliance.Poll(), "there is nothing to do but to wait for the card");
            Assert.AreEqual(string.Empty, first.TakeText());
            second.Send(Mail);
            rig.Appliance.Poll();
            Assert.AreEqual(string.Empty, first.TakeText());
            rig.Appliance.Poll();
            Assert.StartsWith("250 2.0.0", first.TakeText());
            Assert.AreEqual(string.Empty, second.TakeText(), "its sync began after it was written");
            Assert.IsGreaterThan(0, rig.Card.UnsyncedCount);
            rig.Run();
            Assert.StartsWith("250 2.0.0", second.TakeText());
            Assert.AreEqual(0, rig.Card.UnsyncedCount);
            Assert.AreEqual(syncs + 2, rig.Card.Syncs);
        }

        [TestMethod]
        public void EndOfMail_SyncFails_IsNeverAnswered250AndNeverDelivered() // [31] [33]
        {
            ApplianceRig rig = new ApplianceRig().Start();
            MemoryClient client = rig.Smtp();
            rig.Run();
            rig.Say(client, ToBob);
            rig.Card.FailingSyncs = 1;
            Assert.StartsWith("451 4.3.0", rig.Say(client, Mail));
            Assert.Contains("+OK 0 0", rig.Say(rig.Login("bob"), "STAT\r\n"));
            rig.Card.PowerCut(_ => true);
            Assert.Contains("+OK 0 0", rig.Start().Say(rig.Login("bob"), "STAT\r\n"));
        }

        [TestMethod]
        public void EndOfMail_CardRefusesEverything_ClosesWithoutAReply() // [31]
        {
            ApplianceRig rig = new ApplianceRig().Start();
            MemoryClient client = rig.Smtp();
            rig.Run();
            rig.Say(client, ToBob);
            rig.Card.FailingWrites = int.MaxValue;
            Assert.AreEqual(string.Empty, rig.Say(client, Mail));
            Assert.IsTrue(client.IsEndOfInput);
        }

        [TestMethod]
        public void Quit_CardRefusesTheRemoval_IsErrAndNothingIsRemoved() // [87] [88]
        {
            foreach (bool lies in new[] { false, true })
            {
                ApplianceRig rig = new ApplianceRig().Start();
                rig.SendMail("Subject: 1", "bob@lan");
                rig.SendMail("Subject: 2", "bob@lan");
                MemoryClient client = rig.Login("bob");
                rig.Say(client, "DELE 1\r\nDELE 2\r\n");
                rig.Card.LyingWrites = lies ? 1 : 0;
                rig.Card.FailingSyncs = lies ? 0 : 1;
                Assert.StartsWith("-ERR [SYS/TEMP]", rig.Say(client, "QUIT\r\n"));
                Assert.IsTrue(client.IsEndOfInput);
                Assert.Contains("+OK 2 ", rig.Say(rig.Login("bob"), "STAT\r\n"));
                rig.Card.PowerCut(_ => true);
                Assert.Contains("+OK 2 ", rig.Start().Say(rig.Login("bob"), "STAT\r\n"));
            }
        }

        [TestMethod]
        public void Quit_Answered_IsSyncedAndReadBack()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            rig.SendMail("Subject: 1", "bob@lan");
            MemoryClient client = rig.Login("bob");
            rig.Say(client, "DELE 1\r\n");
            long syncs = rig.Card.Syncs;
            long blocksRead = rig.Card.BlocksRead;
            Assert.StartsWith("+OK", rig.Say(client, "QUIT\r\n"));
            Assert.AreEqual(syncs + 1, rig.Card.Syncs); // [88]
            Assert.AreEqual(0, rig.Card.UnsyncedCount); // [87] [88]
            Assert.IsGreaterThan(blocksRead, rig.Card.BlocksRead); // [88]
        }

        [TestMethod]
        public void PowerCut_AnyTime_KeepsWhatWasAnswered250() // [32] [33]
        {
            for (int seed = 0; seed < 40; seed++)
            {
                var random = new Random(seed);
                ApplianceRig rig = new ApplianceRig(seed: seed).Start();
                int answered = 0;
                MemoryClient client = rig.Smtp();
                rig.Run();
                client.TakeText();
                int mails = random.Next(1, 6);
                for (int mail = 0; mail < mails; mail++)
                {
                    client.Send($"{(mail == 0 ? "EHLO x\r\n" : "")}MAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n"
                        + $"Subject: {mail}\r\n\r\n{new string('x', random.Next(9_000))}\r\n.\r\n");
                }

                for (int turn = random.Next(1, 30); turn > 0; turn--)
                {
                    rig.Appliance.Poll();
                }

                answered += client.TakeText().Split("250 2.0.0 OK stored").Length - 1;
                rig.Card.PowerCut(_ => random.Next(2) == 0);
                rig.Start();
                MemoryClient reader = rig.Login("bob");
                int found = int.Parse(rig.Say(reader, "STAT\r\n").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
                Assert.IsGreaterThanOrEqualTo(answered, found, $"seed {seed}: answered {answered}, found {found}");
                string[] subjects = [.. Enumerable.Range(1, found).Select(number => rig.Say(reader, $"TOP {number} 0\r\n"))];
                for (int number = 0; number < found; number++)
                {
                    Assert.Contains($"Subject: {number}\r\n", subjects[number], $"seed {seed}");
                }
            }
        }
    }
}

using System;
using System.Linq;
using System.Text;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Store;
using MailAppliance.Tests.Store;
using MailAppliance.Tests.Whole;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>The bounds that tools/Bench prints and that no clock decides: what a message and a start ask of the
    /// card, copies, allocation.</summary>
    [TestClass]
    public sealed class BenchBoundsTests
    {
        private const string Commands = "MAIL FROM:<ups@lan>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n";

        [TestMethod]
        public void Mail_Of1Kilobyte_IsOneWriteAndOneSync()
        {
            ApplianceRig rig = Quiet().Start();
            MemoryClient client = Greeted(rig);
            rig.Say(client, Commands);
            for (int mail = 0; mail < 20; mail++)
            {
                long writes = rig.Card.Writes;
                long syncs = rig.Card.Syncs;
                long blocks = rig.Card.BlocksWritten;
                Assert.StartsWith("250 2.", rig.Say(client, Mail(1024) + Commands));
                Assert.AreEqual(writes + 1, rig.Card.Writes);
                Assert.AreEqual(syncs + 1, rig.Card.Syncs);
                Assert.AreEqual(blocks + 3, rig.Card.BlocksWritten);
            }
        }

        [TestMethod]
        public void Mails_OfThreeSendersThatFinishTogether_ShareOneSync()
        {
            ApplianceRig rig = Quiet().Start();
            MemoryClient[] clients = { Greeted(rig), Greeted(rig), Greeted(rig) };
            Array.ForEach(clients, client => rig.Say(client, Commands));
            for (int round = 0; round < 20; round++)
            {
                long writes = rig.Card.Writes;
                long syncs = rig.Card.Syncs;
                Array.ForEach(clients, client => client.Send(Mail(1024) + Commands));
                rig.Run();
                Assert.AreEqual(writes + clients.Length, rig.Card.Writes);
                Assert.AreEqual(syncs + 1, rig.Card.Syncs);
                Array.ForEach(clients, client => Assert.StartsWith("250 2.", client.TakeText()));
            }
        }

        [TestMethod]
        public void Ring_ThatGoesRound_CostsUnder2PercentMore()
        {
            const int Mails = 6000;
            ApplianceRig rig = Quiet().Start();
            MemoryClient client = Greeted(rig);
            rig.Say(client, Commands);
            long writes = 0;
            long syncs = 0;
            for (int mail = 0; mail < Mails; mail++)
            {
                long writesBefore = rig.Card.Writes;
                long syncsBefore = rig.Card.Syncs;
                Assert.StartsWith("250 2.", rig.Say(client, Mail(1024) + Commands));
                writes += rig.Card.Writes - writesBefore;
                syncs += rig.Card.Syncs - syncsBefore;
                if (mail % 400 == 399)
                {
                    string marks = string.Concat(Enumerable.Range(1, 400).Select(number => $"DELE {number}\r\n"));
                    rig.Say(rig.Login("bob"), marks + "QUIT\r\n");
                }
            }

            Assert.IsLessThanOrEqualTo(Mails * 1.02, writes);
            Assert.IsLessThanOrEqualTo(Mails * 1.02, syncs);
        }

        [TestMethod]
        [DataRow(1024)]
        [DataRow(10_240)]
        [DataRow(1_000_000)]
        public void Mail_OnItsWayIn_IsCopiedAtMostTwice(int octets)
        {
            ApplianceRig rig = Quiet().Start();
            MemoryClient client = Greeted(rig);
            rig.Say(client, Commands);
            long received = rig.Appliance.SmtpSlots.Sum(slot => slot.ReceivedOctets);
            long copied = CopiedOctets(rig);
            Assert.StartsWith("250 2.", rig.Say(client, Mail(octets) + Commands));
            received = rig.Appliance.SmtpSlots.Sum(slot => slot.ReceivedOctets) - received;
            copied = CopiedOctets(rig) - copied;
            Assert.IsGreaterThan(octets, received);
            Assert.IsGreaterThanOrEqualTo(octets, copied);
            Assert.IsLessThan(2 * received, copied);
        }

        [TestMethod]
        public void Pop3Commands_AllocateNothing()
        {
            ApplianceRig rig = Quiet().Start();
            for (int mail = 0; mail < 3; mail++)
            {
                rig.SendMail(Mail(1024)[..^5], "bob@lan");
            }

            MemoryClient client = rig.Login("bob");
            byte[] commands = Encoding.ASCII.GetBytes(
                "NOOP\r\nSTAT\r\nLIST\r\nLIST 2\r\nUIDL\r\nUIDL 2\r\nRETR 1\r\nTOP 2 3\r\nDELE 3\r\nRSET\r\nCAPA\r\nRETR 99\r\nWHAT\r\n");
            byte[] sink = new byte[64 * 1024];
            long octets = 0;
            long least = Allocation.Least(() =>
            {
                client.Send(commands);
                rig.Run();
                for (int count = client.Receive(sink); count > 0; count = client.Receive(sink))
                {
                    octets += count;
                }
            });
            Assert.AreEqual(0, least);
            Assert.IsGreaterThan(50 * 1024, octets);
        }

        [TestMethod]
        public void Start_OnALargerRing_ReadsAsManyBlocks()
        {
            long blocks = BlocksReadAtStart(2048, 100, out int records);
            Assert.AreEqual(blocks, BlocksReadAtStart(16 * 1024, 100, out int recordsOfLarger));
            Assert.AreEqual(blocks, BlocksReadAtStart(128 * 1024, 100, out int recordsOfLargest));
            Assert.AreEqual(records, recordsOfLarger);
            Assert.AreEqual(records, recordsOfLargest);
        }

        [TestMethod]
        public void Start_WithMoreRecords_ReadsOneBlockMoreForEach()
        {
            long blocks = BlocksReadAtStart(16 * 1024, 100, out int records);
            long blocksOfMore = BlocksReadAtStart(16 * 1024, 1000, out int recordsOfMore);
            Assert.AreEqual(records + 900, recordsOfMore);
            Assert.AreEqual(blocks + 900, blocksOfMore);
        }

        // Of the second start after the mails came: the first one makes sure of what was written last.
        private static long BlocksReadAtStart(int ringBlocks, int messages, out int records)
        {
            StoreRig rig = new StoreRig(ringBlocks, messagesMax: messages).Boot();
            for (int message = 0; message < messages; message++)
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(1024, message)));
            }

            rig.Boot();
            long before = rig.Card.BlocksRead;
            rig.Boot();
            records = rig.Opening.RecordCount;
            return rig.Card.BlocksRead - before;
        }

        private static ApplianceRig Quiet()
        {
            return new ApplianceRig(ApplianceRig.Configuration.Replace("ring = 4M", "ring = 4M\nlog = error\nmails-each = 0", StringComparison.Ordinal));
        }

        private static MemoryClient Greeted(ApplianceRig rig)
        {
            MemoryClient client = rig.Smtp();
            rig.Say(client, "EHLO bench\r\n");
            return client;
        }

        private static string Mail(int octets)
        {
            const string Header = "Subject: on battery\r\n\r\n";
            string line = new string('a', 76) + "\r\n";
            string text = Header + string.Concat(Enumerable.Repeat(line, (octets / line.Length) + 1));
            return text[..(octets - 2)] + "\r\n.\r\n";
        }

        private static long CopiedOctets(ApplianceRig rig)
        {
            long moved = rig.Appliance.SmtpSlots.Sum(slot => slot.Session.Input.MovedOctets);
            return moved + Enumerable.Range(0, rig.Appliance.Store.Commits.WriterCount).Sum(at => rig.Appliance.Store.Commits.WriterAt(at).CopiedOctets);
        }
    }
}

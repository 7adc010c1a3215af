using System;
using System.Linq;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Whole
{
    [TestClass]
    public class ApplianceTests
    {
        private const string Mail = "From: ups@lan\r\nSubject: on battery\r\n\r\nhelp\r\n..dots\r\nend";

        [TestMethod]
        public void Mail_Sent_IsFetchedAsItWas()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            Assert.StartsWith("250 2.", rig.SendMail(Mail));
            MemoryClient client = rig.Login("alice");
            string list = rig.Say(client, "LIST\r\n");
            string retr = rig.Say(client, "RETR 1\r\n");
            Assert.EndsWith("\r\n" + Mail + "\r\n.\r\n", retr);
            int size = retr.Length - (retr.IndexOf("\r\n", StringComparison.Ordinal) + 2) - 3 - 1;
            Assert.AreEqual($"+OK 1 messages ({size} octets)\r\n1 {size}\r\n.\r\n", list); // [83]
        }

        [TestMethod]
        public void Mail_ToBothMaildrops_IsOneRecord()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            MemoryClient client = rig.Smtp();
            rig.Run();
            rig.Say(client, "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<alice@lan>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n");
            long writes = rig.Card.Writes;
            Assert.StartsWith("250 2.", rig.Say(client, Mail + "\r\n.\r\n"));
            Assert.AreEqual(writes + 1, rig.Card.Writes);
            Assert.Contains("+OK 1 ", rig.Say(rig.Login("alice"), "STAT\r\n"));
            Assert.Contains("+OK 1 ", rig.Say(rig.Login("bob"), "STAT\r\n"));
        }

        [TestMethod]
        public void Quit_AfterDele_RemovesAcrossAPowerCut() // [87] [88]
        {
            ApplianceRig rig = new ApplianceRig().Start();
            rig.SendMail(Mail);
            rig.SendMail(Mail + "2");
            MemoryClient client = rig.Login("alice");
            Assert.AreEqual("+OK message 1 marked\r\n"[..3], rig.Say(client, "DELE 1\r\n")[..3]);
            Assert.StartsWith("+OK", rig.Say(client, "QUIT\r\n"));
            rig.Card.PowerCut();
            rig.Start();
            Assert.Contains("+OK 1 ", rig.Say(rig.Login("alice"), "STAT\r\n"));
        }

        [TestMethod]
        public void Drop_WithoutQuit_RemovesNothingAndUnlocks() // [87]
        {
            ApplianceRig rig = new ApplianceRig().Start();
            rig.SendMail(Mail);
            MemoryClient client = rig.Login("alice");
            rig.Say(client, "DELE 1\r\n");
            client.Reset();
            rig.Run();
            Assert.Contains("+OK 1 ", rig.Say(rig.Login("alice"), "STAT\r\n"));
        }

        [TestMethod]
        public void Login_WhileInUse_IsRefusedInWords() // [78]
        {
            ApplianceRig rig = new ApplianceRig().Start();
            rig.Login("alice");
            MemoryClient second = rig.Pop3();
            rig.Run();
            Assert.Contains("-ERR [IN-USE]", rig.Say(second, "USER alice\r\nPASS secret-alice\r\n"));
        }

        [TestMethod]
        public void Data_ConnectionLostBeforeItsEnd_DeliversNothing() // [18]
        {
            ApplianceRig rig = new ApplianceRig().Start();
            foreach (int octets in new[] { 10, 3_000, 50_000 })
            {
                MemoryClient client = rig.Smtp();
                rig.Run();
                rig.Say(client, "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n");
                rig.Say(client, "Subject: x\r\n\r\n" + new string('a', octets) + "\r\n.\r");
                client.Reset();
                rig.Run();
            }

            Assert.Contains("+OK 0 0", rig.Say(rig.Login("bob"), "STAT\r\n"));
            Assert.Contains("+OK 0 0", rig.Start().Say(rig.Login("bob"), "STAT\r\n"));
        }

        [TestMethod]
        public void Data_CardRefuses_Is451AndNeverThere() // [31] [33]
        {
            ApplianceRig rig = new ApplianceRig().Start();
            MemoryClient client = rig.Smtp();
            rig.Run();
            rig.Say(client, "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n");
            rig.Card.LyingWrites = 1;
            Assert.StartsWith("451 4.3.0", rig.Say(client, Mail + "\r\n.\r\n"));
            rig.Say(client, "MAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n");
            Assert.StartsWith("250 2.", rig.Say(client, Mail + "\r\n.\r\n"));
            Assert.Contains("+OK 1 ", rig.Start().Say(rig.Login("bob"), "STAT\r\n"));
        }

        [TestMethod]
        public void Newcomer_EverySlotTaken_WaitsForOneThatFallsFree()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            MemoryClient[] taken = [rig.Smtp(), rig.Smtp(), rig.Smtp()];
            rig.Run();
            MemoryClient fourth = rig.Smtp();
            MemoryClient fifth = rig.Smtp();
            rig.Advance(15_000);
            Assert.AreEqual(string.Empty, fourth.TakeText());
            rig.Say(taken[1], "QUIT\r\n");
            Assert.StartsWith("220 ", fourth.TakeText());
            Assert.AreEqual(string.Empty, fifth.TakeText());
            rig.Advance(4_900);
            Assert.AreEqual(string.Empty, fifth.TakeText());
            rig.Advance(200);
            Assert.StartsWith("421 mail.lan", fifth.TakeText()); // [60]
            rig.Advance(3_000);
            Assert.IsTrue(fifth.IsEndOfInput);
            Assert.IsFalse(fifth.IsReset);
        }

        [TestMethod]
        public void Idle_Smtp_Is421AfterFiveMinutes() // [47]
        {
            ApplianceRig rig = new ApplianceRig().Start();
            MemoryClient client = rig.Smtp();
            rig.Advance(299_000);
            Assert.StartsWith("220", client.TakeText());
            rig.Advance(2_000);
            Assert.StartsWith("421 4.4.2", client.TakeText());
            Assert.IsTrue(client.IsEndOfInput);
        }

        [TestMethod]
        public void Idle_Pop3_ClosesWithoutUpdate() // [77]
        {
            ApplianceRig rig = new ApplianceRig().Start();
            rig.SendMail(Mail);
            MemoryClient client = rig.Login("alice");
            rig.Say(client, "DELE 1\r\n");
            rig.Advance(599_000);
            Assert.IsFalse(client.IsEndOfInput);
            rig.Advance(2_000);
            Assert.IsTrue(client.IsEndOfInput);
            Assert.AreEqual(string.Empty, client.TakeText());
            Assert.Contains("+OK 1 ", rig.Say(rig.Login("alice"), "STAT\r\n"));
        }

        [TestMethod]
        public void Stop_TellsEverybody() // [19]
        {
            ApplianceRig rig = new ApplianceRig().Start();
            MemoryClient smtp = rig.Smtp();
            MemoryClient pop3 = rig.Pop3();
            rig.Run();
            smtp.TakeText();
            pop3.TakeText();
            rig.Appliance.Stop();
            Assert.StartsWith("421 4.3.2", smtp.TakeText());
            Assert.StartsWith("-ERR [SYS/TEMP]", pop3.TakeText());
        }

        [TestMethod]
        public void Log_NeverHoldsAPassword()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            rig.SendMail(Mail);
            rig.Login("alice");
            MemoryClient client = rig.Pop3();
            rig.Run();
            rig.Say(client, "USER alice\r\nPASS wrong-one\r\n");
            Assert.IsNotEmpty(rig.Log.Lines);
            Assert.IsFalse(rig.Log.Lines.Any(line => line.Contains("secret", StringComparison.Ordinal) || line.Contains("wrong-one", StringComparison.Ordinal)));
        }

        [TestMethod]
        public void Mail_ManyAndLarge_ComeBackOctetForOctet() // [30] [43] [44] [59]
        {
            ApplianceRig rig = new ApplianceRig().Start();
            foreach (int octets in new[] { 1, 500, 3_800, 3_900, 4_096, 70_000, 1_000_000 })
            {
                var random = new Random(octets);
                char[] line = new char[octets];
                for (int at = 0; at < octets; at++)
                {
                    char next = (char)random.Next(256);
                    line[at] = next is '\n' or '.' ? 'x' : next;
                }

                string mail = "Subject: " + octets + "\r\n\r\n" + new string(line);
                Assert.StartsWith("250 2.", rig.SendMail(mail, "bob@lan"));
                MemoryClient client = rig.Login("bob");
                Assert.EndsWith("\r\n" + mail + "\r\n.\r\n", rig.Say(client, "RETR 1\r\n"));
                Assert.StartsWith("+OK", rig.Say(client, "DELE 1\r\nQUIT\r\n"));
            }
        }

        [TestMethod]
        public void Mail_WhileItFlows_AllocatesNothing()
        {
            ApplianceRig rig = new ApplianceRig(ApplianceRig.Configuration.Replace("ring = 4M", "ring = 4M\nlog = error", StringComparison.Ordinal)).Start();
            MemoryClient smtp = rig.Smtp();
            MemoryClient pop3 = rig.Login("bob");
            rig.Run();
            byte[] sink = new byte[4096];
            long allocated = 0;
            for (int round = 0; round < 40; round++)
            {
                Exchange(rig, smtp, "EHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n", sink, ref allocated, round >= 20);
                Exchange(rig, smtp, Mail + "\r\n.\r\n", sink, ref allocated, round >= 20);
                Exchange(rig, pop3, "STAT\r\nLIST\r\nUIDL\r\nNOOP\r\n", sink, ref allocated, round >= 20);
            }

            Assert.AreEqual(0, allocated);
            Assert.AreEqual(40, rig.Appliance.Store.Index.Count);
        }

        // Only what the appliance allocates while it works is counted, not what the test does before and after.
        private static void Exchange(ApplianceRig rig, MemoryClient client, string text, byte[] sink, ref long octets, bool counts)
        {
            client.Send(text);
            long before = GC.GetAllocatedBytesForCurrentThread();
            while (rig.Appliance.Poll())
            {
            }

            octets += counts ? GC.GetAllocatedBytesForCurrentThread() - before : 0;
            while (client.Receive(sink) > 0)
            {
            }
        }
    }
}

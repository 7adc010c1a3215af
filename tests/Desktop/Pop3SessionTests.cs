using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using MailAppliance.Pop3;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>What is too much for the board: exhaustive changes of good input, random pipelines, and counted allocations.</summary>
    [TestClass]
    public class Pop3SessionTests
    {
        private static readonly string[] s_lines =
        [
            "USER alice", "PASS open sesame", "CAPA", "STAT", "LIST", "LIST 1", "UIDL", "UIDL 2", "RETR 1", "TOP 1 1", "TOP 2 0", "DELE 1", "RSET", "NOOP",
            "APOP alice 0123456789abcdef0123456789abcdef", "QUIT",
        ];

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void AnyState_EveryPrefixOfGoodLines_GetsOneReply(bool strict)
        {
            foreach (string line in s_lines)
            {
                for (int count = 0; count <= line.Length; count++)
                {
                    Check(strict, Encoding.Latin1.GetBytes(line[..count] + "\r\n"));
                }
            }
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void AnyState_EverySingleOctetChangeOfGoodLines_GetsOneReply(bool strict)
        {
            foreach (string line in s_lines)
            {
                byte[] octets = Encoding.Latin1.GetBytes(line + "\r\n");
                for (int index = 0; index < line.Length; index++)
                {
                    byte good = octets[index];
                    for (int value = 0; value < 256; value++)
                    {
                        // A line feed makes two lines of it in device mode, and in strict mode after a CR only.
                        if (value != '\n')
                        {
                            octets[index] = (byte)value;
                            Check(strict, octets);
                        }
                    }

                    octets[index] = good;
                }
            }
        }

        [TestMethod]
        public void Pipelining_RandomCommandsSplitAtRandom_GiveTheSameReplies()
        {
            int seed = Environment.TickCount;
            Random random = new(seed);
            for (int round = 0; round < 300; round++)
            {
                StringBuilder script = new("USER alice\r\nPASS open sesame\r\n");
                for (int count = random.Next(40); count > 0; count--)
                {
                    script.Append(s_lines[random.Next(s_lines.Length - 1)]).Append("\r\n");
                }

                byte[] octets = Encoding.Latin1.GetBytes(script + "QUIT\r\nNOOP\r\n");
                Pop3Driver oneByOne = Pop3WireTests.MakeDriver(strict: true);
                oneByOne.Open();
                for (int index = 0; index < octets.Length; index++)
                {
                    oneByOne.SendOctets(octets, index, 1);
                }

                Pop3Driver split = Pop3WireTests.MakeDriver(strict: true);
                split.Open();
                for (int at = 0; at < octets.Length;)
                {
                    int count = Math.Min(random.Next(1, 400), octets.Length - at);
                    split.ChunkOctets = random.Next(1, 40);
                    split.SendOctets(octets, at, count);
                    at += count;
                }

                Assert.AreEqual(oneByOne.TakeSent(), split.TakeSent(), $"seed {seed}, round {round}"); // [94]
            }
        }

        [TestMethod]
        public void Session_AfterBoot_AllocatesNothing()
        {
            Pop3Driver driver = new(strict: false);
            driver.AddMany(300);
            byte[] octets = Encoding.Latin1.GetBytes("CAPA\r\nUSER bob@lan\r\nPASS wrong\r\nAPOP bob 01\r\nAUTH LOGIN\r\nYm9i\r\n*\r\nAUTH PLAIN !\r\nUSER alice\r\nPASS open sesame\r\nSTAT\r\nLIST\r\nUIDL\r\nXYZ\r\nTOP 2 1\r\n"
                + "RETR 299\r\nRETR 301\r\nDELE 3\r\nLIST 3\r\nUIDL 4\r\nRSET\r\nNOOP\r\nDELE 1\r\nQUIT\r\n");
            long allocated = 0;
            for (int round = 0; round < 20; round++)
            {
                driver.DropSent();
                driver.View.UnmarkAll();
                long before = GC.GetAllocatedBytesForCurrentThread();
                driver.Session.Open(false);
                driver.Run();
                driver.SendOctets(octets, 0, octets.Length);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.AreEqual(Pop3Event.Close, driver.LastEvent);
            }

            Assert.AreEqual(0, allocated);
        }

        // A changed line gets a reply of its own, or ends the session; what comes behind it is understood.
        private static void Check(bool strict, byte[] line)
        {
            foreach (bool loggedIn in new[] { false, true })
            {
                Pop3Driver driver = s_drivers.Value![strict ? 1 : 0];
                driver.View.UnmarkAll();
                driver.DropSent();
                if (loggedIn)
                {
                    driver.LogIn();
                }
                else
                {
                    driver.Open();
                    driver.Send("USER alice\r\n");
                }

                driver.TakeSent();
                driver.SendOctets(line, 0, line.Length);
                string reply = driver.TakeSent();
                string text = $"{Encoding.Latin1.GetString(line).TrimEnd()} gave {reply}";
                Assert.IsTrue(reply.StartsWith("+OK", StringComparison.Ordinal) || reply.StartsWith("-ERR ", StringComparison.Ordinal), text);
                Assert.IsTrue(reply.EndsWith("\r\n", StringComparison.Ordinal), text);
                Assert.IsTrue(reply.Split('\n').All(part => part.Length < 512), text);
                Assert.IsTrue(driver.LastEvent is Pop3Event.NeedOctets or Pop3Event.Close, text);
                if (driver.LastEvent == Pop3Event.NeedOctets)
                {
                    string next = driver.Send("CAPA\r\n");
                    Assert.IsTrue(next.StartsWith("+OK capabilities", StringComparison.Ordinal), text);
                }
            }
        }

        // A session is reused as the loop does it: what one line leaves behind must not be seen by the next.
        private static readonly System.Threading.ThreadLocal<IReadOnlyList<Pop3Driver>> s_drivers = new(
            () => [Pop3WireTests.MakeDriver(strict: false), Pop3WireTests.MakeDriver(strict: true)]);
    }
}

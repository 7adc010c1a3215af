using System.Text;
using MailAppliance.Pop3;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace MailAppliance.Tests
{
    [TestClass]
    public class Pop3TopTests
    {
        private const string Ok = "+OK top of message follows\r\n";

        // Stored octets, as they are on the card.
        private static readonly string[] s_messages = new string[]
        {
            ".\r\n",
            "\r\n.\r\n",
            "A: b\r\n.\r\n",
            "A: b\r\n\r\n.\r\n",
            "A: b\r\n c\r\nD: e\r\n\r\none\r\n.\r\n",
            "A: b\r\n\r\n\r\n\r\n.\r\n",
            "A: b\r\n\r\none\r\n\r\nthree\r\n\r\n.\r\n",
            "A: b\r\n\r\n..\r\n..x\r\n...\r\n.\r\n",
            "A: b\r\n\r\na\r\n.a\r\nb\r\n.\r\n",
            "\r\none\r\ntwo\r\n.\r\n",
            "a\r\nb\r\nc\r\n.\r\n",
            "A: b\r\n\r\nbare\rcr\r\r\n\u0000\r\n.\r\n",
        };

        [TestMethod]
        public void Top_AnyMessageAnyLinesAnyChunk_IsWhatTheModelSays()
        {
            for (int index = 0; index < s_messages.Length; index++)
            {
                Pop3Driver driver = new Pop3Driver(true);
                driver.Add(s_messages[index]);
                driver.LogIn();
                for (int lines = 0; lines <= 8; lines++)
                {
                    string expected = Ok + Model(s_messages[index], lines);
                    for (int chunk = 1; chunk <= s_messages[index].Length; chunk++)
                    {
                        driver.ChunkOctets = chunk;
                        Assert.AreEqual(expected, driver.Send("TOP 1 " + lines.ToString() + "\r\n")); // [84]
                    }
                }
            }
        }

        [TestMethod]
        public void Top_NoLines_IsHeaderAndEmptyLine()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Add("A: b\r\nC: d\r\n\r\nbody\r\n.\r\n");
            driver.LogIn();
            Assert.AreEqual(Ok + "A: b\r\nC: d\r\n\r\n.\r\n", driver.Send("TOP 1 0\r\n")); // [85]
        }

        [TestMethod]
        public void Top_MoreLinesThanThereAre_IsTheWholeMessage()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Add("A: b\r\n\r\nbody\r\n..\r\n.\r\n");
            driver.LogIn();
            Assert.AreEqual(Ok + "A: b\r\n\r\nbody\r\n..\r\n.\r\n+OK\r\n", driver.Send("TOP 1 3000000000\r\nNOOP\r\n")); // [84]
        }

        [TestMethod]
        public void Top_CutDone_TakesNothingMore()
        {
            TopScanner scanner = new TopScanner();
            byte[] octets = Encoding.UTF8.GetBytes("A: b\r\n\r\nbody\r\n.\r\n");
            scanner.Begin(0);
            Assert.AreEqual(8, scanner.Scan(octets, 0, octets.Length));
            Assert.IsTrue(scanner.IsDone);
            Assert.IsFalse(scanner.HasEnd);
            Assert.AreEqual(0, scanner.Scan(octets, 8, octets.Length - 8));
            scanner.Begin(5);
            Assert.IsFalse(scanner.IsDone);
            Assert.AreEqual(octets.Length, scanner.Scan(octets, 0, octets.Length));
            Assert.IsTrue(scanner.HasEnd);
        }

        // The whole reply, a line at a time.
        private static string Model(string wire, int lines)
        {
            StringBuilder reply = new StringBuilder();
            bool inHeader = true;
            int at = 0;
            while (inHeader || lines > 0)
            {
                int end = wire.IndexOf("\r\n", at) + 2;
                string line = wire.Substring(at, end - at);
                if (line == ".\r\n")
                {
                    break;
                }

                reply.Append(line);
                lines -= inHeader ? 0 : 1;
                inHeader = inHeader && line != "\r\n";
                at = end;
            }

            reply.Append(".\r\n");
            return reply.ToString();
        }
    }
}

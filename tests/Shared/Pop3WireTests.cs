using System.Text;
using MailAppliance.Core;
using MailAppliance.Pop3;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace MailAppliance.Tests
{
    [TestClass]
    public class Pop3WireTests
    {
        private static readonly string[] s_verbs = new string[]
        {
            "USER alice", "PASS x", "QUIT", "CAPA", "NOOP", "STAT", "LIST", "LIST 1", "RETR 1", "DELE 1", "RSET", "TOP 1 0", "UIDL", "UIDL 1",
            "APOP alice 0123456789abcdef0123456789abcdef", "AUTH", "AUTH PLAIN", "AUTH LOGIN", "AUTH CRAM-MD5", "AUTH PLAIN =", "STLS", "UTF8", "LANG", "LANG *", "XTND XMIT", "",
        };

        // What the first four octets of the answer are in Authorization, and in Transaction.
        private const string InAuthorization = "+-++------------++--------";
        private const string InTransaction = "--++++++++++++------------";

        [TestMethod]
        public void AnyState_EveryVerb_IsAnsweredAsTheTableSays()
        {
            Assert.AreEqual(s_verbs.Length, InAuthorization.Length);
            Assert.AreEqual(s_verbs.Length, InTransaction.Length);
            for (int index = 0; index < s_verbs.Length; index++)
            {
                Pop3Driver driver = MakeDriver(true);
                driver.Open();
                string answer = driver.Send(s_verbs[index] + "\r\n");
                Assert.AreEqual(InAuthorization.Substring(index, 1), answer.Substring(0, 1));
                Assert.IsFalse(driver.Session.HoldsMaildrop);

                driver.LogIn();
                driver.TakeSent();
                answer = driver.Send(s_verbs[index] + "\r\n");
                Assert.AreEqual(InTransaction.Substring(index, 1), answer.Substring(0, 1));

                // After QUIT nothing is answered, and while the removal is on its way neither.
                driver.LogIn();
                driver.Send("QUIT\r\n");
                Assert.AreEqual("", driver.Send(s_verbs[index] + "\r\n"));
                driver.UpdateResult = -1;
                driver.LogIn();
                driver.Send("DELE 2\r\n");
                driver.TakeSent();
                Assert.AreEqual("", driver.Send("QUIT\r\n" + s_verbs[index] + "\r\n")); // [88]
                Assert.AreEqual(Pop3Event.Awaiting, driver.LastEvent);
            }
        }

        [TestMethod]
        public void AnyState_MissingOrSuperfluousArgument_IsRefused()
        {
            string[] lines = new string[]
            {
                "RETR", "RETR ", "DELE", "TOP", "TOP 1", "STAT 1", "NOOP x", "RSET x", "QUIT x", "CAPA x",
            };
            Pop3Driver driver = MakeDriver(true);
            driver.LogIn();
            for (int index = 0; index < lines.Length; index++)
            {
                Assert.AreEqual("-ERR wrong number of arguments\r\n", driver.Send(lines[index] + "\r\n"));
            }

            driver.Open();
            Assert.AreEqual("-ERR wrong number of arguments\r\n", driver.Send("USER\r\n"));
            Assert.AreEqual("-ERR wrong number of arguments\r\n", driver.Send("USER  \r\n"));
            driver.Send("USER alice\r\n");
            Assert.AreEqual("-ERR wrong number of arguments\r\n", driver.Send("PASS\r\n"));
        }

        [TestMethod]
        public void Lines_BareLf_EndsOneInDeviceModeOnly()
        {
            Pop3Driver device = new Pop3Driver(false);
            device.Open();
            Assert.AreEqual("+OK now the password\r\n+OK 0 messages (0 octets)\r\n", device.Send("USER alice\nPASS open sesame\n"));

            Pop3Driver strict = new Pop3Driver(true);
            strict.LogIn();
            Assert.AreEqual("", strict.Send("NOOP\nNOOP\n"));
            Assert.AreEqual("-ERR unknown command\r\n+OK\r\n", strict.Send("\r\nNOOP\r\n"));
        }

        [TestMethod]
        public void Lines_UpToTheBound_AreTakenAndLongerOnesRefused()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Open();
            Assert.AreEqual("+OK now the password\r\n", driver.Send(LineOf("USER ", 255))); // [92]
            Assert.AreEqual("+OK now the password\r\n", driver.Send(LineOf("USER ", Limits.Pop3LineOctetsMax)));
            Assert.AreEqual("-ERR line too long\r\n", driver.Send(LineOf("USER ", Limits.Pop3LineOctetsMax + 1)));
            Assert.AreEqual("-ERR line too long\r\n+OK bye\r\n", driver.Send(LineOf("USER ", 5000) + "QUIT\r\n"));
        }

        [TestMethod]
        public void Lines_Endless_Closes()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Open();
            byte[] octets = new byte[1000];
            for (int sent = 0; sent <= Limits.SkippedLineOctetsMax + 1000; sent += octets.Length)
            {
                driver.SendOctets(octets, 0, octets.Length);
            }

            Assert.AreEqual("-ERR too many bad commands\r\n", driver.TakeSent());
            Assert.AreEqual(Pop3Event.Close, driver.LastEvent);
        }

        [TestMethod]
        public void Replies_All_FitTheirBounds()
        {
            Phrases texts = Pop3Replies.Texts;
            for (int index = 0; index < texts.Count; index++)
            {
                Assert.IsTrue(texts.OctetsOf(index) <= Pop3Replies.ReplyOctetsMax);
            }

            // The longest line with numbers in it, and the greeting, which goes into an empty output.
            Assert.IsTrue(4 + 10 + texts.OctetsOf(Pop3Replies.Messages) + 19 + texts.OctetsOf(Pop3Replies.OctetsInAll) <= Pop3Replies.ReplyOctetsMax); // [76]
            Assert.IsTrue(4 + Limits.DomainOctetsMax + texts.OctetsOf(Pop3Replies.GreetingEnd) <= Limits.ReplyLineOctetsMax); // [76]
        }

        [TestMethod]
        public void Listing_LongerThanTheOutput_ComesInPieces()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.AddMany(200);
            driver.LogIn();
            driver.Send("DELE 1\r\nDELE 100\r\nDELE 200\r\n");
            StringBuilder list = new StringBuilder();
            StringBuilder uidl = new StringBuilder();
            list.Append("+OK 197 messages (20587 octets)\r\n");
            uidl.Append("+OK unique-ids follow\r\n");
            for (int number = 1; number <= 200; number++)
            {
                if (number > 1 && number % 100 != 0)
                {
                    list.Append(number.ToString() + " " + (number + 4).ToString() + "\r\n");
                    uidl.Append(number.ToString() + " u-" + (1000 + number).ToString() + "\r\n");
                }
            }

            list.Append(".\r\n");
            uidl.Append(".\r\n");
            string both = driver.Send("LIST\r\nUIDL\r\nNOOP\r\n");
            Assert.AreEqual(list.ToString() + uidl.ToString() + "+OK\r\n", both); // [82] [94]
            Assert.IsTrue(driver.CountOf(Pop3Event.NeedRoom) >= 4);
            Assert.IsTrue(driver.OutputOctetsMax <= 1024);
        }

        [TestMethod]
        public void Pipelining_MoreRepliesThanTheOutputHolds_WaitsForRoom()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Open();
            int octets = Pop3Replies.Texts.OctetsOf(Pop3Replies.Capabilities) + Pop3Replies.Texts.OctetsOf(Pop3Replies.CapabilityLogins)
                + Pop3Replies.Texts.OctetsOf(Pop3Replies.End);
            StringBuilder commands = new StringBuilder();
            for (int count = 0; count < 80; count++)
            {
                commands.Append("CAPA\r\n");
            }

            Assert.AreEqual(80 * octets, driver.Send(commands.ToString()).Length); // [94]
            Assert.IsTrue(driver.CountOf(Pop3Event.NeedRoom) >= 10);
            Assert.IsTrue(driver.OutputOctetsMax <= 1024);
        }

        [TestMethod]
        public void Pipelining_SplitAnywhere_GivesTheSameReplies()
        {
            string text = "CAPA\r\nUSER alice\r\nPASS wrong\r\nUSER alice\r\nPASS open sesame\r\nSTAT\r\nLIST\r\nUIDL 1\r\nTOP 1 1\r\nRETR 2\r\n"
                + "DELE 1\r\nLIST\r\nRETR 1\r\nXYZ\r\nRSET\r\nDELE 2\r\nNOOP\r\nQUIT\r\nSTAT\r\n";
            byte[] octets = Octets.Of(text);
            Pop3Driver driver = MakeDriver(true);
            driver.Open();
            string whole = driver.Send(text);
            Assert.AreEqual("+OK capa", whole.Substring(0, 8));
            Assert.IsTrue(whole.IndexOf("+OK deleted messages removed, bye\r\n") == whole.Length - 35); // [94]
            for (int split = 0; split <= octets.Length; split++)
            {
                driver = MakeDriver(true);
                driver.Open();
                driver.SendOctets(octets, 0, split);
                driver.SendOctets(octets, split, octets.Length - split);
                Assert.AreEqual(whole, driver.TakeSent()); // [94]
            }

            driver = MakeDriver(true);
            driver.Open();
            for (int index = 0; index < octets.Length; index++)
            {
                driver.SendOctets(octets, index, 1);
            }

            Assert.AreEqual(whole, driver.TakeSent()); // [94]
        }

        internal static Pop3Driver MakeDriver(bool strict)
        {
            Pop3Driver driver = new Pop3Driver(strict);
            driver.Add("Subject: one\r\nX: y\r\n\r\nfirst\r\n..second\r\nthird\r\n.\r\n");
            driver.Add("Subject: two\r\n\r\n.\r\n");
            return driver;
        }

        private static string LineOf(string begin, int octets)
        {
            StringBuilder line = new StringBuilder();
            line.Append(begin);
            while (line.Length < octets - 2)
            {
                line.Append('a');
            }

            line.Append("\r\n");
            return line.ToString();
        }
    }
}

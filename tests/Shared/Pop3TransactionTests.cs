using MailAppliance.Core;
using MailAppliance.Pop3;
using MailAppliance.Store;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace MailAppliance.Tests
{
    [TestClass]
    public class Pop3TransactionTests
    {
        private const string None = "-ERR no such message\r\n";
        private const string IsMarked = "-ERR message is marked as deleted\r\n";

        [TestMethod]
        public void Transaction_Stat_IsExactAndLeavesMarkedOnesOut()
        {
            Pop3Driver driver = LogInToThree();
            Assert.AreEqual("+OK 3 18\r\n", driver.Send("STAT\r\n")); // [81]
            driver.Send("DELE 2\r\n");
            Assert.AreEqual("+OK 2 12\r\n", driver.Send("STAT\r\n")); // [81]
            driver.Send("RSET\r\n");
            Assert.AreEqual("+OK 3 18\r\n", driver.Send("STAT\r\n")); // [81] [86]
        }

        [TestMethod]
        public void Transaction_List_LeavesMarkedOnesOut()
        {
            Pop3Driver driver = LogInToThree();
            Assert.AreEqual("+OK 3 messages (18 octets)\r\n1 5\r\n2 6\r\n3 7\r\n.\r\n", driver.Send("LIST\r\n")); // [82]
            Assert.AreEqual("+OK 2 6\r\n", driver.Send("LIST 2\r\n")); // [82]
            driver.Send("DELE 2\r\n");
            Assert.AreEqual("+OK 2 messages (12 octets)\r\n1 5\r\n3 7\r\n.\r\n", driver.Send("LIST\r\n")); // [82]
            Assert.AreEqual(IsMarked, driver.Send("LIST 2\r\n")); // [82]
        }

        [TestMethod]
        public void Transaction_Uidl_LeavesMarkedOnesOut()
        {
            Pop3Driver driver = LogInToThree();
            Assert.AreEqual("+OK unique-ids follow\r\n1 u-1001\r\n2 u-1002\r\n3 u-1003\r\n.\r\n", driver.Send("UIDL\r\n")); // [82]
            Assert.AreEqual("+OK 3 u-1003\r\n", driver.Send("UIDL 3\r\n")); // [82]
            driver.Send("DELE 3\r\n");
            Assert.AreEqual("+OK unique-ids follow\r\n1 u-1001\r\n2 u-1002\r\n.\r\n", driver.Send("UIDL\r\n")); // [82]
            Assert.AreEqual(IsMarked, driver.Send("UIDL 3\r\n")); // [82]
        }

        [TestMethod]
        public void Transaction_EmptyMaildrop_ListsNothing()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.LogIn();
            Assert.AreEqual("+OK 0 0\r\n", driver.Send("STAT\r\n")); // [81]
            Assert.AreEqual("+OK 0 messages (0 octets)\r\n.\r\n", driver.Send("LIST\r\n")); // [82]
            Assert.AreEqual("+OK unique-ids follow\r\n.\r\n", driver.Send("UIDL\r\n")); // [82]
            Assert.AreEqual(None + None, driver.Send("LIST 1\r\nRETR 1\r\n"));
        }

        [TestMethod]
        public void Transaction_BadMessageNumbers_AreNoSuchMessage()
        {
            string[] numbers = new string[]
            {
                "0", "4", "-1", "+1", "x", "1x", "x1", "1.0", "1 2", "0x1", "99999999999999999999", "4294967297", "2147483648", "18446744073709551617",
            };
            Pop3Driver driver = LogInToThree();
            for (int index = 0; index < numbers.Length; index++)
            {
                Assert.AreEqual(None, driver.Send("LIST " + numbers[index] + "\r\n"));
                Assert.AreEqual(None, driver.Send("UIDL " + numbers[index] + "\r\n"));
                Assert.AreEqual(None, driver.Send("RETR " + numbers[index] + "\r\n"));
                Assert.AreEqual(None, driver.Send("DELE " + numbers[index] + "\r\n"));
            }

            Assert.AreEqual(None, driver.Send("TOP 4 0\r\n"));
            Assert.AreEqual(None, driver.Send("TOP x 0\r\n"));
            Assert.AreEqual("+OK 3 18\r\n", driver.Send("STAT\r\n"));
        }

        [TestMethod]
        public void Transaction_WhiteSpaceAroundArguments_IsTolerated()
        {
            Pop3Driver driver = LogInToThree();
            Assert.AreEqual("+OK 2 6\r\n", driver.Send("LIST  2 \t \r\n"));
            Assert.AreEqual("+OK 3 18\r\n", driver.Send("STAT \t\r\n"));
            Assert.AreEqual("+OK 3 18\r\n", driver.Send("STAT\t\r\n"));
            Assert.AreEqual("+OK 3 messages (18 octets)\r\n1 5\r\n2 6\r\n3 7\r\n.\r\n", driver.Send("LIST \r\n"));
            Assert.AreEqual("+OK top of message follows\r\nx\r\n\r\n.\r\n", driver.Send("TOP 1   0 \r\n"));
        }

        [TestMethod]
        public void Retr_Always_SendsTheStoredOctetsAndTheirExactSize()
        {
            Pop3Driver driver = new Pop3Driver(true);
            string wire = "A: b\r\n\r\n..dot\r\n...\r\nbare\rcr\u0001\u007f\r\n.\r\n";
            driver.Add(wire);
            driver.LogIn();
            // Three octets end the reply, and two dots are stuffed.
            int octets = wire.Length - 3 - 2;
            for (int chunk = 1; chunk <= wire.Length; chunk++)
            {
                driver.ChunkOctets = chunk;
                Assert.AreEqual("+OK " + octets.ToString() + " octets\r\n" + wire, driver.Send("RETR 1\r\n")); // [83] [84]
            }

            Assert.AreEqual("+OK 1 " + octets.ToString() + "\r\n", driver.Send("LIST 1\r\n")); // [83]
        }

        [TestMethod]
        public void Retr_Asked_NamesMessageAndLines()
        {
            Pop3Driver driver = LogInToThree();
            driver.Send("RETR 2\r\n");
            Assert.AreEqual(2, driver.Session.Number);
            Assert.AreEqual(-1, driver.Session.Lines);
            driver.Send("TOP 3 17\r\n");
            Assert.AreEqual(3, driver.Session.Number);
            Assert.AreEqual(17, driver.Session.Lines);
            driver.Send("TOP 3 99999999999999999999\r\n");
            Assert.AreEqual(int.MaxValue, driver.Session.Lines);
        }

        [TestMethod]
        public void Top_BadLineCount_IsRefused()
        {
            Pop3Driver driver = LogInToThree();
            Assert.AreEqual("-ERR wrong number of arguments\r\n", driver.Send("TOP 1\r\n"));
            Assert.AreEqual("-ERR wrong number of arguments\r\n", driver.Send("TOP\r\n"));
            Assert.AreEqual("-ERR expected a number of lines\r\n", driver.Send("TOP 1 -1\r\n"));
            Assert.AreEqual("-ERR expected a number of lines\r\n", driver.Send("TOP 1 x\r\n"));
            Assert.AreEqual("-ERR expected a number of lines\r\n", driver.Send("TOP 1 1 1\r\n"));
        }

        [TestMethod]
        public void Dele_Twice_IsRefusedUntilReset()
        {
            Pop3Driver driver = LogInToThree();
            Assert.AreEqual("+OK marked as deleted\r\n", driver.Send("DELE 1\r\n")); // [86]
            Assert.AreEqual(IsMarked, driver.Send("DELE 1\r\n")); // [86]
            Assert.AreEqual(IsMarked, driver.Send("RETR 1\r\n"));
            Assert.AreEqual(IsMarked, driver.Send("TOP 1 0\r\n"));
            Assert.AreEqual("+OK no message is marked\r\n", driver.Send("RSET\r\n")); // [86]
            Assert.AreEqual("+OK 5 octets\r\nx\r\n\r\n.\r\n", driver.Send("RETR 1\r\n")); // [86]
        }

        [TestMethod]
        public void Transaction_Noop_IsOk()
        {
            Assert.AreEqual("+OK\r\n", LogInToThree().Send("NOOP\r\n"));
        }

        [TestMethod]
        public void Transaction_GoneMessage_IsLeftOutAndPermanent()
        {
            const string Gone = "-ERR [SYS/PERM] message can't be read\r\n";
            Pop3Driver driver = LogInToThree();
            driver.View.Lose(2);
            Assert.AreEqual("+OK 2 messages (12 octets)\r\n1 5\r\n3 7\r\n.\r\n", driver.Send("LIST\r\n"));
            Assert.AreEqual("+OK unique-ids follow\r\n1 u-1001\r\n3 u-1003\r\n.\r\n", driver.Send("UIDL\r\n"));
            Assert.AreEqual(Gone + Gone + Gone, driver.Send("LIST 2\r\nRETR 2\r\nTOP 2 0\r\n")); // [93]
            Assert.AreEqual(Gone + Gone, driver.Send("UIDL 2\r\nDELE 2\r\n")); // [93]
        }

        [TestMethod]
        public void Retr_StoreCannotOpen_SaysWhichWay()
        {
            Pop3Driver driver = LogInToThree();
            driver.RetrieveResult = StoreResult.Damaged;
            Assert.AreEqual("-ERR [SYS/PERM] message can't be read\r\n+OK\r\n", driver.Send("RETR 1\r\nNOOP\r\n")); // [93]
            driver.RetrieveResult = StoreResult.Failed;
            Assert.AreEqual("-ERR [SYS/TEMP] message can't be read now\r\n+OK\r\n", driver.Send("TOP 1 0\r\nNOOP\r\n")); // [93]
        }

        [TestMethod]
        public void Retr_DamagedOnTheWay_ClosesInsideTheReply()
        {
            Pop3Driver driver = LogInToThree();
            driver.Send("DELE 1\r\n");
            driver.ChunkOctets = 4;
            driver.DamagedChunk = 1;
            Assert.AreEqual("+OK 7 octets\r\nxxx\r", driver.Send("RETR 3\r\nNOOP\r\n"));
            Assert.AreEqual(Pop3Event.Close, driver.LastEvent);
            Assert.AreEqual(0, driver.CountOf(Pop3Event.Update)); // [87]
            Assert.IsFalse(driver.Session.HoldsMaildrop);
        }

        [TestMethod]
        public void Quit_WithoutMarks_ClosesAtOnce()
        {
            Pop3Driver driver = LogInToThree();
            driver.Send("DELE 1\r\nRSET\r\n");
            Assert.AreEqual("+OK bye\r\n", driver.Send("QUIT\r\n"));
            Assert.AreEqual(0, driver.CountOf(Pop3Event.Update));
            Assert.AreEqual(Pop3Event.Close, driver.LastEvent);
            Assert.IsFalse(driver.Session.HoldsMaildrop); // [78]
        }

        [TestMethod]
        public void Quit_WithMarks_AnswersOnlyAfterTheRemoval()
        {
            Pop3Driver driver = LogInToThree();
            driver.UpdateResult = -1;
            driver.Send("DELE 1\r\n");
            Assert.AreEqual("", driver.Send("QUIT\r\nNOOP\r\n")); // [88]
            Assert.AreEqual(Pop3State.Update, driver.Session.State);
            Assert.AreEqual(Pop3Event.Awaiting, driver.LastEvent); // [88]
            Assert.AreEqual(Pop3Event.Awaiting, driver.Session.Advance());
            Assert.IsTrue(driver.Session.HoldsMaildrop); // [78]
            driver.Session.OnUpdated(StoreResult.Ok);
            Assert.IsFalse(driver.Session.HoldsMaildrop);
            driver.Run();
            Assert.AreEqual("+OK deleted messages removed, bye\r\n", driver.TakeSent()); // [88] [94]
            Assert.AreEqual(Pop3Event.Close, driver.LastEvent);
            Assert.AreEqual(1, driver.CountOf(Pop3Event.Update)); // [87]
        }

        [TestMethod]
        public void Quit_RemovalFails_SaysErr()
        {
            int[] results = new int[] { StoreResult.Failed, StoreResult.NoRoom, StoreResult.Unknown };
            string[] answers = new string[]
            {
                "-ERR [SYS/TEMP] some deleted messages not removed\r\n", "-ERR [SYS/TEMP] some deleted messages not removed\r\n", "",
            };
            for (int index = 0; index < results.Length; index++)
            {
                Pop3Driver driver = LogInToThree();
                driver.UpdateResult = results[index];
                driver.Send("DELE 1\r\nDELE 2\r\n");
                Assert.AreEqual(answers[index], driver.Send("QUIT\r\n")); // [88]
                Assert.AreEqual(Pop3Event.Close, driver.LastEvent);
            }
        }

        [TestMethod]
        public void Transaction_IdleTimeout_ClosesWithoutUpdateOrWord()
        {
            Pop3Driver driver = LogInToThree();
            driver.Send("DELE 1\r\n");
            driver.Session.OnIdleTimeout();
            Assert.IsFalse(driver.Session.HoldsMaildrop);
            driver.Run();
            Assert.AreEqual("", driver.TakeSent()); // [77]
            Assert.AreEqual(Pop3Event.Close, driver.LastEvent); // [77]
            Assert.AreEqual(0, driver.CountOf(Pop3Event.Update)); // [77] [87]
        }

        [TestMethod]
        public void Transaction_Shutdown_SaysSoAndClosesWithoutUpdate()
        {
            Pop3Driver driver = LogInToThree();
            driver.Send("DELE 1\r\n");
            driver.Session.OnShutdown();
            driver.Run();
            Assert.AreEqual("-ERR [SYS/TEMP] not available now, try again later\r\n", driver.TakeSent()); // [93]
            Assert.AreEqual(Pop3Event.Close, driver.LastEvent);
            Assert.AreEqual(0, driver.CountOf(Pop3Event.Update)); // [87]
        }

        [TestMethod]
        public void Retrieving_Shutdown_SaysNothingInsideTheReply()
        {
            Pop3Driver driver = LogInToThree();
            byte[] octets = Octets.Of("RETR 1\r\n");
            octets.CopyTo(driver.Session.Input.Buffer, driver.Session.Input.MakeRoom() > 0 ? driver.Session.Input.End : 0);
            driver.Session.Input.Fill(octets.Length);
            Assert.AreEqual(Pop3Event.Retrieve, driver.Session.Advance());
            driver.Session.OnRetrieveOpened(StoreResult.Ok);
            Assert.AreEqual(Pop3Event.Retrieving, driver.Session.Advance());
            Assert.AreEqual(Pop3Event.Retrieving, driver.Session.Advance());
            driver.Session.OnShutdown();
            driver.Run();
            Assert.AreEqual("+OK 5 octets\r\n", driver.TakeSent());
            Assert.AreEqual(Pop3Event.Close, driver.LastEvent);
        }

        [TestMethod]
        public void Update_ShutdownOrTimeoutMeanwhile_AwaitsTheOutcome()
        {
            Pop3Driver driver = LogInToThree();
            driver.UpdateResult = -1;
            driver.Send("DELE 1\r\nQUIT\r\n");
            driver.Session.OnShutdown();
            driver.Session.OnIdleTimeout();
            driver.Run();
            Assert.AreEqual("", driver.TakeSent());
            Assert.AreEqual(Pop3Event.Awaiting, driver.LastEvent);
            driver.Session.OnUpdated(StoreResult.Ok);
            driver.Run();
            Assert.AreEqual("+OK deleted messages removed, bye\r\n", driver.TakeSent()); // [88]
            Assert.AreEqual(Pop3Event.Close, driver.LastEvent);
        }

        [TestMethod]
        public void Opening_ShutdownMeanwhile_IgnoresTheOutcome()
        {
            Pop3Session session = new Pop3Driver(true).Session;
            byte[] octets = Octets.Of("USER alice\r\nPASS open sesame\r\n");
            session.Open(false);
            session.Output.Sent(session.Output.Count);
            octets.CopyTo(session.Input.Buffer, session.Input.End);
            session.Input.Fill(octets.Length);
            Assert.AreEqual(Pop3Event.Verify, session.Advance());
            session.OnVerified(true);
            Assert.AreEqual(Pop3Event.OpenMaildrop, session.Advance());
            session.OnIdleTimeout();
            Assert.AreEqual(Pop3Event.Awaiting, session.Advance());
            session.OnShutdown();
            session.OnOpened(Pop3OpenResult.Ok, new Pop3FakeView(1));
            Assert.AreEqual(Pop3Event.Close, session.Advance());
            Assert.IsFalse(session.HoldsMaildrop);
        }

        private static Pop3Driver LogInToThree()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.AddMany(3);
            driver.LogIn();
            return driver;
        }
    }
}

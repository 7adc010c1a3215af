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
    public class Pop3AuthorizationTests
    {
        private const string Wrong = "-ERR [AUTH] wrong name or password\r\n";
        private const string NameTaken = "+OK now the password\r\n";
        private const string Empty = "+OK 0 messages (0 octets)\r\n";

        [TestMethod]
        public void Open_Always_GreetsWithAStampOfItsOwn()
        {
            Pop3Driver driver = new Pop3Driver(true);
            string first = driver.Open();
            string second = driver.Open();
            const string Begin = "+OK mail.lan POP3 MailAppliance ready <";
            Assert.AreEqual(Begin, first.Substring(0, Begin.Length)); // [76] [90]
            Assert.AreEqual("@mail.lan>\r\n", first.Substring(first.Length - 12)); // [90]
            Assert.IsFalse(first == second); // [90]
        }

        [TestMethod]
        public void Authorization_KeywordsInAnyCase_AreUnderstood()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Open();
            Assert.AreEqual(NameTaken, driver.Send("uSeR alice\r\n")); // [76]
            Assert.AreEqual(Empty, driver.Send("PaSs open sesame\r\n")); // [76]
            Assert.AreEqual("+OK bye\r\n", driver.Send("qUIt\r\n")); // [76]
        }

        [TestMethod]
        public void Authorization_NameOf40Octets_IsTaken()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Open();
            Assert.AreEqual(NameTaken, driver.Send("USER aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd\r\n")); // [76]
        }

        [TestMethod]
        public void User_UnknownName_AnswersAsForAKnownOne()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Open();
            string known = driver.Send("USER alice\r\n");
            Assert.AreEqual(known, driver.Send("USER nobody\r\n"));
            Assert.AreEqual(Wrong, driver.Send("PASS nobody's password\r\n")); // [93]
            driver.Send("USER alice\r\n");
            Assert.AreEqual(Wrong, driver.Send("PASS nobody's password\r\n")); // [93]
        }

        [TestMethod]
        public void User_NameLongerThanAnyAddress_IsNobodys()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Open();
            string name = "a";
            for (int octets = 1; octets < 330; octets++)
            {
                name += "a";
            }

            Assert.AreEqual(NameTaken, driver.Send("USER " + name + "\r\n"));
            Assert.AreEqual(Wrong, driver.Send("PASS open sesame\r\n"));
        }

        [TestMethod]
        public void User_AddressOfAMaildrop_LogsIn()
        {
            string[] names = new string[] { "ALICE@lan", "alerts@shop.example", "robert@LAN", "BOB" };
            string[] passwords = new string[] { "open sesame", "open sesame", "b", "b" };
            int[] maildrops = new int[] { 0, 0, 1, 1 };
            for (int index = 0; index < names.Length; index++)
            {
                Pop3Driver driver = new Pop3Driver(true);
                driver.Open();
                Assert.AreEqual(-1, driver.Session.MaildropIndex);
                Assert.AreEqual(NameTaken + Empty, driver.Send("USER " + names[index] + "\r\nPASS " + passwords[index] + "\r\n"));
                Assert.AreEqual(maildrops[index], driver.Session.MaildropIndex);
                Assert.IsTrue(driver.Session.HoldsMaildrop);
            }
        }

        [TestMethod]
        public void User_NoAddressOfAnybody_IsRefused()
        {
            string[] names = new string[] { "alice@elsewhere", "alice@", "@lan", "@", "alice@lan@lan", "alic", "alicee", "alice@lan." };
            for (int index = 0; index < names.Length; index++)
            {
                Pop3Driver driver = new Pop3Driver(false);
                driver.Open();
                Assert.AreEqual(NameTaken + Wrong, driver.Send("USER " + names[index] + "\r\nPASS open sesame\r\n"));
                Assert.IsFalse(driver.Session.HoldsMaildrop);
            }
        }

        [TestMethod]
        public void Pass_ArgumentWithSpaces_IsTakenWhole()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Open();
            Assert.AreEqual(NameTaken + Wrong, driver.Send("USER alice\r\nPASS open sesame \r\n")); // [79]
            Assert.AreEqual(NameTaken + Wrong, driver.Send("USER alice\r\nPASS  open sesame\r\n")); // [79]
            Assert.AreEqual(NameTaken + Empty, driver.Send("USER alice\r\nPASS open sesame\r\n")); // [79]
        }

        [TestMethod]
        public void Pass_WithoutUser_IsRefused()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Open();
            Assert.AreEqual("-ERR first the name\r\n", driver.Send("PASS open sesame\r\n"));
            driver.Send("USER alice\r\nPASS wrong\r\n");
            Assert.AreEqual("-ERR first the name\r\n", driver.Send("PASS open sesame\r\n"));
            Assert.AreEqual(Pop3State.Authorization, driver.Session.State);
        }

        [TestMethod]
        public void Pass_NotImmediatelyAfterUser_IsRefusedInStrictModeOnly()
        {
            Pop3Driver strict = new Pop3Driver(true);
            strict.Open();
            strict.Send("USER alice\r\nNOOP\r\n");
            Assert.AreEqual("-ERR first the name\r\n", strict.Send("PASS open sesame\r\n"));
            strict.Send("USER alice\r\nCAPA\r\n");
            Assert.AreEqual(Empty, strict.Send("PASS open sesame\r\n"));

            Pop3Driver device = new Pop3Driver(false);
            device.Open();
            device.Send("USER alice\r\nNOOP\r\n");
            Assert.AreEqual(Empty, device.Send("PASS open sesame\r\n"));
        }

        [TestMethod]
        public void Pass_WrongSixTimes_Closes()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Open();
            for (int wrong = 1; wrong <= 5; wrong++)
            {
                Assert.AreEqual(NameTaken + Wrong, driver.Send("USER alice\r\nPASS 1\r\n"));
                Assert.AreEqual(Pop3Event.NeedOctets, driver.LastEvent);
            }

            Assert.AreEqual(NameTaken + Wrong, driver.Send("USER alice\r\nPASS 2\r\nUSER alice\r\nPASS open sesame\r\n"));
            Assert.AreEqual(Pop3Event.Close, driver.LastEvent);

            // The next connection begins anew.
            driver.Open();
            Assert.AreEqual(NameTaken + Wrong, driver.Send("USER alice\r\nPASS 3\r\n"));
            Assert.AreEqual(NameTaken + Empty, driver.Send("USER alice\r\nPASS open sesame\r\n"));
        }

        [TestMethod]
        public void Pass_MaildropInUse_SaysSoAndTakesAnotherTry()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.OpenResult = Pop3OpenResult.InUse;
            for (int attempt = 0; attempt < 5; attempt++)
            {
                driver.Open();
                string answer = driver.Send("USER alice\r\nPASS open sesame\r\n");
                Assert.AreEqual(NameTaken + "-ERR [IN-USE] maildrop is open in another session\r\n", answer); // [78] [93]
                Assert.IsFalse(driver.Session.HoldsMaildrop); // [78]
            }

            driver.OpenResult = Pop3OpenResult.Ok;
            Assert.AreEqual(NameTaken + Empty, driver.Send("USER alice\r\nPASS open sesame\r\n"));
        }

        [TestMethod]
        public void Pass_StoreFails_IsTemporary()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.OpenResult = Pop3OpenResult.Failed;
            driver.Open();
            Assert.AreEqual(NameTaken + "-ERR [SYS/TEMP] maildrop can't be opened now\r\n", driver.Send("USER alice\r\nPASS open sesame\r\n")); // [93]
            Assert.AreEqual(Pop3State.Authorization, driver.Session.State);
        }

        [TestMethod]
        public void Authorization_Quit_SaysOkAndCloses()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Open();
            Assert.AreEqual("+OK bye\r\n", driver.Send("QUIT\r\nCAPA\r\n"));
            Assert.AreEqual(Pop3Event.Close, driver.LastEvent);
            Assert.AreEqual(0, driver.CountOf(Pop3Event.Update));
        }

        [TestMethod]
        public void Capa_InBothStates_IsTheSameAndTrue()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Open();
            string before = driver.Send("CAPA\r\n");
            driver.Send("USER alice\r\nPASS open sesame\r\n");
            string after = driver.Send("CAPA\r\n");
            Assert.AreEqual(before, after); // [91]
            Assert.AreEqual(
                "+OK capabilities follow\r\nTOP\r\nUIDL\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\nEXPIRE NEVER\r\nIMPLEMENTATION MailAppliance\r\n"
                    + "USER\r\nSASL PLAIN LOGIN\r\n.\r\n",
                after); // [91] [93] [94] [95]
        }

        [TestMethod]
        public void Open_TlsHello_ClosesWithoutAWord()
        {
            byte[] hello = new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01 };
            Pop3Driver driver = new Pop3Driver(false);
            driver.Open();
            driver.SendOctets(hello, 0, 1);
            Assert.AreEqual(Pop3Event.NeedOctets, driver.LastEvent);
            driver.SendOctets(hello, 1, 5);
            Assert.AreEqual(Pop3Event.Close, driver.LastEvent); // [D13]
            Assert.AreEqual("", driver.TakeSent()); // [D13]
        }

        [TestMethod]
        public void Open_AlmostATlsHello_IsAnUnknownCommand()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Open();
            Assert.AreEqual("-ERR unknown command\r\n", driver.Send("\u0016\r\n"));
            Assert.AreEqual("-ERR unknown command\r\n", driver.Send("\u0016\u0003\r\n"));
        }

        [TestMethod]
        public void Authorization_BadCommandsInARow_EndInClose()
        {
            Pop3Driver driver = new Pop3Driver(true);
            driver.Open();
            for (int bad = 1; bad <= Limits.BadCommandsMax; bad++)
            {
                Assert.AreEqual("-ERR unknown command\r\n", driver.Send("GET / HTTP/1.1\r\n"));
            }

            driver.Send("CAPA\r\n");
            for (int bad = 1; bad <= Limits.BadCommandsMax; bad++)
            {
                Assert.AreEqual("-ERR unknown command\r\n", driver.Send("\r\n"));
            }

            Assert.AreEqual("-ERR too many bad commands\r\n", driver.Send("USER\r\nCAPA\r\n"));
            Assert.AreEqual(Pop3Event.Close, driver.LastEvent);
        }
    }
}

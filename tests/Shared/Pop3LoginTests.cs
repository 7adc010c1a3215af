using MailAppliance.Core;
using MailAppliance.Login;
using MailAppliance.Pop3;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace MailAppliance.Tests
{
    /// <summary>AUTH and APOP of POP3: the words of each step.</summary>
    [TestClass]
    public class Pop3LoginTests
    {
        private const string Wrong = "-ERR [AUTH] wrong name or password\r\n";
        private const string Opened = "+OK 0 messages (0 octets)\r\n";
        private const string BadResponse = "-ERR can't decode this response\r\n";
        private const string AskName = "+ VXNlcm5hbWU6\r\n";
        private const string AskPassword = "+ UGFzc3dvcmQ6\r\n";

        // alice, open sesame.
        private const string AlicePlain = "AGFsaWNlAG9wZW4gc2VzYW1l";
        private const string AliceName = "YWxpY2U=";
        private const string AlicePassword = "b3BlbiBzZXNhbWU=";

        private static Pop3Driver Greeted(bool strict)
        {
            Pop3Driver driver = new Pop3Driver(strict);
            driver.Open();
            return driver;
        }

        [TestMethod]
        public void Auth_Plain_OpensTheMaildrop()
        {
            Assert.AreEqual(Opened, Greeted(true).Send("AUTH PLAIN " + AlicePlain + "\r\n")); // [96]
            Pop3Driver driver = Greeted(false);
            Assert.AreEqual("+ \r\n", driver.Send("auth plain\r\n")); // [96]
            Assert.AreEqual(Opened, driver.Send(AlicePlain + "\r\n"));
            Assert.AreEqual(0, driver.Session.MaildropIndex);
            Assert.AreEqual("-ERR not now\r\n", driver.Send("AUTH PLAIN " + AlicePlain + "\r\n"));
            Assert.AreEqual("-ERR not now\r\n", driver.Send("APOP alice 0123456789abcdef0123456789abcdef\r\n"));
        }

        [TestMethod]
        public void Auth_Login_AsksForBoth()
        {
            Pop3Driver driver = Greeted(true);
            Assert.AreEqual(AskName, driver.Send("AUTH LOGIN\r\n")); // [96]
            Assert.AreEqual(AskPassword, driver.Send(AliceName + "\r\n"));
            Assert.AreEqual(Opened, driver.Send(AlicePassword + "\r\n"));
            Assert.AreEqual(AskPassword + Opened, Greeted(false).Send("AUTH LOGIN " + AliceName + "\n" + AlicePassword + "\n"));
        }

        [TestMethod]
        public void Auth_WhatIsWrong_IsRefusedAndTheSessionGoesOn()
        {
            Pop3Driver driver = Greeted(true);
            Assert.AreEqual("+ \r\n-ERR authentication cancelled\r\n", driver.Send("AUTH PLAIN\r\n*\r\n")); // [96]
            Assert.AreEqual(AskPassword + "-ERR authentication cancelled\r\n", driver.Send("AUTH LOGIN " + AliceName + "\r\n*\r\n")); // [96]
            Assert.AreEqual(BadResponse, driver.Send("AUTH PLAIN !\r\n"));
            Assert.AreEqual(BadResponse, driver.Send("AUTH PLAIN =\r\n"));
            Assert.AreEqual(AskName + BadResponse, driver.Send("AUTH LOGIN\r\nYWx\r\n"));
            Assert.AreEqual("-ERR mechanism not offered\r\n", driver.Send("AUTH CRAM-MD5\r\n"));
            Assert.AreEqual("-ERR mechanism not offered\r\n", driver.Send("AUTH NTLM\r\n"));
            Assert.AreEqual("-ERR wrong number of arguments\r\n", driver.Send("AUTH\r\n"));
            Assert.AreEqual("-ERR wrong number of arguments\r\n", driver.Send("AUTH PLAIN a b\r\n"));
            Assert.AreEqual("+ \r\n-ERR line too long\r\n", driver.Send("AUTH PLAIN\r\n" + new string('A', 600) + "\r\n"));
            Assert.AreEqual(Opened, driver.Send("AUTH PLAIN " + AlicePlain + "\r\n"));
        }

        [TestMethod]
        public void Login_SixthWrongOneOfAnyKind_Closes()
        {
            Pop3Driver driver = Greeted(false);
            Assert.AreEqual(Wrong, driver.Send("AUTH PLAIN AGFsaWNlAHg=\r\n")); // [93]
            for (int wrong = 2; wrong <= 5; wrong++)
            {
                Assert.AreEqual(Wrong, driver.Send("APOP nobody 0123456789abcdef0123456789abcdef\r\n")); // [93]
            }

            Assert.AreEqual(Pop3Event.NeedOctets, driver.LastEvent);
            Assert.AreEqual("+OK now the password\r\n" + Wrong, driver.Send("USER alice\r\nPASS x\r\nAUTH PLAIN " + AlicePlain + "\r\n"));
            Assert.AreEqual(Pop3Event.Close, driver.LastEvent);
            driver.Open();
            Assert.AreEqual(Opened, driver.Send("AUTH PLAIN " + AlicePlain + "\r\n"));
        }

        [TestMethod]
        public void Apop_DigestOfTheStamp_OpensTheMaildrop()
        {
            Pop3Driver driver = new Pop3Driver(true);
            string first = Stamp(driver.Open());
            string second = Stamp(driver.Open());
            Assert.AreEqual(Wrong, driver.Send("APOP alice " + Digest(first, "open sesame") + "\r\n")); // [90]
            Assert.AreEqual(Wrong, driver.Send("APOP bob " + Digest(second, "open sesame") + "\r\n"));
            Assert.AreEqual("-ERR wrong number of arguments\r\n", driver.Send("APOP\r\n"));
            Assert.AreEqual("-ERR wrong number of arguments\r\n", driver.Send("APOP alice\r\n"));
            Assert.AreEqual(Opened, driver.Send("apop Alice@LAN " + Digest(second, "open sesame") + "\r\n")); // [90]
        }

        [TestMethod]
        public void Apop_ExampleOfRfc1939_HasItsDigest()
        {
            Assert.AreEqual("c4c9334bac560ecc979e58001b3e22fb", Digest("<1896.697170952@dbc.mtview.ca.us>", "tanstaaf"));
        }

        [TestMethod]
        public void Apop_WhereSomePasswordIsNotPlain_IsNotOffered()
        {
            Configuration.ApplianceSettings settings = Pop3Driver.MakeSettings(true);
            settings.DigestLogins = false;
            Pop3Driver driver = new Pop3Driver(settings);
            Assert.AreEqual("+OK mail.lan POP3 MailAppliance ready\r\n", driver.Open()); // [90]
            Assert.AreEqual("-ERR not supported\r\n", driver.Send("APOP alice 0123456789abcdef0123456789abcdef\r\n"));
            Assert.AreEqual(Opened, driver.Send("AUTH PLAIN " + AlicePlain + "\r\n"));
        }

        [TestMethod]
        public void Apop_AnyNameAndPassword_TakeTheSameHashing()
        {
            Configuration.ApplianceSettings settings = Pop3Driver.MakeSettings(true);
            settings.Maildrops[1].Password = Octets.Of(new string('x', 255));
            Md5 md5 = new Md5();
            Stamps stamps = new Stamps(Octets.Of(new string('h', 200)), new FixedEntropy(), md5);
            LoginCheck check = new LoginCheck(settings, null, stamps, md5);
            LoginAttempt attempt = new LoginAttempt();
            attempt.Mechanism = SaslMechanism.Apop;
            attempt.TakeProof(new byte[40], 0, 40, 40);
            for (int maildrop = -1; maildrop < 2; maildrop++)
            {
                attempt.Maildrop = maildrop;
                int before = md5.BlockCount;
                Assert.AreEqual(LoginResult.Wrong, check.Check(attempt));
                Assert.AreEqual(LoginCheck.ApopBlocks, md5.BlockCount - before);
            }
        }

        [TestMethod]
        public void Login_WhileItIsChecked_NothingElseIsTaken()
        {
            Pop3Driver driver = Greeted(true);
            driver.HoldLogin = true;
            Assert.AreEqual("+OK now the password\r\n", driver.Send("USER alice\r\nPASS open sesame\r\nSTAT\r\n"));
            Assert.AreEqual(Pop3Event.Awaiting, driver.LastEvent);
            driver.Session.OnIdleTimeout();
            Assert.AreEqual(Pop3State.Authorization, driver.Session.State);
            byte[] input = driver.Session.Input.Buffer;
            int offset = driver.Session.Attempt.Offset;
            Assert.AreEqual((byte)'o', input[offset]);
            driver.ReportLogin();
            Assert.AreEqual((byte)0, input[offset]);
            driver.Run();
            Assert.AreEqual(Opened + "+OK 0 0\r\n", driver.TakeSent());

            // The appliance stops meanwhile: the outcome is of no more use.
            driver.Open();
            driver.Send("USER alice\r\nPASS open sesame\r\n");
            driver.Session.OnShutdown();
            driver.ReportLogin();
            driver.Run();
            Assert.AreEqual(Pop3Event.Close, driver.LastEvent);
            Assert.IsFalse(driver.Session.HoldsMaildrop);
        }

        [TestMethod]
        public void Auth_SilenceOrShutdownInTheMidst_EndsTheSession()
        {
            Pop3Driver driver = Greeted(false);
            driver.Send("AUTH LOGIN\r\n");
            driver.Session.OnIdleTimeout();
            Assert.AreEqual(Pop3State.Ended, driver.Session.State); // [77]
            driver.Open();
            driver.Send("AUTH LOGIN\r\n");
            driver.Session.OnShutdown();
            driver.Run();
            Assert.AreEqual("-ERR [SYS/TEMP] not available now, try again later\r\n", driver.TakeSent());
        }

        internal static string Stamp(string greeting)
        {
            int begin = greeting.IndexOf('<');
            return greeting.Substring(begin, greeting.Length - begin - 2);
        }

        internal static string Digest(string stamp, string password)
        {
            byte[] octets = Octets.Of(stamp + password);
            byte[] digest = new byte[Md5.DigestOctets];
            Md5 md5 = new Md5();
            md5.Begin();
            md5.Add(octets, 0, octets.Length);
            md5.End(digest, 0);
            return Md5Tests.Hex(digest);
        }
    }
}

using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Pop3;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace MailAppliance.Tests
{
    /// <summary>STLS as the session sees it: what is offered, what is forgotten, what is refused before it.</summary>
    [TestClass]
    public class Pop3TlsTests
    {
        private const string Begin = "+OK begin TLS\r\n";
        private const string Wanted = "-ERR TLS required, begin it with STLS\r\n";
        private const string NotNow = "-ERR not now\r\n";
        private const string Opened = "+OK 0 messages (0 octets)\r\n";

        // alice, open sesame.
        private const string Login = "AUTH PLAIN AGFsaWNlAG9wZW4gc2VzYW1l\r\n";

        private static Pop3Driver Make(bool wantsTls, bool isSecure)
        {
            ApplianceSettings settings = Pop3Driver.MakeSettings(true);
            settings.Tls = true;
            settings.Pop3WantsTls = wantsTls;
            Pop3Driver driver = new Pop3Driver(settings);
            driver.IsSecure = isSecure;
            return driver;
        }

        private static bool Has(string text, string word)
        {
            return text.Contains(word);
        }

        [TestMethod]
        public void Capa_TlsOfferedOrBegun_ListsItExactlyBefore()
        {
            Pop3Driver driver = Make(false, false);
            driver.Open();
            string before = driver.Send("CAPA\r\n");
            Assert.IsTrue(Has(before, "\r\nSTLS\r\n")); // [91]
            Assert.IsTrue(Has(before, "\r\nUSER\r\nSASL PLAIN LOGIN\r\n.\r\n"));
            Assert.AreEqual(Begin, driver.Send("STLS\r\n"));
            string after = driver.Send("CAPA\r\n");
            Assert.IsFalse(Has(after, "STLS")); // [91]
            Assert.IsTrue(Has(after, "\r\nUSER\r\nSASL PLAIN LOGIN\r\n.\r\n"));

            Pop3Driver plain = Make(false, false);
            plain.LogIn();
            plain.TakeSent();
            Assert.IsFalse(Has(plain.Send("CAPA\r\n"), "STLS")); // [91]

            Pop3Driver implicitTls = Make(false, true);
            implicitTls.Open();
            Assert.IsFalse(Has(implicitTls.Send("CAPA\r\n"), "STLS"));
        }

        [TestMethod]
        public void Stls_AnyButTheFirstInAuthorization_IsRefused()
        {
            Pop3Driver driver = Make(false, false);
            driver.Open();
            Assert.AreEqual("-ERR wrong number of arguments\r\n", driver.Send("STLS now\r\n"));
            Assert.AreEqual(Begin, driver.Send("stls\r\n"));
            Assert.AreEqual(NotNow, driver.Send("STLS\r\n")); // [97]
            Assert.AreEqual(Opened, driver.Send(Login));
            Assert.AreEqual(NotNow, driver.Send("STLS\r\n")); // [97]

            Pop3Driver plain = Make(false, false);
            plain.LogIn();
            plain.TakeSent();
            Assert.AreEqual(NotNow, plain.Send("STLS\r\n")); // [97]
            Assert.IsTrue(plain.Session.HoldsMaildrop);

            Pop3Driver without = new Pop3Driver(true);
            without.Open();
            Assert.AreEqual("-ERR not supported\r\n", without.Send("STLS\r\n"));
        }

        [TestMethod]
        public void Stls_OctetsBehindIt_AreDiscarded()
        {
            Pop3Driver driver = Make(false, false);
            driver.Open();
            Assert.AreEqual(Begin, driver.Send("STLS\r\nUSER evil\r\nCAPA\r\nQU")); // [97]
            Assert.AreEqual(0, driver.Session.Input.Count); // [97]
            Assert.AreEqual("-ERR unknown command\r\n", driver.Send("IT\r\n")); // [97]
        }

        [TestMethod]
        public void Stls_NameSaidBefore_IsForgotten()
        {
            // Strict mode forgets a name at any other command.
            ApplianceSettings settings = Pop3Driver.MakeSettings(false);
            settings.Tls = true;
            Pop3Driver driver = new Pop3Driver(settings);
            driver.Open();
            driver.Send("USER alice\r\nSTLS\r\n");
            Assert.AreEqual("-ERR first the name\r\n", driver.Send("PASS open sesame\r\n")); // [97]
            Assert.AreEqual("+OK now the password\r\n" + Opened, driver.Send("USER alice\r\nPASS open sesame\r\n"));
        }

        [TestMethod]
        public void Stls_Apop_GoesByTheOneGreetingThereWas()
        {
            Pop3Driver driver = Make(false, false);
            string greeting = driver.Open();
            Assert.IsTrue(Has(greeting, "<")); // [90]
            driver.Send("STLS\r\n");
            string digest = Pop3LoginTests.Digest(Pop3LoginTests.Stamp(greeting), "open sesame");
            Assert.AreEqual(Opened, driver.Send("APOP alice " + digest + "\r\n"));
        }

        [TestMethod]
        public void Securing_SilenceOrShutdown_EndsTheSession()
        {
            for (int way = 0; way < 2; way++)
            {
                Pop3Session session = Make(false, false).Session;
                session.Open(false);
                session.Output.Clear();
                byte[] octets = Octets.Of("STLS\r\nNOOP\r\n");
                session.Input.MakeRoom();
                System.Array.Copy(octets, 0, session.Input.Buffer, session.Input.End, octets.Length);
                session.Input.Fill(octets.Length);
                Assert.AreEqual(Pop3Event.StartTls, session.Advance());
                Assert.AreEqual(Pop3Event.StartTls, session.Advance());
                if (way == 0)
                {
                    session.OnIdleTimeout();
                }
                else
                {
                    session.OnShutdown();
                }

                Assert.AreEqual(Pop3Event.Close, session.Advance());
            }
        }

        [TestMethod]
        public void TlsWanted_BeforeIt_NoLoginIsTakenOrOffered()
        {
            Pop3Driver driver = Make(true, false);
            Assert.IsFalse(Has(driver.Open(), "<")); // [90]
            string before = driver.Send("CAPA\r\n");
            Assert.IsTrue(Has(before, "\r\nSTLS\r\n.\r\n")); // [91]
            Assert.IsFalse(Has(before, "USER")); // [91]
            Assert.IsFalse(Has(before, "SASL")); // [91]
            Assert.AreEqual(Wanted, driver.Send("USER alice\r\n"));
            Assert.AreEqual(Wanted, driver.Send("PASS open sesame\r\n"));
            Assert.AreEqual(Wanted, driver.Send("APOP alice 0123456789abcdef0123456789abcdef\r\n"));
            Assert.AreEqual(Wanted, driver.Send(Login));
            Assert.AreEqual(0, driver.CountOf(Pop3Event.Verify));
            Assert.AreEqual(Begin, driver.Send("STLS\r\n"));
            Assert.IsTrue(Has(driver.Send("CAPA\r\n"), "USER\r\nSASL PLAIN LOGIN\r\n"));

            // There was no stamp.
            Assert.AreEqual("-ERR not supported\r\n", driver.Send("APOP alice 0123456789abcdef0123456789abcdef\r\n"));
            Assert.AreEqual(Opened, driver.Send(Login));

            Pop3Driver implicitTls = Make(true, true);
            Assert.IsTrue(Has(implicitTls.Open(), "<")); // [90]
            Assert.AreEqual(Opened, implicitTls.Send(Login));
        }
    }
}

using System;
using System.IO;
using System.Linq;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Login;
using MailAppliance.Tests.Whole;
using MailAppliance.Tools.Card;
using MailAppliance.Tools.Card.Commands;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>Logins where the configuration has hashes: what is right, how much is hashed, and that nobody else waits.</summary>
    [TestClass]
    public sealed class HashLoginTests
    {
        private const string WrongPlain = "AUTH PLAIN AGFsaWNlAHdyb25n\r\n";
        private const string NobodyPlain = "AUTH PLAIN AG5vYm9keQB3cm9uZw==\r\n";
        private const string AlicePlain = "AUTH PLAIN AGFsaWNlAHNlY3JldC1hbGljZQ==\r\n";
        private const string BobPlain = "AUTH PLAIN AGJvYgBzZWNyZXQtYm9i\r\n";

        private sealed class CountingHash : IKeyedHash
        {
            private readonly DesktopKeyedHash _hash = new();

            public int Count { get; private set; }

            public void Compute(byte[] key, byte[] message, byte[] digest)
            {
                Count++;
                _hash.Compute(key, message, digest);
            }
        }

        private static string Line(string password, int iterations, int saltOctets = 16)
        {
            return PasswordCommand.Line(Encoding.UTF8.GetBytes(password), [.. Enumerable.Range(1, saltOctets).Select(value => (byte)value)], iterations);
        }

        private static string Configuration(int aliceIterations, string bob)
        {
            return "[appliance]\nring = 1M\nprofile = small\nlog = error\n[maildrop alice]\n" + Line("secret-alice", aliceIterations)
                + "\naddresses = alice, *\n[maildrop bob]\n" + bob + "\naddresses = bob\n";
        }

        [TestMethod]
        public void Hashing_AnyPassword_IsWhatThePlatformSays()
        {
            foreach ((string password, int iterations, int saltOctets) in
                new[] { ("p", 1, 8), ("secret-alice", 2, 16), (new string('x', 64), 33, 32), ("p\u00e4ss w\u00f6rd", 100, 20) })
            {
                byte[] value = Encoding.ASCII.GetBytes(Line(password, iterations, saltOctets)["password-hash = ".Length..]);
                PasswordHash known = PasswordHash.Parse(value, 0, value.Length);
                Assert.AreEqual(iterations, known.Iterations);
                foreach (string claim in new[] { password, password + "x", password[..^1], string.Empty, password + "\0", "x" + password })
                {
                    byte[] octets = Encoding.UTF8.GetBytes(claim);
                    PasswordHashing hashing = new(new DesktopKeyedHash(), iterations + 5);
                    hashing.Begin(known, octets, 0, octets.Length);
                    while (!hashing.Advance(7))
                    {
                        Assert.IsLessThan(iterations + 5, hashing.IterationCount);
                    }

                    Assert.AreEqual(claim == password, hashing.End(known), claim);
                }
            }
        }

        [TestMethod]
        public void Check_AnyNameAndPassword_TakeTheSameHashing()
        {
            ApplianceSettings settings = ApplianceRig.Parse(Configuration(100, Line("secret-bob", 40)) + "[maildrop carol]\npassword = secret-carol\n");
            Assert.IsFalse(settings.DigestLogins);
            CountingHash hash = new();
            Md5 md5 = new();
            LoginCheck check = new(settings, hash, new Stamps(settings.Host, new FixedEntropy(), md5), md5);
            LoginAttempt attempt = new();
            string[] passwords = ["secret-alice", "secret-bob", "secret-carol", "wrong", string.Empty, new string('x', 255)];
            for (int maildrop = LoginAttempt.Nobody; maildrop < 3; maildrop++)
            {
                for (int password = 0; password < passwords.Length; password++)
                {
                    byte[] octets = Encoding.ASCII.GetBytes(passwords[password]);
                    attempt.Mechanism = SaslMechanism.Plain;
                    attempt.Maildrop = maildrop;
                    attempt.TakeProof(octets, 0, octets.Length, octets.Length);
                    int before = hash.Count;
                    int turns = 1;
                    int result = check.Check(attempt);
                    for (; result == LoginResult.Later; turns++)
                    {
                        Assert.IsLessThanOrEqualTo(1 + (turns * LoginCheck.IterationsATurn), hash.Count - before);
                        result = check.Check(attempt);
                    }

                    Assert.AreEqual(maildrop == password ? LoginResult.Right : LoginResult.Wrong, result, $"{maildrop} {password}");
                    Assert.AreEqual(100, hash.Count - before);
                    Assert.AreEqual(1 + (99 / LoginCheck.IterationsATurn), turns);
                }
            }
        }

        [TestMethod]
        public void Check_SeveralAtOnce_GoInTheirOrderAndMayVanish()
        {
            ApplianceSettings settings = ApplianceRig.Parse(Configuration(100, Line("secret-bob", 40)));
            Md5 md5 = new();
            LoginCheck check = new(settings, new DesktopKeyedHash(), new Stamps(settings.Host, new FixedEntropy(), md5), md5);
            LoginAttempt[] attempts = [.. Enumerable.Range(0, 4).Select(_ => new LoginAttempt { Maildrop = 0 })];
            byte[] octets = Encoding.ASCII.GetBytes("secret-alice");
            Array.ForEach(attempts, attempt => attempt.TakeProof(octets, 0, octets.Length, octets.Length));
            Array.ForEach(attempts, attempt => Assert.AreEqual(LoginResult.Later, check.Check(attempt)));
            check.Forget(attempts[0]);
            check.Forget(attempts[2]);
            check.Forget(attempts[2]);
            int turns = 0;
            while (check.Check(attempts[1]) == LoginResult.Later)
            {
                Assert.AreEqual(LoginResult.Later, check.Check(attempts[3]));
                turns++;
            }

            Assert.IsGreaterThan(4, turns);
            int result = LoginResult.Later;
            for (int turn = 0; turn < 20 && result == LoginResult.Later; turn++)
            {
                result = check.Check(attempts[3]);
            }

            Assert.AreEqual(LoginResult.Right, result);
        }

        [TestMethod]
        public void Login_InBothProtocols_WorksAndStopsNobodysMail()
        {
            ApplianceRig rig = new ApplianceRig(Configuration(20_000, "password = secret-bob")).Start();
            MemoryClient smtp = rig.Smtp();
            MemoryClient other = rig.Smtp();
            MemoryClient pop3 = rig.Pop3();
            rig.Run();
            Assert.DoesNotContain("<", pop3.TakeText());
            string hello = rig.Say(smtp, "EHLO a\r\n");
            Assert.Contains("250-AUTH PLAIN LOGIN\r\n", hello);
            rig.Say(other, "EHLO b\r\n");
            smtp.Send(AlicePlain);
            pop3.Send(NobodyPlain);
            other.Send("MAIL FROM:<ups@lan>\r\nRCPT TO:<bob@lan>\r\nDATA\r\nSubject: x\r\n\r\nx\r\n.\r\n");
            for (int turn = 0; turn < 100; turn++)
            {
                Assert.IsTrue(rig.Appliance.Poll());
            }

            Assert.Contains("250 2.0.0 OK stored", other.TakeText());
            Assert.AreEqual(string.Empty, smtp.TakeText());
            Assert.AreEqual(string.Empty, pop3.TakeText());
            rig.Run();
            Assert.AreEqual("235 2.7.0 Authentication successful\r\n", smtp.TakeText());
            Assert.StartsWith("-ERR [AUTH]", pop3.TakeText());
            Assert.StartsWith("+OK 1 ", rig.Say(pop3, BobPlain));
            Assert.StartsWith("535 5.7.8", rig.Say(other, WrongPlain));
            Assert.StartsWith("504 5.5.4", rig.Say(other, "AUTH CRAM-MD5\r\n"));
        }

        [TestMethod]
        public void Login_WhoVanishes_LeavesTheOthersTheirTurn()
        {
            ApplianceRig rig = new ApplianceRig(Configuration(20_000, "password = secret-bob")).Start();
            MemoryClient first = rig.Smtp();
            MemoryClient second = rig.Smtp();
            rig.Run();
            first.Send(AlicePlain);
            rig.Appliance.Poll();
            rig.Appliance.Poll();
            first.Reset();
            second.Send(AlicePlain);
            rig.Run();
            Assert.Contains("235 2.7.0", second.TakeText());
            Assert.Contains("235 2.7.0", rig.Say(rig.Smtp(), BobPlain));
        }

        [TestMethod]
        public void Login_AfterBoot_AllocatesNothing()
        {
            ApplianceRig rig = new ApplianceRig(Configuration(50, Line("secret-bob", 20))).Start();
            MemoryClient client = rig.Smtp();
            rig.Say(client, "EHLO a\r\n");
            byte[] sink = new byte[1024];
            byte[] commands = Encoding.ASCII.GetBytes("AUTH LOGIN Ym9i\r\n*\r\nAUTH PLAIN !\r\nNOOP\r\n");
            byte[] login = Encoding.ASCII.GetBytes(AlicePlain);
            ApplianceSettings settings = rig.Settings;
            Md5 md5 = new();
            LoginCheck check = new(settings, new DesktopKeyedHash(), new Stamps(settings.Host, new FixedEntropy(), md5), md5);
            LoginAttempt attempt = new() { Maildrop = 0 };
            Assert.AreEqual(0L, Allocation.Least(() =>
            {
                client.Send(commands);
                rig.Run();
                while (client.Receive(sink) > 0)
                {
                }

                attempt.TakeProof(login, 0, 12, 12);
                while (check.Check(attempt) == LoginResult.Later)
                {
                }
            }));
        }

        [TestMethod]
        [DataRow("password-hash = pbkdf2-sha256:0:AQIDBAUGBwg=:HASH")]
        [DataRow("password-hash = pbkdf2-sha256:1000001:AQIDBAUGBwg=:HASH")]
        [DataRow("password-hash = pbkdf2-sha256:x:AQIDBAUGBwg=:HASH")]
        [DataRow("password-hash = pbkdf2-sha1:10:AQIDBAUGBwg=:HASH")]
        [DataRow("password-hash = pbkdf2-sha256:10:AQIDBAUGBw==:HASH")]
        [DataRow("password-hash = pbkdf2-sha256:10:AQIDBAUGBwg:HASH")]
        [DataRow("password-hash = pbkdf2-sha256:10:AQIDBAUGBwg=:AQID")]
        [DataRow("password-hash = pbkdf2-sha256:10:AQIDBAUGBwg=:HASH:")]
        [DataRow("password-hash = pbkdf2-sha256:10:AQIDBAUGBwg=")]
        [DataRow("password-hash = pbkdf2-sha256:10")]
        [DataRow("password-hash = secret")]
        public void Configuration_HashOfAnotherForm_IsRefused(string line)
        {
            string text = "[maildrop alice]\n" + line.Replace("HASH", Convert.ToBase64String(new byte[32]), StringComparison.Ordinal) + "\n";
            byte[] octets = Encoding.ASCII.GetBytes(text);
            ConfigurationReader reader = new();
            Assert.IsNull(reader.Read(octets, 0, octets.Length));
            Assert.Contains("line 2: password-hash: expected", reader.Error.ToString());
        }

        [TestMethod]
        public void Configuration_HashAndPassword_AreRefused()
        {
            foreach (string lines in new[] { "password = a\n" + Line("a", 1), Line("a", 1) + "\npassword = a", Line("a", 1) + "\n" + Line("a", 1) })
            {
                byte[] octets = Encoding.ASCII.GetBytes("[maildrop alice]\n" + lines + "\n");
                ConfigurationReader reader = new();
                Assert.IsNull(reader.Read(octets, 0, octets.Length));
                Assert.Contains("line 3: password-hash: ", reader.Error.ToString());
            }
        }

        [TestMethod]
        public void CardTool_Password_PrintsALineThatLogsIn()
        {
            StringWriter text = new();
            StringWriter errors = new();
            string? secret = "secret-alice";
            CardCommandLine tool = new(new ToolConsole { Octets = Stream.Null, Text = text, Errors = errors, Secret = _ => secret });
            Assert.AreEqual(CardCommandLine.Done, tool.Run(["password", "--iterations", "30"]), errors.ToString());
            Assert.StartsWith("password-hash = pbkdf2-sha256:30:", text.ToString());
            ApplianceRig rig = new ApplianceRig("[appliance]\nring = 1M\n[maildrop alice]\n" + text).Start();
            MemoryClient client = rig.Smtp();
            Assert.Contains("235 2.7.0", rig.Say(client, AlicePlain));
            Assert.AreEqual(CardCommandLine.Misused, tool.Run(["password", "--iterations", "0"]));
            secret = new string('x', 65);
            Assert.AreEqual(CardCommandLine.Failed, tool.Run(["password"]));
            secret = null;
            Assert.AreEqual(CardCommandLine.Failed, tool.Run(["password"]));
        }
    }
}

using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MailAppliance.Core;
using MailAppliance.Hal.Desktop;
using MailAppliance.Tools.Card;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>The simulator as a user meets it: a process, its output and its exit code.</summary>
    [TestClass]
    public sealed class SimulatorTests
    {
        private const string Mail = "EHLO test\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<alice@mail.lan>\r\nDATA\r\nSubject: kept\r\n\r\nkept\r\n.\r\n";

        private readonly string _home = Directory.CreateTempSubdirectory("mail-appliance-home-").FullName;

        [TestCleanup]
        public void Cleanup()
        {
            Directory.Delete(_home, true);
        }

        private SimulatorProcess Start(params string[] arguments)
        {
            return new SimulatorProcess(_home, [.. arguments, "--smtp", "127.0.0.1:0", "--pop3", "127.0.0.1:0"]);
        }

        private string Write(string name, string text)
        {
            string path = Path.Combine(_home, name);
            File.WriteAllText(path, text);
            return path;
        }

        /// <summary>Every file below the home, with its octets.</summary>
        private string Snapshot()
        {
            return string.Join('\n', Directory.GetFileSystemEntries(_home, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(path => path + " " + (File.Exists(path) ? new Crc32().Compute(File.ReadAllBytes(path), 0, (int)new FileInfo(path).Length) : 0)));
        }

        private void Refuses(string message, params string[] arguments)
        {
            string before = Snapshot();
            using var simulator = new SimulatorProcess(_home, arguments);
            (int exitCode, string output, string error) = simulator.End();
            Assert.AreEqual("error: " + message + Environment.NewLine, error);
            Assert.AreEqual(string.Empty, output);
            Assert.AreEqual(1, exitCode);
            Assert.AreEqual(before, Snapshot());
        }

        [TestMethod]
        public void FirstStart_MakesAUsableAppliance_AndTheNextKeepsItsPassword()
        {
            string password;
            using (SimulatorProcess first = Start().Ready())
            {
                password = first.Value("password");
                Assert.AreEqual(16, password.Length);
                StringAssert.Contains(File.ReadAllText(first.Value("configuration")), "password = " + password, StringComparison.Ordinal);
                Assert.IsTrue(File.Exists(Path.Combine(first.Value("card"), FolderCard.FileName)));
                StringAssert.Contains(first.Value("send, swaks"), $"--server 127.0.0.1:{first.SmtpPort} --to alice@mail.lan", StringComparison.Ordinal);
                StringAssert.Contains(first.Value("fetch, curl"), $"pop3://127.0.0.1:{first.Pop3Port}/1 --user alice:{password}", StringComparison.Ordinal);
                StringAssert.Contains(SimulatorProcess.Talk(first.SmtpPort, Mail, "stored"), "250 2.0.0", StringComparison.Ordinal);
            }

            // The first one was killed.
            using SimulatorProcess second = Start().Ready();
            Assert.AreEqual(password, second.Value("password"));
            string fetched = SimulatorProcess.Talk(second.Pop3Port, $"USER alice\r\nPASS {password}\r\nRETR 1\r\nQUIT\r\n");
            StringAssert.Contains(fetched, "Subject: kept\r\n\r\nkept\r\n.\r\n", StringComparison.Ordinal);
        }

        [TestMethod]
        public void Terminated_StopsInOrder()
        {
            if (OperatingSystem.IsWindows())
            {
                Assert.Inconclusive("no SIGTERM");
            }

            using SimulatorProcess simulator = Start().Ready();
            using var client = new TcpClient("127.0.0.1", simulator.SmtpPort);
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            StringAssert.StartsWith(reader.ReadLine(), "220 ", StringComparison.Ordinal);
            simulator.Terminate();
            StringAssert.StartsWith(reader.ReadToEnd(), "421 4.3.2", StringComparison.Ordinal);
            client.Close();
            (int exitCode, _, string error) = simulator.End();
            Assert.AreEqual(string.Empty, error);
            Assert.AreEqual(0, exitCode);
        }

        [TestMethod]
        public void Log_OfTwoRuns_IsOnTheCard_AndHoldsNoPassword()
        {
            string configuration = Write("a.ini", "[appliance]\nring = 1M\n[maildrop alice]\npassword = geheim\naddresses = *\n");
            string card;
            using (SimulatorProcess first = Start("--config", configuration).Ready())
            {
                card = first.Value("card");
                SimulatorProcess.Talk(first.SmtpPort, Mail, "stored");
                SimulatorProcess.Talk(first.Pop3Port, "USER alice\r\nPASS geheim\r\nQUIT\r\n");
                SimulatorProcess.Talk(first.Pop3Port, "USER alice\r\nPASS geheimer\r\nQUIT\r\n");
                first.Terminate();
                Assert.AreEqual(0, first.End().ExitCode);
            }

            using (SimulatorProcess second = Start("--config", configuration).Ready())
            {
                second.Terminate();
                Assert.AreEqual(0, second.End().ExitCode);
            }

            using var text = new StringWriter();
            Assert.AreEqual(0, new CardCommandLine(new ToolConsole { Octets = Stream.Null, Text = text, Errors = text }).Run(["log", "--card", card]), text.ToString());
            string[] rows = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.AreEqual(2, rows.Count(row => row.EndsWith("start of the simulator", StringComparison.Ordinal)), text.ToString());
            Assert.AreEqual(2, rows.Count(row => row.EndsWith("stopped in order", StringComparison.Ordinal)), text.ToString());
            StringAssert.Contains(text.ToString(), "alice", StringComparison.Ordinal);
            Assert.AreEqual("starts: 2, 2 by power or reset", rows[^2]);
            Assert.IsFalse(File.ReadAllText(Path.Combine(card, "LOG.RNG"), Encoding.Latin1).Contains("geheim", StringComparison.Ordinal));
        }

        [TestMethod]
        public void Trace_ShowsTheWireAndNoPassword()
        {
            string configuration = Write("a.ini", "[appliance]\nring = 1M\n[maildrop alice]\npassword = geheim\n");
            using SimulatorProcess simulator = Start("--config", configuration, "--trace").Ready();
            SimulatorProcess.Talk(simulator.Pop3Port, "USER alice\r\nPASS geheim\r\nQUIT\r\n");
            simulator.Terminate();
            string output = simulator.End().Output;
            StringAssert.Contains(output, "-> USER alice", StringComparison.Ordinal);
            StringAssert.Contains(output, "-> PASS ****", StringComparison.Ordinal);
            StringAssert.Contains(output, "<- +OK", StringComparison.Ordinal);
            Assert.IsFalse(output.Contains("geheim", StringComparison.Ordinal));
        }

        [TestMethod]
        public void CardAndConfigurationNamed_TheCardBesideTheConfigurationIsTheDefault()
        {
            string configuration = Write("a.ini", "[appliance]\nring = 1M\n[maildrop alice]\npassword = a b\n");
            using (SimulatorProcess simulator = Start("--config", configuration).Ready())
            {
                Assert.AreEqual(Path.Combine(_home, "card"), simulator.Value("card"));
                StringAssert.Contains(simulator.Value("fetch, curl"), "--user 'alice:a b'", StringComparison.Ordinal);
            }

            string card = Path.Combine(_home, "other", "place");
            using SimulatorProcess second = Start("--config", configuration, "--card", card).Ready();
            Assert.AreEqual(1 << 20, new FileInfo(Path.Combine(card, FolderCard.FileName)).Length);
            Assert.IsFalse(Directory.Exists(Path.Combine(_home, "MailAppliance")));
        }

        [TestMethod]
        public void PortTaken_IsRefusedBeforeAnythingIsMade()
        {
            using var taken = new TcpListener(IPAddress.Loopback, 0);
            taken.Start();
            int port = ((IPEndPoint)taken.LocalEndpoint).Port;
            Refuses($"SMTP: 127.0.0.1:{port} is in use by another program", "--smtp", $"127.0.0.1:{port}", "--pop3", "127.0.0.1:0");
            Refuses($"POP3: 127.0.0.1:{port} is in use by another program", "--smtp", "127.0.0.1:0", "--pop3", $"127.0.0.1:{port}");
        }

        [TestMethod]
        public void ConfigurationWrongOrMissing_IsRefusedWithFileAndLine()
        {
            string configuration = Write("a.ini", "[appliance]\n\nsmtp-port = x\n");
            Refuses($"{configuration}, line 3: smtp-port: expected a port number from 1 to 65535, found \"x\"", "--config", configuration);
            string missing = Path.Combine(_home, "b.ini");
            Refuses($"there is no {missing}", "--config", missing);
            configuration = Write("c.ini", "[appliance]\nmemory-max = 64K\n[maildrop a]\npassword = b\n");
            string before = Snapshot();
            using SimulatorProcess simulator = Start("--config", configuration);
            StringAssert.StartsWith(simulator.End().Error, "error: memory-max: the configuration asks for ", StringComparison.Ordinal);
            Assert.AreEqual(before, Snapshot());
        }

        [TestMethod]
        public void OptionWrong_IsRefused()
        {
            Refuses(
                "expected ADDR:PORT such as 127.0.0.1:2525 or [::1]:2525, found \"2525\" (--help lists the options)", "--smtp", "2525");
            Refuses("Unrecognized command or argument '--bogus'. (--help lists the options)", "--bogus");
        }

        [TestMethod]
        public void CardThatCannotBeWritten_IsRefused()
        {
            string configuration = Write("a.ini", "[maildrop a]\npassword = b\n");
            Refuses(
                $"the folder {configuration} can't be made: there is a file of that name",
                "--config", configuration, "--card", configuration, "--smtp", "127.0.0.1:0", "--pop3", "127.0.0.1:0");
        }

        [TestMethod]
        public void CardInUse_IsRefused()
        {
            string configuration = Write("a.ini", "[appliance]\nring = 1M\n[maildrop a]\npassword = b\n");
            using SimulatorProcess simulator = Start("--config", configuration).Ready();
            using SimulatorProcess second = Start("--config", configuration);
            (int exitCode, _, string error) = second.End();
            Assert.AreEqual(1, exitCode);
            StringAssert.Contains(error, "MAIL.RNG is in use by another program", StringComparison.Ordinal);
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(511)]
        [DataRow(3_000)]
        [DataRow(300_000)]
        public void FileThatIsNoRing_TooSmall_IsRefusedAndLeftAlone(int octets)
        {
            string configuration = Write("a.ini", "[appliance]\nring = 2M\nmessage-max = 128K\n[maildrop a]\npassword = b\n");
            string path = Path.Combine(Directory.CreateDirectory(Path.Combine(_home, "card")).FullName, FolderCard.FileName);
            byte[] content = new byte[octets];
            new Random(octets).NextBytes(content);
            File.WriteAllBytes(path, content);
            Refuses(
                "the ring's file is smaller than 4 times message-max (131072 octets); it was left as it is",
                "--config", configuration, "--smtp", "127.0.0.1:0", "--pop3", "127.0.0.1:0");
            CollectionAssert.AreEqual(content, File.ReadAllBytes(path));
        }

        [TestMethod]
        public void FileThatIsEmpty_AsAPowerCutLeavesIt_IsMadeAnew()
        {
            string configuration = Write("a.ini", "[appliance]\nring = 1M\n[maildrop a]\npassword = b\n");
            string path = Path.Combine(Directory.CreateDirectory(Path.Combine(_home, "card")).FullName, FolderCard.FileName);
            File.WriteAllBytes(path, []);
            using SimulatorProcess simulator = Start("--config", configuration).Ready();
            Assert.AreEqual(1 << 20, new FileInfo(path).Length);
        }

        [TestMethod]
        [DataRow(12, 0, "the ring on the card is of format version 0, which this program does not know; it was left as it is")]
        [DataRow(16, 4, "the ring on the card has features (4) that this program does not know; it was left as it is")]
        public void RingOfAnotherKind_IsRefusedInItsOwnWords(int at, int value, string words)
        {
            string configuration = Write("a.ini", "[appliance]\nring = 1M\n[maildrop a]\npassword = b\n");
            using (Start("--config", configuration).Ready())
            {
            }

            string path = Path.Combine(_home, "card", FolderCard.FileName);
            byte[] ring = File.ReadAllBytes(path);
            foreach (int superblock in new[] { 0, ring.Length - 512 })
            {
                Octets.WriteInt32(value, ring, superblock + at);
                Octets.WriteInt32(new Crc32().Compute(ring, superblock + 12, 500), ring, superblock + 8);
            }

            File.WriteAllBytes(path, ring);
            Refuses(words, "--config", configuration, "--smtp", "127.0.0.1:0", "--pop3", "127.0.0.1:0");
            CollectionAssert.AreEqual(ring, File.ReadAllBytes(path));
        }

        [TestMethod]
        public void RingOfAnotherVersion_IsRefusedAndLeftAlone()
        {
            string configuration = Write("a.ini", "[appliance]\nring = 1M\n[maildrop a]\npassword = b\n");
            using (Start("--config", configuration).Ready())
            {
            }

            string path = Path.Combine(_home, "card", FolderCard.FileName);
            byte[] ring = File.ReadAllBytes(path);
            foreach (int superblock in new[] { 0, ring.Length - 512 })
            {
                Octets.WriteInt32(2, ring, superblock + 12);
                Octets.WriteInt32(new Crc32().Compute(ring, superblock + 12, 500), ring, superblock + 8);
            }

            File.WriteAllBytes(path, ring);
            Refuses(
                "the ring on the card is of format version 2, which this program does not know; it was left as it is",
                "--config", configuration, "--smtp", "127.0.0.1:0", "--pop3", "127.0.0.1:0");
        }

        [TestMethod]
        public void RingOfAnotherSize_IsKeptWithAWarning()
        {
            string configuration = Write("a.ini", "[appliance]\nring = 1M\n[maildrop a]\npassword = b\n");
            using (Start("--config", configuration).Ready())
            {
            }

            Write("a.ini", "[appliance]\nring = 2M\nmessage-max = 64K\n[maildrop a]\npassword = b\n");
            using SimulatorProcess simulator = Start("--config", configuration).Ready();
            simulator.Terminate();
            StringAssert.Contains(
                simulator.End().Output,
                "warning the ring's file has 1048576 octets and keeps them: ring = 2097152 counts where it is made",
                StringComparison.Ordinal);
        }

        [TestMethod]
        public void Help_NamesEveryOption()
        {
            using var simulator = new SimulatorProcess(_home, "--help");
            (int exitCode, string output, _) = simulator.End();
            Assert.AreEqual(0, exitCode);
            foreach (string option in new[] { "--config", "--card", "--smtp", "--pop3", "--trace", "--quiet", "--help" })
            {
                StringAssert.Contains(output, option, StringComparison.Ordinal);
            }
        }
    }
}

using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using MailAppliance.Hal.Desktop;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Card
{
    /// <summary>The card tool as a user meets it: a process beside the simulator's.</summary>
    [TestClass]
    public sealed class CardProcessTests
    {
        private const string Mail = "EHLO test\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<alice@mail.lan>\r\nDATA\r\nSubject: kept\r\n\r\n..kept\r\n.\r\n";

        private readonly string _home = Directory.CreateTempSubdirectory("mail-appliance-home-").FullName;

        [TestCleanup]
        public void Cleanup()
        {
            Directory.Delete(_home, true);
        }

        private Process Start(params string[] arguments)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "MailAppliance.Card.dll"));
            foreach (string argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            start.Environment["XDG_DATA_HOME"] = _home;
            start.Environment["LOCALAPPDATA"] = _home;
            return Process.Start(start)!;
        }

        private (int ExitCode, string Output, string Error) Run(params string[] arguments)
        {
            using Process process = Start(arguments);
            using var watchdog = new ProcessWatchdog(process);
            System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }

        [TestMethod]
        public void NoCardNamed_TheSimulatorsOwnIsTaken_OnceThatHasStopped()
        {
            string[] arguments = ["--smtp", "127.0.0.1:0", "--pop3", "127.0.0.1:0"];
            using (SimulatorProcess simulator = new SimulatorProcess(_home, arguments).Ready())
            {
                StringAssert.Contains(SimulatorProcess.Talk(simulator.SmtpPort, Mail, "stored"), "250 2.0.0", StringComparison.Ordinal);
                (int refused, string nothing, string error) = Run("verify");
                Assert.AreEqual(1, refused);
                Assert.AreEqual(string.Empty, nothing);
                StringAssert.Contains(error, "MAIL.RNG is in use by another program: stop the simulator", StringComparison.Ordinal);
            }

            (int exitCode, string output, _) = Run("verify");
            Assert.AreEqual(0, exitCode, output);
            StringAssert.Contains(output, "live           1 messages, ", StringComparison.Ordinal);
            string id = Run("ls").Output.Split('\n')[1].Split(' ')[0];
            StringAssert.EndsWith(Run("show", id).Output, "Subject: kept\r\n\r\n.kept\r\n", StringComparison.Ordinal);
            Assert.AreEqual(0, Run("resize", "128M").ExitCode);

            using SimulatorProcess again = new SimulatorProcess(_home, arguments).Ready();
            string password = again.Value("password");
            string fetched = SimulatorProcess.Talk(again.Pop3Port, $"USER alice\r\nPASS {password}\r\nUIDL\r\nRETR 1\r\nQUIT\r\n");
            StringAssert.Contains(fetched, $"\n1 {id}\r\n", StringComparison.Ordinal);
            StringAssert.Contains(fetched, "\r\n\r\n..kept\r\n.\r\n", StringComparison.Ordinal);
        }

        [TestMethod]
        public void ResizeKilled_AtAnyTime_LeavesARingWithAllMail()
        {
            using var rig = new CardRig();
            rig.FillUsual();
            string[] ids = rig.Ids();
            var clock = Stopwatch.StartNew();
            Assert.AreEqual(0, Run("resize", "24M", "--card", rig.Folder).ExitCode);
            int whole = (int)clock.ElapsedMilliseconds;
            var random = new Random();
            for (int round = 0; round < 8; round++)
            {
                int wait = random.Next(whole);
                using (Process process = Start("resize", round % 2 == 0 ? "8M" : "24M", "--card", rig.Folder))
                {
                    if (!process.WaitForExit(wait))
                    {
                        process.Kill();
                        process.WaitForExit();
                    }
                }

                string files = string.Join(' ', Directory.GetFiles(rig.Folder).Select(Path.GetFileName));
                CollectionAssert.AreEqual(ids, rig.Ids(), string.Create(CultureInfo.InvariantCulture, $"killed after {wait} ms: {files}"));
                Assert.AreEqual(0, rig.Run("verify"), rig.Text);
            }

            Assert.AreEqual(0, rig.Run("resize", "4M"), rig.Errors);
            Assert.AreEqual(FolderCard.FileName, string.Join(' ', Directory.GetFiles(rig.Folder).Select(Path.GetFileName)));
        }
    }
}

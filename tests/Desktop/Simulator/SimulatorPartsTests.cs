using System;
using System.IO;
using System.Linq;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Tools.Simulator;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Spectre.Console;

namespace MailAppliance.Tests
{
    /// <summary>Endpoints, the greeting and the view's picture.</summary>
    [TestClass]
    public sealed class SimulatorPartsTests
    {
        private static ApplianceSettings Read(string text)
        {
            var reader = new ConfigurationReader();
            byte[] octets = Encoding.UTF8.GetBytes(text);
            ApplianceSettings settings = reader.Read(octets, 0, octets.Length);
            Assert.IsNotNull(settings, reader.Error?.ToString());
            return settings;
        }

        [TestMethod]
        [DataRow("127.0.0.1:2525", "127.0.0.1", 2525)]
        [DataRow("0.0.0.0:0", "0.0.0.0", 0)]
        [DataRow("[::1]:65535", "::1", 65535)]
        public void Endpoint_Right_IsTakenAndShownAgain(string text, string address, int port)
        {
            var endpoint = Endpoint.Parse(text);
            Assert.AreEqual(new Endpoint(address, port), endpoint);
            Assert.AreEqual(text, endpoint!.ToString());
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("2525")]
        [DataRow(":2525")]
        [DataRow("127.0.0.1")]
        [DataRow("127.0.0.1:")]
        [DataRow("127.0.0.1:65536")]
        [DataRow("127.0.0.1:-1")]
        [DataRow("127.1:25")]
        [DataRow("::1:25")]
        [DataRow("[127.0.0.1")]
        [DataRow("localhost:25")]
        public void Endpoint_Wrong_IsNone(string text)
        {
            Assert.IsNull(Endpoint.Parse(text));
        }

        [TestMethod]
        [DataRow("[maildrop alice]\npassword = x\n", "alice@mail.lan")]
        [DataRow("[maildrop alice@shop.example]\npassword = x\n", "alice@shop.example")]
        [DataRow("[maildrop alice]\npassword = x\naddresses = ups\n", "postmaster@mail.lan")]
        public void Greeting_ToAnAddressOfTheFirstMaildrop(string configuration, string address)
        {
            ApplianceSettings settings = Read(configuration);
            var file = new ConfigurationFile(new SimulatorOptions { Configuration = "x.ini" }, string.Empty);
            string[] lines = new Greeting(settings, file, new Endpoint("0.0.0.0", 25), new Endpoint("::", 110)).Lines().ToArray();
            Assert.IsTrue(lines.Any(line => line.Contains($"swaks --server 127.0.0.1:25 --to {address} ", StringComparison.Ordinal)));
            Assert.IsTrue(lines.Any(line => line.Contains("curl -sS pop3://[::1]:110/1 ", StringComparison.Ordinal)));
        }

        [TestMethod]
        public void FormatProgress_Quick_SaysNothingAndStopsWhereAsked()
        {
            using var output = new StringWriter();
            bool isAsked = false;
            var progress = new FormatProgress(output, () => isAsked);
            progress.Formatted(1, 2);
            Assert.AreEqual(string.Empty, output.ToString());
            isAsked = true;
            Assert.ThrowsExactly<OperationCanceledException>(() => progress.Formatted(2, 2));
        }

        [TestMethod]
        public void View_Picture_ShowsSlotsMaildropsRingAndEvents()
        {
            ApplianceSettings settings = Read("[appliance]\nring = 1M\n[maildrop alice]\npassword = x\n");
            settings.SmtpPort = 25;
            settings.Pop3Port = 110;
            var network = new MemoryNetwork();
            var events = new EventList(3);
            var appliance = new Appliance(
                settings, network, new MemoryCard(), new ManualClock(), new SeededEntropy(1), new Crc32(), new DesktopKeyedHash(), events);
            Assert.AreEqual(ApplianceStatus.Running, appliance.Start(null));
            MemoryClient client = network.Connect(25);
            client.Send("EHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<alice@lan>\r\nDATA\r\nSubject: x\r\n\r\n.\r\nMAIL FROM:<a@b>\r\n");
            while (appliance.Poll())
            {
            }

            byte[] line = Encoding.UTF8.GetBytes("a [line] with brackets");
            events.Write(LogSeverity.Warning, line, line.Length);
            var snapshot = new ViewSnapshot();
            snapshot.Take(appliance, settings, events);
            snapshot.Take(appliance, settings, events);
            Assert.AreEqual(1, snapshot.Version);
            Assert.AreEqual((1, 3, 0), snapshot.Smtp);
            Assert.AreEqual(1, snapshot.Maildrops[0].Messages);
            Assert.IsGreaterThan(0, snapshot.Ring.Live);
            Assert.AreEqual("envelope", snapshot.Slots[0].State);

            string picture = Picture(snapshot);
            foreach (string wanted in new[] { "SMTP 1 of 3", "POP3 0 of 2", "SMTP 1", "192.168.2.7", "alice", "mail ", "free ", "commits 1", "a [line] with brackets", "mail waiting        1", "page 1 of 2", "alice               1", "all is well" })
            {
                StringAssert.Contains(picture, wanted, StringComparison.Ordinal);
            }
        }

        [TestMethod]
        public void View_WhoWasStopped_IsCounted()
        {
            ApplianceSettings settings = Read("[appliance]\nring = 1M\nmails-each = 1\n[maildrop alice]\npassword = x\n");
            var network = new MemoryNetwork();
            var events = new EventList(3);
            var appliance = new Appliance(
                settings, network, new MemoryCard(), new ManualClock(), new SeededEntropy(1), new Crc32(), new DesktopKeyedHash(), events);
            Assert.AreEqual(ApplianceStatus.Running, appliance.Start(null));
            var snapshot = new ViewSnapshot();
            snapshot.Take(appliance, settings, events);
            Assert.Contains("nobody was stopped", Picture(snapshot));
            network.Connect(25, "203.0.113.9");
            network.Connect(25, "203.0.113.9");
            network.Connect(25).Send("HELO x\r\nMAIL FROM:<>\r\nRSET\r\nMAIL FROM:<>\r\n");
            while (appliance.Poll())
            {
            }

            snapshot.Take(appliance, settings, events);
            Assert.Contains("stopped: no access 2, mails 1", Picture(snapshot));
        }

        [TestMethod]
        public void View_SomethingMoves_IsCopiedAnew()
        {
            ApplianceSettings settings = Read("[appliance]\nring = 1M\n[maildrop alice]\npassword = x\n");
            var network = new MemoryNetwork();
            var events = new EventList(3);
            var appliance = new Appliance(
                settings, network, new MemoryCard(), new ManualClock(), new SeededEntropy(1), new Crc32(), new DesktopKeyedHash(), events);
            Assert.AreEqual(ApplianceStatus.Running, appliance.Start(null));
            var snapshot = new ViewSnapshot();
            snapshot.Take(appliance, settings, events);
            MemoryClient client = network.Connect(110);
            appliance.Poll();
            snapshot.Take(appliance, settings, events);
            Assert.AreEqual(2, snapshot.Version);
            client.Send("USER x\r\n");
            appliance.Poll();
            snapshot.Take(appliance, settings, events);
            Assert.AreEqual(3, snapshot.Version);
            Assert.AreEqual("authorization", snapshot.Slots[0].State);
        }

        private static string Picture(ViewSnapshot snapshot)
        {
            using var writer = new StringWriter();
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
            console.Profile.Width = 100;
            console.Write(ViewLayout.Render(snapshot));
            return writer.ToString();
        }

        [TestMethod]
        public void EventList_Full_KeepsTheLast()
        {
            var events = new EventList(2);
            foreach (string text in new[] { "one", "two", "three" })
            {
                events.Write(LogSeverity.Notice, Encoding.ASCII.GetBytes(text), text.Length);
            }

            var list = new System.Collections.Generic.List<LoggedEvent>();
            events.CopyTo(list);
            CollectionAssert.AreEqual(new[] { "two", "three" }, list.Select(line => line.Text).ToArray());
        }
    }
}

using System;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Whole
{
    /// <summary>The whole appliance on a network, card and clock in RAM, in one thread.</summary>
    internal sealed class ApplianceRig
    {
        internal const string Configuration = """
            [appliance]
            host = mail.lan
            domains = lan, harness.test
            ring = 4M
            message-max = 1M
            profile = small
            [maildrop alice]
            password = secret-alice
            addresses = alice, postmaster, alerts@shop.example, *
            [maildrop bob]
            password = secret-bob
            addresses = bob
            """;

        private readonly SeededEntropy _entropy;
        private MemoryNetwork _network = new();

        internal ApplianceRig(string configuration = Configuration, long seed = 1)
        {
            Settings = Parse(configuration);
            Clock = new ManualClock();
            Card = new MemoryCard();
            Slot = new CardSlot(Card);
            _entropy = new SeededEntropy(seed);
            Log = new ListLog();
            Appliance = null!;
        }

        internal ApplianceSettings Settings { get; set; }

        internal ManualClock Clock { get; }

        internal MemoryCard Card { get; }

        /// <summary>Where <see cref="Card"/> is, unless it is pulled out.</summary>
        internal CardSlot Slot { get; }

        internal ListLog Log { get; }

        internal Appliance Appliance { get; private set; }

        /// <summary>What each start does with the appliance before it is started.</summary>
        internal Action<Appliance>? Restart { get; set; }

        /// <summary>The next start goes on without a card.</summary>
        internal bool WaitsForCard { get; set; }

        /// <summary><see cref="Configuration"/> with more keys.</summary>
        internal static string ConfigurationWith(string keys)
        {
            return Configuration.Replace("profile = small", "profile = small\n" + keys, StringComparison.Ordinal);
        }

        internal static ApplianceSettings Parse(string configuration)
        {
            var reader = new ConfigurationReader();
            byte[] octets = Encoding.UTF8.GetBytes(configuration);
            ApplianceSettings settings = reader.Read(octets, 0, octets.Length);
            Assert.IsNotNull(settings, reader.Error?.ToString());
            return settings;
        }

        /// <summary>Starts an appliance on the card as it is; connections to an earlier one are gone.</summary>
        internal ApplianceRig Start()
        {
            _network = new MemoryNetwork { Clock = Clock };
            Appliance = new Appliance(Settings, _network, Slot, Clock, _entropy, new Crc32(), new DesktopKeyedHash(), Log) { WaitsForCard = WaitsForCard };
            Restart?.Invoke(Appliance);
            Assert.AreEqual(ApplianceStatus.Running, Appliance.Start(null!), Appliance.LastError);
            return this;
        }

        internal MemoryClient Smtp()
        {
            return _network.Connect(Appliance.SmtpPort);
        }

        internal MemoryClient From(string address, bool toFetch = false)
        {
            MemoryClient client = _network.Connect(toFetch ? Appliance.Pop3Port : Appliance.SmtpPort, address);
            Run();
            return client;
        }

        internal MemoryClient Pop3()
        {
            return _network.Connect(Appliance.Pop3Port);
        }

        /// <summary>Opens a connection in the midst of its mail, with enough of it that the slot is not given up for others this minute.</summary>
        internal MemoryClient InMail(string address = "192.168.2.7")
        {
            return InMail(From(address));
        }

        /// <summary>Lets a connection begin such a mail.</summary>
        internal MemoryClient InMail(MemoryClient client)
        {
            Assert.Contains("354 ", Say(client, "EHLO device\r\nMAIL FROM:<>\r\nRCPT TO:<alice@lan>\r\nDATA\r\n"));
            Say(client, "Subject: x\r\n\r\n" + new string('x', 500) + "\r\n");
            return client;
        }

        /// <summary>Connects where the listen queue has room, and turns nothing.</summary>
        internal MemoryClient? TryConnect(string address, bool toFetch = false)
        {
            int port = toFetch ? Appliance.Pop3Port : Appliance.SmtpPort;
            return _network.CanConnect(port) ? _network.Connect(port, address) : null;
        }

        /// <summary>As <see cref="Run"/>.</summary>
        /// <returns>Octets that it allocated.</returns>
        internal long AllocatedByRun()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        /// <summary>Connects to a port whose connections speak TLS from the first octet; the client has not begun it yet.</summary>
        internal MemoryClient Tls(bool isSmtp)
        {
            return _network.Connect(isSmtp ? Appliance.SmtpsPort : Appliance.Pop3sPort);
        }

        /// <summary>Turns the loop until it has nothing to do.</summary>
        internal void Run()
        {
            for (int turns = 0; Appliance.Poll() || Appliance.Store.WaitsForCard; turns++)
            {
                Assert.IsLessThan(1_000_000, turns, "the loop never rests");
            }
        }

        /// <summary>Lets time pass as the loop sees it: a rest at a time.</summary>
        internal void Advance(long milliseconds)
        {
            long until = Clock.MonotonicMilliseconds + milliseconds;
            Run();
            while (Clock.MonotonicMilliseconds < until)
            {
                long rest = Math.Min(Math.Max(Appliance.RestMilliseconds, 1), until - Clock.MonotonicMilliseconds);
                Clock.Advance(rest);
                Run();
            }
        }

        /// <summary>Sends octets, lets the appliance work, and takes what it answers.</summary>
        internal string Say(MemoryClient client, string text)
        {
            client.Send(text);
            Run();
            return client.TakeText();
        }

        /// <summary>Sends one mail on a connection of its own; the reply to its end.</summary>
        internal string SendMail(string data, string recipient = "alice@lan")
        {
            MemoryClient client = Smtp();
            Run();
            Say(client, $"EHLO device\r\nMAIL FROM:<ups@lan>\r\nRCPT TO:<{recipient}>\r\nDATA\r\n");
            string reply = Say(client, data + "\r\n.\r\n");
            Say(client, "QUIT\r\n");
            return reply;
        }

        /// <summary>Opens a maildrop on a connection of its own.</summary>
        internal MemoryClient Login(string name)
        {
            MemoryClient client = Pop3();
            Run();
            client.TakeText();
            string reply = Say(client, $"USER {name}\r\nPASS secret-{name}\r\n");
            Assert.Contains("+OK", reply.Split("\r\n")[1], reply);
            return client;
        }
    }
}

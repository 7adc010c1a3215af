using System;
using System.IO;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;

namespace MailAppliance.Tools.Bench.Rigs
{
    /// <summary>The appliance on a network, card and clock in RAM, in this thread: every count is exact and the same in each run.</summary>
    internal sealed class SimulatedAppliance
    {
        private readonly MemoryNetwork _network = new();
        private readonly byte[] _sink = new byte[128 * 1024];

        /// <summary>Starts it on an empty card.</summary>
        /// <param name="settings">The configuration.</param>
        internal SimulatedAppliance(ApplianceSettings settings)
        {
            Edge = new BufferWatch(_network, Card);
            Appliance = new Appliance(
                settings, Edge, Edge, new ManualClock(), new SeededEntropy(1), new Crc32(), new DesktopKeyedHash(), new StreamLog(Stream.Null, LogSeverity.Notice));
            Appliance.UseLineSearch(new VectorLineSearch());
            int status = Appliance.Start(null!);
            if (status != ApplianceStatus.Running)
            {
                throw new InvalidOperationException("the simulated appliance did not start: " + Appliance.LastError);
            }
        }

        /// <summary>The card, for its counters.</summary>
        internal MemoryCard Card { get; } = new();

        /// <summary>What went through which buffer.</summary>
        internal BufferWatch Edge { get; }

        /// <summary>The appliance.</summary>
        internal Appliance Appliance { get; }

        /// <summary>Octets allocated by the appliance's turns so far, and by nothing else.</summary>
        internal long AllocatedOctets { get; private set; }

        /// <summary>Connects to SMTP, greeted.</summary>
        internal MemoryClient Smtp()
        {
            MemoryClient client = _network.Connect(Appliance.SmtpPort);
            Say(client, "EHLO bench.lan\r\n");
            return client;
        }

        /// <summary>Connects to POP3, and opens a maildrop.</summary>
        internal MemoryClient Pop3(string maildrop = BenchConfiguration.Maildrop)
        {
            MemoryClient client = _network.Connect(Appliance.Pop3Port);
            Say(client, $"USER {maildrop}\r\nPASS {BenchConfiguration.Password}\r\n");
            return client;
        }

        /// <summary>Sends text, turns the loop until it rests, and reads the reply away.</summary>
        internal void Say(MemoryClient client, string text)
        {
            Say(client, Encoding.ASCII.GetBytes(text));
        }

        /// <summary>The same with octets; allocates nothing itself.</summary>
        internal void Say(MemoryClient client, byte[] octets)
        {
            client.Send(octets);
            Run();
            Drain(client);
        }

        /// <summary>Turns the loop until it rests.</summary>
        internal void Run()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            while (Appliance.Poll())
            {
            }

            AllocatedOctets += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        /// <summary>Reads away what a client was sent.</summary>
        internal void Drain(MemoryClient client)
        {
            while (client.Receive(_sink) > 0)
            {
            }
        }
    }
}

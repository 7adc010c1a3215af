using System;
using System.Collections.Generic;
using System.Text;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Tools.Bench.Clients;
using MailAppliance.Tools.Bench.Report;
using MailAppliance.Tools.Bench.Rigs;

namespace MailAppliance.Tools.Bench.Measures
{
    /// <summary>Octets that the loop's thread allocates for each message and each POP3 command, once it is warm.</summary>
    internal sealed class AllocationMeasure : IMeasure
    {
        private const string Unit = "octets allocated per ";

        private static readonly string[] s_commands =
        {
            "NOOP", "STAT", "LIST", "LIST 2", "UIDL", "UIDL 2", "RETR 1", "TOP 2 3", "DELE 3", "RSET", "CAPA", "RETR 999", "WHAT",
        };

        /// <inheritdoc/>
        public string Name
        {
            get { return "allocation"; }
        }

        /// <inheritdoc/>
        public string Summary
        {
            get { return "octets allocated per message and per POP3 command"; }
        }

        /// <inheritdoc/>
        public void Run(FigureTable table, Effort effort)
        {
            int rounds = effort.Choose(2000, 300);
            var figures = new List<Figure>();
            foreach (bool isLarge in new[] { true, false })
            {
                MeasureSimulated(figures, isLarge, rounds);
            }

            MeasureHosted(figures, effort, rounds);
            table.Print("Allocation, of the loop's thread only, after warm-up", figures);
        }

        private static void MeasureSimulated(List<Figure> figures, bool isLarge, int rounds)
        {
            var rig = new SimulatedAppliance(isLarge ? BenchConfiguration.Large("64M") : BenchConfiguration.Small("64M"));
            string where = $", simulated network and card, profile {(isLarge ? "large" : "small")}";
            MemoryClient smtp = rig.Smtp();
            byte[] commands = Encoding.ASCII.GetBytes($"MAIL FROM:<ups@lan>\r\nRCPT TO:<{BenchConfiguration.Maildrop}@lan>\r\nDATA\r\n");
            foreach (int octets in new[] { 1 << 10, 10 << 10, 100 << 10 })
            {
                byte[] wire = Mail.OnTheWire(Mail.Make(octets), Array.Empty<byte>());
                int count = isLarge ? Math.Min(rounds, 200) : 100;
                Repeat(20, () => SendMail(rig, smtp, commands, wire));
                long before = rig.AllocatedOctets;
                Repeat(count, () => SendMail(rig, smtp, commands, wire));
                figures.Add(Figure.AtMost($"{Unit}message of {octets >> 10} KB{where}", PerItem(rig.AllocatedOctets - before, count), 0, 2));
            }

            MemoryClient pop3 = rig.Pop3();
            byte[][] lines = Array.ConvertAll(s_commands, command => Encoding.ASCII.GetBytes(command + "\r\n"));
            Repeat(20, () => SayAll(rig, pop3, lines));
            long commandsBefore = rig.AllocatedOctets;
            int turns = Math.Min(rounds, 200);
            Repeat(turns, () => SayAll(rig, pop3, lines));
            double each = PerItem(rig.AllocatedOctets - commandsBefore, turns * lines.Length);
            figures.Add(Figure.AtMost($"{Unit}POP3 command{where}", each, 0, 2));
        }

        private static void MeasureHosted(List<Figure> figures, Effort effort, int rounds)
        {
            using var host = new HostedAppliance(BenchConfiguration.Large("64M"), effort.Folder);
            const string Where = ", loopback sockets and a folder as the card";
            using (var senders = new SenderGroup(host.Smtp, BenchConfiguration.Maildrop + "@lan", 4))
            {
                byte[] mail = Mail.Make(1 << 10);
                senders.Run(mail, rounds);
                long before = host.AllocatedOctets;
                senders.Run(mail, rounds);
                figures.Add(Figure.AtMost($"{Unit}message of 1 KB{Where}", PerItem(host.AllocatedOctets - before, rounds), 0, 2));
            }

            using var client = new Pop3Client(host.Pop3, BenchConfiguration.Maildrop, BenchConfiguration.Password);
            Repeat(rounds, () => client.Say("NOOP\r\n"));
            client.Retrieve(rounds);
            long octetsBefore = host.AllocatedOctets;
            Repeat(rounds, () => client.Say("STAT\r\n"));
            client.Retrieve(rounds);
            double each = PerItem(host.AllocatedOctets - octetsBefore, 2 * rounds);
            figures.Add(Figure.AtMost($"{Unit}POP3 command{Where}", each, 0, 2));
        }

        private static void SendMail(SimulatedAppliance rig, MemoryClient client, byte[] commands, byte[] wire)
        {
            rig.Say(client, commands);
            rig.Say(client, wire);
        }

        private static void SayAll(SimulatedAppliance rig, MemoryClient client, byte[][] lines)
        {
            foreach (byte[] line in lines)
            {
                rig.Say(client, line);
            }
        }

        private static void Repeat(int count, Action action)
        {
            for (int round = 0; round < count; round++)
            {
                action();
            }
        }

        private static double PerItem(long octets, int count)
        {
            return (double)octets / count;
        }
    }
}

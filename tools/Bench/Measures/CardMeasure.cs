using System;
using System.Collections.Generic;
using System.Text;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Tools.Bench.Clients;
using MailAppliance.Tools.Bench.Report;
using MailAppliance.Tools.Bench.Rigs;

namespace MailAppliance.Tools.Bench.Measures
{
    /// <summary>What a 1 KB message asks of the card: write calls, blocks, syncs.</summary>
    internal sealed class CardMeasure : IMeasure
    {
        private const int Octets = 1 << 10;

        /// <inheritdoc/>
        public string Name
        {
            get { return "card"; }
        }

        /// <inheritdoc/>
        public string Summary
        {
            get { return "card write calls, blocks and syncs per 1 KB message, alone and with 4 senders"; }
        }

        /// <inheritdoc/>
        public void Run(FigureTable table, Effort effort)
        {
            var figures = new List<Figure>();
            Measure(figures, 1, effort.Choose(10_000, 4_000));
            Measure(figures, 4, effort.Choose(10_000, 4_000));
            table.Print("The card, for each 1 KB message; simulated, ring of 4 MiB that goes round, emptied by POP3 on the way", figures);
        }

        private static void Measure(List<Figure> figures, int senders, int messages)
        {
            var rig = new SimulatedAppliance(BenchConfiguration.Large("4M"));
            MemoryClient[] clients = new MemoryClient[senders];
            byte[] commands = Encoding.ASCII.GetBytes($"MAIL FROM:<ups@lan>\r\nRCPT TO:<{BenchConfiguration.Maildrop}@lan>\r\nDATA\r\n");
            byte[] wire = Mail.OnTheWire(Mail.Make(Octets), commands);
            for (int at = 0; at < senders; at++)
            {
                clients[at] = rig.Smtp();
                rig.Say(clients[at], commands);
            }

            var count = new CardCount(rig);
            int sent = 0;
            int stored = 0;
            while (sent < messages)
            {
                foreach (MemoryClient client in clients)
                {
                    client.Send(wire);
                }

                rig.Run();
                Array.ForEach(clients, rig.Drain);
                sent += senders;
                stored += senders;
                if (stored >= 1000)
                {
                    count.Pause();
                    Empty(rig, stored);
                    stored = 0;
                    count.Go();
                }
            }

            count.Pause();
            Add(figures, senders == 1 ? "alone" : $"{senders} senders that finish together", senders, sent, count);
        }

        private static void Add(List<Figure> figures, string who, int senders, int sent, CardCount count)
        {
            // What the ring's turns cost is in it: superblocks, wraps, tables of maildrops.
            figures.Add(Figure.AtMost($"write calls, {who}, all", (double)count.Writes / sent, 1.02, 4));
            figures.Add(Figure.AtMost($"write calls, {who}, superblocks aside", (double)(count.Writes - count.Superblocks) / sent, 1.001, 4));
            figures.Add(Figure.Of($"blocks written, {who}, all", Figure.Text((double)count.Blocks / sent, 3)));
            figures.Add(Figure.AtMost($"syncs, {who}, all", (double)count.Syncs / sent, senders == 1 ? 1.02 : 0.5, 4));
            figures.Add(Figure.AtMost($"superblocks, {who}", (double)count.Superblocks / sent, 0.02, 4));
        }

        private static void Empty(SimulatedAppliance rig, int messages)
        {
            MemoryClient pop3 = rig.Pop3();
            for (int number = 1; number <= messages; number++)
            {
                rig.Say(pop3, $"DELE {number}\r\n");
            }

            rig.Say(pop3, "QUIT\r\n");
        }

        /// <summary>The card's counters while mail flows, and not while it is fetched.</summary>
        private sealed class CardCount
        {
            private readonly SimulatedAppliance _rig;

            internal CardCount(SimulatedAppliance rig)
            {
                _rig = rig;
                Go();
            }

            internal long Writes { get; private set; }

            internal long Blocks { get; private set; }

            internal long Syncs { get; private set; }

            internal long Superblocks { get; private set; }

            internal void Go()
            {
                Add(-1);
            }

            internal void Pause()
            {
                Add(1);
            }

            private void Add(int sign)
            {
                Superblocks += sign * _rig.Appliance.Store.SuperblockCount;
                Writes += sign * _rig.Card.Writes;
                Blocks += sign * _rig.Card.BlocksWritten;
                Syncs += sign * _rig.Card.Syncs;
            }
        }
    }
}

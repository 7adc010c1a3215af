using System;
using System.Collections.Generic;
using System.Diagnostics;
using MailAppliance.Tools.Bench.Clients;
using MailAppliance.Tools.Bench.Report;
using MailAppliance.Tools.Bench.Rigs;

namespace MailAppliance.Tools.Bench.Measures
{
    /// <summary>How fast stored messages are fetched, over one connection with pipelined RETRs.</summary>
    internal sealed class RetrievalMeasure : IMeasure
    {
        /// <inheritdoc/>
        public string Name
        {
            get { return "retrieval"; }
        }

        /// <inheritdoc/>
        public string Summary
        {
            get { return "RETR, messages/s and MB/s"; }
        }

        /// <inheritdoc/>
        public void Run(FigureTable table, Effort effort)
        {
            var figures = new List<Figure>();
            Measure(figures, effort, 1 << 10, effort.Choose(4000, 500));
            Measure(figures, effort, 10 << 10, effort.Choose(2000, 250));
            Measure(figures, effort, 1 << 20, effort.Choose(40, 8));
            table.Print("RETR over one connection, commands pipelined", figures);
        }

        private static void Measure(List<Figure> figures, Effort effort, int octets, int count)
        {
            using var host = new HostedAppliance(BenchConfiguration.Large("128M"), effort.Folder);
            using (var senders = new SenderGroup(host.Smtp, BenchConfiguration.Maildrop + "@lan", 4))
            {
                senders.Run(Mail.Make(octets), count);
            }

            using var client = new Pop3Client(host.Pop3, BenchConfiguration.Maildrop, BenchConfiguration.Password);
            client.Retrieve(count);
            var messages = new Series();
            var megas = new Series();
            for (int round = effort.Choose(7, 3); round > 0; round--)
            {
                long start = Stopwatch.GetTimestamp();
                long received = client.Retrieve(count);
                TimeSpan time = Stopwatch.GetElapsedTime(start);
                messages.Add(count, time);
                megas.Add(received / time.TotalSeconds / 1e6);
            }

            figures.Add(Figure.Of($"messages/s, {octets >> 10} KB", Figure.Text(messages.Median, 0)));
            figures.Add(Figure.Of($"MB/s, {octets >> 10} KB", Figure.Text(megas.Median, 1)));
        }
    }
}

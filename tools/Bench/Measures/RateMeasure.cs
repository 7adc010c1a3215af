using System;
using System.Collections.Generic;
using System.Globalization;
using MailAppliance.Tools.Bench.Clients;
using MailAppliance.Tools.Bench.Report;
using MailAppliance.Tools.Bench.Rigs;

namespace MailAppliance.Tools.Bench.Measures
{
    /// <summary>
    /// Messages a second and megaoctets a second over loopback, beside a raw write+fsync loop of the same octets, and beside
    /// an appliance that has ten times as many messages stored already. All three take turns, round by round.
    /// </summary>
    internal sealed class RateMeasure : IMeasure
    {
        private const long RawOctets = 64L << 20;

        private static readonly string[] s_columns =
        {
            "message", "over", "raw/s", "MB/s", "messages/s", "MB/s", "to raw", "a sync", "stored", "10x stored/s", "to 1x",
        };

        /// <inheritdoc/>
        public string Name
        {
            get { return "rate"; }
        }

        /// <inheritdoc/>
        public string Summary
        {
            get { return "messages/s and MB/s beside a raw write+fsync loop, and with 10x the messages stored"; }
        }

        /// <inheritdoc/>
        public void Run(FigureTable table, Effort effort)
        {
            var figures = new List<Figure>();
            var rows = new List<string[]>();
            using var raw = new RawLoop(effort.Folder, RawOctets);
            Load[] loads =
            [
                new Load(1 << 10, effort.Choose(1000, 300), effort.Choose(500, 200), effort.Choose(40, 2), effort.IsQuick ? "64M" : "128M"),
                new Load(10 << 10, effort.Choose(400, 100), 200, effort.Choose(40, 2), effort.IsQuick ? "64M" : "256M"),
                new Load(1 << 20, effort.Choose(20, 8), effort.Choose(5, 2), effort.Choose(20, 2), effort.IsQuick ? "64M" : "640M"),
            ];
            foreach (Load load in loads)
            {
                Measure(figures, rows, effort, raw, load, 1);
                Measure(figures, rows, effort, raw, load, 4);
            }

            table.PrintGrid("Rates: the median of each column, ratios within a round", s_columns, rows);
            table.Print("Rates, beside their bounds", figures);
        }

        private static void Measure(List<Figure> figures, List<string[]> rows, Effort effort, RawLoop raw, Load load, int connections)
        {
            byte[] mail = Mail.Make(load.Octets);
            using var few = new HostedAppliance(BenchConfiguration.Large(load.Ring), effort.Folder);
            using var many = new HostedAppliance(BenchConfiguration.Large(load.Ring), effort.Folder);
            Store(few, mail, load.Stored);
            Store(many, mail, 10 * load.Stored);
            var run = new Comparison(raw, few, many, mail, load, connections);
            run.Run(load.Rounds);
            rows.Add(run.Row());
            string what = $"{load.Octets >> 10} KB over {connections}";
            if (connections == 4)
            {
                figures.Add(Figure.AtLeast($"rate to the raw loop's, {what}", run.ToRaw, 0.5, 2));
            }

            figures.Add(Figure.AtLeast($"rate with 10x the messages stored to the rate before, {what}", run.ToFew, 0.95, 2));
        }

        private static void Store(HostedAppliance host, byte[] mail, int count)
        {
            using var senders = new SenderGroup(host.Smtp, BenchConfiguration.OtherMaildrop + "@lan", 4);
            senders.Run(mail, count);
        }

        /// <summary>What is sent, and what was stored before.</summary>
        /// <param name="Octets">Octets of a mail.</param>
        /// <param name="Count">Mails sent in a round.</param>
        /// <param name="Stored">Mails of the same size that are stored before the first; ten times as many in the other appliance.</param>
        /// <param name="Rounds">Rounds, the one to warm up aside, an even number: a disk's sync is quick once and slow the next time.</param>
        /// <param name="Ring">A ring that does not go round meanwhile: what was stored before stays at its tail.</param>
        private sealed record Load(int Octets, int Count, int Stored, int Rounds, string Ring);

        /// <summary>One size over one number of connections: the three beside each other.</summary>
        private sealed class Comparison
        {
            private const double Mega = 1e6;

            private readonly RawLoop _raw;
            private readonly HostedAppliance _few;
            private readonly HostedAppliance _many;
            private readonly byte[] _mail;
            private readonly Load _load;
            private readonly int _connections;
            private readonly Series _rawRate = new();
            private readonly Series _fewRate = new();
            private readonly Series _manyRate = new();
            private readonly Series _messagesPerSync = new();

            internal Comparison(RawLoop raw, HostedAppliance few, HostedAppliance many, byte[] mail, Load load, int connections)
            {
                _raw = raw;
                _few = few;
                _many = many;
                _mail = mail;
                _load = load;
                _connections = connections;
            }

            internal double ToRaw
            {
                get { return _fewRate.RatioTo(_rawRate); }
            }

            internal double ToFew
            {
                get { return _manyRate.BalancedRatioTo(_fewRate); }
            }

            internal void Run(int rounds)
            {
                // The first round is a warm-up, thrown away.
                for (int round = 0; round <= rounds; round++)
                {
                    Series? raw = round == 0 ? null : _rawRate;
                    raw?.Add(_load.Count, _raw.Run(_mail, _load.Count));
                    bool fewFirst = round % 2 == 0;
                    Measure(fewFirst ? _few : _many, round == 0 ? null : fewFirst ? _fewRate : _manyRate);
                    Measure(fewFirst ? _many : _few, round == 0 ? null : fewFirst ? _manyRate : _fewRate);
                }
            }

            internal string[] Row()
            {
                return
                [
                    $"{_mail.Length >> 10} KB",
                    _connections.ToString(CultureInfo.InvariantCulture),
                    Figure.Text(_rawRate.Median, 0),
                    Figure.Text(_rawRate.Median * _mail.Length / Mega, 1),
                    Figure.Text(_fewRate.Median, 0),
                    Figure.Text(_fewRate.Median * _mail.Length / Mega, 1),
                    Figure.Text(ToRaw, 2),
                    Figure.Text(_messagesPerSync.Median, 2),
                    _load.Stored.ToString(CultureInfo.InvariantCulture),
                    Figure.Text(_manyRate.Median, 0),
                    Figure.Text(ToFew, 2),
                ];
            }

            private void Measure(HostedAppliance host, Series? rate)
            {
                using (var senders = new SenderGroup(host.Smtp, BenchConfiguration.Maildrop + "@lan", _connections))
                {
                    int syncs = host.SyncCount;
                    TimeSpan time = senders.Run(_mail, _load.Count);
                    rate?.Add(_load.Count, time);
                    _messagesPerSync.Add((double)_load.Count / (host.SyncCount - syncs));
                }

                using var client = new Pop3Client(host.Pop3, BenchConfiguration.Maildrop, BenchConfiguration.Password);
                client.DeleteAll(_load.Count);
            }
        }
    }
}

using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using MailAppliance.Tools.Bench.Report;
using MailAppliance.Tools.Bench.Rigs;

namespace MailAppliance.Tools.Bench.Measures
{
    /// <summary>
    /// How long a start takes until the store is ready, on rings of many sizes with the same mail, and with ten times as many
    /// records in the chain.
    /// </summary>
    internal sealed class RecoveryMeasure : IMeasure
    {
        private const int Messages = 500;
        private const int DeadEach = 9;
        private const string BoundRing = "64M";

        // Less is looked through behind the chain's end of it, and not all messages find room.
        private const string SmallRing = "1M";

        private static readonly string[] s_columns =
        {
            "ring", "messages", "records", "blocks read", "behind the end", "others a record", "ms", "us a record",
        };

        private static readonly string[] s_quickRings = { SmallRing, "16M", BoundRing };
        private static readonly string[] s_fullRings = { SmallRing, "16M", BoundRing, "256M" };

        /// <inheritdoc/>
        public string Name
        {
            get { return "recovery"; }
        }

        /// <inheritdoc/>
        public string Summary
        {
            get { return "time from opening the card to a store that is ready, and blocks read for each record"; }
        }

        /// <inheritdoc/>
        public void Run(FigureTable table, Effort effort)
        {
            string[] rings = effort.IsQuick ? s_quickRings : s_fullRings;
            Opening[] few = rings.Select(ring => Measure(effort, ring, 0)).ToArray();
            Opening[] many = rings.Select(ring => Measure(effort, ring, DeadEach)).ToArray();
            var figures = new List<Figure>
            {
                Figure.AtMost($"ms until ready, {BoundRing}, {Messages} messages", AtBound(few).Milliseconds, 1000, 1),
                Figure.Of($"ms until ready, {BoundRing}, {Messages} messages, 10x the records", Figure.Text(AtBound(many).Milliseconds, 1)),
                Figure.AtMost($"blocks read, most less least, {Large(rings)}", Spread(few), 0, 0),
                Figure.AtMost($"blocks read, most less least, {Large(rings)}, 10x the records", Spread(many), 0, 0),
            };
            figures.AddRange(few.Zip(many).Where(pair => pair.First.Ring != SmallRing).Select(pair => Further(pair.First, pair.Second)));
            string title = $"A start until the store is ready: {Messages} messages of 1 KB, alone and with {DeadEach} removed ones for each";
            table.PrintGrid(title, s_columns, few.Concat(many).Select(opening => opening.Row()).ToArray());
            table.Print("A start, beside its bounds", figures);
        }

        private static Opening Measure(Effort effort, string ring, int deadEach)
        {
            using var stored = new StoredRing(ring, effort.Folder);
            stored.Fill(Messages, deadEach);

            // The first one reads the payloads of what was written last, too; from then on nothing is in doubt.
            stored.Open();
            var milliseconds = new Series();
            for (int round = effort.Choose(21, 5); round > 0; round--)
            {
                milliseconds.Add(stored.Open().TotalMilliseconds);
            }

            return new Opening(ring, stored.LiveCount, stored.RecordCount, stored.BlocksRead, stored.SpanBlocks, milliseconds.Median);
        }

        // What it reads of the superblocks and behind the end is the same in both, and falls out.
        private static Figure Further(Opening few, Opening many)
        {
            double blocks = (double)(many.BlocksRead - few.BlocksRead) / (many.Records - few.Records);
            return Figure.AtMost($"blocks read for each further record, {few.Ring}", blocks, 1.01, 3);
        }

        private static Opening AtBound(Opening[] openings)
        {
            return openings.Single(opening => opening.Ring == BoundRing);
        }

        private static long Spread(Opening[] openings)
        {
            long[] blocks = openings.Where(opening => opening.Ring != SmallRing).Select(opening => opening.BlocksRead).ToArray();
            return blocks.Max() - blocks.Min();
        }

        private static string Large(string[] rings)
        {
            return string.Join(", ", rings.Where(ring => ring != SmallRing));
        }

        /// <summary>What a start took.</summary>
        /// <param name="Ring">The ring's size.</param>
        /// <param name="Messages">Messages in it.</param>
        /// <param name="Records">Records between tail and head.</param>
        /// <param name="BlocksRead">Blocks read of the card.</param>
        /// <param name="SpanBlocks">Those of them that lie behind the chain's end.</param>
        /// <param name="Milliseconds">The median of several.</param>
        private sealed record Opening(string Ring, int Messages, int Records, long BlocksRead, int SpanBlocks, double Milliseconds)
        {
            internal string[] Row()
            {
                return
                [
                    Ring,
                    Messages.ToString(CultureInfo.InvariantCulture),
                    Records.ToString(CultureInfo.InvariantCulture),
                    BlocksRead.ToString(CultureInfo.InvariantCulture),
                    SpanBlocks.ToString(CultureInfo.InvariantCulture),
                    Figure.Text((double)(BlocksRead - SpanBlocks) / Records, 2),
                    Figure.Text(Milliseconds, 1),
                    Figure.Text(Milliseconds * 1000 / Records, 2),
                ];
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using MailAppliance.Hal.Desktop;
using MailAppliance.Tools.Card.Log;

namespace MailAppliance.Tools.Card.Commands
{
    /// <summary><c>log</c>: the log that the appliance keeps on its card, in order, and what is missing of it. It never writes.</summary>
    internal static class LogCommand
    {
        private const string FileName = "LOG.RNG";

        private static readonly Crc32 s_checksum = new();
        private static readonly string[] s_severities = ["error", "warning", "notice", "detail"];
        private static readonly string[] s_causes =
            ["by power or reset", "after a fault", "out of memory", "after the loop stood still", "for want of a network", "after a refused start", "as the owner wanted"];

        /// <summary>Prints the log.</summary>
        /// <param name="console">Takes the lines.</param>
        /// <param name="path">The ring's file, beside which the log's is, or the log's.</param>
        /// <returns>Whether nothing is missing.</returns>
        /// <exception cref="ToolException">There is none, or it can't be read.</exception>
        public static bool Run(ToolConsole console, string path)
        {
            string file = Path.GetFileName(path) == FolderCard.FileName ? Path.Combine(Path.GetDirectoryName(path)!, FileName) : path;
            using FolderCard card = RingReading.OpenCard(file);
            List<LoggedBlock> blocks = Read(console, card);
            if (blocks.Count == 0)
            {
                throw new ToolException($"{file} holds no log that can be read");
            }

            blocks.Sort((one, other) => one.Sequence.CompareTo(other.Sequence));
            int missing = Print(console, blocks, card.BlockCount);
            IReadOnlyList<int> starts = blocks[^1].Starts;
            IEnumerable<string> counted = s_causes.Select((words, cause) => Words($"{starts[cause]} {words}")).Where((_, cause) => starts[cause] > 0);
            console.Text.WriteLine(Words($"starts: {starts.Sum()}{(starts.Sum() > 0 ? ", " : string.Empty)}{string.Join(", ", counted)}"));
            string count = Words($"{blocks.Count} {(blocks.Count == 1 ? "block" : "blocks")}");
            console.Text.WriteLine(missing == 0 ? count + ", nothing is missing" : count + Words($", {missing} missing"));
            return missing == 0;
        }

        private static List<LoggedBlock> Read(ToolConsole console, FolderCard card)
        {
            List<LoggedBlock> blocks = [];
            console.Work("reading", card.BlockCount, done =>
            {
                for (int at = 0; at < card.BlockCount; at++)
                {
                    byte[] octets = new byte[LoggedBlock.BlockOctets];
                    if (card.Read(at, octets, 0, 1) && LoggedBlock.Read(octets, at, card.BlockCount, s_checksum) is { } block)
                    {
                        blocks.Add(block);
                    }

                    done(at + 1);
                }
            });
            return blocks;
        }

        private static int Print(ToolConsole console, List<LoggedBlock> blocks, int blockCount)
        {
            int missing = 0;

            // What was overwritten by a later lap is not missing.
            int due = Math.Max(1, blocks[^1].Sequence - blockCount + 1);
            for (int at = 0; at < blocks.Count; at++)
            {
                LoggedBlock block = blocks[at];
                if (block.Sequence < due)
                {
                    continue;
                }

                if (block.Sequence > due)
                {
                    missing += block.Sequence - due;
                    string which = block.Sequence == due + 1 ? Words($"block {due}") : Words($"blocks {due} to {block.Sequence - 1}");
                    console.Text.WriteLine($"-- {which} can't be read: what was in there is missing");
                }

                due = block.Sequence + 1;
                if (block.Lost > 0)
                {
                    console.Text.WriteLine(Words($"-- {block.Lost} {(block.Lost == 1 ? "line was" : "lines were")} lost, for want of room while the card took none"));
                }

                DateTimeOffset? startedAt = DateOf(blocks, at);
                foreach (LoggedLine line in block.Lines())
                {
                    console.Text.WriteLine(Row(block.Start, startedAt, line));
                }
            }

            return missing;
        }

        // A start before its date came is dated by what the same start wrote later.
        private static DateTimeOffset? DateOf(List<LoggedBlock> blocks, int at)
        {
            int start = blocks[at].Start;
            return blocks[at].StartedAt ?? blocks.Skip(at).TakeWhile(block => block.Start == start).FirstOrDefault(block => block.StartedAt != null)?.StartedAt;
        }

        private static string Row(int start, DateTimeOffset? startedAt, LoggedLine line)
        {
            string time = startedAt is { } date
                ? (date + line.SinceStart).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
                : Words($"start {start} +{(long)line.SinceStart.TotalSeconds} s");
            string severity = line.Severity < s_severities.Length ? s_severities[line.Severity] : "?";
            return $"{time,-20}  {severity,-7}  {Printable(line.Text)}";
        }

        // What a stranger sent is in it: nothing of it may reach the terminal's own commands.
        private static string Printable(byte[] text)
        {
            var printable = new StringBuilder();
            foreach (Rune rune in Encoding.UTF8.GetString(text).EnumerateRunes())
            {
                printable.Append(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format ? "?" : rune.ToString());
            }

            return printable.ToString();
        }

        private static string Words(FormattableString text)
        {
            return text.ToString(CultureInfo.InvariantCulture);
        }
    }
}

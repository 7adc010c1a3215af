using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using MailAppliance.Hal.Desktop;

namespace MailAppliance.Tools.Card.Commands
{
    /// <summary><c>ls</c>: a line for each message.</summary>
    internal static class ListCommand
    {
        private const int SubjectLettersMax = 60;

        /// <summary>Lists the messages.</summary>
        /// <param name="console">Takes the lines.</param>
        /// <param name="path">The ring's file.</param>
        /// <param name="maildrop">Only those of this maildrop; null for all.</param>
        /// <exception cref="ToolException">It can't be read.</exception>
        public static void Run(ToolConsole console, string path, string? maildrop)
        {
            using FolderCard card = RingReading.OpenCard(path);
            var ring = new RingReading(new HeldCard(card), path);
            IReadOnlyList<StoredMessage> messages = Selected(ring, maildrop);
            List<string[]> rows = [];
            console.Work("reading", messages.Count, done =>
            {
                foreach (StoredMessage message in messages)
                {
                    rows.Add(Row(ring, message));
                    done(rows.Count);
                }
            });
            if (rows.Count > 0)
            {
                Print(console.Text, ["unique-id", "octets", "arrived", "maildrops", "subject"]);
                rows.ForEach(row => Print(console.Text, row));
            }

            long octets = messages.Sum(message => (long)message.Octets);
            console.Text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{messages.Count} {(messages.Count == 1 ? "message" : "messages")}, {octets} octets; maildrops: {(ring.Maildrops.Count == 0 ? "none" : string.Join(", ", ring.Maildrops.Select(drop => drop.Name)))}"));
        }

        /// <summary>The messages of a maildrop, or all.</summary>
        /// <param name="ring">The ring.</param>
        /// <param name="maildrop">The maildrop's name; null for all.</param>
        /// <exception cref="ToolException">There is no such maildrop.</exception>
        public static IReadOnlyList<StoredMessage> Selected(RingReading ring, string? maildrop)
        {
            if (maildrop == null)
            {
                return ring.Messages;
            }

            Maildrop wanted = Maildrop.Named(ring.Maildrops, maildrop);
            return [.. ring.Messages.Where(message => message.Maildrops.Contains(wanted))];
        }

        private static void Print(TextWriter text, string[] row)
        {
            text.WriteLine($"{row[0],-16}  {row[1],10}  {row[2],-20}  {row[3],-20}  {row[4]}".TrimEnd());
        }

        private static string[] Row(RingReading ring, StoredMessage message)
        {
            using var start = new MemoryStream();
            bool isWhole = ring.Read(message, octets => start.Write(octets.AsSpan(0, (int)Math.Min(octets.Count, Math.Max(0, 65536 - start.Length)))), out Arrival arrival);
            return
            [
                message.UniqueId,
                message.Octets.ToString(CultureInfo.InvariantCulture),
                isWhole ? arrival.ToString() : "damaged",
                string.Join(",", message.Maildrops.Select(drop => drop.Name)),
                isWhole ? Printable(HeaderFields.Value(start.GetBuffer().AsSpan(0, (int)start.Length), "Subject")) : string.Empty,
            ];
        }

        // What a stranger wrote must not reach the terminal's own commands.
        private static string Printable(string text)
        {
            var printable = new StringBuilder();
            foreach (Rune rune in text.EnumerateRunes().Take(SubjectLettersMax))
            {
                bool isPlain = !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
                printable.Append(isPlain ? rune.ToString() : "?");
            }

            return printable.ToString();
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using MailAppliance.Hal.Desktop;
using MailAppliance.Tools.Card.Survey;

namespace MailAppliance.Tools.Card.Commands
{
    /// <summary><c>verify</c>: what a file-system checker would print. It never writes.</summary>
    internal static class VerifyCommand
    {
        private static readonly Crc32 s_checksum = new();

        /// <summary>Verifies a ring.</summary>
        /// <param name="console">Takes the lines.</param>
        /// <param name="path">The ring's file.</param>
        /// <returns>Whether nothing is damaged.</returns>
        /// <exception cref="ToolException">It can't be opened, or holds nothing that could be verified.</exception>
        public static bool Run(ToolConsole console, string path)
        {
            using FolderCard card = RingReading.OpenCard(path);
            if (card.BlockCount < 2)
            {
                throw new ToolException($"{path} is too small for a ring");
            }

            var held = new HeldCard(card);
            SuperblockCopy[] copies = [new(held, s_checksum, 0), new(held, s_checksum, card.BlockCount - 1)];
            SuperblockCopy? ring = Holding(copies);
            Line(console, "file", $"{path}, {(long)card.BlockCount * 512} octets");
            Line(console, "superblock A", $"block {copies[0].Block}: {copies[0].Words}{(copies[0] == ring ? ", holds" : string.Empty)}");
            Line(console, "superblock B", $"block {copies[1].Block}: {copies[1].Words}{(copies[1] == ring ? ", holds" : string.Empty)}");
            if (ring is not { IsReady: true })
            {
                throw new ToolException(ring == null
                    ? $"{path} holds no ring that can be read: neither superblock is valid"
                    : $"{path} holds no ring: a format was begun and did not end");
            }

            List<string> damage = [.. copies.Where(copy => !copy.IsValid).Select(copy =>
                string.Create(CultureInfo.InvariantCulture, $"superblock at block {copy.Block} ({copy.Words}): the next start of the appliance writes it anew"))];
            var survey = new RingSurvey(held, s_checksum, ring);
            console.Work("verifying", 2L * survey.Chain.AreaBlocks, survey.Run);
            damage.AddRange(survey.Damage);
            string maildrops = Compare(held, path, survey, damage);
            Print(console, survey, maildrops, damage);
            return damage.Count == 0 && survey.Doubts.Count == 0;
        }

        private static SuperblockCopy? Holding(SuperblockCopy[] copies)
        {
            SuperblockCopy? holding = null;
            foreach (SuperblockCopy copy in copies.Where(copy => copy.IsValid))
            {
                holding = holding == null || copy.Generation - holding.Generation > 0 ? copy : holding;
            }

            return holding;
        }

        // What the appliance itself would find there must be the same.
        private static string Compare(HeldCard card, string path, RingSurvey survey, List<string> damage)
        {
            try
            {
                var ring = new RingReading(card, path);
                string[] found = [.. ring.Messages.Select(message => message.UniqueId)];
                string[] surveyed = [.. survey.Live.Select(message => message.UniqueId)];
                if (!found.SequenceEqual(surveyed))
                {
                    damage.Add(string.Create(
                        CultureInfo.InvariantCulture, $"ring: the appliance would find {found.Length} messages here, and not the {surveyed.Length} that the chain tells of"));
                }

                return ring.Maildrops.Count == 0 ? "none" : string.Join(", ", ring.Maildrops.Select(drop => drop.Name));
            }
            catch (ToolException error)
            {
                damage.Add("ring: the appliance would not start: " + error.Message);
                return "-";
            }
        }

        private static void Print(ToolConsole console, RingSurvey survey, string maildrops, List<string> damage)
        {
            List<SurveyedRecord> records = survey.Chain.Records;
            string kinds = string.Join(", ", Enum.GetValues<SurveyedKind>()
                .Select(kind => (Kind: kind, Count: records.Count(record => record.Kind == kind)))
                .Where(kind => kind.Count > 0)
                .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{Name(kind.Kind)} {kind.Count}")));
            int area = survey.Chain.AreaBlocks;
            int used = survey.Chain.UsedBlocks;
            int damaged = survey.Live.Count(message => message.Fault != null);
            long octets = survey.Live.Sum(message => (long)message.Commit.MailOctets);
            Line(console, "maildrops", $"{maildrops}");
            Line(console, "records", $"{records.Count}{(kinds.Length > 0 ? ": " : string.Empty)}{kinds}");
            Line(console, "live", $"{survey.Live.Count} messages, {octets} octets; {survey.LiveBlocks} blocks with the table of maildrops");
            Line(console, "dead", $"{survey.DeadCount} messages that were removed; {used - survey.LiveBlocks} blocks that nobody needs");
            if (survey.UnfinishedCount > 0)
            {
                Line(console, "unfinished", $"{survey.UnfinishedCount} messages that nobody was told of");
            }

            if (survey.RottenDeadCount > 0)
            {
                Line(console, "rotten", $"{survey.RottenDeadCount} records that do not match their checksums, and that nobody needs");
            }

            Line(console, "damaged", $"{damaged} messages, {damage.Count - damaged} other");
            foreach (string line in damage)
            {
                Line(console, string.Empty, $"{line}");
            }

            if (survey.Doubts.Count > 0)
            {
                Line(console, "in doubt", $"{survey.Doubts.Count}; the next start of the appliance takes them back");
                foreach (string line in survey.Doubts)
                {
                    Line(console, string.Empty, $"{line}");
                }
            }

            Line(console, "free", $"{area - used} of {area} blocks, {100.0 * (area - used) / area:F1} %");
        }

        private static string Name(SurveyedKind kind)
        {
            return kind switch
            {
                SurveyedKind.Fragment => "fragments",
                SurveyedKind.LastFragment => "last fragments",
                SurveyedKind.Removal => "removals",
                SurveyedKind.Void => "voids",
                SurveyedKind.Maildrops => "tables of maildrops",
                SurveyedKind.Wrap => "wraps",
                SurveyedKind.Copy => "copies",
                SurveyedKind.Lost => "lost",
                _ => "unknown",
            };
        }

        private static void Line(ToolConsole console, string name, FormattableString text)
        {
            console.Text.WriteLine($"{name,-14} {text.ToString(CultureInfo.InvariantCulture)}");
        }
    }
}

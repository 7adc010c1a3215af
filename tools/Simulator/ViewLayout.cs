using System;
using System.Collections.Generic;
using System.Globalization;
using MailAppliance.Hal;
using Spectre.Console;

namespace MailAppliance.Tools.Simulator
{
    /// <summary>Lays out a snapshot for the terminal.</summary>
    internal static class ViewLayout
    {
        /// <summary>Rows of slots that are shown.</summary>
        private const int SlotsMax = 8;

        /// <summary>Rows of maildrops that are shown.</summary>
        private const int MaildropsMax = 8;

        /// <summary>Pages of the display that are shown.</summary>
        private const int PagesMax = 4;

        /// <summary>In the order of <see cref="Core.Bound"/>.</summary>
        private static readonly string[] s_bounds =
            ["connections", "mails", "bad commands", "logins", "slots given up for others", "too slow", "mails that took too long"];

        /// <summary>Makes the picture.</summary>
        /// <param name="snapshot">What to show.</param>
        /// <returns>The picture.</returns>
        public static Grid Render(ViewSnapshot snapshot)
        {
            var grid = new Grid();
            grid.AddColumn();
            grid.AddRow(Slots(snapshot));
            grid.AddRow(Maildrops(snapshot));
            grid.AddRow(Ring(snapshot));
            grid.AddRow(Stopped(snapshot));
            grid.AddRow(Events(snapshot));

            // A low terminal cuts off what is last.
            grid.AddRow(Display(snapshot));
            return grid;
        }

        private static Table Slots(ViewSnapshot snapshot)
        {
            var table = new Table { Border = TableBorder.Rounded };
            table.Title($"SMTP {Fill(snapshot.Smtp)}   POP3 {Fill(snapshot.Pop3)}");
            table.AddColumns("slot", "peer", "state", "received", "sent");
            for (int index = 0; index < snapshot.Slots.Count && index < SlotsMax; index++)
            {
                ViewSnapshot.SlotRow slot = snapshot.Slots[index];
                table.AddRow(slot.Name, Markup.Escape(slot.Peer), slot.State, Octets(slot.Received), Octets(slot.Sent));
            }

            return table;
        }

        private static Table Maildrops(ViewSnapshot snapshot)
        {
            var table = new Table { Border = TableBorder.Rounded };
            table.AddColumns("maildrop", "messages", "octets");
            for (int index = 0; index < snapshot.Maildrops.Count && index < MaildropsMax; index++)
            {
                ViewSnapshot.MaildropRow maildrop = snapshot.Maildrops[index];
                table.AddRow(Markup.Escape(maildrop.Name), Number(maildrop.Messages), Octets(maildrop.Octets));
            }

            return table;
        }

        private static BreakdownChart Ring(ViewSnapshot snapshot)
        {
            (long size, long used, long live) = snapshot.Ring;
            double percent = size == 0 ? 0 : 100.0 / size;
            double liveShare = live * percent;
            double usedShare = used * percent;
            return new BreakdownChart()
                .Width(70)
                .AddItem($"mail {Octets(live)}", liveShare, Color.Green)
                .AddItem($"removed and tables, not yet free {Octets(used - live)}", usedShare - liveShare, Color.Grey)
                .AddItem($"free {Octets(size - used)}, commits {Number(snapshot.Commits)}{Dropped(snapshot.Dropped)}", 100 - usedShare, Color.Navy)
                .HideTagValues();
        }

        // As a board's display has them, one beside the other.
        private static Columns Display(ViewSnapshot snapshot)
        {
            // Of many pages the first ones and the last, which says what is wrong where something is.
            var pages = new Panel[Math.Min(snapshot.Display.Count, PagesMax)];
            for (int at = 0; at < pages.Length; at++)
            {
                string page = snapshot.Display[at == pages.Length - 1 ? snapshot.Display.Count - 1 : at];
                pages[at] = new Panel(new Text(page)) { Border = BoxBorder.Square, Padding = new Padding(0) };
            }

            return new Columns(pages) { Expand = false };
        }

        // What nobody ran into is not shown.
        private static Text Stopped(ViewSnapshot snapshot)
        {
            var parts = new List<string>();
            Add(parts, "no access", snapshot.Doors.Refused);
            Add(parts, "no slot in time", snapshot.Doors.TurnedAway);
            for (int bound = 0; bound < s_bounds.Length; bound++)
            {
                Add(parts, s_bounds[bound], snapshot.Stopped[bound]);
            }

            return new Text(parts.Count == 0 ? "nobody was stopped" : "stopped: " + string.Join(", ", parts));
        }

        private static void Add(List<string> parts, string what, int count)
        {
            if (count > 0)
            {
                parts.Add($"{what} {Number(count)}");
            }
        }

        private static Rows Events(ViewSnapshot snapshot)
        {
            var lines = new Text[snapshot.Events.Count];
            for (int index = 0; index < lines.Length; index++)
            {
                LoggedEvent line = snapshot.Events[index];
                Color color = line.Severity == LogSeverity.Error ? Color.Red : line.Severity == LogSeverity.Warning ? Color.Yellow : Color.Default;
                string text = line.Time.ToString("HH:mm:ss ", CultureInfo.InvariantCulture) + line.Text;
                lines[index] = new Text(text, new Style(color)).Ellipsis();
            }

            return new Rows(lines);
        }

        private static string Fill((int Taken, int Count, int Waiting) slots)
        {
            return slots.Waiting == 0 ? $"{slots.Taken} of {slots.Count}" : $"{slots.Taken} of {slots.Count}, {slots.Waiting} waiting";
        }

        private static string Dropped(long messages)
        {
            return messages == 0 ? string.Empty : $", dropped {Number(messages)}";
        }

        private static string Number(long number)
        {
            return number.ToString("N0", CultureInfo.InvariantCulture);
        }

        private static string Octets(long octets)
        {
            return octets < 10_000 ? Number(octets)
                : octets < 10_000_000 ? Number(octets / 1024) + " K"
                : Number(octets / 1024 / 1024) + " M";
        }
    }
}

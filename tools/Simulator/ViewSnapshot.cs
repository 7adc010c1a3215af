using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using MailAppliance.Boards;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Loop;
using MailAppliance.Pop3;
using MailAppliance.Smtp;
using MailAppliance.Store;

namespace MailAppliance.Tools.Simulator
{
    /// <summary>What the live view shows, copied between two turns of the loop, so that the view reads nothing that moves.</summary>
    internal sealed class ViewSnapshot
    {
        private readonly PageText _page = new();
        private Condition? _condition;
        private Pages? _pages;
        private int _mark;

        /// <summary>One row of the slots.</summary>
        /// <param name="Name">Service and number.</param>
        /// <param name="Peer">The peer's address; empty where the slot is free.</param>
        /// <param name="State">The session's state.</param>
        /// <param name="Received">Octets since boot.</param>
        /// <param name="Sent">Octets since boot.</param>
        internal sealed record SlotRow(string Name, string Peer, string State, long Received, long Sent);

        /// <summary>One row of the maildrops.</summary>
        /// <param name="Name">The name.</param>
        /// <param name="Messages">Messages in it.</param>
        /// <param name="Octets">Their octets.</param>
        internal sealed record MaildropRow(string Name, int Messages, long Octets);

        /// <summary>The slots that are taken, and how many there are.</summary>
        public List<SlotRow> Slots { get; } = new();

        /// <summary>The maildrops.</summary>
        public List<MaildropRow> Maildrops { get; } = new();

        /// <summary>What a board's display would show, page by page.</summary>
        public List<string> Display { get; } = new();

        /// <summary>The last events.</summary>
        public List<LoggedEvent> Events { get; } = new();

        /// <summary>SMTP slots taken, slots, and newcomers waiting.</summary>
        public (int Taken, int Count, int Waiting) Smtp { get; private set; }

        /// <summary>POP3 slots taken, slots, and newcomers waiting.</summary>
        public (int Taken, int Count, int Waiting) Pop3 { get; private set; }

        /// <summary>Octets of the ring, those between tail and head, and those of live messages.</summary>
        public (long Size, long Used, long Live) Ring { get; private set; }

        /// <summary>Commits since boot.</summary>
        public long Commits { get; private set; }

        /// <summary>Messages since boot that were dropped for new mail or for their age.</summary>
        public long Dropped { get; private set; }

        /// <summary>Connections since boot that were refused for where they came from, or turned away after they had waited.</summary>
        public (int Refused, int TurnedAway) Doors { get; private set; }

        /// <summary>How often each <see cref="Bound"/> has stopped somebody since boot.</summary>
        public int[] Stopped { get; } = new int[Bound.Count];

        /// <summary>Counts up with each copy that differs from the one before.</summary>
        public int Version { get; private set; }

        /// <summary>Copies, unless nothing has moved since the last time: an appliance at rest costs nothing to look at.</summary>
        /// <param name="appliance">The appliance, between two turns.</param>
        /// <param name="settings">Its configuration.</param>
        /// <param name="events">The log.</param>
        public void Take(Appliance appliance, ApplianceSettings settings, EventList events)
        {
            int mark = Mark(appliance, events);
            if (mark == _mark && Version > 0)
            {
                return;
            }

            _mark = mark;
            Version++;
            Slots.Clear();
            TakeSlots("SMTP", appliance.SmtpSlots);
            TakeSlots("POP3", appliance.Pop3Slots);
            Smtp = (appliance.SmtpGate.TakenCount, appliance.SmtpSlots.Length, appliance.SmtpGate.WaitingCount);
            Pop3 = (appliance.Pop3Gate.TakenCount, appliance.Pop3Slots.Length, appliance.Pop3Gate.WaitingCount);
            MailStore store = appliance.Store;
            Ring = (
                (long)store.Ring.AreaBlocks * Limits.BlockOctets,
                (long)store.Ring.UsedBlocks * Limits.BlockOctets,
                (long)store.Index.LiveBlocks * Limits.BlockOctets);
            Commits = store.Commits.CommitCount;
            Dropped = store.Disposal.DroppedCount + store.Disposal.ExpiredCount;
            Doors = (
                appliance.SmtpGate.RefusedCount + appliance.Pop3Gate.RefusedCount,
                appliance.SmtpGate.TurnedAwayCount + appliance.Pop3Gate.TurnedAwayCount);
            for (int bound = 0; bound < Stopped.Length; bound++)
            {
                Stopped[bound] = appliance.Sources.CountOf(bound);
            }

            TakeMaildrops(store, settings);
            TakeDisplay(appliance, settings);
            events.CopyTo(Events);
        }

        /// <summary>Of everything that is shown and moves.</summary>
        private static int Mark(Appliance appliance, EventList events)
        {
            var mark = default(HashCode);
            foreach (SmtpSlot slot in appliance.SmtpSlots)
            {
                mark.Add(HashCode.Combine(slot.IsFree, slot.Session.State, slot.ReceivedOctets, slot.SentOctets));
            }

            foreach (Pop3Slot slot in appliance.Pop3Slots)
            {
                mark.Add(HashCode.Combine(slot.IsFree, slot.Session.State, slot.ReceivedOctets, slot.SentOctets));
            }

            MailStore store = appliance.Store;
            mark.Add(HashCode.Combine(appliance.SmtpGate.WaitingCount, appliance.Pop3Gate.WaitingCount, events.Written));
            mark.Add(HashCode.Combine(
                appliance.SmtpGate.RefusedCount, appliance.Pop3Gate.RefusedCount, appliance.SmtpGate.TurnedAwayCount, appliance.Pop3Gate.TurnedAwayCount, appliance.Sources.TotalCount));
            mark.Add(HashCode.Combine(store.Index.Count, store.Index.LiveRecipients, store.Ring.UsedBlocks, store.Commits.CommitCount, store.UsePercent));
            mark.Add(HashCode.Combine(appliance.CardWatch.IsGone, appliance.CardWatch.LostCount, store.LostCount, store.Commits.IsFaulted));
            return mark.ToHashCode();
        }

        private void TakeSlots(string service, Slot[] slots)
        {
            for (int index = 0; index < slots.Length; index++)
            {
                Slot slot = slots[index];
                byte[] peer = slot.RemoteAddress;
                if (peer != null)
                {
                    string state = slot is SmtpSlot smtp ? Name(smtp.Session) : slot is Pop3Slot pop3 ? Name(pop3.Session) : string.Empty;
                    bool isSecure = slot is SmtpSlot { Session.Envelope.IsSecure: true } or Pop3Slot { Session.IsSecure: true };
                    state += isSecure ? ", TLS" : string.Empty;
                    Slots.Add(new SlotRow($"{service} {index + 1}", Encoding.ASCII.GetString(peer), state, slot.ReceivedOctets, slot.SentOctets));
                }
            }
        }

        private void TakeDisplay(Appliance appliance, ApplianceSettings settings)
        {
            if (_condition == null || _pages == null)
            {
                _condition = new Condition(appliance, settings);
                _condition.SetAddress(settings.SmtpAddress);
                _pages = new Pages(_condition);
            }

            Display.Clear();
            for (int page = 0; page < _pages.Count; page++)
            {
                _pages.Write(page, _page);
                Display.Add(string.Join('\n', Enumerable.Range(0, PageText.LineCount).Select(line => Encoding.ASCII.GetString(_page.LineAt(line)))));
            }
        }

        private void TakeMaildrops(MailStore store, ApplianceSettings settings)
        {
            Maildrops.Clear();
            for (int maildrop = 0; maildrop < settings.Maildrops.Length; maildrop++)
            {
                int bit = store.BitOf(maildrop);
                string name = Encoding.UTF8.GetString(settings.Maildrops[maildrop].Name);
                Maildrops.Add(new MaildropRow(name, store.Index.MessagesOf(bit), store.Index.OctetsIn(bit)));
            }
        }

        private static string Name(SmtpSession session)
        {
            return session.State switch
            {
                SmtpState.Connected => "greeted",
                SmtpState.Ready => "ready",
                SmtpState.Mail or SmtpState.Recipients or SmtpState.Admitting or SmtpState.Beginning => "envelope",
                SmtpState.Data => "data",
                SmtpState.Discarding => "discarding",
                SmtpState.Committing => "committing",
                SmtpState.Authenticating or SmtpState.Verifying => "login",
                SmtpState.Securing => "TLS begins",
                _ => "leaving",
            };
        }

        private static string Name(Pop3Session session)
        {
            return session.State switch
            {
                Pop3State.Authorization => "authorization",
                Pop3State.Transaction => "transaction",
                Pop3State.Update => "update",
                _ => "leaving",
            };
        }
    }
}

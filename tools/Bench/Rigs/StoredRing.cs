using System;
using System.Diagnostics;
using System.IO;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Store;
using MailAppliance.Tools.Bench.Clients;

namespace MailAppliance.Tools.Bench.Rigs
{
    /// <summary>
    /// A ring in a file of its own, filled by the store itself, to be opened again and again as a start of the appliance does:
    /// by a store and a card that know nothing.
    /// </summary>
    internal sealed class StoredRing : IDisposable
    {
        private const int LiveOctets = 1 << 10;

        // With its header, still one block.
        private const int DeadOctets = 256;
        private const int EmptiedEach = 450;

        // A live message goes to one maildrop, what is removed again to the other.
        private const int LiveRecipient = 1;
        private const int DeadRecipient = 2;
        private const int DeadMaildrop = 1;

        private readonly string _folder;
        private readonly ApplianceSettings _settings;
        private readonly Crc32 _checksum = new();
        private readonly SeededEntropy _entropy = new(1);

        /// <summary>Makes an empty ring; every block of it is written.</summary>
        /// <param name="ring">Its size, as the configuration has it.</param>
        /// <param name="parent">The folder in which it makes one for its card.</param>
        internal StoredRing(string ring, string parent)
        {
            _folder = Directory.CreateDirectory(Path.Combine(parent, Guid.NewGuid().ToString("N"))).FullName;
            _settings = BenchConfiguration.Large(ring);
        }

        /// <summary>Messages in it.</summary>
        internal int LiveCount { get; private set; }

        /// <summary>Records that the last opening walked.</summary>
        internal int RecordCount { get; private set; }

        /// <summary>Blocks that the last opening read, those behind the chain's end among them.</summary>
        internal long BlocksRead { get; private set; }

        /// <summary>Blocks behind the chain's end that an opening looks through for more of it.</summary>
        internal int SpanBlocks
        {
            get { return MailStore.SpanBlocksOf(_settings, (int)(_settings.RingOctets / Limits.BlockOctets)); }
        }

        /// <summary>Stores messages, each behind records that nobody needs any more by the end; fewer where the ring gets full.</summary>
        /// <param name="live">Messages that stay.</param>
        /// <param name="deadEach">Small ones in front of each of them that are removed.</param>
        internal void Fill(int live, int deadEach)
        {
            using var card = new FolderCard(_folder);
            var store = new MailStore(_settings, card, _checksum);
            var writers = new MessageWriter[_settings.SmtpSlots];
            for (int at = 0; at < writers.Length; at++)
            {
                writers[at] = store.CreateWriter();
            }

            MaildropView view = store.CreateView();
            Check(store.Open(_entropy, null!));
            byte[] liveMail = Mail.OnTheWire(Mail.Make(LiveOctets), []);
            byte[] deadMail = Mail.OnTheWire(Mail.Make(DeadOctets), []);
            int dead = 0;
            while (LiveCount < live && HasRoom(store, deadEach))
            {
                int written = 0;
                for (int at = 0; at <= deadEach; at++)
                {
                    bool stays = at == deadEach;
                    Put(store, writers[written], stays ? liveMail : deadMail, stays ? LiveRecipient : DeadRecipient);
                    written++;
                    if (written == writers.Length || stays)
                    {
                        Await(store, writers.AsSpan(0, written));
                        written = 0;
                    }
                }

                LiveCount++;
                dead += deadEach;
                if (dead >= EmptiedEach)
                {
                    Empty(store, view);
                    dead = 0;
                }
            }

            Empty(store, view);
            card.Close();
        }

        /// <summary>Opens the ring as at a start.</summary>
        /// <returns>How long it took until mail can flow.</returns>
        internal TimeSpan Open()
        {
            using var card = new FolderCard(_folder);
            var counted = new CountedCard(card);
            long start = Stopwatch.GetTimestamp();
            var store = new MailStore(_settings, counted, _checksum);
            StoreOpening opening = store.Open(_entropy, null!);
            TimeSpan time = Stopwatch.GetElapsedTime(start);
            Check(opening);
            if (store.Index.Count != LiveCount)
            {
                throw new InvalidOperationException($"{store.Index.Count} messages are there, of {LiveCount}");
            }

            RecordCount = opening.RecordCount;
            BlocksRead = counted.BlocksRead;
            card.Close();
            return time;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Directory.Delete(_folder, true);
        }

        // A part stays free, so that nothing is ever relocated: each message lies where it was put first.
        private static bool HasRoom(MailStore store, int deadEach)
        {
            int live = Ring.BlocksOf(RecordHeader.Octets + LiveOctets);
            return (store.Index.Count + deadEach + 1) * live < store.Ring.AreaBlocks / 2
                && store.Ring.FreeBlocks > store.Ring.AreaBlocks / 4;
        }

        private static void Put(MailStore store, MessageWriter writer, byte[] mail, int recipient)
        {
            int result = store.Begin(writer, 0);
            if (result == StoreResult.Ok)
            {
                writer.PlaceFront(0);
                result = writer.Append(mail, 0, mail.Length) == mail.Length
                    ? store.Finish(writer, [recipient], 0, false, 0)
                    : StoreResult.Failed;
            }

            Check(result);
        }

        private static void Await(MailStore store, ReadOnlySpan<MessageWriter> writers)
        {
            foreach (MessageWriter writer in writers)
            {
                Check(Outcome(store, writer));
            }
        }

        private static void Empty(MailStore store, MaildropView view)
        {
            store.OpenView(view, DeadMaildrop);
            for (int number = 1; number <= view.MessageCount; number++)
            {
                view.Mark(number);
            }

            bool isEmpty = view.MessageCount == 0;
            int result = isEmpty ? StoreResult.Ok : store.Remove(view);
            view.Close();
            Check(result);
            if (!isEmpty)
            {
                Check(Outcome(store, view));
            }
        }

        private static int Outcome(MailStore store, PendingCommit commit)
        {
            while (commit.Outcome == PendingCommit.Waiting)
            {
                store.Turn();
            }

            return commit.Outcome;
        }

        private static void Check(int result)
        {
            if (result != StoreResult.Ok)
            {
                throw new InvalidOperationException($"the store refused: {result}");
            }
        }

        private static void Check(StoreOpening opening)
        {
            if (opening.Status != StoreStatus.Ready || opening.LostCount > 0)
            {
                throw new InvalidOperationException($"the ring did not open: {opening.Status}, {opening.LostCount} records lost");
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>A store over a card in RAM, with the few calls a test makes of it in one go.</summary>
    internal sealed class StoreRig
    {
        private static readonly Crc32 s_checksum = new();
        private readonly List<MessageWriter> _writers = [];
        private readonly SeededEntropy _entropy;

        internal StoreRig(int ringBlocks = 2048, int recordOctets = 2048, int messagesMax = 64, long seed = 1, params string[] maildrops)
        {
            Settings = MakeSettings(ringBlocks, recordOctets, messagesMax, maildrops.Length == 0 ? ["alice", "bob"] : maildrops);
            Card = new MemoryCard();
            _entropy = new SeededEntropy(seed);
            Store = null!;
            Reader = null!;
            Views = null!;
        }

        internal ApplianceSettings Settings { get; set; }

        internal MemoryCard Card { get; init; }

        /// <summary>What stands between the store and the card; null for nothing.</summary>
        internal ICard? Through { get; set; }

        internal MailStore Store { get; private set; }

        internal MessageReader Reader { get; private set; }

        internal MaildropView[] Views { get; private set; }

        internal StoreOpening Opening { get; private set; } = null!;

        /// <summary>The date that mail comes at; null where it is unknown.</summary>
        internal long? UtcSeconds { get; set; } = 1_700_000_000;

        /// <summary>Unique-ids of what was dropped for new mail since the test looked last.</summary>
        internal List<string> Dropped { get; } = [];

        internal static ApplianceSettings MakeSettings(int ringBlocks, int recordOctets, int messagesMax, string[] maildrops)
        {
            return new ApplianceSettings
            {
                Host = Octets.Of("mail.lan"),
                RingOctets = (long)ringBlocks * Limits.BlockOctets,
                MessageOctetsMax = ringBlocks * Limits.BlockOctets / 4,
                MessagesMax = messagesMax,
                MaildropsMax = 8,
                RecordOctets = recordOctets,
                ReadOctets = recordOctets,
                SmtpSlots = 3,
                Pop3Slots = 2,
                Maildrops = [.. maildrops.Select(name => new MaildropSettings { Name = Octets.Of(name), Password = Octets.Of("x") })],
                Addresses = new AddressBook(0, 0),
            };
        }

        /// <summary>Boots: a new store over the card as it is.</summary>
        internal StoreRig Boot()
        {
            Assert.AreEqual(StoreStatus.Ready, TryBoot());
            return this;
        }

        internal int TryBoot()
        {
            Store = new MailStore(Settings, Through ?? Card, s_checksum);
            _writers.Clear();
            for (int slot = 0; slot < Settings.SmtpSlots; slot++)
            {
                _writers.Add(Store.CreateWriter());
            }

            Views = [Store.CreateView(), Store.CreateView()];
            Reader = Store.CreateReader();
            Opening = Store.Open(_entropy, null!);
            return Opening.Status;
        }

        internal MessageWriter Writer(int slot)
        {
            return _writers[slot];
        }

        /// <summary>Writes mail data of a slot, as much as fits; false where the store refused.</summary>
        internal int Write(int slot, byte[] octets)
        {
            MessageWriter writer = _writers[slot];
            for (int at = 0; at < octets.Length;)
            {
                at += writer.Append(octets, at, octets.Length - at);
                if (at < octets.Length)
                {
                    if (writer.FrontIsOpen)
                    {
                        writer.PlaceFront(0);
                    }

                    int result = Retry(() => Store.Flush(writer));
                    if (result != StoreResult.Ok)
                    {
                        return result;
                    }
                }
            }

            return StoreResult.Ok;
        }

        // As a slot does: what can't be done yet is asked for again in the next turn.
        private int Retry(Func<int> call)
        {
            int result = call();
            NoteDropped();
            for (int turns = 0; result == StoreResult.Later; turns++)
            {
                Assert.IsLessThan(100_000, turns, "room is never made");
                Store.Turn();
                result = call();
                NoteDropped();
            }

            return result;
        }

        private void NoteDropped()
        {
            Disposal disposal = Store.Disposal;
            for (int at = 0; at < disposal.NotedCount; at++)
            {
                Dropped.Add($"{disposal.NotedEpochAt(at):x8}{disposal.NotedIdAt(at):x8}");
            }

            disposal.ForgetNoted();
        }

        internal int Finish(int slot, int recipients)
        {
            MessageWriter writer = _writers[slot];
            if (writer.FrontIsOpen)
            {
                writer.PlaceFront(0);
            }

            return Retry(() => Store.Finish(writer, [recipients], 0, UtcSeconds != null, UtcSeconds ?? 77));
        }

        /// <summary>Begins, writes and finishes a mail; the outcome is still to come where this is Ok.</summary>
        internal int Put(int slot, byte[] octets, int recipients)
        {
            int result = Store.Begin(_writers[slot], 0);
            result = result == StoreResult.Ok ? Write(slot, octets) : result;
            result = result == StoreResult.Ok ? Finish(slot, recipients) : result;
            if (result != StoreResult.Ok)
            {
                Store.Abort(_writers[slot]);
            }

            return result;
        }

        /// <summary>Stores a mail and waits for its outcome.</summary>
        internal int Store1(byte[] octets, int recipients = 1)
        {
            int result = Put(0, octets, recipients);
            return result == StoreResult.Ok ? Outcome(_writers[0]) : result;
        }

        internal int Outcome(PendingCommit commit)
        {
            for (int turns = 0; commit.Outcome == PendingCommit.Waiting; turns++)
            {
                Assert.IsLessThan(100_000, turns, "an outcome that never comes");
                Store.Turn();
            }

            return commit.Outcome;
        }

        /// <summary>All messages of a maildrop, by unique-id.</summary>
        internal SortedDictionary<string, byte[]> Fetch(int maildrop)
        {
            var all = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
            MaildropView view = Views[0];
            Assert.IsTrue(Store.OpenView(view, maildrop));
            for (int number = 1; number <= view.MessageCount; number++)
            {
                byte[] message = Read(view, number);
                Assert.AreEqual(message.Length - WireForm.EndOctets, view.OctetsOf(number));
                all.Add(number.ToString("D6", CultureInfo.InvariantCulture) + UniqueId(view, number), message);
            }

            view.Close();
            return all;
        }

        /// <summary>Turns until the store has nothing left to do.</summary>
        internal void Rest()
        {
            for (int turns = 0; Store.IsBusy; turns++)
            {
                Assert.IsLessThan(100_000, turns, "it never rests");
                Store.Turn();
            }
        }

        /// <summary>Removes the messages of a maildrop from a number on, by a view that is not in use.</summary>
        internal void RemoveAll(int maildrop, int firstNumber = 1)
        {
            MaildropView view = Views.First(view => !view.IsOpen);
            Assert.IsTrue(Store.OpenView(view, maildrop));
            for (int number = firstNumber; number <= view.MessageCount; number++)
            {
                view.Mark(number);
            }

            int result = view.MessageCount < firstNumber ? StoreResult.NoRoom : Store.Remove(view);
            view.Close();
            Assert.IsTrue(view.MessageCount < firstNumber || (result == StoreResult.Ok && Outcome(view) == StoreResult.Ok));
        }

        internal static string UniqueId(MaildropView view, int number)
        {
            byte[] id = new byte[70];
            return Encoding.ASCII.GetString(id, 0, view.WriteUniqueId(number, id, 0));
        }

        internal byte[] Read(MaildropView view, int number)
        {
            Assert.AreEqual(StoreResult.Ok, Reader.Open(view, number));
            using var octets = new MemoryStream();
            while (true)
            {
                int count = Reader.Next();
                if (count == MessageReader.End)
                {
                    return octets.ToArray();
                }

                if (count == MessageReader.Later)
                {
                    continue;
                }

                Assert.IsGreaterThan(0, count, "a message that is damaged");
                octets.Write(Reader.Buffer, Reader.Offset, count);
            }
        }

        /// <summary>Reads a message as far as it goes.</summary>
        internal byte[] ReadUntilDamage(MaildropView view, int number, out bool isDamaged)
        {
            using var octets = new MemoryStream();
            isDamaged = Reader.Open(view, number) != StoreResult.Ok;
            while (!isDamaged)
            {
                int count = Reader.Next();
                if (count == MessageReader.End)
                {
                    break;
                }

                isDamaged = count == MessageReader.Damaged;
                octets.Write(Reader.Buffer, Reader.Offset, Math.Max(0, count));
            }

            return octets.ToArray();
        }

        /// <summary>Mail data in wire form: lines of letters that tell its seed, and the end.</summary>
        internal static byte[] Mail(int octets, int seed = 1)
        {
            byte[] mail = new byte[octets];
            var random = new Random(seed);
            for (int at = 0; at < octets; at++)
            {
                mail[at] = (byte)random.Next(256);
            }

            "\r\n.\r\n"u8.CopyTo(mail.AsSpan(octets - 5));
            return mail;
        }
    }
}

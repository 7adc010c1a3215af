// As the sources of the board: a reference may be null.
#nullable disable
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using System;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Store;

namespace MailAppliance.Tests
{
    /// <summary>A store over a card in RAM, with the few calls a test makes of it in one go.</summary>
    internal sealed class StoreHarness
    {
        /// <summary>Blocks of the ring unless a test says otherwise.</summary>
        public const int RingBlocks = 512;

        private const int RecordOctets = 2048;
        private const int MessagesMax = 64;
        private const int TurnsMax = 100000;
        private const long UtcSeconds = 1700000000;

        public readonly ApplianceSettings Settings = new ApplianceSettings();
        public readonly RamCard Card = new RamCard();
        public readonly MaildropView[] Views = new MaildropView[2];
        public MailStore Store;
        public MessageReader Reader;
        public StoreOpening Opening;

        /// <summary>Whether the message that was read last is damaged.</summary>
        public bool WasDamaged;

        private readonly Lots _entropy;
        private readonly MessageWriter[] _writers = new MessageWriter[3];
        private readonly int[] _recipients = new int[1];

        public StoreHarness(int ringBlocks = RingBlocks, int recordOctets = RecordOctets, int messagesMax = MessagesMax, int seed = 1)
        {
            Settings.Host = Octets.Of("mail.lan");
            Settings.RingOctets = (long)ringBlocks * Limits.BlockOctets;
            Settings.MessageOctetsMax = ringBlocks * Limits.BlockOctets / 4;
            Settings.MessagesMax = messagesMax;
            Settings.MaildropsMax = 8;
            Settings.RecordOctets = recordOctets;
            Settings.ReadOctets = recordOctets;
            Settings.SmtpSlots = _writers.Length;
            Settings.Pop3Slots = Views.Length;
            Settings.Maildrops = Drops("alice", "bob");
            Settings.Addresses = new AddressBook(0, 0);
            _entropy = new Lots(seed);
        }

        /// <summary>Maildrops of the configuration.</summary>
        public static MaildropSettings[] Drops(params string[] names)
        {
            MaildropSettings[] drops = new MaildropSettings[names.Length];
            for (int at = 0; at < names.Length; at++)
            {
                drops[at] = new MaildropSettings();
                drops[at].Name = Octets.Of(names[at]);
                drops[at].Password = Octets.Of("x");
            }

            return drops;
        }

        /// <summary>Mail data in wire form: octets that tell its seed, and the end.</summary>
        public static byte[] Mail(int octets, int seed = 1)
        {
            byte[] mail = new byte[octets];
            new Lots(seed).Fill(mail, 0, octets);
            Array.Copy(Octets.Of("\r\n.\r\n"), 0, mail, octets - WireForm.EndOctets - 2, WireForm.EndOctets + 2);
            return mail;
        }

        /// <summary>Fails where two arrays differ.</summary>
        public static void AssertSame(byte[] expected, byte[] actual, string where = "")
        {
            Assert.AreEqual(expected.Length, actual.Length, where);
            for (int at = 0; at < expected.Length; at++)
            {
                if (expected[at] != actual[at])
                {
                    Assert.AreEqual(expected[at], actual[at], where + " octet " + at.ToString());
                }
            }
        }

        /// <summary>Boots: a new store over the card as it is.</summary>
        public StoreHarness Boot()
        {
            Assert.AreEqual(StoreStatus.Ready, TryBoot());
            return this;
        }

        public int TryBoot()
        {
            Store = new MailStore(Settings, Card, new PlatformChecksum());
            for (int slot = 0; slot < _writers.Length; slot++)
            {
                _writers[slot] = Store.CreateWriter();
            }

            Views[0] = Store.CreateView();
            Views[1] = Store.CreateView();
            Reader = Store.CreateReader();
            Opening = Store.Open(_entropy, null);
            return Opening.Status;
        }

        public MessageWriter Writer(int slot)
        {
            return _writers[slot];
        }

        /// <summary>Writes mail data of a slot; what the store says where it refuses.</summary>
        public int Write(int slot, byte[] octets)
        {
            return Write(slot, octets, 0, octets.Length);
        }

        public int Write(int slot, byte[] octets, int offset, int count)
        {
            MessageWriter writer = _writers[slot];
            int end = offset + count;
            for (int at = offset; at < end;)
            {
                at += writer.Append(octets, at, end - at);
                if (at < end)
                {
                    PlaceFront(writer);
                    int result = Store.Flush(writer);
                    for (int turns = 0; result == StoreResult.Later; turns++)
                    {
                        TurnForRoom(turns);
                        result = Store.Flush(writer);
                    }

                    if (result != StoreResult.Ok)
                    {
                        return result;
                    }
                }
            }

            return StoreResult.Ok;
        }

        public int Finish(int slot, int recipients)
        {
            MessageWriter writer = _writers[slot];
            PlaceFront(writer);
            _recipients[0] = recipients;
            int result = Store.Finish(writer, _recipients, 0, true, UtcSeconds);
            for (int turns = 0; result == StoreResult.Later; turns++)
            {
                TurnForRoom(turns);
                result = Store.Finish(writer, _recipients, 0, true, UtcSeconds);
            }

            return result;
        }

        /// <summary>Begins, writes and finishes a mail; the outcome is still to come where this is Ok.</summary>
        public int Put(int slot, byte[] octets, int recipients)
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
        public int Store1(byte[] octets, int recipients = 1)
        {
            int result = Put(0, octets, recipients);
            return result == StoreResult.Ok ? Outcome(_writers[0]) : result;
        }

        public int Outcome(PendingCommit commit)
        {
            for (int turns = 0; commit.Outcome == PendingCommit.Waiting; turns++)
            {
                Assert.IsTrue(turns < TurnsMax, "an outcome that never comes");
                Store.Turn();
            }

            return commit.Outcome;
        }

        /// <summary>All messages of a maildrop, in the order of their numbers.</summary>
        public FetchedMail[] Fetch(int maildrop)
        {
            MaildropView view = Views[0];
            Assert.IsTrue(Store.OpenView(view, maildrop));
            FetchedMail[] all = new FetchedMail[view.MessageCount];
            for (int number = 1; number <= all.Length; number++)
            {
                all[number - 1] = new FetchedMail(UniqueId(view, number), Read(view, number));
            }

            view.Close();
            return all;
        }

        /// <summary>Fails where a maildrop does not hold messages of just these sizes, in this order.</summary>
        public void AssertHolds(int maildrop, string where, params int[] octets)
        {
            FetchedMail[] mails = Fetch(maildrop);
            Assert.AreEqual(octets.Length, mails.Length, where);
            for (int at = 0; at < octets.Length; at++)
            {
                Assert.AreEqual(octets[at], mails[at].Octets.Length, where);
            }
        }

        /// <summary>Removes messages of a maildrop, and waits until they are gone.</summary>
        public void Remove(int maildrop, params int[] numbers)
        {
            MaildropView view = Views[0];
            Assert.IsTrue(Store.OpenView(view, maildrop));
            for (int at = 0; at < numbers.Length; at++)
            {
                view.Mark(numbers[at]);
            }

            Assert.AreEqual(StoreResult.Ok, Store.Remove(view));
            view.Close();
            Assert.AreEqual(StoreResult.Ok, Outcome(view));
        }

        /// <summary>Removes the messages of a maildrop from a number on.</summary>
        public void RemoveFrom(int maildrop, int firstNumber)
        {
            int count = Store.Index.MessagesOf(Store.BitOf(maildrop));
            if (count >= firstNumber)
            {
                int[] numbers = new int[count - firstNumber + 1];
                for (int at = 0; at < numbers.Length; at++)
                {
                    numbers[at] = firstNumber + at;
                }

                Remove(maildrop, numbers);
            }
        }

        public byte[] Read(MaildropView view, int number)
        {
            byte[] octets = ReadUntilDamage(view, number);
            Assert.IsFalse(WasDamaged, "a message that is damaged");
            Assert.AreEqual(view.OctetsOf(number) + WireForm.EndOctets, octets.Length);
            return octets;
        }

        /// <summary>Reads a message as far as it goes.</summary>
        public byte[] ReadUntilDamage(MaildropView view, int number)
        {
            byte[] octets = new byte[view.OctetsOf(number) + WireForm.EndOctets];
            int read = 0;
            WasDamaged = Reader.Open(view, number) != StoreResult.Ok;
            bool isOver = WasDamaged;
            while (!isOver)
            {
                int count = Reader.Next();
                WasDamaged = count == MessageReader.Damaged;
                isOver = WasDamaged || count == MessageReader.End;
                if (count > 0)
                {
                    // More than the message has would be a fault of its own: the copy throws.
                    Array.Copy(Reader.Buffer, Reader.Offset, octets, read, count);
                    read += count;
                }
            }

            if (read == octets.Length)
            {
                return octets;
            }

            byte[] part = new byte[read];
            Array.Copy(octets, 0, part, 0, read);
            return part;
        }

        // As the loop does: what was dropped for new mail is told, and then the store may drop more.
        private void TurnForRoom(int turns)
        {
            Assert.IsTrue(turns < TurnsMax, "room is never made");
            Store.Disposal.ForgetNoted();
            Store.Turn();
        }

        private static string UniqueId(MaildropView view, int number)
        {
            byte[] id = new byte[70];
            return Encoding.UTF8.GetString(id, 0, view.WriteUniqueId(number, id, 0));
        }

        private static void PlaceFront(MessageWriter writer)
        {
            if (writer.FrontIsOpen)
            {
                writer.PlaceFront(0);
            }
        }
    }
}

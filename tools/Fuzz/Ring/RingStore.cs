using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Store;

namespace MailAppliance.Tools.Fuzz.Ring
{
    /// <summary>A store over a card, with the few calls that the fuzzer makes of it, each bounded.</summary>
    internal sealed class RingStore
    {
        /// <summary>Blocks of a ring.</summary>
        internal const int RingBlocks = 192;

        /// <summary>Octets of the largest mail.</summary>
        internal const int MessageOctetsMax = 8192;

        /// <summary>Maildrops.</summary>
        internal const int MaildropCount = 2;

        private const int TurnsMax = 5000;
        private const int ReadsMax = 8 * RingBlocks;

        private static readonly Crc32 s_checksum = new();
        private static readonly ApplianceSettings s_settings = MakeSettings();

        private readonly MessageWriter[] _writers;
        private readonly MessageReader _reader;
        private readonly byte[] _uniqueId = new byte[70];
        private readonly byte[] _message = new byte[2 * MessageOctetsMax];
        private readonly int[] _recipients = new int[1];

        /// <summary>Makes a store; nothing is read yet.</summary>
        /// <param name="card">The card.</param>
        internal RingStore(RingCard card)
        {
            Store = new MailStore(s_settings, card, s_checksum);
            _writers = [Store.CreateWriter(), Store.CreateWriter()];
            _reader = Store.CreateReader();
            View = Store.CreateView();
        }

        /// <summary>The store.</summary>
        internal MailStore Store { get; }

        /// <summary>The view.</summary>
        internal MaildropView View { get; }

        /// <summary>Boots.</summary>
        /// <param name="seed">Of the entropy.</param>
        /// <returns>How it went.</returns>
        internal StoreOpening Boot(long seed)
        {
            return Store.Open(new SeededEntropy(seed), null!);
        }

        /// <summary>Stores a mail.</summary>
        /// <param name="mail">Its octets.</param>
        /// <param name="recipients">Who gets it, a bit each.</param>
        /// <returns>One of <see cref="StoreResult"/>.</returns>
        internal int Deliver(byte[] mail, int recipients)
        {
            int result = Put(0, mail, recipients);
            return result == StoreResult.Ok ? Outcome(_writers[0]) : result;
        }

        /// <summary>Stores a mail up to where its outcome is to come.</summary>
        /// <param name="slot">Which writer, 0 or 1.</param>
        /// <param name="mail">Its octets.</param>
        /// <param name="recipients">Who gets it, a bit each; 0 leaves it unfinished.</param>
        /// <returns>One of <see cref="StoreResult"/>.</returns>
        internal int Put(int slot, byte[] mail, int recipients)
        {
            MessageWriter writer = _writers[slot];
            int result = Store.Begin(writer, 0);
            for (int at = 0; at < mail.Length && result == StoreResult.Ok;)
            {
                at += writer.Append(mail, at, mail.Length - at);
                if (at < mail.Length)
                {
                    PlaceFront(writer);
                    result = Again(() => Store.Flush(writer));
                }
            }

            if (result == StoreResult.Ok && recipients != 0)
            {
                PlaceFront(writer);
                _recipients[0] = recipients;
                result = Again(() => Store.Finish(writer, _recipients, 0, true, 1_700_000_000));
            }

            if (result != StoreResult.Ok)
            {
                Store.Abort(writer);
            }

            return result;
        }

        /// <summary>Removes messages of a maildrop.</summary>
        /// <param name="maildrop">The maildrop.</param>
        /// <param name="isMarked">Which.</param>
        internal void Remove(int maildrop, Predicate<int> isMarked)
        {
            Store.OpenView(View, maildrop);
            int marks = 0;
            for (int number = 1; number <= View.MessageCount; number++)
            {
                if (isMarked(number))
                {
                    View.Mark(number);
                    marks++;
                }
            }

            if (marks > 0 && Store.Remove(View) == StoreResult.Ok)
            {
                Outcome(View);
            }

            View.Close();
        }

        /// <summary>Turns until nothing is left to do.</summary>
        internal void Rest()
        {
            for (int turns = 0; Store.IsBusy; turns++)
            {
                Bound(turns < TurnsMax);
                Store.Turn();
            }
        }

        /// <summary>The unique-id of a message of the view.</summary>
        /// <param name="number">Its message-number.</param>
        /// <returns>The unique-id.</returns>
        internal ulong UniqueIdOf(int number)
        {
            int octets = View.WriteUniqueId(number, _uniqueId, 0);
            return ulong.Parse(Encoding.ASCII.GetString(_uniqueId, 0, octets), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        /// <summary>Reads a message of the view.</summary>
        /// <param name="number">Its message-number.</param>
        /// <returns>The number of its mail; <see cref="RingListing.Damaged"/> where the store says so.</returns>
        /// <exception cref="BrokenInvariantException">It was handed out whole and is not what it was.</exception>
        internal int Read(int number)
        {
            if (_reader.Open(View, number) != StoreResult.Ok)
            {
                return RingListing.Damaged;
            }

            int octets = 0;
            for (int reads = 0; ; reads++)
            {
                Bound(reads < ReadsMax);
                int count = _reader.Next();
                if (count == MessageReader.End)
                {
                    int mail = RingMail.NumberOf(_message.AsSpan(0, octets));
                    return mail >= 0 ? mail : throw new BrokenInvariantException("what is read whole is what was stored", $"{octets} octets are not");
                }

                if (count == MessageReader.Damaged)
                {
                    return RingListing.Damaged;
                }

                count = count == MessageReader.Later ? 0 : count;
                if (octets + count > _message.Length)
                {
                    throw new BrokenInvariantException("no message is larger than the largest", "this one is");
                }

                Array.Copy(_reader.Buffer, _reader.Offset, _message, octets, count);
                octets += count;
            }
        }

        private static void PlaceFront(MessageWriter writer)
        {
            if (writer.FrontIsOpen)
            {
                writer.PlaceFront(0);
            }
        }

        private int Again(Func<int> call)
        {
            int result = call();
            for (int turns = 0; result == StoreResult.Later; turns++)
            {
                Bound(turns < TurnsMax);
                Store.Turn();
                result = call();
            }

            return result;
        }

        private int Outcome(PendingCommit commit)
        {
            for (int turns = 0; commit.Outcome == PendingCommit.Waiting; turns++)
            {
                Bound(turns < TurnsMax);
                Store.Turn();
            }

            return commit.Outcome;
        }

        private static void Bound(bool holds, [CallerMemberName] string where = "")
        {
            if (!holds)
            {
                throw new BrokenInvariantException("work is bounded", $"{where} does not end");
            }
        }

        private static ApplianceSettings MakeSettings()
        {
            return new ApplianceSettings
            {
                Host = Octets.Of("mail.lan"),
                RingOctets = RingBlocks * Limits.BlockOctets,
                MessageOctetsMax = MessageOctetsMax,
                MessagesMax = 256,
                MaildropsMax = 4,
                RecordOctets = 3072,
                ReadOctets = 1024,
                SmtpSlots = 2,
                Pop3Slots = 1,
                Maildrops = [new MaildropSettings { Name = Octets.Of("alice") }, new MaildropSettings { Name = Octets.Of("bob") }],
                Addresses = new AddressBook(0, 0),
            };
        }
    }
}

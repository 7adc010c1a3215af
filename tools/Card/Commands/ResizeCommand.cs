using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using MailAppliance.Core;
using MailAppliance.Hal.Desktop;
using MailAppliance.Store;

namespace MailAppliance.Tools.Card.Commands
{
    /// <summary>
    /// <c>resize</c>: a new ring beside the old one takes every live message, with its unique-id, arrival and recipients, and then
    /// its place. The old one is only read.
    /// </summary>
    internal sealed class ResizeCommand
    {
        private readonly ToolConsole _console;
        private readonly RingReading _ring;
        private readonly long _octets;
        private readonly List<StoredMessage> _messages = [];

        private ResizeCommand(ToolConsole console, RingReading ring, long octets)
        {
            _console = console;
            _ring = ring;
            _octets = octets;
        }

        /// <summary>Resizes a ring.</summary>
        /// <param name="console">Takes the lines.</param>
        /// <param name="path">The ring's file.</param>
        /// <param name="octets">The new size.</param>
        /// <param name="dropsDamaged">Whether messages that are damaged are left out; else they are a reason to refuse.</param>
        /// <exception cref="ToolException">It does not fit, or something failed: the old ring is as it was.</exception>
        public static void Run(ToolConsole console, string path, long octets, bool dropsDamaged)
        {
            try
            {
                using FolderCard old = RingReading.HoldCard(path);
                using var replacement = new FileReplacement(path);
                long before = (long)old.BlockCount * Limits.BlockOctets;
                var resize = new ResizeCommand(console, new RingReading(new HeldCard(old), path), octets);
                resize.Check(dropsDamaged);
                resize.Move(replacement.NewPath);
                if (OperatingSystem.IsWindows())
                {
                    // Nobody replaces a file there that is open.
                    old.Dispose();
                }

                replacement.Commit();
                console.Text.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{path} has {octets} octets now (it had {before}), and {resize._messages.Count} messages"));
                Advise(console, octets);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new ToolException(error.Message, error);
            }
        }

        /// <summary>Says what a small ring asks of the configuration.</summary>
        /// <param name="console">Takes the line.</param>
        /// <param name="octets">The ring's size.</param>
        public static void Advise(ToolConsole console, long octets)
        {
            if (octets < 4 * Mega16)
            {
                console.Text.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"the configuration needs message-max = {octets / 4} or less, or ring = {octets}, to start with it"));
            }
        }

        // The appliance's message-max where the configuration names none.
        private const long Mega16 = 16 * 1024 * 1024;

        private void Check(bool dropsDamaged)
        {
            List<string> damaged = [];
            long blocks = 0;
            int record = RingSettings.ToWrite(_octets, 0, 0, []).RecordOctets;
            _console.Work("reading", _ring.Messages.Count, done =>
            {
                foreach (StoredMessage message in _ring.Messages)
                {
                    long wire = 0;
                    if (_ring.Read(message, piece => wire += piece.Count, out _))
                    {
                        _messages.Add(message);
                        blocks += BlocksOf(wire, record);
                    }
                    else
                    {
                        damaged.Add(message.UniqueId);
                    }

                    done(_messages.Count + damaged.Count);
                }
            });
            if (damaged.Count > 0 && !dropsDamaged)
            {
                throw new ToolException($"damaged: {string.Join(", ", damaged)}; --drop-damaged leaves them behind. The ring is as it was");
            }

            long most = _octets / Limits.BlockOctets * 2 / 3;
            if (blocks > most)
            {
                throw Refusal(blocks, most);
            }
        }

        private ToolException Refusal(long blocks, long most)
        {
            return new ToolException(string.Create(
                CultureInfo.InvariantCulture,
                $"the mail does not fit: {_messages.Count} messages take {blocks * Limits.BlockOctets} octets, and of a ring of {_octets} at most {most * Limits.BlockOctets} may be mail. The ring is as it was"));
        }

        private static long BlocksOf(long wire, int recordOctets)
        {
            long payload = recordOctets - RecordHeader.Octets;
            long rest = wire % payload;
            return (wire / payload * (recordOctets / Limits.BlockOctets)) + (rest == 0 ? 0 : Ring.BlocksOf((int)rest + RecordHeader.Octets));
        }

        private void Move(string newPath)
        {
            using FolderCard card = FolderCard.OfFile(newPath);
            List<byte[]> names = [.. _ring.Maildrops.Select(drop => drop.Octets)];
            MailStore store = RingMaker.Make(_console, card, _octets, _messages.Count, names, out MessageSink sink);
            if (!store.ContinueUniqueIds(_ring.NextUniqueId))
            {
                throw new ToolException("the card failed while the ring was made. The ring is as it was");
            }

            _console.Work("moving", _messages.Count, done =>
            {
                for (int at = 0; at < _messages.Count; at++)
                {
                    MoveOne(sink, _messages[at]);
                    done(at + 1);
                }

                sink.Drain();
            });
            string[] moved = [.. new RingReading(new HeldCard(card), newPath).Messages.Select(message => message.UniqueId)];
            if (!card.Sync() || !moved.SequenceEqual(_messages.Select(message => message.UniqueId)))
            {
                throw new ToolException("not every message is in the new ring: it is given up. The ring is as it was");
            }
        }

        private void MoveOne(MessageSink sink, StoredMessage message)
        {
            sink.Begin("message " + message.UniqueId);
            if (!_ring.Read(message, sink.Append, out Arrival arrival))
            {
                throw new ToolException($"message {message.UniqueId} can't be read any more. The ring is as it was");
            }

            int[] recipients = new int[RecordHeader.RecipientWords];
            foreach (Maildrop drop in message.Maildrops)
            {
                int index = _ring.Maildrops.ToList().IndexOf(drop);
                recipients[index >> 5] |= 1 << (index & 31);
            }

            sink.FinishMoved(recipients, message, arrival);
        }
    }
}

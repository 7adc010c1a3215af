using System;
using System.Collections.Generic;
using System.Linq;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using MailAppliance.Store;

namespace MailAppliance.Tools.Card
{
    /// <summary>A ring as recovery finds it, of which nothing is written.</summary>
    internal sealed class RingReading
    {
        private static readonly Crc32 s_checksum = new();
        private readonly MailStore _store;
        private readonly MessageReader _reader;

        /// <summary>Recovers a ring.</summary>
        /// <param name="card">The card, open; the caller's.</param>
        /// <param name="path">The ring's file, for what is said of it.</param>
        /// <exception cref="ToolException">It holds no ring that can be read.</exception>
        public RingReading(HeldCard card, string path)
        {
            _store = new MailStore(RingSettings.ToRead(card.BlockCount), new ReadOnlyCard(card), s_checksum);
            _reader = _store.CreateReader();
            StoreOpening opening = _store.OpenToRead();
            if (opening.Status != StoreStatus.Ready)
            {
                throw new ToolException(Words(opening, path));
            }

            Maildrops = [.. FindMaildrops()];
            Messages = [.. FindMessages()];
        }

        /// <summary>Opens the file of a ring to read it, without keeping other readers out.</summary>
        /// <param name="path">The file.</param>
        /// <returns>The card, open; the caller's to close.</returns>
        /// <exception cref="ToolException">It can't be opened.</exception>
        public static FolderCard OpenCard(string path)
        {
            return Opened(FolderCard.OfFileToRead(path));
        }

        /// <summary>Opens the file of a ring for this process alone.</summary>
        /// <param name="path">The file.</param>
        /// <returns>The card, open; the caller's to close.</returns>
        /// <exception cref="ToolException">It can't be opened.</exception>
        public static FolderCard HoldCard(string path)
        {
            return Opened(FolderCard.OfFile(path));
        }

        /// <summary>The maildrops that the ring knows, in the order of their recipient bits.</summary>
        public IReadOnlyList<Maildrop> Maildrops { get; }

        /// <summary>All live messages, in the order of their unique-ids.</summary>
        public IReadOnlyList<StoredMessage> Messages { get; }

        /// <summary>A number that no unique-id of this ring has had yet.</summary>
        public int NextUniqueId
        {
            get { return _store.NextUniqueId; }
        }

        /// <summary>Hands out a message in wire form.</summary>
        /// <param name="message">The message.</param>
        /// <param name="take">Takes the octets piece by piece; the buffer is ours.</param>
        /// <param name="arrival">When it arrived; known where it is whole.</param>
        /// <returns>False where it is damaged; of a large one a part was handed out then.</returns>
        public bool Read(StoredMessage message, Action<ArraySegment<byte>> take, out Arrival arrival)
        {
            arrival = default;
            _reader.Open(message.Place, true);
            while (true)
            {
                int count = _reader.Next();
                switch (count)
                {
                    case MessageReader.End:
                        long seconds = (uint)_reader.ArrivalLow | ((long)_reader.ArrivalHigh << 32);
                        arrival = new Arrival((_reader.Flags & RecordHeader.FlagClockKnown) != 0, seconds);
                        return true;
                    case MessageReader.Damaged:
                        return false;
                    case MessageReader.Later:
                        break;
                    default:
                        take(new ArraySegment<byte>(_reader.Buffer, _reader.Offset, count));
                        break;
                }
            }
        }

        /// <summary>Says why a store is not ready.</summary>
        /// <param name="opening">How the opening went.</param>
        /// <param name="path">The ring's file.</param>
        public static string Words(StoreOpening opening, string path)
        {
            return opening.Status switch
            {
                StoreStatus.OtherVersion when opening.FoundFeatures != 0 =>
                    $"the ring in {path} has features ({opening.FoundFeatures}) that this program does not know",
                StoreStatus.OtherVersion => $"the ring in {path} is of format version {opening.FoundVersion}, which this program does not know",
                StoreStatus.Damaged when opening.HeldNoRing => $"{path} holds no ring: a format was begun and did not end",
                StoreStatus.Damaged => $"{path} holds no ring that can be read: its superblocks, or its table of maildrops, are damaged",
                StoreStatus.Truncated => $"{path} is shorter than the ring that it holds",
                StoreStatus.TooSmallRing => $"{path} is too small for a ring",
                StoreStatus.TooSmallConfiguration => $"{path} holds more messages than this program has room for",
                _ => $"{path} can't be read or written: the card refuses",
            };
        }

        private static FolderCard Opened(FolderCard card)
        {
            int status = card.Open();
            if (status == CardStatus.Ready)
            {
                return card;
            }

            string words = card.LastError;
            card.Dispose();
            throw new ToolException(status == CardStatus.InUse ? words + ": stop the simulator, or whatever runs on it, first" : words);
        }

        private IEnumerable<Maildrop> FindMaildrops()
        {
            MaildropTable table = _store.Maildrops;
            for (int bit = 0; bit < table.BitCount; bit++)
            {
                byte[]? name = table.NameOf(bit);
                if (name != null)
                {
                    yield return new Maildrop(bit, name);
                }
            }
        }

        private IEnumerable<StoredMessage> FindMessages()
        {
            MessageIndex index = _store.Index;
            int[] recipients = new int[RecordHeader.RecipientWords];
            for (int at = 0; at < index.Count; at++)
            {
                index.RecipientsAt(at, recipients);
                int place = at;
                yield return new StoredMessage
                {
                    Place = at,
                    Number = index.UniqueIdAt(at),
                    Epoch = index.EpochAt(at),
                    Octets = index.OctetsAt(at),
                    FirstBlock = index.FirstBlockAt(at),
                    Maildrops = [.. Maildrops.Where(drop => index.Has(place, drop.Bit))],
                };
            }
        }
    }
}

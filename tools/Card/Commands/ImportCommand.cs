using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Store;

namespace MailAppliance.Tools.Card.Commands
{
    /// <summary>
    /// <c>import</c>: files become messages. The store does all of it once in RAM first, over a card that is only read: what does not
    /// fit is refused before anything is written, by the same rules by which it would be refused then.
    /// </summary>
    internal sealed class ImportCommand
    {
        private const int PieceOctets = 65536;

        private readonly ToolConsole _console;
        private readonly string _path;
        private readonly HeldCard _card;
        private readonly RingReading _ring;
        private readonly IReadOnlyList<string> _files;
        private readonly List<byte[]> _names;
        private readonly int[] _recipients = new int[RecordHeader.RecipientWords];
        private readonly Dictionary<string, long> _wireOctets = [];

        private ImportCommand(ToolConsole console, string path, HeldCard card, IReadOnlyList<string> files)
        {
            _console = console;
            _path = path;
            _card = card;
            _files = files;
            _ring = new RingReading(card, path);
            _names = [.. _ring.Maildrops.Select(drop => drop.Octets)];
        }

        /// <summary>Imports files.</summary>
        /// <param name="console">Takes the lines.</param>
        /// <param name="path">The ring's file.</param>
        /// <param name="files">The messages.</param>
        /// <param name="to">Names of maildrops, apart by commas; null for the first.</param>
        /// <exception cref="ToolException">Something is wrong, and nothing was written; or the card failed on the way.</exception>
        public static void Run(ToolConsole console, string path, IReadOnlyList<string> files, string? to)
        {
            using FolderCard card = RingReading.HoldCard(path);
            var import = new ImportCommand(console, path, new HeldCard(card), files);
            import.Address(to);
            import.Check();
            import.Store();
        }

        private void Address(string? to)
        {
            string[] names = to == null
                ? [.. _ring.Maildrops.Take(1).Select(drop => drop.Name)]
                : to.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (names.Length == 0)
            {
                throw new ToolException("the ring knows no maildrop yet: name one with --to");
            }

            foreach (string name in names)
            {
                int at = _ring.Maildrops.Count == 0 ? NewName(name) : IndexOf(Maildrop.Named(_ring.Maildrops, name));
                _recipients[at >> 5] |= 1 << (at & 31);
            }
        }

        private int IndexOf(Maildrop drop)
        {
            return _ring.Maildrops.ToList().IndexOf(drop);
        }

        // A ring that was just formatted knows nobody: the appliance finds the name there when it starts.
        private int NewName(string name)
        {
            byte[] octets = Encoding.UTF8.GetBytes(name);
            if (octets.Length > Limits.MaildropNameOctetsMax || name.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
            {
                throw new ToolException($"\"{name}\" can't be a maildrop's name");
            }

            int at = _names.FindIndex(known => Core.Octets.EqualIgnoreCase(known, 0, known.Length, octets, 0, octets.Length));
            if (at < 0)
            {
                at = _names.Count;
                _names.Add(octets);
            }

            return at;
        }

        private void Check()
        {
            long most = (long)_card.BlockCount * Limits.BlockOctets / 4;
            _console.Work("checking", _files.Count, done =>
            {
                for (int at = 0; at < _files.Count; at++)
                {
                    string file = _files[at];
                    var wire = new TextToWire(_ => { });
                    Convert(file, wire);
                    _wireOctets[file] = wire.Octets;
                    if (wire.Octets == WireForm.EndOctets)
                    {
                        throw new ToolException($"{file} is empty; nothing was written");
                    }

                    if (wire.Octets > most || wire.Octets > int.MaxValue)
                    {
                        throw new ToolException(string.Create(
                            CultureInfo.InvariantCulture,
                            $"{file} has {wire.Octets} octets, and a quarter of the ring is {most}: no message may be larger; nothing was written"));
                    }

                    done(at + 1);
                }
            });
        }

        private void Store()
        {
            long seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
            try
            {
                StoreOn(new OverlayCard(_card), seed, "trying", isTrial: true);
            }
            catch (ToolException error)
            {
                long octets = _wireOctets.Values.Sum();
                throw new ToolException(string.Create(
                    CultureInfo.InvariantCulture, $"{error.Message} ({_files.Count} files of {octets} octets, {_ring.Messages.Count} messages on the card); nothing was written"));
            }

            StoreOn(_card, seed, "importing", isTrial: false);
        }

        private void StoreOn(ICard card, long seed, string what, bool isTrial)
        {
            int bits = _ring.Maildrops.Count == 0 ? 0 : _ring.Maildrops[^1].Bit + 1;
            ApplianceSettings settings = RingSettings.ToWrite((long)_card.BlockCount * Limits.BlockOctets, _ring.Messages.Count, bits, _names);
            var store = new MailStore(settings, card, new Crc32());
            var sink = new MessageSink(store);
            StoreOpening opening = store.Open(new SeededEntropy(seed), null);
            if (opening.Status != StoreStatus.Ready)
            {
                throw new ToolException(RingReading.Words(opening, _path));
            }

            try
            {
                _console.Work(what, _files.Count, done =>
                {
                    for (int at = 0; at < _files.Count; at++)
                    {
                        StoreOne(sink, _files[at]);
                        done(at + 1);
                    }

                    sink.Drain();
                });
            }
            catch (Exception error) when (!isTrial && error is OperationCanceledException or ToolException)
            {
                sink.Abort();
                sink.Drain();
                string reason = error is ToolException ? error.Message : "stopped";
                throw new ToolException(string.Create(CultureInfo.InvariantCulture, $"{reason}; {sink.StoredCount} of {_files.Count} files are on the card"));
            }

            if (!isTrial)
            {
                _console.Text.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{sink.StoredCount} {(sink.StoredCount == 1 ? "message" : "messages")} imported; the card holds {store.Index.Count}"));
            }
        }

        private void StoreOne(MessageSink sink, string file)
        {
            sink.Begin(file);
            var wire = new TextToWire(sink.Append);
            Convert(file, wire);
            if (wire.Octets != _wireOctets[file])
            {
                throw new ToolException($"{file} has changed meanwhile");
            }

            sink.Finish(_recipients, wire.StuffedDots, new Arrival(true, DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
        }

        private static void Convert(string file, TextToWire wire)
        {
            try
            {
                using FileStream stream = File.OpenRead(file);
                byte[] piece = new byte[PieceOctets];
                int count;
                while ((count = stream.Read(piece)) > 0)
                {
                    wire.Add(piece.AsSpan(0, count));
                }

                wire.End();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new ToolException($"{file} can't be read: {error.Message}", error);
            }
        }
    }
}

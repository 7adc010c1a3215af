using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using MailAppliance.Hal.Desktop;

namespace MailAppliance.Tools.Card.Commands
{
    /// <summary><c>export</c>: messages as files. What is damaged is left out and named; nothing is overwritten unless asked for.</summary>
    internal sealed class ExportCommand
    {
        private readonly ToolConsole _console;
        private readonly RingReading _ring;
        private readonly Maildrop? _maildrop;
        private readonly IReadOnlyList<StoredMessage> _messages;
        private readonly SortedSet<string> _damaged = new(StringComparer.Ordinal);
        private readonly bool _overwrites;

        private ExportCommand(ToolConsole console, RingReading ring, string? maildrop, bool overwrites)
        {
            _console = console;
            _ring = ring;
            _maildrop = maildrop == null ? null : Maildrop.Named(ring.Maildrops, maildrop);
            _messages = ListCommand.Selected(ring, maildrop);
            _overwrites = overwrites;
        }

        /// <summary>Exports messages.</summary>
        /// <param name="console">Takes the lines.</param>
        /// <param name="path">The ring's file.</param>
        /// <param name="folder">Takes a file for each message and maildrop; null for none.</param>
        /// <param name="mbox">The file that takes them all; null for none.</param>
        /// <param name="maildrop">Only those of this maildrop; null for all.</param>
        /// <param name="overwrites">Whether files that are there are replaced.</param>
        /// <returns>Whether all of them were whole.</returns>
        /// <exception cref="ToolException">It can't be read or written.</exception>
        public static bool Run(ToolConsole console, string path, string? folder, string? mbox, string? maildrop, bool overwrites)
        {
            using FolderCard card = RingReading.OpenCard(path);
            var export = new ExportCommand(console, new RingReading(new HeldCard(card), path), maildrop, overwrites);
            try
            {
                if (folder != null)
                {
                    export.ToFolder(Path.GetFullPath(folder));
                }

                if (mbox != null)
                {
                    export.ToMbox(Path.GetFullPath(mbox));
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new ToolException(error.Message, error);
            }

            foreach (string message in export._damaged)
            {
                console.Errors.WriteLine($"error: message {message} is damaged, and was left out");
            }

            return export._damaged.Count == 0;
        }

        private void ToFolder(string folder)
        {
            (StoredMessage Message, string Path)[] files = [.. _messages.SelectMany(message => message.Maildrops
                .Where(drop => _maildrop == null || drop == _maildrop)
                .Select(drop => (message, Path.Combine(folder, $"{drop.FileName}-{message.UniqueId}.eml"))))];
            Refuse(files.Select(file => file.Path));
            Directory.CreateDirectory(folder);
            int count = 0;
            _console.Work("exporting", files.Length, done =>
            {
                for (int at = 0; at < files.Length; at++)
                {
                    count += WriteFile(files[at].Path, stream => Write(files[at].Message, stream)) ? 1 : 0;
                    done(at + 1);
                }
            });
            _console.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "file" : "files")} in {folder}"));
        }

        private void ToMbox(string path)
        {
            Refuse([path]);
            int count = 0;
            _console.Work("exporting", _messages.Count, done => WriteFile(path, stream =>
            {
                for (int at = 0; at < _messages.Count; at++)
                {
                    count += Append(_messages[at], stream) ? 1 : 0;
                    done(at + 1);
                }

                return true;
            }));
            _console.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "message" : "messages")} in {path}"));
        }

        // Before the first is written: half an export is worse than none.
        private void Refuse(IEnumerable<string> paths)
        {
            string? taken = _overwrites ? null : paths.FirstOrDefault(Path.Exists);
            if (taken != null)
            {
                throw new ToolException($"{taken} exists already; nothing was written (--force replaces files)");
            }
        }

        // Under another name until it is whole: a stop in the middle leaves no half a message.
        private bool WriteFile(string path, Func<Stream, bool> write)
        {
            string part = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.part");
            try
            {
                bool isWhole;
                using (FileStream stream = Create(part))
                {
                    isWhole = write(stream);
                }

                if (isWhole)
                {
                    File.Move(part, path, _overwrites);
                }

                return isWhole;
            }
            finally
            {
                File.Delete(part);
            }
        }

        private static FileStream Create(string path)
        {
            var how = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, BufferSize = 65536 };
            if (!OperatingSystem.IsWindows())
            {
                // Mail: for this user's eyes only.
                how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new FileStream(path, how);
        }

        private bool Write(StoredMessage message, Stream stream)
        {
            bool isWhole = _ring.Read(message, new WireToText(stream).Add, out _);
            if (!isWhole)
            {
                _damaged.Add(message.UniqueId);
            }

            return isWhole;
        }

        private bool Append(StoredMessage message, Stream stream)
        {
            using var text = new MemoryStream();
            bool isWhole = _ring.Read(message, new WireToText(text).Add, out Arrival arrival);
            if (isWhole)
            {
                MboxText.Write(text.GetBuffer().AsSpan(0, (int)text.Length), arrival, stream);
            }
            else
            {
                _damaged.Add(message.UniqueId);
            }

            return isWhole;
        }
    }
}

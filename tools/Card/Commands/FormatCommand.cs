using System;
using System.Globalization;
using System.IO;
using MailAppliance.Core;
using MailAppliance.Hal.Desktop;

namespace MailAppliance.Tools.Card.Commands
{
    /// <summary><c>format</c>: an empty ring, made beside what is there, which it then replaces.</summary>
    internal static class FormatCommand
    {
        private const long SizeWhereNone = 64 * 1024 * 1024;

        /// <summary>Formats.</summary>
        /// <param name="console">Takes the lines, and asks.</param>
        /// <param name="path">The ring's file.</param>
        /// <param name="size">The ring's octets; null for what the file has, or 64 MiB.</param>
        /// <param name="isSure">Whether not to ask.</param>
        /// <exception cref="ToolException">It was not wanted, or something failed: what was there is as it was.</exception>
        public static void Run(ToolConsole console, string path, long? size, bool isSure)
        {
            try
            {
                bool isThere = File.Exists(path) && new FileInfo(path).Length > 0;
                using FolderCard? old = isThere ? RingReading.HoldCard(path) : null;
                long octets = size ?? (old == null ? SizeWhereNone : (long)old.BlockCount * Limits.BlockOctets);
                if (octets < RingSettings.RingOctetsMin || octets > RingSettings.RingOctetsMax)
                {
                    throw new ToolException(string.Create(CultureInfo.InvariantCulture, $"a ring can't have {octets} octets: name a --size from 64K to 1023G"));
                }

                Ask(console, path, old, isSure);
                using var replacement = new FileReplacement(path);
                using (FolderCard card = FolderCard.OfFile(replacement.NewPath))
                {
                    RingMaker.Make(console, card, octets, 0, [], out _);
                }

                if (OperatingSystem.IsWindows())
                {
                    // Nobody replaces a file there that is open.
                    old?.Dispose();
                }

                replacement.Commit();
                console.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path} holds an empty ring of {octets} octets"));
                ResizeCommand.Advise(console, octets);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new ToolException(error.Message, error);
            }
        }

        private static void Ask(ToolConsole console, string path, FolderCard? old, bool isSure)
        {
            if (isSure)
            {
                return;
            }

            if (console.Answers == null)
            {
                throw new ToolException($"nobody is there to be asked whether to format {path}: --yes says so. Nothing was touched");
            }

            if (!console.Confirm($"Format {path}? {Holds(path, old)}"))
            {
                throw new ToolException("not formatted; nothing was touched");
            }
        }

        private static string Holds(string path, FolderCard? old)
        {
            if (old == null)
            {
                return "It is not there yet.";
            }

            try
            {
                int count = new RingReading(new HeldCard(old), path).Messages.Count;
                return string.Create(CultureInfo.InvariantCulture, $"Its {count} messages will be gone.");
            }
            catch (ToolException)
            {
                return "It holds something that is no ring, or a damaged one, which will be gone.";
            }
        }
    }
}

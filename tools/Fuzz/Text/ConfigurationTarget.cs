using System;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using MailAppliance.Configuration;
using MailAppliance.Tools.Fuzz.Inputs;
using MailAppliance.Tools.Fuzz.Targets;

namespace MailAppliance.Tools.Fuzz.Text
{
    /// <summary>The configuration reader, fed with files.</summary>
    internal sealed partial class ConfigurationTarget : FuzzTarget
    {
        // No error may show it. It is in the grammar in no other place than that of a password.
        private const string Password = "Zq9-Geheim";

        private const int AllocatedAnyway = 64 * 1024;
        private const int AllocatedAnOctet = 300;
        private const int MessageLettersMax = 400;

        private readonly ConfigurationReader _reader = new();
        private readonly ConfigurationReader _another = new();

        /// <inheritdoc/>
        internal override Grammar Grammar { get; } = ConfigurationGrammar.Make(Password);

        /// <inheritdoc/>
        internal override void Play(FuzzInput input, FeatureMap features)
        {
            byte[] octets = input.Octets;
            byte[] held = [.. octets];
            long before = GC.GetAllocatedBytesForCurrentThread();
            ApplianceSettings? settings = _reader.Read(octets, 0, octets.Length);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Check(octets.AsSpan().SequenceEqual(held), "the file is not changed");
            Check((settings == null) == (_reader.Error != null), "there are settings or an error");
            Check(allocated <= AllocatedAnyway + ((long)AllocatedAnOctet * octets.Length), "what boot allocates is bounded by the file");
            if (settings == null)
            {
                CheckError(octets, features);
            }
            else
            {
                CheckSettings(settings);
                features.Note(settings.Maildrops.Length + (settings.Access.Count << 6) + (settings.Strict ? 1 << 12 : 0) + (1 << 20));
            }

            CheckAgain(octets, settings);
        }

        private void CheckError(byte[] octets, FeatureMap features)
        {
            ConfigurationError error = _reader.Error;
            int lines = octets.Count(octet => octet == '\n') + 1;
            Check(error.Line >= 1 && error.Line <= lines, "an error names a line of the file");
            Check(error.Message.Length is > 0 and < MessageLettersMax, "an error has a message of a bounded length");
            Check(!error.Message.Any(letter => (letter < ' ' && letter != '\t') || letter == 0x7F), "a message has no control characters");
            Check(!ShowsPassword(octets, error.Message), "a message shows no password");

            // Which error it is, and not of what.
            int sum = 0;
            foreach (char letter in error.Message.AsSpan(0, Math.Min(24, error.Message.Length)))
            {
                sum = (sum * 31) + letter;
            }

            features.Note(sum);
        }

        // A file that has it elsewhere too may be told so.
        private static bool ShowsPassword(byte[] octets, string message)
        {
            if (!message.Contains(Password, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            string file = Encoding.Latin1.GetString(octets);
            return Anywhere().Count(file) == InItsPlace().Count(file);
        }

        [GeneratedRegex(Password, RegexOptions.IgnoreCase)]
        private static partial Regex Anywhere();

        [GeneratedRegex("^[ \\t]*password[ \\t]*=[ \\t]*\"?" + Password, RegexOptions.IgnoreCase | RegexOptions.Multiline)]
        private static partial Regex InItsPlace();

        private static void CheckSettings(ApplianceSettings settings)
        {
            Check(settings.Host.Length is > 0 and <= 255, "the host has a name");
            Check(settings.RingOctets / 4 >= settings.MessageOctetsMax && settings.MessageOctetsMax > 0, "a ring holds four of the largest mail");
            Check(settings.Maildrops.Length >= 1 && settings.Maildrops.Length <= settings.MaildropsMax && settings.MaildropsMax <= 128, "maildrops are bounded");
            Check(settings.SmtpPort is >= 1 and <= 65535 && settings.Pop3Port is >= 1 and <= 65535, "ports are ports");
            Check(settings.SmtpSlots is >= 1 and <= 256 && settings.Pop3Slots is >= 1 and <= 128, "slots are bounded");
            Check(settings.RecordOctets % 512 == 0 && settings.RecordOctets > 0 && settings.ReadOctets % 512 == 0 && settings.ReadOctets > 0, "buffers are blocks");
            Check(settings.SmtpIdleMilliseconds > 0 && settings.Pop3IdleMilliseconds > 0 && settings.WaitingMilliseconds >= 0, "time passes");
            Check(settings.MessagesMax > 0 && settings.RecipientsMax > 0 && settings.RetentionMilliseconds >= 0, "bounds are bounds");
            Check(settings.Access != null && settings.Addresses != null, "lists are there");
            foreach (MaildropSettings maildrop in settings.Maildrops)
            {
                Check(maildrop.Name.Length is > 0 and <= 64, "a maildrop has a name");
            }

            long octets = new MemoryPlan(settings).TotalOctets;
            Check(octets > 0, "the memory plan adds up");
        }

        // Another reader says the same; CRLF is as good as LF; a comment behind it changes nothing.
        private void CheckAgain(byte[] octets, ApplianceSettings? settings)
        {
            string said = Say(_reader, settings);
            string file = Encoding.Latin1.GetString(octets);
            Check(said == Say(_another, _another.Read(octets, 0, octets.Length)), "a reader has no memory");
            if (!file.Contains('\r', StringComparison.Ordinal))
            {
                byte[] crLf = Encoding.Latin1.GetBytes(file.Replace("\n", "\r\n", StringComparison.Ordinal));
                Check(said == Say(_another, _another.Read(crLf, 0, crLf.Length)), "CRLF is as good as LF");
            }

            byte[] longer = [.. octets, .. "\n# end\n"u8];
            ApplianceSettings? again = _another.Read(longer, 0, longer.Length);
            Check((settings == null) == (again == null), "a comment changes nothing");
        }

        private static string Say(ConfigurationReader reader, ApplianceSettings? settings)
        {
            if (settings == null)
            {
                return reader.Error.ToString();
            }

            string names = string.Join(' ', settings.Maildrops.Select(maildrop => Convert.ToHexString(maildrop.Name)));
            return string.Join(
                '|', names, Convert.ToHexString(settings.Host), settings.RingOctets, settings.MessageOctetsMax, settings.SmtpPort, settings.Pop3Port, settings.SmtpAddress,
                settings.Pop3Address, settings.Access.Count, settings.Addresses.Count, settings.RequireAuth, settings.Strict, settings.DropOldest, settings.RetentionMilliseconds,
                settings.SmtpSlots, settings.RecordOctets, settings.ReadOctets, settings.MessagesMax, settings.LogSeverityMax, settings.Notices);
        }

        private static void Check(bool holds, string invariant)
        {
            if (!holds)
            {
                Broken(invariant, "it does not hold");
            }
        }
    }
}

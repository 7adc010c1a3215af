using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Tools.Card
{
    /// <summary>Settings for the store where there is no configuration: what the simulator would take for a ring of that size.</summary>
    internal static class RingSettings
    {
        /// <summary>Octets of the smallest ring, as the key <c>ring</c> has it.</summary>
        public const long RingOctetsMin = 64 * 1024;

        /// <summary>Octets of the largest ring.</summary>
        public const long RingOctetsMax = 1023L * 1024 * 1024 * 1024;

        // Messages that a configuration can ask for: no ring holds more.
        private const int MessagesMax = 1_000_000;

        /// <summary>For a store that is only read: room for whatever any configuration may have written.</summary>
        /// <param name="blockCount">Blocks of the ring's file.</param>
        public static ApplianceSettings ToRead(int blockCount)
        {
            ApplianceSettings settings = Make(Math.Max((long)blockCount * Limits.BlockOctets, RingOctetsMin));
            settings.MessagesMax = Math.Clamp(blockCount, 16, MessagesMax);
            settings.MaildropsMax = Limits.MaildropsMax;
            settings.Maildrops = [];
            return settings;
        }

        /// <summary>For a store that is written.</summary>
        /// <param name="ringOctets">The ring's size, at least <see cref="RingOctetsMin"/>.</param>
        /// <param name="messages">Messages that it has to hold at least.</param>
        /// <param name="bits">Recipient bits that are in use.</param>
        /// <param name="maildrops">The names of the maildrops, all that it has mail of.</param>
        public static ApplianceSettings ToWrite(long ringOctets, int messages, int bits, IReadOnlyCollection<byte[]> maildrops)
        {
            ApplianceSettings settings = Make(ringOctets);
            settings.MessagesMax = Math.Max(settings.MessagesMax, Math.Min(messages, MessagesMax));
            settings.MaildropsMax = Math.Min(Math.Max(settings.MaildropsMax, Math.Max(bits, maildrops.Count)), Limits.MaildropsMax);
            settings.Maildrops = [.. maildrops.Select(name => new MaildropSettings { Name = name, Password = [] })];
            return settings;
        }

        private static ApplianceSettings Make(long ringOctets)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"[appliance]\nring = {ringOctets}\n[maildrop x]\npassword = x\n");
            byte[] octets = Encoding.ASCII.GetBytes(text);
            var reader = new ConfigurationReader(new ConfigurationDefaults { Any = "profile large" });
            ApplianceSettings? settings = reader.Read(octets, 0, octets.Length);
            if (settings == null)
            {
                throw new ToolException($"a ring of {ringOctets} octets can't be used: {reader.Error}");
            }

            settings.SmtpSlots = MessageSink.WriterCount;
            settings.Pop3Slots = 1;
            return settings;
        }
    }
}

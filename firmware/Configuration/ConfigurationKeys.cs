using MailAppliance.Core;

namespace MailAppliance.Configuration
{
    /// <summary>
    /// The keys of <c>[appliance]</c>, in the order of <c>appliance.example.ini</c>: parsing, messages, defaults and the test of
    /// that file all follow this table. It lives while the file is read; the settings remain.
    /// </summary>
    internal sealed class ConfigurationKeys
    {
        internal const int Host = 0;
        internal const int Domains = 1;
        internal const int Mode = 2;
        internal const int AddMissingFields = 3;
        internal const int Ring = 4;
        internal const int MessageMax = 5;
        internal const int WhenFull = 6;
        internal const int Retention = 7;
        internal const int SmtpAddress = 8;
        internal const int SmtpPort = 9;
        internal const int Pop3Address = 10;
        internal const int Pop3Port = 11;
        internal const int RequireAuth = 12;
        internal const int Profile = 13;
        internal const int SmtpSlots = 14;
        internal const int Pop3Slots = 15;
        internal const int Waiting = 16;
        internal const int WaitingTime = 17;
        internal const int SmtpIdle = 18;
        internal const int Pop3Idle = 19;
        internal const int RecipientsMax = 20;
        internal const int Messages = 21;
        internal const int Maildrops = 22;
        internal const int SmtpInput = 23;
        internal const int Record = 24;
        internal const int Read = 25;
        internal const int MemoryMax = 26;
        internal const int Log = 27;

        /// <summary>Index of "strict" among the words of <see cref="Mode"/>.</summary>
        internal const int StrictMode = 1;

        /// <summary>Index of "drop-oldest" among the words of <see cref="WhenFull"/>.</summary>
        internal const int DropOldest = 1;

        /// <summary>Index of "large" among the words of <see cref="Profile"/>.</summary>
        internal const int LargeProfile = 1;

        /// <summary>Index of "yes" among the words of <see cref="AddMissingFields"/> and <see cref="RequireAuth"/>.</summary>
        internal const int Yes = 0;

        private const long Kilo = 1024;
        private const long Mega = 1024 * Kilo;
        private const long Giga = 1024 * Mega;
        private const long Second = 1000;
        private const long Hour = 3600 * Second;

        /// <summary>The table, indexed by the constants above.</summary>
        internal readonly ConfigurationKey[] All;

        /// <summary>Of <c>[maildrop]</c>: messages at which it takes no more. Its value is that of the line read last.</summary>
        internal readonly ConfigurationKey QuotaMessages = new ConfigurationKey("quota-messages", ConfigurationKey.NumberOrNone, "none", "none", 1, 1000000, 1);

        /// <summary>Of <c>[maildrop]</c>: octets past which it takes no more, likewise.</summary>
        internal readonly ConfigurationKey Quota = new ConfigurationKey("quota", ConfigurationKey.SizeOrNone, "none", "none", Kilo, 1023 * Giga, 1);

        internal ConfigurationKeys()
        {
            All = new ConfigurationKey[]
            {
                new ConfigurationKey("host", ConfigurationKey.Host, "mail.lan", null),
                new ConfigurationKey("domains", ConfigurationKey.Domains, "lan", null),
                new ConfigurationKey("mode", ConfigurationKey.Word, "device", "device strict"),
                new ConfigurationKey("add-missing-fields", ConfigurationKey.Word, "yes", "yes no"),
                new ConfigurationKey("ring", ConfigurationKey.Size, "64M", "64M", 64 * Kilo, 1023 * Giga, Limits.BlockOctets),
                new ConfigurationKey("message-max", ConfigurationKey.Size, "16M", "16M", 4 * Kilo, Giga, 1),
                new ConfigurationKey("when-full", ConfigurationKey.Word, "reject", "reject drop-oldest"),
                new ConfigurationKey("retention", ConfigurationKey.TimeOrNone, "none", "none", Hour, 3650 * 24 * Hour, 1),
                new ConfigurationKey("smtp-address", ConfigurationKey.Address, "0.0.0.0", null),
                new ConfigurationKey("smtp-port", ConfigurationKey.Port, "25", "25", 1, 65535, 1),
                new ConfigurationKey("pop3-address", ConfigurationKey.Address, "0.0.0.0", null),
                new ConfigurationKey("pop3-port", ConfigurationKey.Port, "110", "110", 1, 65535, 1),
                new ConfigurationKey("require-auth", ConfigurationKey.Word, "no", "yes no"),
                new ConfigurationKey("profile", ConfigurationKey.Word, "small", "small large"),
                new ConfigurationKey("smtp-slots", ConfigurationKey.Number, "3", "16", 1, Limits.SmtpSlotsMax, 1),
                new ConfigurationKey("pop3-slots", ConfigurationKey.Number, "2", "8", 1, Limits.Pop3SlotsMax, 1),
                new ConfigurationKey("waiting", ConfigurationKey.Number, "2", "256", 1, 1000, 1),
                new ConfigurationKey("waiting-time", ConfigurationKey.Time, "20s", "20s", 0, Hour, 1),
                new ConfigurationKey("smtp-idle", ConfigurationKey.Time, "5m", "5m", Second, 24 * Hour, 1),
                new ConfigurationKey("pop3-idle", ConfigurationKey.Time, "10m", "10m", Second, 24 * Hour, 1),
                new ConfigurationKey("recipients-max", ConfigurationKey.Number, "100", "100", 1, 10000, 1),
                new ConfigurationKey("messages", ConfigurationKey.Number, "512", "65536", 16, 1000000, 1),
                new ConfigurationKey("maildrops", ConfigurationKey.Number, "8", "32", 1, Limits.MaildropsMax, 1),
                new ConfigurationKey("smtp-input", ConfigurationKey.Size, "1536", "64K", 1536, Mega, 1),
                new ConfigurationKey("record", ConfigurationKey.Size, "3K", "64K", 3 * Kilo, Mega, Limits.BlockOctets),
                new ConfigurationKey("read", ConfigurationKey.Size, "512", "64K", Limits.BlockOctets, Mega, Limits.BlockOctets),
                new ConfigurationKey("memory-max", ConfigurationKey.SizeOrNone, "64K", "none", 16 * Kilo, Giga, 1),
                new ConfigurationKey("log", ConfigurationKey.Word, "notice", "error warning notice detail"),
            };
        }

        /// <summary>Finds a key by its name, without case.</summary>
        /// <returns>Its index; -1 for none.</returns>
        internal int Find(byte[] buffer, int offset, int count)
        {
            for (int index = 0; index < All.Length; index++)
            {
                if (ConfigurationText.IsWord(buffer, offset, count, All[index].Name))
                {
                    return index;
                }
            }

            return -1;
        }

        /// <summary>Gives every key that the file did not name its default.</summary>
        internal void TakeDefaults(ConfigurationDefaults defaults)
        {
            TakeDefault(Profile, defaults.Profile);
            bool isLarge = All[Profile].Value == LargeProfile;
            TakeDefault(Ring, defaults.Ring);
            TakeDefault(SmtpAddress, defaults.SmtpAddress);
            TakeDefault(SmtpPort, defaults.SmtpPort);
            TakeDefault(Pop3Address, defaults.Pop3Address);
            TakeDefault(Pop3Port, defaults.Pop3Port);
            TakeDefault(Record, isLarge ? defaults.LargeRecord : null);
            TakeDefault(Read, isLarge ? defaults.LargeRead : null);
            TakeDefault(Messages, isLarge ? defaults.LargeMessages : null);
            TakeDefault(SmtpSlots, isLarge ? defaults.LargeSmtpSlots : null);
            TakeDefault(Pop3Slots, isLarge ? defaults.LargePop3Slots : null);
            TakeDefault(Waiting, isLarge ? defaults.LargeWaiting : null);
            for (int index = 0; index < All.Length; index++)
            {
                ConfigurationKey key = All[index];
                TakeDefault(index, isLarge ? key.Large : key.Small);
            }

            // RFC 5321 leaves what came as it is; a device without a clock is helped.
            if (All[AddMissingFields].Line == 0 && All[Mode].Value == StrictMode)
            {
                All[AddMissingFields].Value = Yes + 1;
            }
        }

        /// <summary>Sets a default where the file gave nothing; no text: the table's is still to come.</summary>
        private void TakeDefault(int index, string text)
        {
            ConfigurationKey key = All[index];
            if (key.Line != 0 || text == null || IsSet(key))
            {
                return;
            }

            byte[] octets = Octets.Of(text);
            if (!ConfigurationValue.Parse(key, octets, 0, octets.Length))
            {
                Invariant.Broken("a default that cannot be parsed");
            }
        }

        private static bool IsSet(ConfigurationKey key)
        {
            return key.Value != 0 || key.Text != null;
        }
    }
}

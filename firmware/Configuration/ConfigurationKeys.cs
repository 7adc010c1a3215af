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
        internal const int Tls = 13;
        internal const int SmtpsPort = 14;
        internal const int Pop3sPort = 15;
        internal const int RequireTls = 16;
        internal const int TlsCertificate = 17;
        internal const int TlsKey = 18;
        internal const int TlsLegacy = 19;
        internal const int Profile = 20;
        internal const int SmtpSlots = 21;
        internal const int Pop3Slots = 22;
        internal const int Waiting = 23;
        internal const int WaitingTime = 24;
        internal const int SmtpIdle = 25;
        internal const int Pop3Idle = 26;
        internal const int RecipientsMax = 27;
        internal const int Messages = 28;
        internal const int Maildrops = 29;
        internal const int SmtpInput = 30;
        internal const int Record = 31;
        internal const int Read = 32;
        internal const int MemoryMax = 33;
        internal const int Log = 34;
        internal const int Notices = 35;
        internal const int ConnectionsEach = 36;
        internal const int MailsEach = 37;
        internal const int BadCommandsEach = 38;
        internal const int LoginDelay = 39;
        internal const int Progress = 40;
        internal const int MailTime = 41;

        /// <summary>Index of "strict" among the words of <see cref="Mode"/>.</summary>
        internal const int StrictMode = 1;

        /// <summary>Index of "drop-oldest" among the words of <see cref="WhenFull"/>.</summary>
        internal const int DropOldest = 1;

        /// <summary>Index of "large" among the words of <see cref="Profile"/>.</summary>
        internal const int LargeProfile = 1;

        /// <summary>Index of "yes" among the words of the keys that have no other words than it and "no".</summary>
        internal const int Yes = 0;

        /// <summary>Index of "yes" among the words of <see cref="Tls"/>: what an application's default sets must not be 0.</summary>
        internal const int WithTls = 1;

        /// <summary>Bits in the indices of the words of <see cref="RequireTls"/>.</summary>
        internal const int SmtpWantsTls = 1;

        /// <summary>The other one.</summary>
        internal const int Pop3WantsTls = 2;

        // A text takes less of the board's code than as many calls. In the order of the constants above; see ConfigurationKey.
        private const string Rows =
            "host f mail.lan"
            + "|domains g lan"
            + "|mode e device device,strict"
            + "|add-missing-fields e yes yes,no"
            + "|ring c 64M 64M 64K 1023G 512"
            + "|message-max c 16M 16M 4K 1G 1"
            + "|when-full e reject reject,drop-oldest"
            + "|retention m none none 1h 3650d 1"
            + "|smtp-address h 0.0.0.0"
            + "|smtp-port b 25 25 1 65535 1"
            + "|pop3-address h 0.0.0.0"
            + "|pop3-port b 110 110 1 65535 1"
            + "|require-auth e no yes,no"
            + "|tls e no no,yes"
            + "|smtps-port k none none 1 65535 1"
            + "|pop3s-port k none none 1 65535 1"
            + "|require-tls e no no,smtp,pop3,yes"
            + "|tls-certificate i none"
            + "|tls-key i none"
            + "|tls-legacy e no yes,no"
            + "|profile e small small,large"
            + "|smtp-slots a 3 16 1 256 1"
            + "|pop3-slots a 2 8 1 128 1"
            + "|waiting a 2 256 1 1000 1"
            + "|waiting-time d 20s 20s 0 1h 1"
            + "|smtp-idle d 5m 5m 1s 1d 1"
            + "|pop3-idle d 10m 10m 1s 1d 1"
            + "|recipients-max a 100 100 1 10000 1"
            + "|messages a 512 65536 16 1000000 1"
            + "|maildrops a 8 32 1 128 1"
            + "|smtp-input c 1536 64K 1536 1M 1"
            + "|record c 3K 128K 3K 1M 512"
            + "|read c 512 64K 512 1M 512"
            + "|memory-max l 64K none 16K 1G 1"
            + "|log e notice error,warning,notice,detail"
            + "|notices e yes yes,no"
            + "|connections-each a 5 64 0 1000 1"
            + "|mails-each a 0 0 0 30000 1"
            + "|bad-commands-each a 10000 10000 0 30000 1"
            + "|login-delay d 1m 1m 0 1h 1"
            + "|progress a 100 100 0 1000000 1"
            + "|mail-time d 30m 30m 0 7d 1";

        /// <summary>The table, indexed by the constants above.</summary>
        internal readonly ConfigurationKey[] All;

        /// <summary>Of <c>[maildrop]</c>: messages at which it takes no more. Its value is that of the line read last.</summary>
        internal readonly ConfigurationKey QuotaMessages = new ConfigurationKey("quota-messages j none none 1 1000000 1");

        /// <summary>Of <c>[maildrop]</c>: octets past which it takes no more, likewise.</summary>
        internal readonly ConfigurationKey Quota = new ConfigurationKey("quota l none none 1K 1023G 1");

        /// <summary>Of <c>[access]</c>: one word of a line. Its value is that of the word read last.</summary>
        internal readonly ConfigurationKey Right = new ConfigurationKey("access e refuse refuse,send,fetch");

        internal ConfigurationKeys()
        {
            string[] rows = Rows.Split('|');
            All = new ConfigurationKey[rows.Length];
            for (int index = 0; index < rows.Length; index++)
            {
                All[index] = new ConfigurationKey(rows[index]);
            }
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

        /// <summary>The values of the keys that are numbers, indexed by the constants above.</summary>
        internal long[] Values()
        {
            long[] values = new long[All.Length];
            for (int index = 0; index < values.Length; index++)
            {
                values[index] = All[index].Value;
            }

            return values;
        }

        /// <summary>Gives every key that the file did not name its default.</summary>
        internal void TakeDefaults(ConfigurationDefaults defaults)
        {
            TakeRows(defaults.Any);
            bool isLarge = All[Profile].Value == LargeProfile;
            TakeRows(isLarge ? defaults.Large : null);
            for (int index = 0; index < All.Length; index++)
            {
                ConfigurationKey key = All[index];
                TakeDefault(key, isLarge ? key.Large : key.Small);
            }

            // RFC 5321 leaves what came as it is; a device without a clock is helped.
            if (All[AddMissingFields].Line == 0 && All[Mode].Value == StrictMode)
            {
                All[AddMissingFields].Value = Yes + 1;
            }
        }

        // No text: the table's defaults are still to come.
        private void TakeRows(string text)
        {
            if (text == null)
            {
                return;
            }

            string[] rows = text.Split('|');
            for (int index = 0; index < rows.Length; index++)
            {
                string[] parts = rows[index].Split(' ');
                byte[] name = Octets.Of(parts[0]);
                TakeDefault(All[Find(name, 0, name.Length)], parts[1]);
            }
        }

        /// <summary>Sets a default where neither the file nor one that goes before it gave anything.</summary>
        private static void TakeDefault(ConfigurationKey key, string text)
        {
            if (key.Line != 0 || key.Value != 0 || key.Text != null)
            {
                return;
            }

            byte[] octets = Octets.Of(text);
            if (!ConfigurationValue.Parse(key, octets, 0, octets.Length))
            {
                Invariant.Broken("a default that cannot be parsed");
            }
        }
    }
}

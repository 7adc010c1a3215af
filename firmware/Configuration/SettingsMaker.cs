using System.Text;

namespace MailAppliance.Configuration
{
    /// <summary>Turns the keys' values into settings, and checks what concerns more than one key.</summary>
    internal static class SettingsMaker
    {
        /// <summary>A ring holds at least this many of the largest mail: one being written, one live, and room to move.</summary>
        private const int RingMessagesMin = 4;

        // The smallest mail, with the fields that we add, takes two blocks.
        private const int MessageOctetsLeast = 1024;

        // Fewer records than this in a ring, and a wrap or a reserve would take a good part of it.
        private const int RingRecordsLeast = 64;

        // A record must hold the largest front and the first line behind it.
        private const int RecordOctetsLeast = 3072;

        internal static ApplianceSettings Make(ConfigurationKeys keys)
        {
            ConfigurationKey[] all = keys.All;
            long[] values = keys.Values();
            ApplianceSettings settings = new ApplianceSettings();
            settings.Host = all[ConfigurationKeys.Host].Text;
            settings.Strict = values[ConfigurationKeys.Mode] == ConfigurationKeys.StrictMode;
            settings.AddMissingFields = values[ConfigurationKeys.AddMissingFields] == ConfigurationKeys.Yes;
            settings.RingOctets = values[ConfigurationKeys.Ring];
            settings.IsRingGiven = all[ConfigurationKeys.Ring].Line != 0;
            settings.MessageOctetsMax = MessageOctets(all[ConfigurationKeys.MessageMax], settings.RingOctets);
            settings.DropOldest = values[ConfigurationKeys.WhenFull] == ConfigurationKeys.DropOldest;
            settings.RetentionMilliseconds = values[ConfigurationKeys.Retention];
            settings.SmtpAddress = Text(all[ConfigurationKeys.SmtpAddress]);
            settings.SmtpPort = (int)values[ConfigurationKeys.SmtpPort];
            settings.Pop3Address = Text(all[ConfigurationKeys.Pop3Address]);
            settings.Pop3Port = (int)values[ConfigurationKeys.Pop3Port];
            settings.RequireAuth = values[ConfigurationKeys.RequireAuth] == ConfigurationKeys.Yes;
            MakeTls(all, values, settings);
            settings.SmtpSlots = (int)values[ConfigurationKeys.SmtpSlots];
            settings.Pop3Slots = (int)values[ConfigurationKeys.Pop3Slots];
            settings.WaitingMax = (int)values[ConfigurationKeys.Waiting];
            settings.WaitingMilliseconds = (int)values[ConfigurationKeys.WaitingTime];
            settings.SmtpIdleMilliseconds = (int)values[ConfigurationKeys.SmtpIdle];
            settings.Pop3IdleMilliseconds = (int)values[ConfigurationKeys.Pop3Idle];
            settings.RecipientsMax = (int)values[ConfigurationKeys.RecipientsMax];
            settings.MessagesMax = (int)Fit(all[ConfigurationKeys.Messages], settings.RingOctets / MessageOctetsLeast, 1);
            settings.MaildropsMax = (int)values[ConfigurationKeys.Maildrops];
            settings.SmtpInputOctets = (int)values[ConfigurationKeys.SmtpInput];
            settings.RecordOctets = (int)Fit(all[ConfigurationKeys.Record], settings.RingOctets / RingRecordsLeast, RecordOctetsLeast);
            settings.ReadOctets = (int)values[ConfigurationKeys.Read];
            settings.MemoryOctetsMax = (int)values[ConfigurationKeys.MemoryMax];
            settings.Notices = values[ConfigurationKeys.Notices] == ConfigurationKeys.Yes;
            settings.ConnectionsEach = (int)values[ConfigurationKeys.ConnectionsEach];
            settings.MailsEach = (int)values[ConfigurationKeys.MailsEach];
            settings.BadCommandsEach = (int)values[ConfigurationKeys.BadCommandsEach];
            settings.LoginDelayMilliseconds = (int)values[ConfigurationKeys.LoginDelay];
            settings.ProgressOctets = (int)values[ConfigurationKeys.Progress];
            settings.MailMilliseconds = (int)values[ConfigurationKeys.MailTime];
            settings.LogSeverityMax = (int)values[ConfigurationKeys.Log];
            return settings;
        }

        private static void MakeTls(ConfigurationKey[] all, long[] values, ApplianceSettings settings)
        {
            settings.Tls = values[ConfigurationKeys.Tls] == ConfigurationKeys.WithTls;
            settings.SmtpsPort = (int)values[ConfigurationKeys.SmtpsPort];
            settings.SmtpsAddress = settings.SmtpsPort == 0 ? null : settings.SmtpAddress;
            settings.Pop3sPort = (int)values[ConfigurationKeys.Pop3sPort];
            settings.Pop3sAddress = settings.Pop3sPort == 0 ? null : settings.Pop3Address;
            int wanted = (int)values[ConfigurationKeys.RequireTls];
            settings.SmtpWantsTls = (wanted & ConfigurationKeys.SmtpWantsTls) != 0;
            settings.Pop3WantsTls = (wanted & ConfigurationKeys.Pop3WantsTls) != 0;
            settings.TlsCertificate = Text(all[ConfigurationKeys.TlsCertificate]);
            settings.TlsCertificateLine = all[ConfigurationKeys.TlsCertificate].Line;
            settings.TlsKey = Text(all[ConfigurationKeys.TlsKey]);
            settings.TlsKeyLine = all[ConfigurationKeys.TlsKey].Line;
            settings.TlsLegacy = values[ConfigurationKeys.TlsLegacy] == ConfigurationKeys.Yes;
        }

        /// <summary>A book that knows our domains, our own name among them, and no address yet.</summary>
        internal static AddressBook MakeBook(ConfigurationKeys keys, byte[] host)
        {
            byte[] text = keys.All[ConfigurationKeys.Domains].Text;
            int count = 1;
            for (ConfigurationList list = new ConfigurationList(text, 0, text.Length); list.Next();)
            {
                count++;
            }

            AddressBook book = new AddressBook(count, 0);
            book.AddDomain(host);
            for (ConfigurationList list = new ConfigurationList(text, 0, text.Length); list.Next();)
            {
                if (list.IsStar())
                {
                    book.TakeAnyDomain();
                }
                else if (!book.IsOurs(text, list.Offset, list.Count))
                {
                    book.AddDomain(list.Copy());
                }
            }

            return book;
        }

        /// <summary>Checks sizes against each other.</summary>
        /// <returns>What is wrong; null where nothing is.</returns>
        internal static ConfigurationError Check(ConfigurationKeys keys, ApplianceSettings settings, MaildropSections table)
        {
            ConfigurationKey ring = keys.All[ConfigurationKeys.Ring];
            ConfigurationKey message = keys.All[ConfigurationKeys.MessageMax];
            if (settings.RingOctets / RingMessagesMin < settings.MessageOctetsMax)
            {
                if (ring.Line == 0)
                {
                    return new ConfigurationError(message.Line, "message-max: expected at most a quarter of the ring of "
                        + Show(ring.Value) + ", found " + Show(message.Value));
                }

                return new ConfigurationError(ring.Line, "ring: expected at least 4 times message-max, "
                    + Show(RingMessagesMin * message.Value) + ", found " + Show(ring.Value));
            }

            if (!settings.Tls && ((settings.SmtpWantsTls && settings.SmtpsPort == 0) || (settings.Pop3WantsTls && settings.Pop3sPort == 0)))
            {
                return new ConfigurationError(
                    keys.All[ConfigurationKeys.RequireTls].Line, "require-tls: expected tls = yes, or a port for TLS (smtps-port, pop3s-port), beside it");
            }

            if (settings.Maildrops.Length > settings.MaildropsMax)
            {
                return new ConfigurationError(table.LineOf(settings.MaildropsMax), "[maildrop]: expected at most "
                    + settings.MaildropsMax.ToString() + " maildrops; the key maildrops in [appliance] sets the bound");
            }

            return null;
        }

        /// <summary>Where the file names no largest mail, a small ring makes it smaller.</summary>
        private static int MessageOctets(ConfigurationKey message, long ringOctets)
        {
            long most = ringOctets / RingMessagesMin;
            return (int)(message.Line == 0 && message.Value > most ? most : message.Value);
        }

        /// <summary>Where the file names no bound, a small ring has no use for a large profile's; a multiple of the least.</summary>
        private static long Fit(ConfigurationKey key, long most, int least)
        {
            if (key.Line != 0 || key.Value <= most)
            {
                return key.Value;
            }

            return most < least ? least : most - (most % least);
        }

        private static string Show(long octets)
        {
            return ConfigurationValue.Show(ConfigurationKey.Size, octets);
        }

        private static string Text(ConfigurationKey key)
        {
            return key.Text == null ? null : Encoding.UTF8.GetString(key.Text, 0, key.Text.Length);
        }
    }
}

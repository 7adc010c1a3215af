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
            ApplianceSettings settings = new ApplianceSettings();
            settings.Host = all[ConfigurationKeys.Host].Text;
            settings.Strict = all[ConfigurationKeys.Mode].Value == ConfigurationKeys.StrictMode;
            settings.AddMissingFields = all[ConfigurationKeys.AddMissingFields].Value == ConfigurationKeys.Yes;
            settings.RingOctets = all[ConfigurationKeys.Ring].Value;
            settings.IsRingGiven = all[ConfigurationKeys.Ring].Line != 0;
            settings.MessageOctetsMax = MessageOctets(all[ConfigurationKeys.MessageMax], settings.RingOctets);
            settings.DropOldest = all[ConfigurationKeys.WhenFull].Value == ConfigurationKeys.DropOldest;
            settings.RetentionMilliseconds = all[ConfigurationKeys.Retention].Value;
            settings.SmtpAddress = Text(all[ConfigurationKeys.SmtpAddress]);
            settings.SmtpPort = (int)all[ConfigurationKeys.SmtpPort].Value;
            settings.Pop3Address = Text(all[ConfigurationKeys.Pop3Address]);
            settings.Pop3Port = (int)all[ConfigurationKeys.Pop3Port].Value;
            settings.RequireAuth = all[ConfigurationKeys.RequireAuth].Value == ConfigurationKeys.Yes;
            MakeTls(all, settings);
            settings.SmtpSlots = (int)all[ConfigurationKeys.SmtpSlots].Value;
            settings.Pop3Slots = (int)all[ConfigurationKeys.Pop3Slots].Value;
            settings.WaitingMax = (int)all[ConfigurationKeys.Waiting].Value;
            settings.WaitingMilliseconds = (int)all[ConfigurationKeys.WaitingTime].Value;
            settings.SmtpIdleMilliseconds = (int)all[ConfigurationKeys.SmtpIdle].Value;
            settings.Pop3IdleMilliseconds = (int)all[ConfigurationKeys.Pop3Idle].Value;
            settings.RecipientsMax = (int)all[ConfigurationKeys.RecipientsMax].Value;
            settings.MessagesMax = (int)Fit(all[ConfigurationKeys.Messages], settings.RingOctets / MessageOctetsLeast, 1);
            settings.MaildropsMax = (int)all[ConfigurationKeys.Maildrops].Value;
            settings.SmtpInputOctets = (int)all[ConfigurationKeys.SmtpInput].Value;
            settings.RecordOctets = (int)Fit(all[ConfigurationKeys.Record], settings.RingOctets / RingRecordsLeast, RecordOctetsLeast);
            settings.ReadOctets = (int)all[ConfigurationKeys.Read].Value;
            settings.MemoryOctetsMax = (int)all[ConfigurationKeys.MemoryMax].Value;
            settings.Notices = all[ConfigurationKeys.Notices].Value == ConfigurationKeys.Yes;
            settings.LogSeverityMax = (int)all[ConfigurationKeys.Log].Value;
            return settings;
        }

        private static void MakeTls(ConfigurationKey[] all, ApplianceSettings settings)
        {
            settings.Tls = all[ConfigurationKeys.Tls].Value == ConfigurationKeys.WithTls;
            settings.SmtpsPort = (int)all[ConfigurationKeys.SmtpsPort].Value;
            settings.SmtpsAddress = settings.SmtpsPort == 0 ? null : settings.SmtpAddress;
            settings.Pop3sPort = (int)all[ConfigurationKeys.Pop3sPort].Value;
            settings.Pop3sAddress = settings.Pop3sPort == 0 ? null : settings.Pop3Address;
            int wanted = (int)all[ConfigurationKeys.RequireTls].Value;
            settings.SmtpWantsTls = (wanted & ConfigurationKeys.SmtpWantsTls) != 0;
            settings.Pop3WantsTls = (wanted & ConfigurationKeys.Pop3WantsTls) != 0;
            settings.TlsCertificate = Text(all[ConfigurationKeys.TlsCertificate]);
            settings.TlsCertificateLine = all[ConfigurationKeys.TlsCertificate].Line;
            settings.TlsKey = Text(all[ConfigurationKeys.TlsKey]);
            settings.TlsKeyLine = all[ConfigurationKeys.TlsKey].Line;
            settings.TlsLegacy = all[ConfigurationKeys.TlsLegacy].Value == ConfigurationKeys.Yes;
        }

        /// <summary>Our domains, our own name first, none of them twice; nulls behind the last.</summary>
        internal static byte[][] Domains(ConfigurationKeys keys, byte[] host)
        {
            byte[] text = keys.All[ConfigurationKeys.Domains].Text;
            int count = 1;
            for (ConfigurationList list = new ConfigurationList(text, 0, text.Length); list.Next();)
            {
                count++;
            }

            byte[][] domains = new byte[count][];
            domains[0] = host;
            count = 1;
            for (ConfigurationList list = new ConfigurationList(text, 0, text.Length); list.Next();)
            {
                if (!list.IsStar() && !MaildropSections.IsAmong(domains, text, list.Offset, list.Count))
                {
                    domains[count] = list.Copy();
                    count++;
                }
            }

            return domains;
        }

        internal static bool TakesAnyDomain(ConfigurationKeys keys)
        {
            byte[] text = keys.All[ConfigurationKeys.Domains].Text;
            for (ConfigurationList list = new ConfigurationList(text, 0, text.Length); list.Next();)
            {
                if (list.IsStar())
                {
                    return true;
                }
            }

            return false;
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
                        + ConfigurationValue.ShowSize(ring.Value) + ", found " + ConfigurationValue.ShowSize(message.Value));
                }

                return new ConfigurationError(ring.Line, "ring: expected at least 4 times message-max, "
                    + ConfigurationValue.ShowSize(RingMessagesMin * message.Value)
                    + ", found " + ConfigurationValue.ShowSize(ring.Value));
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

        private static string Text(ConfigurationKey key)
        {
            return key.Text == null ? null : Encoding.UTF8.GetString(key.Text, 0, key.Text.Length);
        }
    }
}

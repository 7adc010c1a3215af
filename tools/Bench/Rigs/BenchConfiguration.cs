using System;
using System.Text;
using MailAppliance.Configuration;

namespace MailAppliance.Tools.Bench.Rigs
{
    /// <summary>The configurations that are measured: the simulator's own profile, and the board's.</summary>
    internal static class BenchConfiguration
    {
        /// <summary>The maildrop that is sent to, and its password's end.</summary>
        internal const string Maildrop = "alice";

        /// <summary>The maildrop that holds what was stored before.</summary>
        internal const string OtherMaildrop = "bob";

        /// <summary>Password of both.</summary>
        internal const string Password = "secret";

        /// <summary>As the simulator runs.</summary>
        /// <param name="ring">Size of the ring.</param>
        /// <returns>The settings.</returns>
        internal static ApplianceSettings Large(string ring)
        {
            return Parse("large", ring);
        }

        /// <summary>As a board without PSRAM runs: records of 3 KiB.</summary>
        /// <param name="ring">Size of the ring.</param>
        /// <returns>The settings.</returns>
        internal static ApplianceSettings Small(string ring)
        {
            ApplianceSettings settings = Parse("small", ring);
            settings.SmtpSlots = 4;
            return settings;
        }

        private static ApplianceSettings Parse(string profile, string ring)
        {
            string text = $"""
                [appliance]
                host = mail.lan
                domains = lan
                profile = {profile}
                ring = {ring}
                smtp-address = 127.0.0.1
                pop3-address = 127.0.0.1
                memory-max = none
                mails-each = 0
                [maildrop {Maildrop}]
                password = {Password}
                [maildrop {OtherMaildrop}]
                password = {Password}
                """;
            var reader = new ConfigurationReader();
            byte[] octets = Encoding.UTF8.GetBytes(text);
            ApplianceSettings settings = reader.Read(octets, 0, octets.Length)
                ?? throw new InvalidOperationException(reader.Error.ToString());
            settings.SmtpPort = 0;
            settings.Pop3Port = 0;
            return settings;
        }
    }
}

using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Tools.Fuzz.Targets
{
    /// <summary>The configuration of the sessions that are fed.</summary>
    internal static class FuzzSettings
    {
        /// <summary>Octets of the largest mail.</summary>
        internal const int MessageOctetsMax = 5000;

        /// <summary>Makes it anew.</summary>
        /// <param name="isStrict">Strict mode.</param>
        /// <returns>The settings.</returns>
        internal static ApplianceSettings Make(bool isStrict)
        {
            var settings = new ApplianceSettings
            {
                Host = Octets.Of("mail.lan"),
                Strict = isStrict,
                AddMissingFields = !isStrict,
                MessageOctetsMax = MessageOctetsMax,
                MaildropsMax = 40,
                RecipientsMax = 5,
                SmtpInputOctets = 1536,
                ReadOctets = 2048,
                SmtpSlots = 1,
                Pop3Slots = 1,
                DigestLogins = true,
                Maildrops = new MaildropSettings[36],
                Addresses = new AddressBook(4, 8),
            };
            for (int index = 0; index < settings.Maildrops.Length; index++)
            {
                string name = index == 0 ? "alice" : index == 1 ? "bob" : "maildrop" + index.ToString();
                settings.Maildrops[index] = new MaildropSettings { Name = Octets.Of(name), Password = Octets.Of(index == 0 ? "secret-alice" : "b b") };
            }

            settings.Addresses.AddDomain(Octets.Of("mail.lan"));
            settings.Addresses.AddDomain(Octets.Of("lan"));
            settings.Addresses.Add(Octets.Of("alice"), 0);
            settings.Addresses.Add(Octets.Of("bob"), 1);
            settings.Addresses.Add(Octets.Of("carol"), 35);
            settings.Addresses.Add(Octets.Of("a b"), 2);
            settings.Addresses.Add(Octets.Of("dot."), 3);
            settings.Addresses.Add(Octets.Of("alerts@shop.example"), 4);
            return settings;
        }
    }
}

using MailAppliance.Configuration;
using MailAppliance.Smtp;

namespace MailAppliance.Store
{
    /// <summary>
    /// Each maildrop's quota against what is in it. Only what is committed counts: a mail that was accepted at RCPT is delivered,
    /// whatever came in meanwhile.
    /// </summary>
    public sealed class MaildropQuotas : IMaildropQuotas
    {
        private readonly MaildropSettings[] _settings;
        private readonly MaildropTable _maildrops;
        private readonly MessageIndex _index;

        internal MaildropQuotas(ApplianceSettings settings, MaildropTable maildrops, MessageIndex index)
        {
            _settings = settings.Maildrops;
            _maildrops = maildrops;
            _index = index;
        }

        /// <inheritdoc/>
        public bool IsFull(int maildrop, long declaredOctets)
        {
            MaildropSettings settings = _settings[maildrop];
            int bit = _maildrops.BitOf(maildrop);
            if (settings.MessagesMax > 0 && _index.MessagesOf(bit) >= settings.MessagesMax)
            {
                return true;
            }

            // A mail of unknown size counts as one octet.
            long octets = declaredOctets > 0 ? declaredOctets : 1;
            return settings.OctetsMax > 0 && _index.OctetsIn(bit) + octets > settings.OctetsMax;
        }
    }
}

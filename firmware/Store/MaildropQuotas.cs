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
        private readonly int[] _messagesMax;
        private readonly long[] _octetsMax;
        private readonly MaildropTable _maildrops;
        private readonly MessageIndex _index;

        internal MaildropQuotas(ApplianceSettings settings, MaildropTable maildrops, MessageIndex index)
        {
            _messagesMax = settings.QuotaMessages;
            _octetsMax = settings.QuotaOctets;
            _maildrops = maildrops;
            _index = index;
        }

        /// <inheritdoc/>
        public bool IsFull(int maildrop, long declaredOctets)
        {
            int bit = _maildrops.BitOf(maildrop);
            int messagesMax = _messagesMax[maildrop];
            if (messagesMax > 0 && _index.MessagesOf(bit) >= messagesMax)
            {
                return true;
            }

            // A mail of unknown size counts as one octet.
            long octets = declaredOctets > 0 ? declaredOctets : 1;
            long octetsMax = _octetsMax[maildrop];
            return octetsMax > 0 && _index.OctetsIn(bit) + octets > octetsMax;
        }
    }
}

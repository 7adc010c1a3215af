namespace MailAppliance.Smtp
{
    /// <summary>What an SMTP session asks of the maildrops at RCPT. Answered from RAM, at once.</summary>
    public interface IMaildropQuotas
    {
        /// <summary>Whether a maildrop takes no more mail for now: 452 4.2.2.</summary>
        /// <param name="maildrop">Its index in the settings.</param>
        /// <param name="declaredOctets">The octets that MAIL's SIZE declares; -1 where it declares none.</param>
        /// <returns>True where it is at its quota, or the mail as declared would take it past that.</returns>
        bool IsFull(int maildrop, long declaredOctets);
    }
}

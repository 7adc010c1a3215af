namespace MailAppliance.Tools.Torture.Clients
{
    /// <summary>What a sender waits for, or is about to do.</summary>
    internal enum SmtpStep
    {
        /// <summary>The greeting is still to come.</summary>
        Greeting,

        /// <summary>The answer to EHLO is still to come.</summary>
        Hello,

        /// <summary>It may begin a mail transaction.</summary>
        Ready,

        /// <summary>Answers to MAIL, RCPT and DATA are still to come.</summary>
        Envelope,

        /// <summary>It sends mail data, a piece at a time.</summary>
        Data,

        /// <summary>The answer to the end of the mail is still to come.</summary>
        End,

        /// <summary>The answer to RSET, NOOP or nonsense is still to come.</summary>
        Other,

        /// <summary>The answer to QUIT is still to come.</summary>
        Quit,
    }
}

namespace MailAppliance.Smtp
{
    /// <summary>What <see cref="SmtpSession.Advance"/> asks of the loop.</summary>
    public static class SmtpEvent
    {
        /// <summary>The input is used up: receive, then advance again.</summary>
        public const int NeedOctets = 0;

        /// <summary>The output has no room for the next reply: send, then advance again.</summary>
        public const int NeedRoom = 1;

        /// <summary>A MAIL is well formed: ask the store for room for <see cref="SmtpSession.DeclaredOctets"/>, then
        /// <see cref="SmtpSession.OnAdmitted"/>.</summary>
        public const int Admit = 2;

        /// <summary>DATA is accepted: begin a message at the store, then <see cref="SmtpSession.OnBegun"/>.</summary>
        public const int Begin = 3;

        /// <summary>Mail data in wire form is in <see cref="SmtpSession.Data"/>: store some or all of it, then
        /// <see cref="MailDataReader.Taken"/>.</summary>
        public const int MailData = 4;

        /// <summary>All mail data, the final dot with its line end included, was taken: commit, then
        /// <see cref="SmtpSession.OnCommitted"/>.</summary>
        public const int EndOfMail = 5;

        /// <summary>The message that was begun must be dropped. Nothing is reported back; the session goes on.</summary>
        public const int Abort = 6;

        /// <summary>The outcome of an earlier event has not been reported yet; there is nothing to do.</summary>
        public const int Awaiting = 7;

        /// <summary>The output holds the last words: flush, drain and close. No other event follows.</summary>
        public const int Close = 8;

        /// <summary>A login is to be checked: <see cref="SmtpSession.Attempt"/>, then <see cref="SmtpSession.OnVerified"/>. Until then the input
        /// must not be filled, since the proof lies in it.</summary>
        public const int Verify = 9;

        /// <summary>The output holds the last words in plain: send them, forget the input, begin TLS, then
        /// <see cref="SmtpSession.OnTlsBegun"/>. Returned by every call until then.</summary>
        public const int StartTls = 10;
    }
}

namespace MailAppliance.Smtp
{
    /// <summary>Which function of the session handles a command; the third column of <see cref="SmtpCommandTable"/>.</summary>
    public static class SmtpHandler
    {
        /// <summary>EHLO (RFC 5321 section 4.1.1.1).</summary>
        public const int Ehlo = 0;

        /// <summary>HELO (RFC 5321 section 4.1.1.1).</summary>
        public const int Helo = 1;

        /// <summary>MAIL (RFC 5321 section 4.1.1.2).</summary>
        public const int Mail = 2;

        /// <summary>RCPT (RFC 5321 section 4.1.1.3).</summary>
        public const int Rcpt = 3;

        /// <summary>DATA (RFC 5321 section 4.1.1.4).</summary>
        public const int Data = 4;

        /// <summary>RSET (RFC 5321 section 4.1.1.5).</summary>
        public const int Rset = 5;

        /// <summary>VRFY (RFC 5321 section 4.1.1.6).</summary>
        public const int Vrfy = 6;

        /// <summary>HELP (RFC 5321 section 4.1.1.8).</summary>
        public const int Help = 7;

        /// <summary>NOOP (RFC 5321 section 4.1.1.9).</summary>
        public const int Noop = 8;

        /// <summary>QUIT (RFC 5321 section 4.1.1.10).</summary>
        public const int Quit = 9;

        /// <summary>BDAT: refused, and its chunk read away (RFC 3030 section 2).</summary>
        public const int Bdat = 10;

        /// <summary>AUTH (RFC 4954 section 4).</summary>
        public const int Auth = 12;

        /// <summary>STARTTLS (RFC 3207 section 4); 502 where it is not offered.</summary>
        public const int StartTls = 13;

        /// <summary>Known and not implemented: 502.</summary>
        public const int NotImplemented = 11;
    }
}

namespace MailAppliance.Pop3
{
    /// <summary>What handles a command: the last column of <see cref="Pop3CommandTable"/>.</summary>
    public static class Pop3Command
    {
        /// <summary>No verb that is known.</summary>
        public const int Unknown = 0;

        /// <summary>A verb of an extension that is not offered.</summary>
        public const int NotSupported = 1;

        /// <summary>USER name (RFC 1939 section 7).</summary>
        public const int User = 2;

        /// <summary>PASS string (RFC 1939 section 7).</summary>
        public const int Pass = 3;

        /// <summary>QUIT (RFC 1939 sections 4 and 6).</summary>
        public const int Quit = 4;

        /// <summary>CAPA (RFC 2449 section 5).</summary>
        public const int Capa = 5;

        /// <summary>NOOP (RFC 1939 section 5).</summary>
        public const int Noop = 6;

        /// <summary>STAT (RFC 1939 section 5).</summary>
        public const int Stat = 7;

        /// <summary>LIST [msg] (RFC 1939 section 5).</summary>
        public const int List = 8;

        /// <summary>RETR msg (RFC 1939 section 5).</summary>
        public const int Retr = 9;

        /// <summary>DELE msg (RFC 1939 section 5).</summary>
        public const int Dele = 10;

        /// <summary>RSET (RFC 1939 section 5).</summary>
        public const int Rset = 11;

        /// <summary>TOP msg n (RFC 1939 section 7).</summary>
        public const int Top = 12;

        /// <summary>UIDL [msg] (RFC 1939 section 7).</summary>
        public const int Uidl = 13;

        /// <summary>APOP name digest (RFC 1939 section 7).</summary>
        public const int Apop = 14;

        /// <summary>AUTH mechanism [initial-response] (RFC 5034 section 4).</summary>
        public const int Auth = 15;

        /// <summary>STLS (RFC 2595 section 4).</summary>
        public const int Stls = 16;
    }
}

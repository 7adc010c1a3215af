using MailAppliance.Core;

namespace MailAppliance.Pop3
{
    /// <summary>Every reply of the POP3 server, made at boot. What follows +OK or -ERR and a response code is for people.</summary>
    /// <remarks>
    /// Response codes are those of RFC 2449 section 8 and RFC 3206: [IN-USE], [AUTH], [SYS/TEMP], [SYS/PERM]. No other text
    /// begins with a bracket, and none holds an angle bracket, which in a greeting offers APOP (RFC 1939 section 7): a stamp has them.
    /// </remarks>
    public static class Pop3Replies
    {
        /// <summary>
        /// Octets of the longest reply that is appended in one piece (CAPA's); room for it is made sure before a command is
        /// taken. The greeting may be longer: it goes into an empty output.
        /// </summary>
        public const int ReplyOctetsMax = 192;

        /// <summary>Octets of the longest line of a listing: a number, a space, a unique-id, CRLF.</summary>
        public const int ListingLineOctetsMax = 10 + 1 + UniqueIdOctetsMax + 2;

        /// <summary>Octets of a unique-id (RFC 1939 section 7).</summary>
        public const int UniqueIdOctetsMax = 70;

        /// <summary>Before our name in the greeting, and in replies that begin with a number.</summary>
        public const int Ok = 0;

        /// <summary>Behind our name in the greeting.</summary>
        public const int GreetingEnd = 1;

        /// <summary>Before the stamp in the greeting, where APOP is offered.</summary>
        public const int StampBefore = 2;

        /// <summary>Nothing more to say.</summary>
        public const int Done = 3;

        /// <summary>An empty challenge: the client begins (RFC 5034 section 4).</summary>
        public const int AskMessage = 4;

        /// <summary>LOGIN's first prompt, "Username:" in base64.</summary>
        public const int AskName = 5;

        /// <summary>LOGIN's second prompt, "Password:" in base64.</summary>
        public const int AskPassword = 6;

        /// <summary>USER, whoever it is.</summary>
        public const int NameTaken = 7;

        /// <summary>Between count and octets where a maildrop was opened or is listed.</summary>
        public const int Messages = 8;

        /// <summary>The end of that line.</summary>
        public const int OctetsInAll = 9;

        /// <summary>Behind RETR's size.</summary>
        public const int OctetsFollow = 10;

        /// <summary>UIDL's first line.</summary>
        public const int UniqueIdsFollow = 11;

        /// <summary>TOP's first line.</summary>
        public const int TopFollows = 12;

        /// <summary>DELE.</summary>
        public const int Marked = 13;

        /// <summary>RSET.</summary>
        public const int Unmarked = 14;

        /// <summary>QUIT where nothing was to be removed.</summary>
        public const int Bye = 15;

        /// <summary>QUIT where the removal is on the card.</summary>
        public const int Removed = 16;

        /// <summary>The end of a multi-line reply (RFC 1939 section 3).</summary>
        public const int End = 17;

        /// <summary>
        /// CAPA up to what is not always offered, true in each state (RFC 2449 section 5): there is no login delay, and nothing
        /// expires. APOP has no line: the greeting tells it.
        /// </summary>
        public const int Capabilities = 18;

        /// <summary>STLS, where TLS can begin (RFC 2595 section 4).</summary>
        public const int CapabilityStls = 19;

        /// <summary>The logins, where they are taken now.</summary>
        public const int CapabilityLogins = 20;

        /// <summary>STLS taken: the last words in plain (RFC 2595 section 4).</summary>
        public const int TlsReady = 21;

        /// <summary>No such verb.</summary>
        public const int UnknownCommand = 22;

        /// <summary>A verb of an extension that is not offered.</summary>
        public const int NotSupported = 23;

        /// <summary>A verb of the other state.</summary>
        public const int WrongState = 24;

        /// <summary>An argument is missing, or there is one too many.</summary>
        public const int BadArguments = 25;

        /// <summary>TOP's second argument is no number.</summary>
        public const int BadLineCount = 26;

        /// <summary>A line longer than <see cref="Limits.Pop3LineOctetsMax"/>.</summary>
        public const int LineTooLong = 27;

        /// <summary>The last words after <see cref="Limits.BadCommandsMax"/> bad commands, or an endless one.</summary>
        public const int TooManyBad = 28;

        /// <summary>PASS without USER.</summary>
        public const int NoName = 29;

        /// <summary>A login that is not taken before TLS, where that is wanted.</summary>
        public const int TlsRequired = 30;

        /// <summary>AUTH with a mechanism that is not offered.</summary>
        public const int UnknownMechanism = 31;

        /// <summary>A response of AUTH that is no base64, or not what the mechanism wants; or APOP without a digest.</summary>
        public const int BadResponse = 32;

        /// <summary>AUTH cancelled by the client (RFC 5034 section 4).</summary>
        public const int Cancelled = 33;

        /// <summary>A wrong password, or a name nobody has: the same words.</summary>
        public const int WrongPassword = 34;

        /// <summary>Another session has the maildrop.</summary>
        public const int InUse = 35;

        /// <summary>The store can't open the maildrop.</summary>
        public const int NotOpened = 36;

        /// <summary>No message has this number.</summary>
        public const int NoSuchMessage = 37;

        /// <summary>The message is marked as deleted.</summary>
        public const int IsMarked = 38;

        /// <summary>The message is gone or damaged.</summary>
        public const int Unreadable = 39;

        /// <summary>The message can't be opened at the moment.</summary>
        public const int NotNow = 40;

        /// <summary>QUIT where the removal failed (RFC 1939 section 6): all of them are still there.</summary>
        public const int NotRemoved = 41;

        /// <summary>The appliance goes down.</summary>
        public const int Shutdown = 42;

        /// <summary>A slot that others wait for, or a line that takes too long.</summary>
        public const int Yielded = 43;

        /// <summary>A login too soon after wrong ones.</summary>
        public const int TooManyLogins = 44;

        /// <summary>Their octets, in the order of the constants.</summary>
        public static readonly Phrases Texts = new Phrases(
            "",
            "+OK |"
            + " POP3 MailAppliance ready|"
            + " |"
            + "+OK\r\n|"
            + "+ \r\n|"
            + "+ VXNlcm5hbWU6\r\n|"
            + "+ UGFzc3dvcmQ6\r\n|"
            + "+OK now the password\r\n|"
            + " messages (|"
            + " octets)\r\n|"
            + " octets\r\n|"
            + "+OK unique-ids follow\r\n|"
            + "+OK top of message follows\r\n|"
            + "+OK marked as deleted\r\n|"
            + "+OK no message is marked\r\n|"
            + "+OK bye\r\n|"
            + "+OK deleted messages removed, bye\r\n|"
            + ".\r\n|"
            + "+OK capabilities follow\r\nTOP\r\nUIDL\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\nEXPIRE NEVER\r\nIMPLEMENTATION MailAppliance\r\n|"
            + "STLS\r\n|"
            + "USER\r\nSASL PLAIN LOGIN\r\n|"
            + "+OK begin TLS\r\n|"
            + "-ERR unknown command\r\n|"
            + "-ERR not supported\r\n|"
            + "-ERR not now\r\n|"
            + "-ERR wrong number of arguments\r\n|"
            + "-ERR expected a number of lines\r\n|"
            + "-ERR line too long\r\n|"
            + "-ERR too many bad commands\r\n|"
            + "-ERR first the name\r\n|"
            + "-ERR TLS required, begin it with STLS\r\n|"
            + "-ERR mechanism not offered\r\n|"
            + "-ERR can't decode this response\r\n|"
            + "-ERR authentication cancelled\r\n|"
            + "-ERR [AUTH] wrong name or password\r\n|"
            + "-ERR [IN-USE] maildrop is open in another session\r\n|"
            + "-ERR [SYS/TEMP] maildrop can't be opened now\r\n|"
            + "-ERR no such message\r\n|"
            + "-ERR message is marked as deleted\r\n|"
            + "-ERR [SYS/PERM] message can't be read\r\n|"
            + "-ERR [SYS/TEMP] message can't be read now\r\n|"
            + "-ERR [SYS/TEMP] some deleted messages not removed\r\n|"
            + "-ERR [SYS/TEMP] not available now, try again later\r\n|"
            + "-ERR [SYS/TEMP] others wait, try again later\r\n|"
            + "-ERR [SYS/TEMP] too many wrong logins, try again later\r\n|");
    }
}

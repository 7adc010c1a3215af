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
        public static readonly byte[] Ok = Octets.Of("+OK ");

        /// <summary>Behind our name in the greeting.</summary>
        public static readonly byte[] GreetingEnd = Octets.Of(" POP3 MailAppliance ready");

        /// <summary>Before the stamp in the greeting, where APOP is offered.</summary>
        public static readonly byte[] StampBefore = Octets.Of(" ");

        /// <summary>Nothing more to say.</summary>
        public static readonly byte[] Done = Octets.Of("+OK\r\n");

        /// <summary>An empty challenge: the client begins (RFC 5034 section 4).</summary>
        public static readonly byte[] AskMessage = Octets.Of("+ \r\n");

        /// <summary>LOGIN's first prompt, "Username:" in base64.</summary>
        public static readonly byte[] AskName = Octets.Of("+ VXNlcm5hbWU6\r\n");

        /// <summary>LOGIN's second prompt, "Password:" in base64.</summary>
        public static readonly byte[] AskPassword = Octets.Of("+ UGFzc3dvcmQ6\r\n");

        /// <summary>USER, whoever it is.</summary>
        public static readonly byte[] NameTaken = Octets.Of("+OK now the password\r\n");

        /// <summary>Between count and octets where a maildrop was opened or is listed.</summary>
        public static readonly byte[] Messages = Octets.Of(" messages (");

        /// <summary>The end of that line.</summary>
        public static readonly byte[] OctetsInAll = Octets.Of(" octets)\r\n");

        /// <summary>Behind RETR's size.</summary>
        public static readonly byte[] OctetsFollow = Octets.Of(" octets\r\n");

        /// <summary>UIDL's first line.</summary>
        public static readonly byte[] UniqueIdsFollow = Octets.Of("+OK unique-ids follow\r\n");

        /// <summary>TOP's first line.</summary>
        public static readonly byte[] TopFollows = Octets.Of("+OK top of message follows\r\n");

        /// <summary>DELE.</summary>
        public static readonly byte[] Marked = Octets.Of("+OK marked as deleted\r\n");

        /// <summary>RSET.</summary>
        public static readonly byte[] Unmarked = Octets.Of("+OK no message is marked\r\n");

        /// <summary>QUIT where nothing was to be removed.</summary>
        public static readonly byte[] Bye = Octets.Of("+OK bye\r\n");

        /// <summary>QUIT where the removal is on the card.</summary>
        public static readonly byte[] Removed = Octets.Of("+OK deleted messages removed, bye\r\n");

        /// <summary>The end of a multi-line reply (RFC 1939 section 3).</summary>
        public static readonly byte[] End = Octets.Of(".\r\n");

        /// <summary>
        /// CAPA, the same in both states and true in each (RFC 2449 section 5): there is no login delay, nothing expires, and
        /// STLS is not offered. APOP has no line: the greeting tells it.
        /// </summary>
        public static readonly byte[] Capabilities = Octets.Of("+OK capabilities follow\r\nTOP\r\nUIDL\r\nUSER\r\nSASL PLAIN LOGIN\r\nRESP-CODES\r\n"
            + "AUTH-RESP-CODE\r\nPIPELINING\r\nEXPIRE NEVER\r\nIMPLEMENTATION MailAppliance\r\n.\r\n");

        /// <summary>No such verb.</summary>
        public static readonly byte[] UnknownCommand = Octets.Of("-ERR unknown command\r\n");

        /// <summary>A verb of an extension that is not offered.</summary>
        public static readonly byte[] NotSupported = Octets.Of("-ERR not supported\r\n");

        /// <summary>A verb of the other state.</summary>
        public static readonly byte[] WrongState = Octets.Of("-ERR not now\r\n");

        /// <summary>An argument is missing, or there is one too many.</summary>
        public static readonly byte[] BadArguments = Octets.Of("-ERR wrong number of arguments\r\n");

        /// <summary>TOP's second argument is no number.</summary>
        public static readonly byte[] BadLineCount = Octets.Of("-ERR expected a number of lines\r\n");

        /// <summary>A line longer than <see cref="Limits.Pop3LineOctetsMax"/>.</summary>
        public static readonly byte[] LineTooLong = Octets.Of("-ERR line too long\r\n");

        /// <summary>The last words after <see cref="Limits.BadCommandsMax"/> bad commands, or an endless one.</summary>
        public static readonly byte[] TooManyBad = Octets.Of("-ERR too many bad commands\r\n");

        /// <summary>PASS without USER.</summary>
        public static readonly byte[] NoName = Octets.Of("-ERR first the name\r\n");

        /// <summary>AUTH with a mechanism that is not offered.</summary>
        public static readonly byte[] UnknownMechanism = Octets.Of("-ERR mechanism not offered\r\n");

        /// <summary>A response of AUTH that is no base64, or not what the mechanism wants; or APOP without a digest.</summary>
        public static readonly byte[] BadResponse = Octets.Of("-ERR can't decode this response\r\n");

        /// <summary>AUTH cancelled by the client (RFC 5034 section 4).</summary>
        public static readonly byte[] Cancelled = Octets.Of("-ERR authentication cancelled\r\n");

        /// <summary>A wrong password, or a name nobody has: the same words.</summary>
        public static readonly byte[] WrongPassword = Octets.Of("-ERR [AUTH] wrong name or password\r\n");

        /// <summary>Another session has the maildrop.</summary>
        public static readonly byte[] InUse = Octets.Of("-ERR [IN-USE] maildrop is open in another session\r\n");

        /// <summary>The store can't open the maildrop.</summary>
        public static readonly byte[] NotOpened = Octets.Of("-ERR [SYS/TEMP] maildrop can't be opened now\r\n");

        /// <summary>No message has this number.</summary>
        public static readonly byte[] NoSuchMessage = Octets.Of("-ERR no such message\r\n");

        /// <summary>The message is marked as deleted.</summary>
        public static readonly byte[] IsMarked = Octets.Of("-ERR message is marked as deleted\r\n");

        /// <summary>The message is gone or damaged.</summary>
        public static readonly byte[] Unreadable = Octets.Of("-ERR [SYS/PERM] message can't be read\r\n");

        /// <summary>The message can't be opened at the moment.</summary>
        public static readonly byte[] NotNow = Octets.Of("-ERR [SYS/TEMP] message can't be read now\r\n");

        /// <summary>QUIT where the removal failed (RFC 1939 section 6): all of them are still there.</summary>
        public static readonly byte[] NotRemoved = Octets.Of("-ERR [SYS/TEMP] some deleted messages not removed\r\n");

        /// <summary>The appliance goes down.</summary>
        public static readonly byte[] Shutdown = Octets.Of("-ERR [SYS/TEMP] not available now, try again later\r\n");

        /// <summary>No slot is free: what the loop answers a newcomer with in place of the greeting.</summary>
        public static readonly byte[] Busy = Octets.Of("-ERR [SYS/TEMP] too many connections, try again later\r\n");
    }
}

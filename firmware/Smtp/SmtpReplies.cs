using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <summary>Every reply the receiver gives, made at boot: code, enhanced code (RFC 2034, RFC 3463) and words.</summary>
    /// <remarks>
    /// Where our host name belongs into a reply there are two parts, before and after it. No line is longer than 512 octets with a
    /// host name of 255.
    /// </remarks>
    public static class SmtpReplies
    {
        /// <summary>Before the host name in the greeting; without enhanced code (RFC 2034 section 4).</summary>
        public const int GreetingBefore = 0;

        /// <summary>After the host name in the greeting.</summary>
        public const int GreetingAfter = 1;

        /// <summary>Before the host name in the reply to HELO.</summary>
        public const int HeloBefore = 2;

        /// <summary>Before the host name in the reply to EHLO.</summary>
        public const int EhloBefore = 3;

        /// <summary>After the host name in the reply to EHLO, up to the largest size (RFC 1870 section 4).</summary>
        public const int EhloSize = 4;

        /// <summary>What follows it, up to what is not always offered. SMTPUTF8 is only ever offered beside 8BITMIME
        /// (RFC 6531 section 3.1).</summary>
        public const int EhloAfter = 5;

        /// <summary>STARTTLS, where TLS can begin (RFC 3207 section 4).</summary>
        public const int EhloTls = 6;

        /// <summary>The mechanisms that are always offered, where a login is taken now (RFC 4954 section 3).</summary>
        public const int EhloAuth = 7;

        /// <summary>The mechanism that needs everybody's password in plain.</summary>
        public const int EhloCramMd5 = 8;

        /// <summary>The end of the reply to EHLO.</summary>
        public const int EhloEnd = 9;

        /// <summary>Before the host name in the reply to QUIT.</summary>
        public const int QuitBefore = 10;

        /// <summary>After the host name in the reply to QUIT.</summary>
        public const int QuitAfter = 11;

        /// <summary>Before the host name where the peer was silent too long (RFC 5321 section 4.5.3.2.7).</summary>
        public const int IdleBefore = 12;

        /// <summary>After the host name where the peer was silent too long.</summary>
        public const int IdleAfter = 13;

        /// <summary>After the host name where others wait for the slot.</summary>
        public const int YieldedAfter = 14;

        /// <summary>After the host name where too little came in a minute.</summary>
        public const int ProgressAfter = 15;

        /// <summary>After the host name where a mail transaction took too long.</summary>
        public const int MailTimeAfter = 16;

        /// <summary>After the host name where a source sends too many mails in a minute.</summary>
        public const int TooManyMailsAfter = 17;

        /// <summary>Before the host name at shutdown (RFC 5321 section 3.8).</summary>
        public const int ShutdownBefore = 18;

        /// <summary>After the host name at shutdown.</summary>
        public const int ShutdownAfter = 19;

        /// <summary>Before the host name at an abuse limit.</summary>
        public const int AbuseBefore = 20;

        /// <summary>After the host name at the limit of wrong logins.</summary>
        public const int WrongLoginsAfter = 21;

        /// <summary>After the host name at an abuse limit.</summary>
        public const int AbuseAfter = 22;

        /// <summary>The reply to HELP.</summary>
        public const int Help = 23;

        /// <summary>AUTH done (RFC 4954 section 6).</summary>
        public const int LoggedIn = 24;

        /// <summary>STARTTLS taken: the last words in plain (RFC 3207 section 4).</summary>
        public const int TlsReady = 25;

        /// <summary>NOOP and RSET done.</summary>
        public const int Done = 26;

        /// <summary>MAIL taken.</summary>
        public const int SenderTaken = 27;

        /// <summary>RCPT taken.</summary>
        public const int RecipientTaken = 28;

        /// <summary>The mail is on the card.</summary>
        public const int Stored = 29;

        /// <summary>VRFY: nobody is verified (RFC 5321 section 3.5.3).</summary>
        public const int NotVerified = 30;

        /// <summary>An empty challenge: the client begins.</summary>
        public const int AskMessage = 31;

        /// <summary>LOGIN's first prompt, "Username:" in base64; there are devices that compare it.</summary>
        public const int AskName = 32;

        /// <summary>LOGIN's second prompt, "Password:" in base64.</summary>
        public const int AskPassword = 33;

        /// <summary>Before CRAM-MD5's challenge in base64.</summary>
        public const int ChallengeBefore = 34;

        /// <summary>DATA taken; a 3yz reply has no enhanced code.</summary>
        public const int StartMail = 35;

        /// <summary>The card failed.</summary>
        public const int StoreFailed = 36;

        /// <summary>The ring is full.</summary>
        public const int NoRoom = 37;

        /// <summary>A maildrop at its quota.</summary>
        public const int MaildropFull = 38;

        /// <summary>More recipients than one mail may have.</summary>
        public const int TooManyRecipients = 39;

        /// <summary>No such verb.</summary>
        public const int UnknownCommand = 40;

        /// <summary>A line without a verb.</summary>
        public const int EmptyLine = 41;

        /// <summary>A command line over its bound.</summary>
        public const int LineTooLong = 42;

        /// <summary>A line of AUTH over its bound (RFC 4954 section 4).</summary>
        public const int ResponseTooLong = 43;

        /// <summary>A response of AUTH that is no base64, or not what the mechanism wants.</summary>
        public const int BadResponse = 44;

        /// <summary>AUTH cancelled by the client (RFC 4954 section 4).</summary>
        public const int Cancelled = 45;

        /// <summary>An initial response where the server is the one to begin (RFC 4954 section 4).</summary>
        public const int InitialForbidden = 46;

        /// <summary>An argument or parameter that cannot be read, is missing or is one too many.</summary>
        public const int BadArgument = 47;

        /// <summary>A hello without a name; without enhanced code, as every reply to HELO and EHLO (RFC 2034 section 4).</summary>
        public const int BadHello = 48;

        /// <summary>A reverse-path that is none.</summary>
        public const int BadSender = 49;

        /// <summary>A forward-path that is none.</summary>
        public const int BadRecipient = 50;

        /// <summary>A verb of the standards that is not offered here.</summary>
        public const int NotImplemented = 51;

        /// <summary>A command in the wrong place.</summary>
        public const int BadSequence = 52;

        /// <summary>A mechanism that is not offered (RFC 4954 section 4).</summary>
        public const int UnknownMechanism = 53;

        /// <summary>MAIL of somebody who has not logged in, where that is wanted (RFC 4954 section 6).</summary>
        public const int LoginRequired = 54;

        /// <summary>A command that is not taken before TLS, where that is wanted (RFC 3207 section 4).</summary>
        public const int TlsRequired = 55;

        /// <summary>A wrong password, or a name nobody has: the same words (RFC 4954 section 6).</summary>
        public const int WrongLogin = 56;

        /// <summary>Nobody here by that name.</summary>
        public const int NoSuchMailbox = 57;

        /// <summary>A domain that is not ours.</summary>
        public const int NoRelay = 58;

        /// <summary>A mail over the largest size.</summary>
        public const int TooBig = 59;

        /// <summary>An address beyond ASCII without SMTPUTF8 (RFC 6531 section 3.5).</summary>
        public const int NeedsUtf8 = 60;

        /// <summary>DATA where every recipient was refused.</summary>
        public const int NoRecipients = 61;

        /// <summary>A mail that was here too often (RFC 5321 section 6.3).</summary>
        public const int Looping = 62;

        /// <summary>Mail data with a line feed that has no carriage return; strict mode.</summary>
        public const int BareLf = 63;

        /// <summary>A parameter that was not offered.</summary>
        public const int UnknownParameter = 64;

        /// <summary>The end of a line that began otherwise.</summary>
        public const int EndOfLine = 65;

        /// <summary>Their octets, in the order of the constants.</summary>
        public static readonly Phrases Texts = new Phrases(
            "220 |"
            + " ESMTP MailAppliance ready\r\n|"
            + "250 |"
            + "250-|"
            + " greets you\r\n250-SIZE |"
            + "\r\n250-8BITMIME\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250-SMTPUTF8|"
            + "\r\n250-STARTTLS|"
            + "\r\n250-AUTH PLAIN LOGIN|"
            + " CRAM-MD5|"
            + "\r\n250 HELP\r\n|"
            + "221 2.0.0 |"
            + " closing connection\r\n|"
            + "421 4.4.2 |"
            + " idle for too long, closing connection\r\n|"
            + " others wait, closing connection\r\n|"
            + " too slow, closing connection\r\n|"
            + " mail takes too long, closing connection\r\n|"
            + " too many mails, try again later\r\n|"
            + "421 4.3.2 |"
            + " is not available now, closing connection\r\n|"
            + "421 4.7.0 |"
            + " too many wrong logins, closing connection\r\n|"
            + " this is no SMTP, closing connection\r\n|"
            + "214 2.0.0 EHLO HELO MAIL RCPT DATA RSET NOOP QUIT VRFY HELP AUTH\r\n|"
            + "235 2.7.0 Authentication successful\r\n|"
            + "220 2.0.0 Ready to start TLS\r\n|"
            + "250 2.0.0 OK\r\n|"
            + "250 2.1.0 Sender OK\r\n|"
            + "250 2.1.5 Recipient OK\r\n|"
            + "250 2.0.0 OK stored\r\n|"
            + "252 2.0.0 Not verified, send some mail to find out\r\n|"
            + "334 \r\n|"
            + "334 VXNlcm5hbWU6\r\n|"
            + "334 UGFzc3dvcmQ6\r\n|"
            + "334 |"
            + "354 Start mail input; end with <CRLF>.<CRLF>\r\n|",

            // What hardly a mail hears.
            "451 4.3.0 The card failed, try again later\r\n|"
            + "452 4.3.1 No room for this mail now\r\n|"
            + "452 4.2.2 This mailbox is full for now\r\n|"
            + "452 4.5.3 Too many recipients\r\n|"
            + "500 5.5.1 Unknown command\r\n|"
            + "500 5.5.2 A command was expected\r\n|"
            + "500 5.5.2 Line too long\r\n|"
            + "500 5.5.6 Authentication line too long\r\n|"
            + "501 5.5.2 Cannot decode this response\r\n|"
            + "501 5.7.0 Authentication cancelled\r\n|"
            + "501 5.7.0 This mechanism takes no initial response\r\n|"
            + "501 5.5.4 Bad or missing argument\r\n|"
            + "501 A hello needs one name\r\n|"
            + "501 5.1.7 Bad sender address\r\n|"
            + "501 5.1.3 Bad recipient address\r\n|"
            + "502 5.5.1 Command not implemented\r\n|"
            + "503 5.5.1 Bad sequence of commands\r\n|"
            + "504 5.5.4 Mechanism not offered\r\n|"
            + "530 5.7.0 Authentication required\r\n|"
            + "530 5.7.0 TLS required, begin it with STARTTLS\r\n|"
            + "535 5.7.8 Wrong name or password\r\n|"
            + "550 5.1.1 No such mailbox here\r\n|"
            + "550 5.7.1 Not ours, and this is no relay\r\n|"
            + "552 5.3.4 Mail too big\r\n|"
            + "553 5.6.7 Such an address needs SMTPUTF8\r\n|"
            + "554 5.5.1 No valid recipients\r\n|"
            + "554 5.4.6 Too many Received fields, this mail loops\r\n|"
            + "554 5.6.0 Bare LF in mail data\r\n|"
            + "555 5.5.4 Parameter not recognised\r\n|"
            + "\r\n|");
    }
}

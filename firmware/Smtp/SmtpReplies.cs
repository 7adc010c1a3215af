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
        public static readonly byte[] GreetingBefore = Octets.Of("220 ");

        /// <summary>After the host name in the greeting.</summary>
        public static readonly byte[] GreetingAfter = Octets.Of(" ESMTP MailAppliance ready\r\n");

        /// <summary>Before the host name in the reply to HELO.</summary>
        public static readonly byte[] HeloBefore = Octets.Of("250 ");

        /// <summary>Before the host name in the reply to EHLO.</summary>
        public static readonly byte[] EhloBefore = Octets.Of("250-");

        /// <summary>After the host name in the reply to EHLO, up to the largest size (RFC 1870 section 4).</summary>
        public static readonly byte[] EhloSize = Octets.Of(" greets you\r\n250-SIZE ");

        /// <summary>What follows it, up to the mechanisms that are always offered (RFC 4954 section 3). SMTPUTF8 is only ever offered beside
        /// 8BITMIME (RFC 6531 section 3.1).</summary>
        public static readonly byte[] EhloAfter = Octets.Of(
            "\r\n250-8BITMIME\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250-SMTPUTF8\r\n250-AUTH PLAIN LOGIN");

        /// <summary>The mechanism that needs everybody's password in plain.</summary>
        public static readonly byte[] EhloCramMd5 = Octets.Of(" CRAM-MD5");

        /// <summary>The end of the reply to EHLO.</summary>
        public static readonly byte[] EhloEnd = Octets.Of("\r\n250 HELP\r\n");

        /// <summary>Before the host name in the reply to QUIT.</summary>
        public static readonly byte[] QuitBefore = Octets.Of("221 2.0.0 ");

        /// <summary>After the host name in the reply to QUIT.</summary>
        public static readonly byte[] QuitAfter = Octets.Of(" closing connection\r\n");

        /// <summary>Before the host name where the peer was silent too long (RFC 5321 section 4.5.3.2.7).</summary>
        public static readonly byte[] IdleBefore = Octets.Of("421 4.4.2 ");

        /// <summary>After the host name where the peer was silent too long.</summary>
        public static readonly byte[] IdleAfter = Octets.Of(" idle for too long, closing connection\r\n");

        /// <summary>Before the host name at shutdown (RFC 5321 section 3.8).</summary>
        public static readonly byte[] ShutdownBefore = Octets.Of("421 4.3.2 ");

        /// <summary>After the host name at shutdown.</summary>
        public static readonly byte[] ShutdownAfter = Octets.Of(" is not available now, closing connection\r\n");

        /// <summary>Before the host name at an abuse limit.</summary>
        public static readonly byte[] AbuseBefore = Octets.Of("421 4.7.0 ");

        /// <summary>After the host name at the limit of wrong logins.</summary>
        public static readonly byte[] WrongLoginsAfter = Octets.Of(" too many wrong logins, closing connection\r\n");

        /// <summary>After the host name at an abuse limit.</summary>
        public static readonly byte[] AbuseAfter = Octets.Of(" this is no SMTP, closing connection\r\n");

        /// <summary>The reply to HELP.</summary>
        public static readonly byte[] Help = Octets.Of("214 2.0.0 EHLO HELO MAIL RCPT DATA RSET NOOP QUIT VRFY HELP AUTH\r\n");

        /// <summary>AUTH done (RFC 4954 section 6).</summary>
        public static readonly byte[] LoggedIn = Octets.Of("235 2.7.0 Authentication successful\r\n");

        /// <summary>NOOP and RSET done.</summary>
        public static readonly byte[] Done = Octets.Of("250 2.0.0 OK\r\n");

        /// <summary>MAIL taken.</summary>
        public static readonly byte[] SenderTaken = Octets.Of("250 2.1.0 Sender OK\r\n");

        /// <summary>RCPT taken.</summary>
        public static readonly byte[] RecipientTaken = Octets.Of("250 2.1.5 Recipient OK\r\n");

        /// <summary>The mail is on the card.</summary>
        public static readonly byte[] Stored = Octets.Of("250 2.0.0 OK stored\r\n");

        /// <summary>VRFY: nobody is verified (RFC 5321 section 3.5.3).</summary>
        public static readonly byte[] NotVerified = Octets.Of("252 2.0.0 Not verified, send some mail to find out\r\n");

        /// <summary>An empty challenge: the client begins.</summary>
        public static readonly byte[] AskMessage = Octets.Of("334 \r\n");

        /// <summary>LOGIN's first prompt, "Username:" in base64; there are devices that compare it.</summary>
        public static readonly byte[] AskName = Octets.Of("334 VXNlcm5hbWU6\r\n");

        /// <summary>LOGIN's second prompt, "Password:" in base64.</summary>
        public static readonly byte[] AskPassword = Octets.Of("334 UGFzc3dvcmQ6\r\n");

        /// <summary>Before CRAM-MD5's challenge in base64.</summary>
        public static readonly byte[] ChallengeBefore = Octets.Of("334 ");

        /// <summary>DATA taken; a 3yz reply has no enhanced code.</summary>
        public static readonly byte[] StartMail = Octets.Of("354 Start mail input; end with <CRLF>.<CRLF>\r\n");

        /// <summary>The card failed.</summary>
        public static readonly byte[] StoreFailed = Octets.Of("451 4.3.0 The card failed, try again later\r\n");

        /// <summary>The ring is full.</summary>
        public static readonly byte[] NoRoom = Octets.Of("452 4.3.1 No room for this mail now\r\n");

        /// <summary>A maildrop at its quota.</summary>
        public static readonly byte[] MaildropFull = Octets.Of("452 4.2.2 This mailbox is full for now\r\n");

        /// <summary>More recipients than one mail may have.</summary>
        public static readonly byte[] TooManyRecipients = Octets.Of("452 4.5.3 Too many recipients\r\n");

        /// <summary>No such verb.</summary>
        public static readonly byte[] UnknownCommand = Octets.Of("500 5.5.1 Unknown command\r\n");

        /// <summary>A line without a verb.</summary>
        public static readonly byte[] EmptyLine = Octets.Of("500 5.5.2 A command was expected\r\n");

        /// <summary>A command line over its bound.</summary>
        public static readonly byte[] LineTooLong = Octets.Of("500 5.5.2 Line too long\r\n");

        /// <summary>A line of AUTH over its bound (RFC 4954 section 4).</summary>
        public static readonly byte[] ResponseTooLong = Octets.Of("500 5.5.6 Authentication line too long\r\n");

        /// <summary>A response of AUTH that is no base64, or not what the mechanism wants.</summary>
        public static readonly byte[] BadResponse = Octets.Of("501 5.5.2 Cannot decode this response\r\n");

        /// <summary>AUTH cancelled by the client (RFC 4954 section 4).</summary>
        public static readonly byte[] Cancelled = Octets.Of("501 5.7.0 Authentication cancelled\r\n");

        /// <summary>An initial response where the server is the one to begin (RFC 4954 section 4).</summary>
        public static readonly byte[] InitialForbidden = Octets.Of("501 5.7.0 This mechanism takes no initial response\r\n");

        /// <summary>An argument or parameter that cannot be read, is missing or is one too many.</summary>
        public static readonly byte[] BadArgument = Octets.Of("501 5.5.4 Bad or missing argument\r\n");

        /// <summary>A hello without a name; without enhanced code, as every reply to HELO and EHLO (RFC 2034 section 4).</summary>
        public static readonly byte[] BadHello = Octets.Of("501 A hello needs one name\r\n");

        /// <summary>A reverse-path that is none.</summary>
        public static readonly byte[] BadSender = Octets.Of("501 5.1.7 Bad sender address\r\n");

        /// <summary>A forward-path that is none.</summary>
        public static readonly byte[] BadRecipient = Octets.Of("501 5.1.3 Bad recipient address\r\n");

        /// <summary>A verb of the standards that is not offered here.</summary>
        public static readonly byte[] NotImplemented = Octets.Of("502 5.5.1 Command not implemented\r\n");

        /// <summary>A command in the wrong place.</summary>
        public static readonly byte[] BadSequence = Octets.Of("503 5.5.1 Bad sequence of commands\r\n");

        /// <summary>A mechanism that is not offered (RFC 4954 section 4).</summary>
        public static readonly byte[] UnknownMechanism = Octets.Of("504 5.5.4 Mechanism not offered\r\n");

        /// <summary>MAIL of somebody who has not logged in, where that is wanted (RFC 4954 section 6).</summary>
        public static readonly byte[] LoginRequired = Octets.Of("530 5.7.0 Authentication required\r\n");

        /// <summary>A wrong password, or a name nobody has: the same words (RFC 4954 section 6).</summary>
        public static readonly byte[] WrongLogin = Octets.Of("535 5.7.8 Wrong name or password\r\n");

        /// <summary>Nobody here by that name.</summary>
        public static readonly byte[] NoSuchMailbox = Octets.Of("550 5.1.1 No such mailbox here\r\n");

        /// <summary>A domain that is not ours.</summary>
        public static readonly byte[] NoRelay = Octets.Of("550 5.7.1 Not ours, and this is no relay\r\n");

        /// <summary>A mail over the largest size.</summary>
        public static readonly byte[] TooBig = Octets.Of("552 5.3.4 Mail too big\r\n");

        /// <summary>An address beyond ASCII without SMTPUTF8 (RFC 6531 section 3.5).</summary>
        public static readonly byte[] NeedsUtf8 = Octets.Of("553 5.6.7 Such an address needs SMTPUTF8\r\n");

        /// <summary>DATA where every recipient was refused.</summary>
        public static readonly byte[] NoRecipients = Octets.Of("554 5.5.1 No valid recipients\r\n");

        /// <summary>A mail that was here too often (RFC 5321 section 6.3).</summary>
        public static readonly byte[] Looping = Octets.Of("554 5.4.6 Too many Received fields, this mail loops\r\n");

        /// <summary>Mail data with a line feed that has no carriage return; strict mode.</summary>
        public static readonly byte[] BareLf = Octets.Of("554 5.6.0 Bare LF in mail data\r\n");

        /// <summary>A parameter that was not offered.</summary>
        public static readonly byte[] UnknownParameter = Octets.Of("555 5.5.4 Parameter not recognised\r\n");
    }
}

namespace MailAppliance.Configuration
{
    /// <summary>
    /// Everything a configuration file can say, checked. Fields, not properties: the interpreter reads a field in half the
    /// time, and nobody writes them after boot.
    /// </summary>
    public sealed class ApplianceSettings
    {
        /// <summary>Our own name, in greetings, trace fields and Message-IDs.</summary>
        public byte[] Host;

        /// <summary>Whether to answer as the RFC words it and forgive nothing (mode = strict).</summary>
        public bool Strict;

        /// <summary>Whether a missing Date or Message-ID is added.</summary>
        public bool AddMissingFields;

        /// <summary>Octets of the ring where it is formatted; an existing ring keeps its size. At most 1 TiB in blocks of an int.</summary>
        public long RingOctets;

        /// <summary>Whether the file names the ring's size: then a ring of another size is worth a warning.</summary>
        public bool IsRingGiven;

        /// <summary>Octets of the largest mail, as SIZE announces it (RFC 1870).</summary>
        public int MessageOctetsMax;

        /// <summary>Whether a full ring drops its oldest messages for new ones; else it refuses these (when-full).</summary>
        public bool DropOldest;

        /// <summary>Milliseconds after which messages are removed, whoever has them; 0 for never.</summary>
        public long RetentionMilliseconds;

        /// <summary>Local address and port of SMTP.</summary>
        public string SmtpAddress;

        /// <summary>Port of SMTP.</summary>
        public int SmtpPort;

        /// <summary>Local address of POP3.</summary>
        public string Pop3Address;

        /// <summary>Port of POP3.</summary>
        public int Pop3Port;

        /// <summary>Whether STARTTLS and STLS are offered (tls).</summary>
        public bool Tls;

        /// <summary>Local address of SMTP with TLS from the first octet (RFC 8314): that of SMTP, unless a host sets another; null where
        /// there is none.</summary>
        public string SmtpsAddress;

        /// <summary>Its port.</summary>
        public int SmtpsPort;

        /// <summary>Local address of POP3 with TLS from the first octet, likewise.</summary>
        public string Pop3sAddress;

        /// <summary>Its port.</summary>
        public int Pop3sPort;

        /// <summary>Whether SMTP takes nothing but what leads to TLS before TLS (RFC 3207 section 4).</summary>
        public bool SmtpWantsTls;

        /// <summary>Whether POP3 takes no login before TLS (RFC 2595 section 2.3).</summary>
        public bool Pop3WantsTls;

        /// <summary>File of the certificate chain, as written; null where the platform has its own.</summary>
        public string TlsCertificate;

        /// <summary>Where the configuration names it: its line, for messages; 0 where it does not.</summary>
        public int TlsCertificateLine;

        /// <summary>File of the private key; null where it is in the certificate's file.</summary>
        public string TlsKey;

        /// <summary>The line that names it; 0 for none.</summary>
        public int TlsKeyLine;

        /// <summary>Whether TLS versions below 1.2 are taken, where the platform still has them.</summary>
        public bool TlsLegacy;

        /// <summary>Whether anything asks for TLS.</summary>
        public bool UsesTls
        {
            get { return Tls || SmtpsAddress != null || Pop3sAddress != null; }
        }

        /// <summary>SMTP connections served at a time.</summary>
        public int SmtpSlots;

        /// <summary>POP3 connections served at a time.</summary>
        public int Pop3Slots;

        /// <summary>Connections of one service that may wait, accepted and unanswered, for a slot.</summary>
        public int WaitingMax;

        /// <summary>Milliseconds that a newcomer waits for a slot before 421.</summary>
        public int WaitingMilliseconds;

        /// <summary>Messages the ring may hold: the bound of the index in RAM.</summary>
        public int MessagesMax;

        /// <summary>Maildrops the ring may know, those of removed sections that still hold mail included; at most <see cref="Core.Limits.MaildropsMax"/>.</summary>
        public int MaildropsMax;

        /// <summary>Accepted RCPTs of one mail (RFC 5321 section 4.5.3.1.8 asks for 100).</summary>
        public int RecipientsMax;

        /// <summary>Milliseconds an SMTP peer may be silent (RFC 5321 section 4.5.3.2.7 asks for 5 minutes).</summary>
        public int SmtpIdleMilliseconds;

        /// <summary>Milliseconds a POP3 peer may be silent (RFC 1939 section 3 asks for 10 minutes).</summary>
        public int Pop3IdleMilliseconds;

        /// <summary>Octets of an SMTP slot's receive buffer.</summary>
        public int SmtpInputOctets;

        /// <summary>Octets of a record buffer, a multiple of a block: a mail that fits one is one record and one write.</summary>
        public int RecordOctets;

        /// <summary>Octets a POP3 slot reads from the card at once, a multiple of a block.</summary>
        public int ReadOctets;

        /// <summary>Octets of managed heap that the memory plan may take; 0 for no bound.</summary>
        public int MemoryOctetsMax;

        /// <summary>Whether the owner is told of what he should know, by mail to postmaster.</summary>
        public bool Notices;

        /// <summary>Connections of one source, of both services together, that may pile up; 0 for no bound. See <see cref="Core.Sources"/>.</summary>
        public int ConnectionsEach;

        /// <summary>Mails of one source in a minute; 0 for no bound.</summary>
        public int MailsEach;

        /// <summary>Commands of one source in a minute that may be unknown or malformed; 0 for no bound.</summary>
        public int BadCommandsEach;

        /// <summary>Milliseconds that wrong logins make a source wait at most; 0 for never.</summary>
        public int LoginDelayMilliseconds;

        /// <summary>Octets that a peer who sends anything has to send in a minute, where no reply goes to him meanwhile; 0 for no bound.</summary>
        public int ProgressOctets;

        /// <summary>Milliseconds from MAIL to the reply to the end of the mail data; 0 for no bound.</summary>
        public int MailMilliseconds;

        /// <summary>The most that is logged, one of <see cref="Hal.LogSeverity"/>.</summary>
        public int LogSeverityMax;

        /// <summary>The maildrops, in the order of the file; at least one.</summary>
        public MaildropSettings[] Maildrops;

        /// <summary>Which networks may send and fetch; never null.</summary>
        public AccessList Access;

        /// <summary>Whether SMTP takes mail only from who has logged in (require-auth).</summary>
        public bool RequireAuth;

        /// <summary>Whether CRAM-MD5 and APOP are offered: they need the password in plain, and what is offered must work for everybody.</summary>
        public bool DigestLogins;

        /// <summary>Each maildrop's password-hash, null for one with a password; null where none has a hash.</summary>
        public PasswordHash[] PasswordHashes;

        /// <summary>Messages at which each maildrop takes no more, 0 for no bound of its own; null where none has a quota.</summary>
        public int[] QuotaMessages;

        /// <summary>Octets, as POP3 counts them, past which each takes no more, likewise.</summary>
        public long[] QuotaOctets;

        /// <summary>Who gets what is sent to an address.</summary>
        public AddressBook Addresses;
    }
}

namespace MailAppliance.Core
{
    /// <summary>
    /// The bounds that no configuration moves, each with its unit, its reason and what it costs. Those that a user may move
    /// are in <see cref="Configuration.ApplianceSettings"/>; both together make the memory plan.
    /// </summary>
    public static class Limits
    {
        /// <summary>Octets of a block: the sector of every SD card, and the smallest thing a card writes whole.</summary>
        public const int BlockOctets = 512;

        /// <summary>
        /// Octets of a command line in device mode, with its line end. RFC 5321 section 4.5.3.1.4 asks for 512, and each
        /// extension adds to it (SIZE 26, 8BITMIME 17, SMTPUTF8 10); the rest is patience. RAM: part of the input buffer.
        /// It bounds the lines of AUTH too, for which RFC 4954 section 4 asks for 12,288 unless the mechanisms need less: a PLAIN with two
        /// addresses of 132 octets and a password of 255, the longest there is, has 710.
        /// </summary>
        public const int CommandLineOctetsMax = 1024;

        /// <summary>Octets of a command line in strict mode: 512 and what the offered extensions add, AUTH aside.</summary>
        public const int StrictCommandLineOctetsMax = 512 + 26 + 17 + 10;

        /// <summary>Octets of a line of AUTH, and of a MAIL that may have AUTH=, in strict mode (RFC 4954 section 3).</summary>
        public const int StrictLongLineOctetsMax = StrictCommandLineOctetsMax + 500;

        /// <summary>
        /// Octets of the largest message that is verified before its first octet goes out: read twice, so that damage is told in
        /// words. At the 200 KB/s of an SD card that is a second; of larger mail the connection's end tells it.
        /// </summary>
        public const int VerifiedOctetsMax = 256 * 1024;

        /// <summary>Octets of a POP3 command line with its line end. RFC 2449 section 4 asks for 255.</summary>
        public const int Pop3LineOctetsMax = 512;

        /// <summary>Octets of a local-part (RFC 5321 section 4.5.3.1.1).</summary>
        public const int LocalPartOctetsMax = 64;

        /// <summary>Octets of a domain (RFC 5321 section 4.5.3.1.2).</summary>
        public const int DomainOctetsMax = 255;

        /// <summary>
        /// Octets of a path with its brackets. RFC 5321 section 4.5.3.1.3 says 256, which its own local-part and domain
        /// together exceed: whoever keeps to these two is let in.
        /// </summary>
        public const int PathOctetsMax = LocalPartOctetsMax + 1 + DomainOctetsMax + 2;

        /// <summary>Octets of one reply line with its line end (RFC 5321 section 4.5.3.1.5, RFC 1939 section 3).</summary>
        public const int ReplyLineOctetsMax = 512;

        /// <summary>Octets discarded of one endless command line before the connection is closed with 421.</summary>
        public const int SkippedLineOctetsMax = 64 * 1024;

        /// <summary>Commands in a row that were refused as unknown or malformed before the connection is closed with 421.</summary>
        public const int BadCommandsMax = 200;

        /// <summary>Received fields past which a mail counts as looping (RFC 5321 section 6.3).</summary>
        public const int ReceivedFieldsMax = 100;

        /// <summary>
        /// Wrong logins in one connection before it is closed, SMTP's with 421: a documented abuse limit. A mail client tries a
        /// password in each of the three ways there are before it asks for another: a person may mistype once. A program that guesses
        /// has to begin anew, and wait for a slot, each time.
        /// </summary>
        public const int WrongLoginsMax = 6;

        /// <summary>Maildrops that a record has recipient bits for: 4 words in the record header.</summary>
        public const int MaildropsMax = 128;

        /// <summary>Octets of a maildrop's name.</summary>
        public const int MaildropNameOctetsMax = 64;

        /// <summary>SMTP slots that a configuration may ask for.</summary>
        public const int SmtpSlotsMax = 256;

        /// <summary>POP3 slots that a configuration may ask for.</summary>
        public const int Pop3SlotsMax = 128;
    }
}

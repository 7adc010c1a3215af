namespace MailAppliance.Smtp
{
    /// <summary>Where a session stands.</summary>
    /// <remarks>
    /// <code>
    ///                EHLO, HELO            MAIL         OnAdmitted(Ok)        RCPT taken
    ///   Connected ---------------> Ready -------> Admitting -------> Mail ---------------> Recipients
    ///       |  (device mode: MAIL)   ^ ^              |                |                      |    ^
    ///       +------------------------|-|---> as Ready |                |                 DATA |    | OnBegun(not Ok)
    ///                                | +--------------+                |                      v    |
    ///                                |   OnAdmitted(not Ok)            |                    Beginning
    ///                                |                                 |                      | OnBegun(Ok): 354
    ///                                +---------------------------------+                      v
    ///                                |   RSET, EHLO, HELO                                   Data -----------+
    ///                                |                                                        | CRLF.CRLF   | too big, loop,
    ///                                |                            OnCommitted                 v             | bare LF (strict),
    ///                                +----------------------------------------------------Committing        | store refuses
    ///                                |                            CRLF.CRLF: 5yz or 4yz                     v
    ///                                +-------------------------------------------------------------- Discarding
    ///
    ///               AUTH                          the last response          OnVerified
    ///   as Ready ----------> Authenticating -----------------> Verifying ----------> as Ready
    ///       |                   |    |  cancelled, no base64                             ^ ^
    ///       |                   |    +---------------------------------------------------+ |
    ///       +-- all in the initial response: as the last response, or refused --------------+
    ///
    ///               STARTTLS                OnTlsBegun: nothing is known of the peer any more
    ///   as Ready ----------> Securing -----------------> Connected
    ///
    ///   QUIT, idle time over, shutdown, abuse limit, TLS hello, a commit of unknown outcome: Leaving, from anywhere.
    /// </code>
    /// Rules. A command that is refused changes nothing. A session that has seen no EHLO or HELO returns to Connected where this
    /// picture says Ready. The first four states are those in which a command is taken; their numbers are bits in
    /// <see cref="SmtpCommandTable"/>. In Admitting, Beginning, Committing, Verifying and Securing the next word is the loop's, and no octet is taken.
    /// </remarks>
    public static class SmtpState
    {
        /// <summary>Greeted, no EHLO or HELO accepted yet.</summary>
        public const int Connected = 0;

        /// <summary>EHLO or HELO accepted, no mail transaction.</summary>
        public const int Ready = 1;

        /// <summary>MAIL accepted, no recipient yet.</summary>
        public const int Mail = 2;

        /// <summary>At least one recipient accepted.</summary>
        public const int Recipients = 3;

        /// <summary>A MAIL waits for the store's word.</summary>
        public const int Admitting = 4;

        /// <summary>A DATA waits for the store's word.</summary>
        public const int Beginning = 5;

        /// <summary>Mail data flows to the store.</summary>
        public const int Data = 6;

        /// <summary>Mail data is read away up to its true end; then the refusal is answered.</summary>
        public const int Discarding = 7;

        /// <summary>A whole message waits for the store's word.</summary>
        public const int Committing = 8;

        /// <summary>The last words are said.</summary>
        public const int Leaving = 9;

        /// <summary>An AUTH waits for the client's next response.</summary>
        public const int Authenticating = 10;

        /// <summary>An AUTH waits for the check.</summary>
        public const int Verifying = 11;

        /// <summary>STARTTLS is answered, and no octet is taken before TLS begins.</summary>
        public const int Securing = 12;
    }
}

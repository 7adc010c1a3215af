namespace MailAppliance.Pop3
{
    /// <summary>What a POP3 session asks of the loop: the return of <see cref="Pop3Session.Advance"/>.</summary>
    public static class Pop3Event
    {
        /// <summary>Nothing can be done until more octets are in the input.</summary>
        public const int NeedOctets = 0;

        /// <summary>The output is too full for the next step: send, then call again.</summary>
        public const int NeedRoom = 1;

        /// <summary>
        /// The login is right: take the lock and the view of <see cref="Pop3Session.MaildropIndex"/>, then call
        /// <see cref="Pop3Session.OnOpened"/>.
        /// </summary>
        public const int OpenMaildrop = 2;

        /// <summary>
        /// Open the message <see cref="Pop3Session.Number"/> for reading, then call <see cref="Pop3Session.OnRetrieveOpened"/>.
        /// </summary>
        public const int Retrieve = 3;

        /// <summary>
        /// Send what is in the output, then the stored octets of the message, each chunk up to where
        /// <see cref="Pop3Session.Cut"/> says; at the end call <see cref="Pop3Session.OnRetrieved"/>, on damage
        /// <see cref="Pop3Session.OnRetrieveBroken"/>. Returned by every call until then.
        /// </summary>
        public const int Retrieving = 4;

        /// <summary>QUIT with marks: put their removal on the card, then call <see cref="Pop3Session.OnUpdated"/>.</summary>
        public const int Update = 5;

        /// <summary>An outcome is outstanding; the session has nothing to do until it is reported.</summary>
        public const int Awaiting = 6;

        /// <summary>The session is over: give the maildrop back, send what is in the output, drain and close.</summary>
        public const int Close = 7;

        /// <summary>A login is to be checked: <see cref="Pop3Session.Attempt"/>, then <see cref="Pop3Session.OnVerified"/>. Until then the input must
        /// not be filled, since the proof lies in it.</summary>
        public const int Verify = 8;

        /// <summary>The output holds the last words in plain: send them, forget the input, begin TLS, then
        /// <see cref="Pop3Session.OnTlsBegun"/>. Returned by every call until then.</summary>
        public const int StartTls = 9;
    }
}

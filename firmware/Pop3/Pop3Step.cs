namespace MailAppliance.Pop3
{
    /// <summary>What a session is about within its state: the next command, or something that a command began.</summary>
    public static class Pop3Step
    {
        /// <summary>The next command is taken from the input.</summary>
        public const int Command = 0;

        /// <summary>LIST or UIDL of all messages; goes on whenever there is room.</summary>
        public const int Listing = 1;

        /// <summary>A login waits for the lock and the view.</summary>
        public const int Opening = 2;

        /// <summary>RETR or TOP waits for the message to be opened.</summary>
        public const int RetrieveOpening = 3;

        /// <summary>The loop sends a message's octets.</summary>
        public const int Retrieving = 4;

        /// <summary>QUIT waits for the removal.</summary>
        public const int Updating = 5;

        /// <summary>AUTH waits for the client's next response.</summary>
        public const int Authenticating = 6;

        /// <summary>A login waits for the check.</summary>
        public const int Verifying = 7;

        /// <summary>A login is right, and the maildrop is to be asked for.</summary>
        public const int ToOpen = 8;

        /// <summary>STLS is answered, and no octet is taken before TLS begins.</summary>
        public const int Securing = 9;
    }
}

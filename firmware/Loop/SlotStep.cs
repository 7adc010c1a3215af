namespace MailAppliance.Loop
{
    /// <summary>What a slot's next step came to.</summary>
    public static class SlotStep
    {
        /// <summary>Something was done; there may be more.</summary>
        public const int Progress = 0;

        /// <summary>The session needs octets from the peer.</summary>
        public const int NeedOctets = 1;

        /// <summary>The peer has to take octets first.</summary>
        public const int NeedRoom = 2;

        /// <summary>The store owes an outcome, or the card is still being read: the next turn goes on.</summary>
        public const int Waiting = 3;

        /// <summary>The session is over: send what is left, drain, close.</summary>
        public const int Close = 4;

        /// <summary>The connection is of no use any more: close without a word.</summary>
        public const int Drop = 5;
    }
}

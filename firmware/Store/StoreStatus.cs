namespace MailAppliance.Store
{
    /// <summary>What opening the store can end in.</summary>
    public static class StoreStatus
    {
        /// <summary>Mail can flow.</summary>
        public const int Ready = 0;

        /// <summary>The card is missing, or refuses to be read or written.</summary>
        public const int CardFailed = 1;

        /// <summary>The ring is of a format that this program does not know; it was left alone.</summary>
        public const int OtherVersion = 2;

        /// <summary>Both superblocks are unreadable, and records are there: left alone.</summary>
        public const int Damaged = 3;

        /// <summary>The file is shorter than the ring that it holds: left alone.</summary>
        public const int Truncated = 4;

        /// <summary>The ring holds more messages or maildrops than the configuration has room for: left alone.</summary>
        public const int TooSmallConfiguration = 5;

        /// <summary>The ring is smaller than 4 × message-max: left alone.</summary>
        public const int TooSmallRing = 6;

        /// <summary>The card that was put in holds no ring; only a start makes one.</summary>
        public const int NoRing = 8;

        /// <summary>Another program has the ring's file open.</summary>
        public const int InUse = 7;
    }
}

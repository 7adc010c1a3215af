namespace MailAppliance.Hal
{
    /// <summary>How far a sync of the card is.</summary>
    public static class SyncState
    {
        /// <summary>All that was written before its begin survives a power cut.</summary>
        public const int Done = 0;

        /// <summary>It failed; any write since the last one that was done may be lost.</summary>
        public const int Failed = 1;

        /// <summary>It is under way.</summary>
        public const int Busy = 2;
    }
}

namespace MailAppliance.Store
{
    /// <summary>What the store answers a session with.</summary>
    public static class StoreResult
    {
        /// <summary>Done; a commit: it is on the card, synced and read back.</summary>
        public const int Ok = 0;

        /// <summary>The ring or the table of messages has no room: 452 4.3.1.</summary>
        public const int NoRoom = 1;

        /// <summary>The card failed, and what was written is void: 451 4.3.0, or -ERR [SYS/TEMP].</summary>
        public const int Failed = 2;

        /// <summary>The card failed and even that could not be noted on it: close without a reply.</summary>
        public const int Unknown = 3;

        /// <summary>Not yet: room is being made, a bounded piece a turn. Nothing was done; ask again in the next turn.</summary>
        public const int Later = 5;

        /// <summary>What was asked for is damaged on the card: -ERR [SYS/PERM].</summary>
        public const int Damaged = 4;
    }
}

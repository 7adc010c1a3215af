namespace MailAppliance.Store
{
    /// <summary>What the appliance tells its owner by a mail of its own; the record of that mail names it (SPEC.md).</summary>
    public static class NoticeCause
    {
        /// <summary>The ring is nearly full.</summary>
        public const int Full = 1;

        /// <summary>Mail or records can't be read any more.</summary>
        public const int Damage = 2;

        /// <summary>It restarted by itself.</summary>
        public const int Restart = 3;

        /// <summary>A device was turned away by a bound.</summary>
        public const int TurnedAway = 4;

        /// <summary>How many there are.</summary>
        public const int Count = 4;
    }
}

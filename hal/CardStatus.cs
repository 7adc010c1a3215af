namespace MailAppliance.Hal
{
    /// <summary>What opening the card can end in.</summary>
    public static class CardStatus
    {
        /// <summary>The ring's file is open.</summary>
        public const int Ready = 0;

        /// <summary>The card is there and holds no ring file.</summary>
        public const int NoFile = 1;

        /// <summary>There is no card, or it can't be read or written.</summary>
        public const int Unusable = 2;

        /// <summary>Another program has the ring's file open.</summary>
        public const int InUse = 3;
    }
}

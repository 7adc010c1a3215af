namespace MailAppliance.Loop
{
    /// <summary>What a session is at, for who waits for its slot.</summary>
    public static class SlotStage
    {
        /// <summary>Nothing is begun that anybody would miss.</summary>
        public const int Nothing = 0;

        /// <summary>A mail transaction.</summary>
        public const int Mail = 1;

        /// <summary>A maildrop is open: its slot is kept.</summary>
        public const int Maildrop = 2;
    }
}

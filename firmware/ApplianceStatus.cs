namespace MailAppliance
{
    /// <summary>What starting the appliance can end in.</summary>
    public static class ApplianceStatus
    {
        /// <summary>Mail flows.</summary>
        public const int Running = 0;

        /// <summary>The configuration asks for more memory than it allows itself.</summary>
        public const int TooMuchMemory = 1;

        /// <summary>A port can't be opened.</summary>
        public const int PortFailed = 2;

        /// <summary>The card or its ring can't be used; <see cref="Appliance.Opening"/> says why.</summary>
        public const int StoreFailed = 3;
    }
}

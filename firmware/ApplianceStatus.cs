namespace MailAppliance
{
    /// <summary>What starting the appliance can end in.</summary>
    public static class ApplianceStatus
    {
        /// <summary>Mail flows.</summary>
        public const int Running = 0;

        /// <summary>A port can't be opened.</summary>
        public const int PortFailed = 1;

        /// <summary>The card or its ring can't be used; <see cref="Appliance.Opening"/> says why.</summary>
        public const int StoreFailed = 2;
    }
}

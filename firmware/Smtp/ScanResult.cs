namespace MailAppliance.Smtp
{
    /// <summary>What follows a range of mail data that goes out as it is.</summary>
    public static class ScanResult
    {
        /// <summary>Nothing is known beyond it; up to 2 octets of the input may be held.</summary>
        public const int NeedOctets = 0;

        /// <summary>Other octets go out in place of some of the input's.</summary>
        public const int Edit = 1;

        /// <summary>The range ends with the final dot and its line end.</summary>
        public const int End = 2;
    }
}

namespace MailAppliance.Hal
{
    /// <summary>What calls of the hal return instead of a count.</summary>
    public static class HalResult
    {
        /// <summary>The peer has closed its side in order; what was received before is complete.</summary>
        public const int EndOfInput = -1;

        /// <summary>The connection was reset or failed; nothing more can be sent or received.</summary>
        public const int Gone = -2;
    }
}

namespace MailAppliance.Pop3
{
    /// <summary>What taking a maildrop's lock and its view can end in.</summary>
    public static class Pop3OpenResult
    {
        /// <summary>The lock is taken and the view is there.</summary>
        public const int Ok = 0;

        /// <summary>Another session has the lock: -ERR [IN-USE] (RFC 2449 section 8.1.1).</summary>
        public const int InUse = 1;

        /// <summary>The store can't give a view now: -ERR [SYS/TEMP] (RFC 3206 section 4).</summary>
        public const int Failed = 2;
    }
}

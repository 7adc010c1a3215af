namespace MailAppliance.Smtp
{
    /// <summary>What reading the parameters of MAIL or RCPT found.</summary>
    public static class ParameterResult
    {
        /// <summary>All are known and well formed.</summary>
        public const int Ok = 0;

        /// <summary>One can't be read, has a value it can't have, or came twice: 501.</summary>
        public const int Malformed = 1;

        /// <summary>One was never offered: 555.</summary>
        public const int Unknown = 2;
    }
}

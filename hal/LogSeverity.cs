namespace MailAppliance.Hal
{
    /// <summary>How much a log line matters.</summary>
    public static class LogSeverity
    {
        /// <summary>Somebody has to do something: the card fails, the configuration is wrong.</summary>
        public const int Error = 0;

        /// <summary>Something was refused, lost or repaired.</summary>
        public const int Warning = 1;

        /// <summary>Mail came, mail went.</summary>
        public const int Notice = 2;

        /// <summary>What a developer wants to see.</summary>
        public const int Detail = 3;
    }
}

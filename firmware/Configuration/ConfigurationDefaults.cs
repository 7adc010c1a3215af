namespace MailAppliance.Configuration
{
    /// <summary>
    /// What an application takes where the file says nothing, beside the table in <c>ConfigurationKeys</c>. Each is written as in
    /// the file; null leaves the table's default.
    /// </summary>
    public sealed class ConfigurationDefaults
    {
        /// <summary><c>profile</c>.</summary>
        public string Profile;

        /// <summary><c>ring</c>.</summary>
        public string Ring;

        /// <summary><c>smtp-address</c>.</summary>
        public string SmtpAddress;

        /// <summary><c>smtp-port</c>.</summary>
        public string SmtpPort;

        /// <summary><c>pop3-address</c>.</summary>
        public string Pop3Address;

        /// <summary><c>pop3-port</c>.</summary>
        public string Pop3Port;

        /// <summary><c>tls</c>.</summary>
        public string Tls;

        /// <summary><c>record</c> in the large profile.</summary>
        public string LargeRecord;

        /// <summary><c>read</c> in the large profile.</summary>
        public string LargeRead;

        /// <summary><c>messages</c> in the large profile.</summary>
        public string LargeMessages;

        /// <summary><c>smtp-slots</c> in the large profile.</summary>
        public string LargeSmtpSlots;

        /// <summary><c>pop3-slots</c> in the large profile.</summary>
        public string LargePop3Slots;

        /// <summary><c>waiting</c> in the large profile.</summary>
        public string LargeWaiting;
    }
}

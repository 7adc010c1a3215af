namespace MailAppliance.Configuration
{
    /// <summary>One <c>[maildrop NAME]</c> section.</summary>
    public sealed class MaildropSettings
    {
        /// <summary>The name, as written; compared without case.</summary>
        public byte[] Name;

        /// <summary>The password, UTF-8, as written.</summary>
        public byte[] Password;

        /// <summary>Messages at which it takes no more; 0 for no bound of its own.</summary>
        public int MessagesMax;

        /// <summary>Octets, as POP3 counts them, past which it takes no more; 0 for no bound of its own.</summary>
        public long OctetsMax;
    }
}

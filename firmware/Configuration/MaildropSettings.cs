namespace MailAppliance.Configuration
{
    /// <summary>One <c>[maildrop NAME]</c> section.</summary>
    public sealed class MaildropSettings
    {
        /// <summary>The name, as written; compared without case.</summary>
        public byte[] Name;

        /// <summary>The password, UTF-8, as written; null where there is a hash of it.</summary>
        public byte[] Password;
    }
}

namespace MailAppliance.Configuration
{
    /// <summary>One <c>[maildrop NAME]</c> section.</summary>
    public sealed class MaildropSettings
    {
        /// <summary>The name, as written; compared without case.</summary>
        public byte[] Name;

        /// <summary>The password, UTF-8, as written.</summary>
        public byte[] Password;
    }
}

namespace MailAppliance.Tests
{
    /// <summary>A message as it was read from a maildrop.</summary>
    internal sealed class FetchedMail
    {
        /// <summary>Its unique-id.</summary>
        public readonly string UniqueId;

        /// <summary>Its octets in wire form.</summary>
        public readonly byte[] Octets;

        public FetchedMail(string uniqueId, byte[] octets)
        {
            UniqueId = uniqueId;
            Octets = octets;
        }
    }
}

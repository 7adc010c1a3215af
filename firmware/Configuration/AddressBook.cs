namespace MailAppliance.Configuration
{
    /// <summary>Who gets what is sent to an address: the <c>domains</c> and <c>addresses</c> of the configuration.</summary>
    public sealed class AddressBook
    {
        /// <summary>The domain is ours and nobody has that local-part: 550 5.1.1.</summary>
        public const int NoSuchMailbox = -1;

        /// <summary>The domain is not ours: 550 5.7.1.</summary>
        public const int NotOurs = -2;

        /// <summary>Finds the maildrop of an address, without case.</summary>
        /// <param name="local">Buffer of the local-part, unquoted.</param>
        /// <param name="localOffset">Its first octet.</param>
        /// <param name="localCount">Its octets.</param>
        /// <param name="domain">Buffer of the domain; an address literal with its brackets only where the caller found it ours (see <paramref name="isOurLiteral"/>).</param>
        /// <param name="domainOffset">Its first octet.</param>
        /// <param name="domainCount">Its octets; 0 for a local-part alone, which counts as in our domain.</param>
        /// <param name="isOurLiteral">Whether the domain is an address literal of our own, which counts as our domain.</param>
        /// <returns>The index in <see cref="ApplianceSettings.Maildrops"/>, <see cref="NoSuchMailbox"/> or <see cref="NotOurs"/>.</returns>
        public int Find(byte[] local, int localOffset, int localCount, byte[] domain, int domainOffset, int domainCount, bool isOurLiteral)
        {
            return NotOurs;
        }
    }
}

namespace MailAppliance.Core
{
    /// <summary>Who was refused by a bound, and not for what he did: no connection free, no room, mail too large, a quota.</summary>
    public sealed class TurnedAway
    {
        /// <summary>How often, since somebody set it to 0.</summary>
        public int Count;

        /// <summary>The last one's address in text form.</summary>
        public byte[] LastAddress;

        /// <summary>Notes one.</summary>
        /// <param name="address">His address in text form; kept.</param>
        public void Note(byte[] address)
        {
            Count++;
            LastAddress = address;
        }
    }
}

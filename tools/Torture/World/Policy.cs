namespace MailAppliance.Tools.Torture.World
{
    /// <summary>What a run's configuration says of a full ring and of full maildrops.</summary>
    internal sealed class Policy
    {
        /// <summary>All there are; the first refuses new mail where the ring is full, and bounds no maildrop.</summary>
        internal static readonly Policy[] All = MakeAll();

        /// <summary>Its place among all.</summary>
        internal int Number { get; private init; }

        /// <summary>Old mail goes for new where the ring is full.</summary>
        internal bool DropsOldest { get; private init; }

        /// <summary>Messages at which each maildrop takes no more; 0 for no quota.</summary>
        internal int QuotaMessages { get; private init; }

        /// <summary>Octets past which each maildrop takes no more; 0 for no quota.</summary>
        internal int QuotaOctets { get; private init; }

        /// <summary>The lines of it that stand in the appliance's section.</summary>
        internal string ApplianceLines
        {
            get { return DropsOldest ? "when-full = drop-oldest\n" : string.Empty; }
        }

        /// <summary>The lines of it that stand in each maildrop's section.</summary>
        internal string MaildropLines
        {
            get { return (QuotaMessages > 0 ? $"quota-messages = {QuotaMessages}\n" : string.Empty) + (QuotaOctets > 0 ? $"quota = {QuotaOctets / 1024}K\n" : string.Empty); }
        }

        private static Policy[] MakeAll()
        {
            var all = new Policy[8];
            for (int number = 0; number < all.Length; number++)
            {
                int quotas = number >> 1;
                all[number] = new Policy
                {
                    Number = number,
                    DropsOldest = (number & 1) != 0,
                    QuotaMessages = (quotas & 1) == 0 ? 0 : 4,
                    QuotaOctets = (quotas & 2) == 0 ? 0 : 3 * 1024,
                };
            }

            return all;
        }
    }
}

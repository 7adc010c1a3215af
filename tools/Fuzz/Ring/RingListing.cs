using System.Collections.Generic;
using MailAppliance.Store;

namespace MailAppliance.Tools.Fuzz.Ring
{
    /// <summary>What a store holds: of each maildrop the unique-ids in order, and the number of each mail.</summary>
    internal sealed class RingListing
    {
        /// <summary>In place of a number: the message is damaged, and the store says so.</summary>
        internal const int Damaged = -1;

        /// <summary>The unique-ids, by maildrop.</summary>
        internal List<ulong>[] UniqueIds { get; } = [[], []];

        /// <summary>The number of each message's mail, or <see cref="Damaged"/>.</summary>
        internal Dictionary<ulong, int> Numbers { get; } = [];

        /// <summary>Lists and reads all.</summary>
        /// <param name="store">A store that is open.</param>
        /// <returns>The listing.</returns>
        internal static RingListing Of(RingStore store)
        {
            var listing = new RingListing();
            for (int maildrop = 0; maildrop < RingStore.MaildropCount; maildrop++)
            {
                MaildropView view = store.View;
                Require(store.Store.OpenView(view, maildrop), "a maildrop that nobody has opens");
                for (int number = 1; number <= view.MessageCount; number++)
                {
                    ulong uniqueId = store.UniqueIdOf(number);
                    int mail = store.Read(number);
                    Require(!listing.Numbers.TryGetValue(uniqueId, out int other) || other == mail, "a message is the same to all who have it");
                    listing.Numbers[uniqueId] = mail;
                    listing.UniqueIds[maildrop].Add(uniqueId);
                }

                view.Close();
            }

            return listing;
        }

        private static void Require(bool holds, string invariant)
        {
            if (!holds)
            {
                throw new BrokenInvariantException(invariant, "it does not hold");
            }
        }
    }
}

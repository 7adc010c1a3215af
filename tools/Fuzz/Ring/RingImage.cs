using System;
using System.Linq;
using System.Threading;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Store;

namespace MailAppliance.Tools.Fuzz.Ring
{
    /// <summary>A good ring of some history: laps, removals, moved mail, mail that a power cut left unfinished.</summary>
    internal sealed class RingImage
    {
        /// <summary>How many there are.</summary>
        internal const int Count = 48;

        private const int MailsMax = 220;

        private static readonly Lazy<RingImage>[] s_all =
            [.. Enumerable.Range(0, Count).Select(number => new Lazy<RingImage>(() => new RingImage(number), LazyThreadSafetyMode.ExecutionAndPublication))];

        private RingImage(int number)
        {
            var random = new SeededRandom(number);
            var card = new RingCard(RingStore.RingBlocks);
            RingStore store = Boot(card, number);
            int mails = number % 4 == 0 ? random.Next(12) : 20 + random.Next(MailsMax - 20);
            for (int mail = 0; mail < mails; mail++)
            {
                store = Live(store, card, random, mail);
            }

            // Some end in an orderly way, some with mail that waits for its outcome, some in the midst of one.
            IsSettled = number % 3 != 0;
            if (IsSettled)
            {
                store.Rest();
                Boot(card, 1000 + number);
            }
            else
            {
                store.Put(0, RingMail.Make(900_000, 5000), number % 2);
                store.Put(1, RingMail.Make(900_001, 300), 1);
            }

            Octets = [.. card.Octets];
            Chain = new RingChain(Octets);
            var copy = new RingCard(RingStore.RingBlocks);
            copy.Insert(Octets);
            Listing = RingListing.Of(Boot(copy, 2000 + number));
        }

        /// <summary>The file.</summary>
        internal byte[] Octets { get; }

        /// <summary>Whether all in it is below its known head.</summary>
        internal bool IsSettled { get; }

        /// <summary>Where its records are.</summary>
        internal RingChain Chain { get; }

        /// <summary>What a boot finds in it.</summary>
        internal RingListing Listing { get; }

        /// <summary>One of them; made when it is first asked for.</summary>
        /// <param name="number">0 to <see cref="Count"/> - 1.</param>
        /// <returns>The image; not to be changed.</returns>
        internal static RingImage Get(int number)
        {
            return s_all[number].Value;
        }

        private static RingStore Boot(RingCard card, long seed)
        {
            var store = new RingStore(card);
            if (store.Boot(seed).Status != StoreStatus.Ready)
            {
                throw new BrokenInvariantException("a good ring opens", "it does not");
            }

            return store;
        }

        private static RingStore Live(RingStore store, RingCard card, SeededRandom random, int mail)
        {
            int octets = RingMail.OctetsMin + random.Next(random.Chance(250) ? RingStore.MessageOctetsMax - RingMail.OctetsMin - 1 : 1200);
            int result = store.Deliver(RingMail.Make(mail, octets), 1 + random.Next(3));
            if (random.Chance(120) || result != StoreResult.Ok)
            {
                // The oldest stays more often than not: somebody has to move it.
                int kept = random.Chance(600) ? 1 : 0;
                store.Remove(random.Next(RingStore.MaildropCount), number => number > kept && random.Chance(700));
            }

            if (random.Chance(200))
            {
                store.Rest();
            }

            return random.Chance(40) ? Boot(card, 3000 + mail) : store;
        }
    }
}

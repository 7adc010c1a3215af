using System;
using System.Collections.Generic;
using System.Linq;
using MailAppliance.Store;
using MailAppliance.Tools.Fuzz.Inputs;
using MailAppliance.Tools.Fuzz.Targets;

namespace MailAppliance.Tools.Fuzz.Ring
{
    /// <summary>Recovery, fed with rings that were good once: boot, read all, deliver one, boot again.</summary>
    internal sealed class RingTarget : FuzzTarget
    {
        private const int BlockOctets = 512;
        private const int NewMail = 1_000_000;
        private const int SmallOctets = 700;
        private const int LargeOctets = 7000;

        // A boot looks for the next record at each break, from there on, and reads what was written last.
        private const int BlocksReadMax = 16 * RingStore.RingBlocks;

        // A large one needs room that the tail has to make.
        private static readonly byte[][] s_newMails = [RingMail.Make(NewMail, SmallOctets), RingMail.Make(NewMail, LargeOctets)];

        private readonly RingCard _card = new(RingStore.RingBlocks);

        /// <inheritdoc/>
        internal override int BatchInputs
        {
            get { return 2000; }
        }

        /// <inheritdoc/>
        internal override Grammar Grammar { get; } = MakeGrammar();

        /// <inheritdoc/>
        internal override void Play(FuzzInput input, FeatureMap features)
        {
            int number = input.Octets.Length == 0 ? 0 : input.Octets[0] % RingImage.Count;
            RingImage image = RingImage.Get(number);
            _card.Insert(image.Octets);
            bool isRot = RingDamage.Apply(input.Octets, _card);
            bool mustOpen = isRot && image.IsSettled && IsUntouched(image, image.Chain.Superblock, 1) && IsUntouched(image, image.Chain.Table().Block, image.Chain.Table().Count);
            HashSet<ulong> untouched = mustOpen ? Untouched(image) : [];
            bool holdsRecords = HoldsRecords();
            var store = new RingStore(_card);
            StoreOpening opening = store.Boot(1);
            features.Note((opening.Status * 64) + Math.Min(15, opening.LostCount) + (Math.Min(3, opening.UnfinishedCount) << 4));
            Check(_card.BlocksRead <= BlocksReadMax, "a boot reads a bounded number of blocks");
            Check(!mustOpen || opening.Status == StoreStatus.Ready, "a ring opens whose superblock and table are untouched");
            if (opening.Status != StoreStatus.Ready)
            {
                CheckRefused(opening.Status);
                return;
            }

            Check(!opening.WasFormatted || !holdsRecords, "a ring that holds records is never formatted");
            RingListing found = RingListing.Of(store);
            foreach (ulong uniqueId in untouched)
            {
                Check(found.Numbers.TryGetValue(uniqueId, out int mail) && mail == image.Listing.Numbers[uniqueId], "what is untouched is there, and whole");
            }

            features.Note((1 << 12) + Math.Min(63, found.Numbers.Count) + (Math.Min(7, found.Numbers.Values.Count(mail => mail == RingListing.Damaged)) << 6));
            int result = store.Deliver(s_newMails[input.Octets.Length & 1], 1);
            Check(result is StoreResult.Ok or StoreResult.NoRoom, "a mail is stored, or there is no room");
            store.Rest();
            CheckAgain(found, result == StoreResult.Ok, features);
        }

        // Refused once is refused twice, and nothing was written where nothing may be.
        private void CheckRefused(int status)
        {
            bool mayWrite = status is StoreStatus.CardFailed or StoreStatus.TooSmallConfiguration;
            Check(mayWrite || _card.BlocksWritten == 0, "a ring that is refused is left alone");
            Check(new RingStore(_card).Boot(2).Status == status, "what is refused once is refused again");
        }

        private void CheckAgain(RingListing first, bool isDelivered, FeatureMap features)
        {
            _card.BlocksRead = 0;
            var store = new RingStore(_card);
            StoreOpening opening = store.Boot(3);
            Check(opening.Status == StoreStatus.Ready, "what opened once opens again");
            Check(_card.BlocksRead <= BlocksReadMax, "a boot reads a bounded number of blocks");
            RingListing second = RingListing.Of(store);
            int fresh = 0;
            foreach ((ulong uniqueId, int mail) in second.Numbers)
            {
                bool isKnown = first.Numbers.TryGetValue(uniqueId, out int before);
                fresh += isKnown ? 0 : 1;
                Check(isKnown ? before == mail : isDelivered && mail == NewMail, "the second boot finds what the first one did, and what came since");
            }

            Check(fresh == (isDelivered ? 1 : 0), "what was answered 250 is there");
            for (int maildrop = 0; maildrop < RingStore.MaildropCount; maildrop++)
            {
                // What is damaged may be dropped meanwhile.
                IEnumerable<ulong> whole = first.UniqueIds[maildrop].Where(uniqueId => first.Numbers[uniqueId] != RingListing.Damaged);
                IEnumerable<ulong> now = second.UniqueIds[maildrop].Where(uniqueId => first.Numbers.TryGetValue(uniqueId, out int mail) && mail != RingListing.Damaged);
                Check(whole.SequenceEqual(now), "who has which message is the same in the second boot");
            }

            features.Note((1 << 13) + Math.Min(15, opening.LostCount));
        }

        private HashSet<ulong> Untouched(RingImage image)
        {
            return [.. image.Listing.Numbers.Keys.Where(uniqueId => image.Chain.BlocksOf(uniqueId).TrueForAll(block => IsUntouched(image, block, 1)))];
        }

        private bool IsUntouched(RingImage image, int block, int count)
        {
            return _card.Octets.AsSpan(block * BlockOctets, count * BlockOctets).SequenceEqual(image.Octets.AsSpan(block * BlockOctets, count * BlockOctets));
        }

        private bool HoldsRecords()
        {
            for (int block = 0; block < RingStore.RingBlocks; block++)
            {
                if (_card.Octets.AsSpan(block * BlockOctets, 4).SequenceEqual("MREC"u8))
                {
                    return true;
                }
            }

            return false;
        }

        private static Grammar MakeGrammar()
        {
            byte[][] steps =
            [
                [0, 0, 5, 0, 40, 0, 0, 1], [3, 0, 9, 0, 24, 0, 0, 255], [5, 0, 20, 0, 0, 3, 0, 0], [6, 0, 0, 0, 60, 0, 0, 3], [7, 0, 12, 0, 60, 5, 0, 0], [9, 0, 7, 0, 90, 2, 0, 0],
                [10, 0, 100, 0, 0, 7, 9, 0], [11, 0, 100, 0, 0, 0, 0, 1], [5, 0, 0, 0, 0, 0, 0, 0], [5, 0, 191, 0, 0, 0, 0, 0], [3, 0, 1, 0, 36, 0, 0, 3], [3, 0, 30, 0, 38, 0, 0, 8],
            ];
            return new Grammar
            {
                Seeds = [.. Enumerable.Range(0, RingImage.Count).Select(image => (byte[])[(byte)image, .. steps[image % steps.Length], .. steps[image * 5 % steps.Length]])],
                Tokens = steps,
                OctetsMax = 1 + (20 * RingDamage.StepOctets),
            };
        }

        private static void Check(bool holds, string invariant)
        {
            if (!holds)
            {
                Broken(invariant, "it does not hold");
            }
        }
    }
}

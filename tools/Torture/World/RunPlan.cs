using MailAppliance.Hal.Desktop.Simulated;

namespace MailAppliance.Tools.Torture.World
{
    /// <summary>What a run is like, drawn from its seed before it begins.</summary>
    internal sealed class RunPlan
    {
        private const int EventsLeast = 200;
        private const int EventsMost = 320;

        /// <summary>Which of <see cref="RingShape.All"/>.</summary>
        internal int Shape { get; private set; }

        /// <summary>Events, checks and boots aside.</summary>
        internal int Events { get; private set; }

        /// <summary>Power cuts, those in recoveries aside.</summary>
        internal int Cuts { get; private set; }

        /// <summary>The power goes while the ring is formatted.</summary>
        internal bool CutsFormat { get; private set; }

        /// <summary>Of a thousand mails, how many are longer than a record.</summary>
        internal int LongMails { get; private set; }

        /// <summary>Of a thousand steps, in how many a client vanishes or does what it should not.</summary>
        internal int Misbehaving { get; private set; }

        /// <summary>Of a thousand messages that a reader sees, how many it deletes.</summary>
        internal int Deleting { get; private set; }

        /// <summary>Of a thousand events, how many are a trick of the clock, a card pulled out or full.</summary>
        internal int Tricks { get; private set; }

        /// <summary>The card errs while it has power: what failed takes up room beside the mail that is there.</summary>
        internal bool CardErrs { get; private set; }

        /// <summary>What becomes of old mail in a full ring, and of new mail for a full maildrop.</summary>
        internal Policy Policy { get; private set; } = Policy.All[0];

        /// <summary>At the end everything is removed, and a mail of the largest size has to find room.</summary>
        internal bool Empties { get; private set; }

        /// <summary>No session ends without its client's seeing it: neither the network nor an idle timeout ends one.</summary>
        internal bool EndsAreSeen { get; private set; }

        /// <summary>Draws it, and sets card and network to match.</summary>
        internal void Draw(SeededRandom random, LyingCard card, TroubledNetwork network)
        {
            // Small rings more often, and some long runs: a lap is what shows stale records.
            Shape = random.Next(2) == 0 ? 0 : random.Next(RingShape.All.Length);
            Events = random.Between(EventsLeast, EventsMost) * (random.Next(10) == 0 ? 3 : 1);
            Cuts = random.Between(1, 3);
            CutsFormat = random.Chance(40);
            LongMails = random.Next(3) == 0 ? 300 : 60;
            Misbehaving = random.Next(2) == 0 ? 15 : 60;
            Deleting = random.Between(300, 1000);
            Tricks = random.Next(2) == 0 ? 0 : 25;

            // The cut itself is cruel in nine runs of ten; a card that also lies while it has power is half of them.
            bool isCruel = random.Next(10) != 0;
            card.Set(CardLie.UnsyncedLost, isCruel ? 1000 : 0);
            card.Set(CardLie.BlockTorn, isCruel ? 1000 : 0);
            card.Set(CardLie.BlocksReordered, random.Next(2) == 0 ? 1000 : 0);
            int rate = random.Next(2) == 0 ? 0 : random.Next(3) == 0 ? 60 : 12;
            for (CardLie lie = CardLie.WriteLost; lie <= CardLie.ReadError; lie++)
            {
                card.Set(lie, random.Next(2) == 0 ? rate : 0);
            }

            CardErrs = rate > 0 || Tricks > 0;
            bool isSlow = random.Next(4) == 0;
            card.Set(CardLie.Slow, isSlow ? 30 : 0);
            DrawPolicy(random);
            EndsAreSeen = !DrawNetwork(random, network) && Tricks == 0 && !isSlow;
        }

        // Who drops old mail has a ring that gets full; and in most of these runs every mail is one record, so that the oldest is
        // the only one that may go.
        private void DrawPolicy(SeededRandom random)
        {
            bool drops = random.Next(4) == 0;
            int quotas = random.Next(4) == 0 ? random.Between(1, 3) : 0;
            Policy = Policy.All[(drops ? 1 : 0) + (2 * quotas)];
            Empties = random.Next(10) == 0;
            if (drops)
            {
                LongMails = random.Next(3) == 0 ? LongMails : 0;
                Deleting = random.Next(2) == 0 ? Deleting : random.Next(300);
            }
        }

        private static bool DrawNetwork(SeededRandom random, TroubledNetwork network)
        {
            int trouble = random.Next(3);
            network.Set(NetworkTrouble.Split, trouble == 0 ? 0 : 200);
            network.Set(NetworkTrouble.Stall, trouble == 0 ? 0 : 30);
            network.Set(NetworkTrouble.Reset, trouble == 2 ? 3 : 0);
            network.Set(NetworkTrouble.HalfClose, trouble == 2 ? 2 : 0);
            network.Set(NetworkTrouble.Reorder, trouble == 0 ? 0 : 300);
            return trouble == 2;
        }
    }
}

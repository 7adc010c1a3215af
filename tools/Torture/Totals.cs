using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Tools.Torture.Clients;
using MailAppliance.Tools.Torture.Model;
using MailAppliance.Tools.Torture.World;

namespace MailAppliance.Tools.Torture
{
    /// <summary>What runs came to, so that nobody takes an easy run for a hard one.</summary>
    internal sealed class Totals
    {
        /// <summary>How often the card lied, by <see cref="CardLie"/>.</summary>
        internal readonly long[] Lies = new long[(int)CardLie.UnsyncedLost + 1];

        /// <summary>How often there was trouble on the network, by <see cref="NetworkTrouble"/>.</summary>
        internal readonly long[] Troubles = new long[(int)NetworkTrouble.Reorder + 1];

        /// <summary>Runs.</summary>
        internal long Runs;

        /// <summary>Events of all runs.</summary>
        internal long Events;

        /// <summary>Power cuts.</summary>
        internal long Cuts;

        /// <summary>Boots.</summary>
        internal long Boots;

        /// <summary>Mails begun.</summary>
        internal long Mails;

        /// <summary>Messages fetched and compared by the checks.</summary>
        internal long Fetched;

        /// <summary>Turns of the loop.</summary>
        internal long Turns;

        /// <summary>Times that the appliance saw its card gone.</summary>
        internal long Gone;

        /// <summary>Runs in which the ring was written once around at least.</summary>
        internal long Laps;

        /// <summary>Messages that the log said were dropped for new ones.</summary>
        internal long Dropped;

        /// <summary>Those of them whose turn it was by all that the model knows.</summary>
        internal long Judged;

        /// <summary>Recipients refused because of a quota.</summary>
        internal long OverQuota;

        /// <summary>Adds a run that has ended.</summary>
        internal void Add(Stage stage, Inspector inspector)
        {
            Devices devices = stage.Devices;
            devices.NoteWritten();
            Runs++;
            Events += stage.Trail.Event;
            Fetched += inspector.Fetched;
            Turns += devices.Turns;
            Gone += devices.GoneCount;
            Add(stage.Ledger);
            Laps += devices.WrittenBlocks >= RingShape.All[stage.Plan.Shape].Blocks - 2 ? 1 : 0;
            for (int lie = 0; lie < Lies.Length; lie++)
            {
                Lies[lie] += devices.Card.CountOf((CardLie)lie);
            }

            for (int trouble = 0; trouble < Troubles.Length; trouble++)
            {
                Troubles[trouble] += devices.Network.CountOf((NetworkTrouble)trouble);
            }
        }

        /// <summary>Adds what another thread's runs came to.</summary>
        internal void Add(Totals other)
        {
            Runs += other.Runs;
            Events += other.Events;
            Cuts += other.Cuts;
            Boots += other.Boots;
            Mails += other.Mails;
            Fetched += other.Fetched;
            Turns += other.Turns;
            Gone += other.Gone;
            Laps += other.Laps;
            Dropped += other.Dropped;
            Judged += other.Judged;
            OverQuota += other.OverQuota;
            for (int lie = 0; lie < Lies.Length; lie++)
            {
                Lies[lie] += other.Lies[lie];
            }

            for (int trouble = 0; trouble < Troubles.Length; trouble++)
            {
                Troubles[trouble] += other.Troubles[trouble];
            }
        }

        private void Add(MailLedger ledger)
        {
            Mails += ledger.Count;
            Dropped += ledger.Drops.Count;
            Judged += ledger.Drops.JudgedCount;
            OverQuota += ledger.Quotas.RefusedCount;
        }
    }
}

using System;
using MailAppliance.Configuration;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Tools.Torture.Clients;
using MailAppliance.Tools.Torture.Model;

namespace MailAppliance.Tools.Torture.World
{
    /// <summary>What everybody in a run shares; made once a thread, and used again for each run.</summary>
    internal sealed class Stage
    {
        private readonly MailLedger[] _ledgers = { new(), new() };
        private int _transactions;

        /// <summary>Makes it.</summary>
        internal Stage()
        {
            Random = new SeededRandom(0);
            Devices = new Devices(Random, Trail);
            LogReader = new LogReader(this);
            Trail.Reader = LogReader;
        }

        /// <summary>Where all lots are drawn from.</summary>
        internal SeededRandom Random { get; }

        /// <summary>The appliance on its devices.</summary>
        internal Devices Devices { get; }

        /// <summary>Everybody who connects.</summary>
        internal Client[] Clients { get; set; } = Array.Empty<Client>();

        /// <summary>What the run is like.</summary>
        internal RunPlan Plan { get; } = new();

        /// <summary>Who was told what of the card that is in the slot.</summary>
        internal MailLedger Ledger
        {
            get { return _ledgers[Devices.CardNumber]; }
        }

        /// <summary>Who was told what of the one that is not.</summary>
        internal MailLedger OtherLedger
        {
            get { return _ledgers[1 - Devices.CardNumber]; }
        }

        /// <summary>The last events.</summary>
        internal Trail Trail { get; } = new();

        /// <summary>Reads the appliance's log.</summary>
        internal LogReader LogReader { get; }

        /// <summary>The configuration of this boot.</summary>
        internal int Layout { get; set; }

        /// <summary>Its settings.</summary>
        internal ApplianceSettings Settings
        {
            get { return Layouts.SettingsOf(Layout, Plan.Shape, Plan.Policy); }
        }

        /// <summary>Starts a run.</summary>
        internal void Reset(long seed)
        {
            Trail.Clear();
            LogReader.IsChecking = false;
            Devices.Reset(seed);
            Plan.Draw(Random, Devices.Card, Devices.Network);
            Layout = Random.Next(Layouts.Count);
            Devices.NotesSessions = Plan.Policy.DropsOldest;
            _transactions = 0;
            foreach (MailLedger ledger in _ledgers)
            {
                ledger.Clear();
                ledger.Drops.IsOn = Plan.Policy.DropsOldest;
                ledger.Drops.CardErrs = Plan.CardErrs;
                ledger.Drops.Room = RoomOf(RingShape.All[Plan.Shape]);
                ledger.Quotas.MessagesMax = Plan.Policy.QuotaMessages;
                ledger.Quotas.OctetsMax = Plan.Policy.QuotaOctets;
            }
        }

        /// <summary>A number for a sender's next mail transaction.</summary>
        internal int NextTransaction()
        {
            _transactions++;
            return _transactions;
        }

        private RingRoom RoomOf(RingShape shape)
        {
            return new RingRoom(shape.Blocks, shape.RecordOctets, shape.Messages, Settings.SmtpSlots * Layouts.LengthMax);
        }
    }
}

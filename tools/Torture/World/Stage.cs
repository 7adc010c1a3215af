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

        /// <summary>Who was told what.</summary>
        internal MailLedger Ledger { get; } = new();

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
            Ledger.Clear();
            Ledger.Drops.IsOn = Plan.Policy.DropsOldest;
            Ledger.Drops.CardErrs = Plan.CardErrs;
            Ledger.Drops.Room = RoomOf(RingShape.All[Plan.Shape]);
            Ledger.Quotas.MessagesMax = Plan.Policy.QuotaMessages;
            Ledger.Quotas.OctetsMax = Plan.Policy.QuotaOctets;
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

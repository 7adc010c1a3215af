using System;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Tools.Torture.Clients;
using MailAppliance.Tools.Torture.Model;

namespace MailAppliance.Tools.Torture.World
{
    /// <summary>What everybody in a run shares; made once a thread, and used again for each run.</summary>
    internal sealed class Stage
    {
        /// <summary>Makes it.</summary>
        internal Stage()
        {
            Random = new SeededRandom(0);
            Devices = new Devices(Random, Trail);
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

        /// <summary>The configuration of this boot.</summary>
        internal int Layout { get; set; }

        /// <summary>Starts a run.</summary>
        internal void Reset(long seed)
        {
            Trail.Clear();
            Ledger.Clear();
            Devices.Reset(seed);
            Plan.Draw(Random, Devices.Card, Devices.Network);
            Layout = Random.Next(Layouts.Count);
        }
    }
}

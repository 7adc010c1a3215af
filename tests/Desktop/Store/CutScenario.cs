using System;
using MailAppliance.Configuration;

namespace MailAppliance.Tests.Store
{
    /// <summary>A ring, what happened on it before, and what happens while the power may go.</summary>
    internal sealed class CutScenario(string name, Action<CutScript> script)
    {
        internal string Name { get; } = name;

        internal int RingBlocks { get; init; } = 128;

        internal int RecordOctets { get; init; } = 1024;

        internal int MessagesMax { get; init; } = 24;

        internal string[] Maildrops { get; init; } = ["alice", "bob"];

        /// <summary>when-full = drop-oldest.</summary>
        internal bool Drops { get; init; }

        /// <summary>An open session may keep the oldest from being dropped.</summary>
        internal bool DropsInAnyOrder { get; init; }

        internal int MessageOctetsMax { get; init; }

        internal long RetentionMilliseconds { get; init; }

        /// <summary>The power goes at each step that is a multiple of this; 1 but for what is too long for that.</summary>
        internal int Stride { get; init; } = 1;

        /// <summary>The boot behind a cut may be cut too.</summary>
        internal bool CutsTwice { get; init; } = true;

        /// <summary>Done before, with the power on; null: not even a file is there.</summary>
        internal Action<CutScript>? Before { get; init; } = script => script.Boot();

        internal Action<CutScript> Script { get; } = script;

        internal ApplianceSettings Settings()
        {
            ApplianceSettings settings = StoreRig.MakeSettings(RingBlocks, RecordOctets, MessagesMax, Maildrops);
            settings.DropOldest = Drops;
            settings.RetentionMilliseconds = RetentionMilliseconds;
            settings.MessageOctetsMax = MessageOctetsMax > 0 ? MessageOctetsMax : settings.MessageOctetsMax;
            return settings;
        }
    }
}

using System;
using System.Collections.Generic;
using MailAppliance.Tools.Fuzz.Targets;

namespace MailAppliance.Tools.Fuzz
{
    /// <summary>What the command was asked for.</summary>
    internal sealed class FuzzOptions
    {
        /// <summary>From which all inputs follow.</summary>
        internal long Seed { get; init; }

        /// <summary>The most inputs, of all targets together.</summary>
        internal long Inputs { get; init; } = long.MaxValue;

        /// <summary>The longest time.</summary>
        internal TimeSpan Time { get; init; } = TimeSpan.MaxValue;

        /// <summary>Threads; a batch is in one, and the same in any.</summary>
        internal int Threads { get; init; } = 1;

        /// <summary>The targets.</summary>
        internal IReadOnlyList<string> Targets { get; init; } = TargetList.Names;
    }
}

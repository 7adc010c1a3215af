using System;

namespace MailAppliance.Tools.Torture
{
    /// <summary>What the command was asked for.</summary>
    internal sealed class TortureOptions
    {
        /// <summary>Seed of the first run; the next one has the next number.</summary>
        internal long Seed { get; init; }

        /// <summary>The most runs.</summary>
        internal long Runs { get; init; } = long.MaxValue;

        /// <summary>The longest time.</summary>
        internal TimeSpan Time { get; init; } = TimeSpan.MaxValue;

        /// <summary>1, or 2 for a second cut in the recovery behind each.</summary>
        internal int CutsEach { get; init; } = 1;

        /// <summary>Threads; a run is in one, and the same in any.</summary>
        internal int Threads { get; init; } = 1;
    }
}

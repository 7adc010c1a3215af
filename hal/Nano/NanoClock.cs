using System;

namespace MailAppliance.Hal.Nano
{
    /// <summary>The board's clocks: milliseconds since it started, and a date that somebody (SNTP, a clock chip) may have set.</summary>
    public sealed class NanoClock : IClock
    {
        /// <summary>A date before this year is what the board starts with, not a date that was set.</summary>
        private const int YearKnown = 2021;

        /// <inheritdoc/>
        public long MonotonicMilliseconds
        {
            get { return Environment.TickCount64; }
        }

        /// <inheritdoc/>
        public bool IsUtcKnown
        {
            get { return DateTime.UtcNow.Year >= YearKnown; }
        }

        /// <inheritdoc/>
        public long UtcSeconds
        {
            get { return (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond; }
        }
    }
}

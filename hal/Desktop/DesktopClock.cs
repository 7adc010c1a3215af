using System;
using System.Diagnostics;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>The computer's clocks: a stopwatch for timeouts, and a date that counts as known.</summary>
    public sealed class DesktopClock : IClock
    {
        private static readonly long s_ticksPerMillisecond = Math.Max(1, Stopwatch.Frequency / 1000);

        /// <inheritdoc/>
        public long MonotonicMilliseconds
        {
            get { return Stopwatch.GetTimestamp() / s_ticksPerMillisecond; }
        }

        /// <inheritdoc/>
        public bool IsUtcKnown
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public long UtcSeconds
        {
            get { return (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond; }
        }
    }
}

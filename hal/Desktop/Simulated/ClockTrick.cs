namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>What <see cref="UnsteadyClock"/> does to time.</summary>
    public enum ClockTrick
    {
        /// <summary>The date jumps, forward or back, by up to some years.</summary>
        DateJumps,

        /// <summary>The date is not known any more, or known again.</summary>
        DateLost,

        /// <summary>Monotonic time stands still for some time.</summary>
        StandsStill,

        /// <summary>Monotonic time leaps, as after a call that froze everything.</summary>
        Leaps,
    }
}

namespace MailAppliance.Store
{
    /// <summary>
    /// For how long the date has gone in step with our own time, which never jumps: what can't be undone is not done by a date
    /// that has just come, or changed.
    /// </summary>
    internal sealed class DateTrust
    {
        // Between two looks the date may gain or lose so much: seconds that are cut off, and clocks that are put right a little.
        private const long ToleranceMilliseconds = 30 * 1000;

        private long _lastUtcSeconds;
        private long _lastMilliseconds;

        /// <summary>The date was known once since boot.</summary>
        internal bool HasDate;

        /// <summary>The date has jumped since then, forward or back.</summary>
        internal bool HasJumped;

        /// <summary>Milliseconds of our own time since the date came, or jumped last.</summary>
        internal long SteadyMilliseconds;

        /// <summary>Takes a look; once a minute or so.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <param name="utcSeconds">The date, which is known.</param>
        internal void Look(long now, long utcSeconds)
        {
            long passed = now - _lastMilliseconds;
            long gained = ((utcSeconds - _lastUtcSeconds) * 1000) - passed;
            if (!HasDate)
            {
                HasDate = true;
                SteadyMilliseconds = 0;
            }
            else if (gained > ToleranceMilliseconds || gained < -ToleranceMilliseconds)
            {
                HasJumped = true;
                SteadyMilliseconds = 0;
            }
            else
            {
                SteadyMilliseconds += passed;
            }

            _lastUtcSeconds = utcSeconds;
            _lastMilliseconds = now;
        }
    }
}

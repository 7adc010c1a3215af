namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>A clock that moves only when it is told to.</summary>
    public sealed class ManualClock : IClock
    {
        private long _utcMilliseconds;

        /// <summary>Makes a clock: monotonic time 0, date 2026-11-21T01:28:00Z and known.</summary>
        public ManualClock()
        {
            Reset();
        }

        /// <inheritdoc/>
        public long MonotonicMilliseconds { get; private set; }

        /// <summary>Whether the date is known; a test sets it.</summary>
        public bool IsUtcKnown { get; set; }

        /// <summary>The date; a test may make it jump, which does not touch the monotonic time.</summary>
        public long UtcSeconds
        {
            get { return _utcMilliseconds / 1000; }
            set { _utcMilliseconds = value * 1000; }
        }

        /// <summary>Starts anew: as it was made.</summary>
        public void Reset()
        {
            MonotonicMilliseconds = 0;
            UtcSeconds = 1_795_224_480;
            IsUtcKnown = true;
        }

        /// <summary>Lets time pass, on both.</summary>
        /// <param name="milliseconds">How much; not negative.</param>
        public void Advance(long milliseconds)
        {
            MonotonicMilliseconds += milliseconds;
            _utcMilliseconds += milliseconds;
        }
    }
}

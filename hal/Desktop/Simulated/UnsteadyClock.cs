namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>A clock that jumps and stands still; monotonic time never goes back, as <see cref="IClock"/> promises.</summary>
    public sealed class UnsteadyClock : IClock
    {
        private const int DateJumpSecondsMax = 200_000_000;
        private const int StandMillisecondsMax = 5_000;

        private readonly ManualClock _clock;
        private readonly SeededRandom _random;
        private long _shown;
        private long _standsUntil;

        /// <summary>Makes it around a clock.</summary>
        /// <param name="clock">The clock that goes right.</param>
        /// <param name="random">Where lots are drawn from; shared with the run.</param>
        public UnsteadyClock(ManualClock clock, SeededRandom random)
        {
            _clock = clock;
            _random = random;
        }

        /// <inheritdoc/>
        public long MonotonicMilliseconds
        {
            get
            {
                _shown = _clock.MonotonicMilliseconds < _standsUntil ? _shown : _clock.MonotonicMilliseconds;
                return _shown;
            }
        }

        /// <inheritdoc/>
        public bool IsUtcKnown
        {
            get { return _clock.IsUtcKnown; }
        }

        /// <inheritdoc/>
        public long UtcSeconds
        {
            get { return _clock.UtcSeconds; }
        }

        /// <summary>Plays a trick.</summary>
        /// <param name="trick">Which one.</param>
        /// <param name="milliseconds">How far time leaps, where it does.</param>
        public void Play(ClockTrick trick, int milliseconds)
        {
            switch (trick)
            {
                case ClockTrick.DateJumps:
                    _clock.UtcSeconds += _random.Between(-DateJumpSecondsMax, DateJumpSecondsMax);
                    break;
                case ClockTrick.DateLost:
                    _clock.IsUtcKnown = !_clock.IsUtcKnown;
                    break;
                case ClockTrick.StandsStill:
                    _shown = MonotonicMilliseconds;
                    _standsUntil = _clock.MonotonicMilliseconds + _random.Between(1, StandMillisecondsMax);
                    break;
                default:
                    _clock.Advance(milliseconds);
                    break;
            }
        }
    }
}

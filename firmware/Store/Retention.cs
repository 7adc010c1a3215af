using MailAppliance.Configuration;

namespace MailAppliance.Store
{
    /// <summary>
    /// Removes messages that are older than the retention time, the oldest first, one a second at most. Nothing goes by a date
    /// that may be wrong (DESIGN.md, "Retention"), nor what an open POP3 session sees.
    /// </summary>
    internal sealed class Retention
    {
        // Between two looks at the date, and between two at the oldest messages.
        private const long LookMilliseconds = 60 * 1000;
        private const long RestMilliseconds = 15 * 60 * 1000;

        // Between two messages that are removed, each with a sync.
        private const long PaceMilliseconds = 1000;

        // The date must have gone in step with our own time for so long, or for the retention time where that is less.
        private const long SteadyMillisecondsMin = 24L * 3600 * 1000;

        private const int Resting = 0;
        private const int Vouching = 1;
        private const int Passing = 2;

        private readonly MessageIndex _index;
        private readonly CommitQueue _queue;
        private readonly Relocation _relocation;
        private readonly Disposal _disposal;
        private readonly OpenViews _views;
        private readonly ArrivalReader _arrival;
        private readonly DateTrust _date = new DateTrust();
        private readonly long _milliseconds;
        private long _nextAt;
        private long _passAt;
        private int _state;
        private bool _isReading;
        private int _cursorId;
        private int _voucherId;
        private bool _hasVoucher;
        private int _expiredBefore;

        internal Retention(
            ApplianceSettings settings, MessageIndex index, CommitQueue queue, Relocation relocation, Disposal disposal, OpenViews views, ArrivalReader arrival)
        {
            _milliseconds = settings.RetentionMilliseconds;
            _index = index;
            _queue = queue;
            _relocation = relocation;
            _disposal = disposal;
            _views = views;
            _arrival = arrival;
        }

        /// <summary>Messages that the last pass removed, once it has ended; 0 while there is nothing to tell.</summary>
        internal int PassedCount;

        /// <summary>Forgets what it was looking at: another card may have been put in. What speaks for the date is then its steadiness alone.</summary>
        internal void Reset()
        {
            _state = Resting;
            _isReading = false;
            _hasVoucher = false;
            PassedCount = 0;
        }

        /// <summary>The housekeeping's share of a turn: a few blocks read, or one message removed.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <param name="utcKnown">Whether the date is known.</param>
        /// <param name="utcSeconds">The date.</param>
        /// <returns>Whether the next turn has something to do at once.</returns>
        internal bool Turn(long now, bool utcKnown, long utcSeconds)
        {
            PassedCount = 0;
            if (now < _nextAt || _queue.IsFaulted)
            {
                return false;
            }

            if (!utcKnown)
            {
                return End(now);
            }

            LookAtDate(now, utcSeconds);
            if (_state == Resting)
            {
                return Start(now);
            }

            return _state == Vouching ? Vouch(now, utcSeconds) : Pass(now, utcSeconds);
        }

        // What was stored before the date came can speak for it afterwards.
        private void LookAtDate(long now, long utcSeconds)
        {
            if (!_date.HasDate)
            {
                _hasVoucher = _index.Count > 0;
                _voucherId = _hasVoucher ? _index.UniqueIdAt(_index.Count - 1) : 0;
            }

            _date.Look(now, utcSeconds);
        }

        private bool Start(long now)
        {
            long steady = _date.SteadyMilliseconds;
            if (now < _passAt || _index.Count == 0 || steady < (_milliseconds < SteadyMillisecondsMin ? _milliseconds : SteadyMillisecondsMin))
            {
                return End(now);
            }

            _isReading = false;
            _expiredBefore = _disposal.ExpiredCount;
            _cursorId = _index.UniqueIdAt(0);
            if (steady >= _milliseconds)
            {
                _state = Passing;
                return true;
            }

            int voucher = _hasVoucher ? _index.LowerBound(_voucherId + 1) - 1 : -1;
            if (voucher < 0 || _date.HasJumped)
            {
                return End(now);
            }

            _state = Vouching;
            _arrival.Begin(voucher);
            return true;
        }

        // A date that agrees with older mail to less than the retention time can't make all of it too old at once.
        private bool Vouch(long now, long utcSeconds)
        {
            int found = _arrival.Step();
            if (found == ArrivalReader.More)
            {
                return true;
            }

            if (found == ArrivalReader.Unknown || AgeAt(utcSeconds) < 0 || AgeAt(utcSeconds) >= _milliseconds)
            {
                return End(now);
            }

            _state = Passing;
            return true;
        }

        private bool Pass(long now, long utcSeconds)
        {
            // Jumped while the pass was on.
            if (_date.SteadyMilliseconds == 0)
            {
                return End(now);
            }

            int at = _index.LowerBound(_cursorId);
            if (at == _index.Count)
            {
                return End(now);
            }

            if (!_isReading)
            {
                _cursorId = _index.UniqueIdAt(at);
                _arrival.Begin(at);
                _isReading = true;
            }

            int found = _index.UniqueIdAt(at) == _cursorId ? _arrival.Step() : ArrivalReader.Unknown;
            if (found == ArrivalReader.More)
            {
                return true;
            }

            _isReading = false;
            bool isDated = found == ArrivalReader.Known && AgeAt(utcSeconds) >= 0;
            if (isDated && AgeAt(utcSeconds) < _milliseconds)
            {
                // What came behind it is younger.
                return End(now);
            }

            return isDated && !_views.Sees(at) ? Remove(now) : Skip();
        }

        private bool Remove(long now)
        {
            _queue.Settle();
            int at = _index.Find(_cursorId);
            _nextAt = now + PaceMilliseconds;
            if (at < 0 || _queue.IsFaulted || _relocation.IsCopying(_cursorId))
            {
                return false;
            }

            return _disposal.Run(at, true) != StoreResult.Ok && End(now);
        }

        private bool Skip()
        {
            _cursorId++;
            return true;
        }

        private bool End(long now)
        {
            PassedCount = _state == Passing ? _disposal.ExpiredCount - _expiredBefore : 0;
            _passAt = _state == Resting ? _passAt : now + RestMilliseconds;
            _state = Resting;
            _nextAt = now + LookMilliseconds;
            return false;
        }

        private long AgeAt(long utcSeconds)
        {
            return (utcSeconds - _arrival.Seconds) * 1000;
        }
    }
}

namespace MailAppliance.Boards
{
    /// <summary>Makes presses of what a button's contact does: it bounces, and how long it was held says what is meant.</summary>
    internal sealed class PressClassifier
    {
        /// <summary>Nothing to do.</summary>
        internal const int None = 0;

        /// <summary>Pressed and let go: the next page.</summary>
        internal const int Short = 1;

        /// <summary>Held; told while it is still down, and once.</summary>
        internal const int Long = 2;

        /// <summary>From this on a press is a long one.</summary>
        internal const int LongMilliseconds = 1000;

        /// <summary>A contact that is not the same for this long has bounced.</summary>
        internal const int BounceMilliseconds = 30;

        private bool _wasDown;
        private bool _isDown;
        private bool _isTold;
        private long _changedAt;
        private long _downAt;

        /// <summary>Makes one.</summary>
        /// <param name="isDown">Whether the button is down already: that press was another's, and is over when it is let go.</param>
        internal PressClassifier(bool isDown)
        {
            _wasDown = isDown;
            _isDown = isDown;
            _isTold = isDown;
        }

        /// <summary>Takes a look at the button.</summary>
        /// <param name="isDown">Whether it is down now.</param>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <returns>None, Short or Long.</returns>
        internal int Look(bool isDown, long now)
        {
            if (isDown != _wasDown)
            {
                _wasDown = isDown;
                _changedAt = now;
            }

            if (isDown != _isDown && now - _changedAt >= BounceMilliseconds)
            {
                _isDown = isDown;
                if (isDown)
                {
                    _downAt = _changedAt;
                    _isTold = false;
                }
                else if (!_isTold)
                {
                    // A loop that had no time to look has not seen it being held.
                    return _changedAt - _downAt >= LongMilliseconds ? Long : Short;
                }
            }

            if (_isDown && isDown && !_isTold && now - _downAt >= LongMilliseconds)
            {
                _isTold = true;
                return Long;
            }

            return None;
        }
    }
}

// As the sources of the firmware: a reference may be null.
#nullable disable
using MailAppliance.Hal;

namespace MailAppliance.Boards
{
    /// <summary>
    /// Light, display and button together: what they say of the appliance, and what a press does. A short press shows the next page, a
    /// long one acknowledges the light: it says no more of the mail and the fault that are there now.
    /// </summary>
    internal sealed class Panel
    {
        // What is on the display is looked at anew this often; of what changed, one line a turn is sent.
        private const int LookMilliseconds = 500;

        // Octets that come keep the light at it for so long.
        private const int ReceivingMilliseconds = 1000;

        // A page that somebody turned to stays for a while, then the first one is back.
        private const int PageMilliseconds = 60000;

        // A display that does not answer may be away, or come later.
        private const int RetryMilliseconds = 60000;

        private readonly IIndicator _indicator;
        private readonly Condition _condition;
        private readonly Pages _pages;
        private readonly PageText _text;
        private readonly byte[][] _shown;
        private readonly bool[] _isStale;
        private readonly PressClassifier _button;

        private int _page;
        private long _pageUntil;
        private long _lookAt;
        private long _stepAt;
        private int _step;
        private bool _isLit;
        private long _receivedOctets;
        private long _receivingUntil;
        private int _storedSeen = -1;
        private int _faultSeen;

        /// <summary>Makes it, with every buffer.</summary>
        /// <param name="indicator">The devices.</param>
        /// <param name="condition">What they tell of.</param>
        internal Panel(IIndicator indicator, Condition condition)
        {
            _indicator = indicator;
            _condition = condition;
            _pages = new Pages(condition);
            _button = new PressClassifier(indicator.IsPressed);
            _receivedOctets = condition.ReceivedOctets;
            if (indicator.LineCount == 0)
            {
                return;
            }

            _text = new PageText();
            _shown = new byte[PageText.LineCount][];
            _isStale = new bool[PageText.LineCount];
            for (int line = 0; line < PageText.LineCount; line++)
            {
                _shown[line] = new byte[PageText.ColumnCount];
            }
        }

        /// <summary>The page that is shown.</summary>
        internal int Page
        {
            get { return _page; }
        }

        /// <summary>What the light says now, one of <see cref="LightPattern"/>.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <returns>The pattern.</returns>
        internal int PatternAt(long now)
        {
            int fault = _condition.Fault;
            return fault != Condition.Well && fault != _faultSeen ? LightPattern.Fault
                : now < _receivingUntil ? LightPattern.Receiving
                : _condition.WaitingCount > 0 && _condition.StoredCount != _storedSeen ? LightPattern.MailWaiting
                : LightPattern.Heartbeat;
        }

        /// <summary>The panel's share of a turn.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        internal void Turn(long now)
        {
            Press(_button.Look(_indicator.IsPressed, now), now);
            if (now >= _stepAt)
            {
                Step(now);
            }

            if (_text != null)
            {
                Show(now);
            }
        }

        private void Press(int press, long now)
        {
            if (press == PressClassifier.Short)
            {
                _page++;
                _pageUntil = now + PageMilliseconds;
                _lookAt = now;
            }
            else if (press == PressClassifier.Long)
            {
                _storedSeen = _condition.StoredCount;
                _faultSeen = _condition.Fault;
            }
        }

        private void Step(long now)
        {
            // A loop that had much to do goes on from here, and does not catch up.
            _stepAt = now + LightPattern.StepMilliseconds;
            _step++;
            long octets = _condition.ReceivedOctets;
            if (octets != _receivedOctets)
            {
                _receivedOctets = octets;
                _receivingUntil = now + ReceivingMilliseconds;
            }

            // What is over and comes back is new.
            int fault = _condition.Fault;
            _faultSeen = fault == _faultSeen ? fault : Condition.Well;
            bool isLit = LightPattern.IsOn(PatternAt(now), _step);
            if (isLit != _isLit)
            {
                _isLit = isLit;
                _indicator.SetLight(isLit);
            }
        }

        private void Show(long now)
        {
            if (now >= _lookAt)
            {
                _lookAt = now + LookMilliseconds;
                Compose(now);
                return;
            }

            for (int line = 0; line < PageText.LineCount; line++)
            {
                if (_isStale[line])
                {
                    _isStale[line] = false;
                    if (!_indicator.ShowLine(line, _shown[line]))
                    {
                        Forget();
                        _lookAt = now + RetryMilliseconds;
                    }

                    return;
                }
            }
        }

        private void Compose(long now)
        {
            if (_page >= _pages.Count || (_page > 0 && now >= _pageUntil))
            {
                _page = 0;
            }

            _pages.Write(_page, _text);
            for (int line = 0; line < PageText.LineCount; line++)
            {
                byte[] letters = _text.LineAt(line);
                if (!Core.Octets.Equal(letters, 0, letters.Length, _shown[line], 0, letters.Length))
                {
                    letters.CopyTo(_shown[line], 0);
                    _isStale[line] = true;
                }
            }
        }

        // The display has nothing of it any more.
        private void Forget()
        {
            for (int line = 0; line < PageText.LineCount; line++)
            {
                _shown[line][0] = 0;
                _isStale[line] = false;
            }
        }
    }
}

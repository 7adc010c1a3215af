using System;

namespace MailAppliance.Core
{
    /// <summary>
    /// A connection's fixed receive buffer, and the framing of command lines in it. The network fills it behind
    /// <see cref="End"/>, a session takes from <see cref="Start"/>; nothing is ever dropped but by <see cref="Take"/>.
    /// </summary>
    /// <remarks>
    /// One octet in front of <see cref="Start"/> always exists, so that a scanner may look at what stands before a line feed
    /// without asking whether there is anything.
    /// </remarks>
    public sealed class InputBuffer
    {
        private readonly byte[] _octets;
        private readonly int _capacity;
        private int _start;
        private int _end;
        private int _searched;
        private int _skipped;
        private bool _skipping;
        private int _lineOffset;
        private int _lineCount;

        /// <summary>Makes a buffer; done at boot.</summary>
        /// <param name="capacity">Octets it holds, at least one whole line and its line end.</param>
        public InputBuffer(int capacity)
        {
            _capacity = capacity;
            _octets = new byte[capacity + 1];
            Clear();
        }

        /// <summary>The octets themselves, for whoever scans or fills them.</summary>
        public byte[] Buffer
        {
            get { return _octets; }
        }

        /// <summary>Index of the first octet not taken.</summary>
        public int Start
        {
            get { return _start; }
        }

        /// <summary>Index behind the last octet received.</summary>
        public int End
        {
            get { return _end; }
        }

        /// <summary>Octets received and not taken.</summary>
        public int Count
        {
            get { return _end - _start; }
        }

        /// <summary>Where the last line begins.</summary>
        public int LineOffset
        {
            get { return _lineOffset; }
        }

        /// <summary>The last line's octets, without its line end.</summary>
        public int LineCount
        {
            get { return _lineCount; }
        }

        /// <summary>Forgets everything, for the next connection.</summary>
        public void Clear()
        {
            _octets[0] = 0;
            _start = 1;
            _end = 1;
            _searched = 1;
            _skipped = 0;
            _skipping = false;
        }

        /// <summary>Makes room behind <see cref="End"/>, moving what is left to the front only where that is needed.</summary>
        /// <returns>Octets that may be put at <see cref="End"/>; 0 where the buffer is full.</returns>
        public int MakeRoom()
        {
            if (_start == _end)
            {
                _start = 1;
                _end = 1;
                _searched = 1;
            }
            else if (_start > 1 && _end > _capacity - (_capacity / 2))
            {
                int count = _end - _start;
                Array.Copy(_octets, _start, _octets, 1, count);
                _searched -= _start - 1;
                _start = 1;
                _end = 1 + count;
            }

            return _capacity + 1 - _end;
        }

        /// <summary>Notes octets that were put at <see cref="End"/>.</summary>
        /// <param name="count">How many.</param>
        public void Fill(int count)
        {
            _end += count;
        }

        /// <summary>Takes octets off the front.</summary>
        /// <param name="count">How many, at most <see cref="Count"/>.</param>
        public void Take(int count)
        {
            if (count < 0 || count > End - Start)
            {
                Invariant.Broken("input taken that is not there");
            }
            _start += count;
            if (_searched < _start)
            {
                _searched = _start;
            }
        }

        /// <summary>Looks for a command line and takes it off the front; its octets stay where they are until the buffer is filled again.</summary>
        /// <param name="lineOctetsMax">The longest line, with its line end; smaller than the capacity.</param>
        /// <param name="bareLf">Whether a line feed without a carriage return ends a line too (device mode).</param>
        /// <returns>One of <see cref="LineResult"/>.</returns>
        public int NextLine(int lineOctetsMax, bool bareLf)
        {
            while (_searched < _end)
            {
                int lf = Array.IndexOf(_octets, Octets.BoxedLf, _searched, _end - _searched);
                if (lf < 0)
                {
                    _searched = _end;
                    break;
                }

                _searched = lf + 1;
                bool crLf = lf > _start ? _octets[lf - 1] == Octets.Cr : _skipping && _octets[0] == Octets.Cr;
                if (crLf || bareLf)
                {
                    return EndLine(lf, crLf, lineOctetsMax);
                }
            }

            if (_end - _start >= lineOctetsMax || (_skipping && _end > _start))
            {
                return Skip();
            }

            return LineResult.NeedOctets;
        }

        private int EndLine(int lf, bool crLf, int lineOctetsMax)
        {
            int octets = lf + 1 - _start;
            bool tooLong = _skipping || octets > lineOctetsMax;
            _lineOffset = _start;
            _lineCount = crLf && octets >= 2 ? octets - 2 : octets - 1;
            _start = lf + 1;
            _skipping = false;
            _skipped = 0;
            _octets[0] = 0;
            return tooLong ? LineResult.TooLong : LineResult.Line;
        }

        // Only the last octet of what is skipped matters: a CR there may be half of the line's end. It is kept in the
        // octet before the buffer, which nothing else uses.
        private int Skip()
        {
            _skipping = true;
            _skipped += _end - _start;
            _octets[0] = _octets[_end - 1];
            _start = _end;
            _searched = _end;
            return _skipped > Limits.SkippedLineOctetsMax ? LineResult.Endless : LineResult.NeedOctets;
        }
    }
}

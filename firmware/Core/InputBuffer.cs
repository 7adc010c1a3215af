using System;

namespace MailAppliance.Core
{
    /// <summary>
    /// A connection's fixed receive buffer, and the framing of command lines in it. The network fills it behind
    /// <see cref="End"/>, a session takes from <see cref="Start"/>; nothing is ever dropped but by taking it.
    /// </summary>
    /// <remarks>
    /// One octet in front of <see cref="Start"/> always exists, so that a scanner may look at what stands before a line feed
    /// without asking whether there is anything. Fields, not properties, where mail data passes: the interpreter reads a field in
    /// a quarter of the time.
    /// </remarks>
    public sealed class InputBuffer
    {
        /// <summary>The octets themselves, for whoever scans or fills them.</summary>
        public readonly byte[] Buffer;

        /// <summary>Index of the first octet not taken; moved by <see cref="Take"/>, and by whoever passes mail data on.</summary>
        public int Start;

        /// <summary>Index behind the last octet received; moved by <see cref="Fill"/>.</summary>
        public int End;

        /// <summary>Whether the begin of a line that is too long was taken already.</summary>
        internal bool IsSkipping;

        private readonly int _capacity;
        private readonly int _half;
        private int _searched;
        private int _skipped;

        /// <summary>Makes a buffer; done at boot.</summary>
        /// <param name="capacity">Octets it holds, at least one whole line and its line end.</param>
        public InputBuffer(int capacity)
        {
            _capacity = capacity;
            _half = capacity - (capacity / 2);
            Buffer = new byte[capacity + 1];
            Clear();
        }

        /// <summary>Octets received and not taken.</summary>
        public int Count
        {
            get { return End - Start; }
        }

        /// <summary>Where the last line begins.</summary>
        public int LineOffset;

        /// <summary>The last line's octets, without its line end.</summary>
        public int LineCount;

        /// <summary>Octets moved to the front since boot, for who counts copies.</summary>
        public long MovedOctets;

        /// <summary>Forgets everything, for the next connection.</summary>
        public void Clear()
        {
            Buffer[0] = 0;
            Start = 1;
            End = 1;
            _searched = 1;
            _skipped = 0;
            IsSkipping = false;
        }

        /// <summary>Makes room behind <see cref="End"/>, moving what is left to the front only where that is needed.</summary>
        /// <returns>Octets that may be put at <see cref="End"/>; 0 where the buffer is full.</returns>
        public int MakeRoom()
        {
            int start = Start;
            int count = End - start;
            if (count == 0)
            {
                Start = 1;
                End = 1;
                _searched = 1;
                return _capacity;
            }

            if (start > 1 && start + count > _half)
            {
                Array.Copy(Buffer, start, Buffer, 1, count);
                MovedOctets += count;
                _searched -= start - 1;
                Start = 1;
                End = 1 + count;
            }

            return _capacity + 1 - End;
        }

        /// <summary>Notes octets that were put at <see cref="End"/>.</summary>
        /// <param name="count">How many.</param>
        public void Fill(int count)
        {
            End += count;
        }

        /// <summary>Takes octets off the front.</summary>
        /// <param name="count">How many, at most <see cref="Count"/>.</param>
        public void Take(int count)
        {
            if (count < 0 || count > End - Start)
            {
                Invariant.Broken("input taken that is not there");
            }

            Start += count;
        }

        /// <summary>Looks for a command line and takes it off the front; its octets stay where they are until the buffer is filled again.</summary>
        /// <param name="lineOctetsMax">The longest line, with its line end; smaller than the capacity.</param>
        /// <param name="bareLf">Whether a line feed without a carriage return ends a line too (device mode).</param>
        /// <returns>One of <see cref="LineResult"/>.</returns>
        public int NextLine(int lineOctetsMax, bool bareLf)
        {
            // What was taken since the last call need not be searched.
            if (_searched < Start)
            {
                _searched = Start;
            }

            while (_searched < End)
            {
                int lf = Array.IndexOf(Buffer, Octets.SoughtLf, _searched, End - _searched);
                if (lf < 0)
                {
                    _searched = End;
                    break;
                }

                _searched = lf + 1;
                bool crLf = lf > Start ? Buffer[lf - 1] == Octets.Cr : IsSkipping && Buffer[0] == Octets.Cr;
                if (crLf || bareLf)
                {
                    return EndLine(lf, crLf, lineOctetsMax);
                }
            }

            if (End - Start >= lineOctetsMax || (IsSkipping && End > Start))
            {
                return Skip();
            }

            return LineResult.NeedOctets;
        }

        private int EndLine(int lf, bool crLf, int lineOctetsMax)
        {
            int octets = lf + 1 - Start;
            bool tooLong = IsSkipping || octets > lineOctetsMax;
            LineOffset = Start;
            LineCount = crLf && octets >= 2 ? octets - 2 : octets - 1;
            Start = lf + 1;
            IsSkipping = false;
            _skipped = 0;
            Buffer[0] = 0;
            return tooLong ? LineResult.TooLong : LineResult.Line;
        }

        // Only the last octet of what is skipped matters: a CR there may be half of the line's end. It is kept in the
        // octet before the buffer, which nothing else uses.
        private int Skip()
        {
            IsSkipping = true;
            _skipped += End - Start;
            Buffer[0] = Buffer[End - 1];
            Start = End;
            _searched = End;
            return _skipped > Limits.SkippedLineOctetsMax ? LineResult.Endless : LineResult.NeedOctets;
        }
    }
}

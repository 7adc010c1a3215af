using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <summary>Cuts mail data into pieces to store: whole ranges of the input where it is clean, and what is put between them.</summary>
    /// <remarks>
    /// A run is what one scan found, or an insertion. It goes out as one piece, but where fields are due at the header's end: then
    /// the fields go out in its midst. What is held behind the piece comes in this order: fields, the run's rest, an insertion
    /// or the end. A piece of the input is never copied here.
    /// </remarks>
    public sealed class MailDataReader
    {
        private const int NoRefusal = -1;

        private readonly InputBuffer _input;
        private readonly MailDataScanner _scanner;
        private readonly int _contentOctetsMax;

        private readonly bool _isStrict;

        private bool _isInput;
        private int _contentLeft;

        // Each run has to be looked at, beyond the scan: the header has not ended, or a bare LF would be refused.
        private bool _isWatched;

        // Something comes before the next scan: what is behind the piece, or a refusal.
        private bool _isHeld;
        private int _refusal;
        private bool _fieldsDue;
        private byte[] _restBuffer;
        private int _restOffset;
        private int _restCount;
        private bool _restIsInput;
        private bool _insertionDue;
        private bool _isEnded;

        private byte[] _fields;
        private int _fieldsOffset;
        private int _fieldsCount;

        /// <summary>Makes a reader; done at boot.</summary>
        /// <param name="input">The session's input; taken from as pieces are taken.</param>
        /// <param name="settings">The mode and the largest size.</param>
        public MailDataReader(InputBuffer input, ApplianceSettings settings)
        {
            _input = input;
            _isStrict = settings.Strict;
            _scanner = new MailDataScanner(_isStrict);
            Header = new HeaderScanner();
            _contentOctetsMax = settings.MessageOctetsMax;
            Begin();
        }

        /// <summary>Buffer of the piece; the session's or a constant, to be read only.</summary>
        public byte[] Buffer;

        /// <summary>First octet of the piece. Valid until the next <see cref="Advance"/>, which gives the rest of a piece again.</summary>
        public int Offset;

        /// <summary>Octets of the piece.</summary>
        public int Count;

        /// <summary>What is known of the mail's header.</summary>
        public readonly HeaderScanner Header;

        /// <summary>Transparency dots of the mail data; whole where the mail is.</summary>
        public int StuffedDots
        {
            get { return _scanner.StuffedDots; }
        }

        /// <summary>Whether nothing is left to hand out but the piece, so that more has to be received behind it; false where that is not
        /// known.</summary>
        public bool IsLast;

        /// <summary>Lets the scanner pass over plain lines; at boot.</summary>
        /// <param name="search">The platform's search.</param>
        internal void UseLineSearch(Hal.ILineSearch search)
        {
            _scanner.Search = search;
        }

        /// <summary>Starts over, at the octet behind a DATA command's line.</summary>
        public void Begin()
        {
            _scanner.Begin();
            Header.Begin();
            Offer(_input.Buffer, 0, 0, true);
            _contentLeft = _contentOctetsMax;
            _isWatched = true;
            _isHeld = false;
            _refusal = NoRefusal;
            _fieldsDue = false;
            _restCount = 0;
            _restIsInput = false;
            _insertionDue = false;
            _isEnded = false;
            _fields = null;
            _fieldsOffset = 0;
            _fieldsCount = 0;
        }

        /// <summary>Leaves fields to be put before the header's end, once that comes.</summary>
        /// <param name="fields">Whole fields; kept unchanged by the caller until the mail is over.</param>
        /// <param name="dateCount">Octets at its front that go out only where the mail has no Date.</param>
        /// <param name="messageIdCount">Octets behind them that go out only where it has no Message-ID.</param>
        public void LeaveFields(byte[] fields, int dateCount, int messageIdCount)
        {
            _fields = fields;
            _fieldsOffset = dateCount;
            _fieldsCount = dateCount + messageIdCount;
        }

        /// <summary>Finds the next piece. Asked again before anything was taken or received, it says the same again.</summary>
        /// <returns>One of <see cref="DataStep"/>.</returns>
        public int Advance()
        {
            if (_isHeld || Count > 0)
            {
                return AdvanceHeld();
            }

            // Once for what each receive brought: clean mail data behind the header goes this way and no other.
            InputBuffer input = _input;
            int start = input.Start;
            int end = input.End;
            if (start == end)
            {
                return DataStep.NeedOctets;
            }

            MailDataScanner scanner = _scanner;
            int stop = scanner.Scan(input.Buffer, start, end);
            int count = stop - start;
            if (_isWatched || scanner.Result != ScanResult.NeedOctets || count == 0 || _contentLeft < count)
            {
                return AdvanceRange(start, count);
            }

            _contentLeft -= count;
            Offset = start;
            Count = count;
            IsLast = stop == end;
            return DataStep.Piece;
        }

        /// <summary>Notes that octets of the piece were stored.</summary>
        /// <param name="count">How many, 0 to <see cref="Count"/>.</param>
        public void Taken(int count)
        {
            int left = Count - count;
            if (count < 0 || left < 0)
            {
                Invariant.Broken("mail data taken that was not offered");
            }

            Count = left;
            Offset += count;
            if (_isInput)
            {
                _input.Start += count;
            }
        }

        /// <summary>Reads the mail data away up to its true end, what was offered and not taken included.</summary>
        /// <returns><see cref="DataStep.NeedOctets"/> or <see cref="DataStep.End"/>.</returns>
        public int Drain()
        {
            _input.Take((_isInput ? Count : 0) + (_restIsInput ? _restCount : 0) + (_insertionDue ? _scanner.SkipCount : 0));
            Count = 0;
            _restCount = 0;
            _insertionDue = false;
            while (!_isEnded)
            {
                int start = _input.Start;
                int count = _scanner.Scan(_input.Buffer, start, _input.End) - start;
                _input.Take(count);
                _isEnded = _scanner.Result == ScanResult.End;
                if (_scanner.Result == ScanResult.Edit)
                {
                    _input.Take(_scanner.SkipCount);
                }
                else if (!_isEnded)
                {
                    return DataStep.NeedOctets;
                }
            }

            return DataStep.End;
        }

        private int AdvanceRange(int start, int count)
        {
            if (_scanner.Result != ScanResult.NeedOctets)
            {
                _isEnded = _scanner.Result == ScanResult.End;
                _insertionDue = !_isEnded;
                _isHeld = true;
            }
            else if (count == 0)
            {
                return DataStep.NeedOctets;
            }

            int step = BeginRun(_input.Buffer, start, count, true);
            return step == DataStep.Piece && Count == 0 ? AdvanceHeld() : step;
        }

        // The rest of the piece, or what is behind it.
        private int AdvanceHeld()
        {
            if (_refusal != NoRefusal)
            {
                return _refusal;
            }

            // Where the rest is input, it may have been moved since.
            int step = DataStep.Piece;
            Offset = _isInput ? _input.Start : Offset;
            while (Count == 0 && step == DataStep.Piece)
            {
                step = NextHeld();
            }

            return step;
        }

        private int NextHeld()
        {
            int step = DataStep.Piece;
            if (_fieldsDue)
            {
                _fieldsDue = false;
                Offer(_fields, _fieldsOffset, _fieldsCount - _fieldsOffset, false);
            }
            else if (_restCount > 0)
            {
                Offer(_restBuffer, _restIsInput ? _input.Start : _restOffset, _restCount, _restIsInput);
                _restCount = 0;
            }
            else if (_insertionDue)
            {
                _insertionDue = false;
                _input.Take(_scanner.SkipCount);
                step = BeginRun(_scanner.Insertion, 0, _scanner.Insertion.Length, false);
            }
            else if (_isEnded)
            {
                return DataStep.End;
            }
            else
            {
                _isHeld = false;
                Offer(_input.Buffer, _input.Start, 0, true);
                return Advance();
            }

            return step;
        }

        private int BeginRun(byte[] buffer, int offset, int count, bool isInput)
        {
            Offer(buffer, offset, count, isInput);
            _contentLeft -= count;
            if (_scanner.HasBareLf)
            {
                return Refuse(DataStep.BareLf);
            }

            // Neither transparency nor the end is content; what is below zero may be all of these.
            if (_contentLeft < 0 && _contentLeft + _scanner.StuffedDots + (_isEnded ? WireForm.EndOctets : 0) < 0)
            {
                return Refuse(DataStep.TooBig);
            }

            if (!Header.IsEnded)
            {
                return WatchHeader();
            }

            _isWatched = _isStrict;
            return DataStep.Piece;
        }

        private int Refuse(int step)
        {
            _isHeld = true;
            _refusal = step;
            return step;
        }

        private void Offer(byte[] buffer, int offset, int count, bool isInput)
        {
            Buffer = buffer;
            Offset = offset;
            Count = count;
            _isInput = isInput;
            IsLast = false;
        }

        private int WatchHeader()
        {
            int headerEnd = Header.Scan(Buffer, Offset, Offset + Count);
            if (Header.ReceivedCount > Limits.ReceivedFieldsMax)
            {
                return Refuse(DataStep.Looping);
            }

            if (headerEnd >= 0 && Header.HasHeader && _fields != null)
            {
                DropPresentFields();
                if (_fieldsOffset < _fieldsCount)
                {
                    SplitRun(headerEnd - Offset);
                }
            }

            return DataStep.Piece;
        }

        private void SplitRun(int count)
        {
            _restBuffer = Buffer;
            _restOffset = Offset + count;
            _restCount = Count - count;
            _restIsInput = _isInput;
            _fieldsDue = true;
            _isHeld = true;
            Count = count;
        }

        // The Date lies before the Message-ID, so that whichever is missing is one range.
        private void DropPresentFields()
        {
            int messageIdOffset = _fieldsOffset;
            if (!Header.HasDate)
            {
                _fieldsOffset = 0;
            }

            if (Header.HasMessageId)
            {
                _fieldsCount = messageIdOffset;
            }
        }
    }
}

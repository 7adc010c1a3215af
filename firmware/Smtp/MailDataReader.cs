using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Store;

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
        private readonly InputBuffer _input;
        private readonly MailDataScanner _scanner;
        private readonly HeaderScanner _header;
        private readonly int _contentOctetsMax;

        private bool _isInput;
        private int _contentLeft;

        private bool _isHeld;
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
            _scanner = new MailDataScanner(settings.Strict);
            _header = new HeaderScanner();
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
        public HeaderScanner Header
        {
            get { return _header; }
        }

        /// <summary>Transparency dots of the mail data; whole where the mail is.</summary>
        public int StuffedDots
        {
            get { return _scanner.StuffedDots; }
        }

        /// <summary>Whether the next <see cref="Advance"/> could only say <see cref="DataStep.NeedOctets"/>.</summary>
        public bool NeedsOctets
        {
            get { return Count == 0 && !_isHeld && _input.Start == _input.End; }
        }

        /// <summary>Starts over, at the octet behind a DATA command's line.</summary>
        public void Begin()
        {
            _scanner.Begin();
            _header.Begin();
            Count = 0;
            _isInput = false;
            _contentLeft = _contentOctetsMax;
            _isHeld = false;
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

        /// <summary>Finds the next piece.</summary>
        /// <returns>One of <see cref="DataStep"/>.</returns>
        public int Advance()
        {
            if (Count > 0)
            {
                // The rest of a piece; where it is input, it may have been moved since.
                Offset = _isInput ? _input.Start : Offset;
                return DataStep.Piece;
            }

            int step;
            do
            {
                step = _isHeld ? NextHeld() : NextRange();
            }
            while (step == DataStep.Piece && Count == 0);
            return step;
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

        // Once for what each receive brought: the interpreter's way through clean mail data.
        private int NextRange()
        {
            InputBuffer input = _input;
            int start = input.Start;
            int end = input.End;
            if (start == end)
            {
                return DataStep.NeedOctets;
            }

            MailDataScanner scanner = _scanner;
            int count = scanner.Scan(input.Buffer, start, end) - start;
            if (scanner.Result != ScanResult.NeedOctets)
            {
                _isEnded = scanner.Result == ScanResult.End;
                _insertionDue = !_isEnded;
                _isHeld = true;
            }
            else if (count == 0)
            {
                return DataStep.NeedOctets;
            }

            return BeginRun(input.Buffer, start, count, true);
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

            _isHeld = _fieldsDue || _restCount > 0 || _insertionDue || _isEnded;
            return step;
        }

        private int BeginRun(byte[] buffer, int offset, int count, bool isInput)
        {
            Offer(buffer, offset, count, isInput);
            _contentLeft -= count;
            if (_scanner.HasBareLf)
            {
                return DataStep.BareLf;
            }

            if (_contentLeft < 0 && _contentLeft + _scanner.StuffedDots + (_isEnded ? WireForm.EndOctets : 0) < 0)
            {
                return DataStep.TooBig;
            }

            return _header.IsEnded ? DataStep.Piece : WatchHeader();
        }

        private void Offer(byte[] buffer, int offset, int count, bool isInput)
        {
            Buffer = buffer;
            Offset = offset;
            Count = count;
            _isInput = isInput;
        }

        private int WatchHeader()
        {
            int headerEnd = _header.Scan(Buffer, Offset, Offset + Count);
            if (_header.ReceivedCount > Limits.ReceivedFieldsMax)
            {
                return DataStep.Looping;
            }

            if (headerEnd >= 0 && _header.HasHeader && _fields != null)
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
            if (!_header.HasDate)
            {
                _fieldsOffset = 0;
            }

            if (_header.HasMessageId)
            {
                _fieldsCount = messageIdOffset;
            }
        }
    }
}

using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <summary>Cuts mail data into pieces to store: whole ranges of the input where it is clean, and what is put between them.</summary>
    /// <remarks>
    /// At any time there is at most one run of octets, of the input or of an insertion. Where fields are due at the header's end they
    /// go out when <see cref="_fieldsAt"/> octets of the run are gone. A piece of the input is never copied here.
    /// </remarks>
    public sealed class MailDataReader
    {
        private const int NoFields = -1;

        private readonly InputBuffer _input;
        private readonly MailDataScanner _scanner;
        private readonly HeaderScanner _header;
        private readonly int _contentOctetsMax;

        private byte[] _runBuffer;
        private int _runOffset;
        private int _runCount;
        private bool _runIsInput;
        private bool _insertionDue;
        private bool _isEnded;
        private long _wireOctets;

        private byte[] _fields;
        private int _fieldsOffset;
        private int _fieldsCount;
        private int _fieldsAt;

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

        /// <summary>Starts over, at the octet behind a DATA command's line.</summary>
        public void Begin()
        {
            _scanner.Begin();
            _header.Begin();
            _runBuffer = null;
            _runOffset = 0;
            _runCount = 0;
            _runIsInput = false;
            _insertionDue = false;
            _isEnded = false;
            _wireOctets = 0;
            _fields = null;
            _fieldsOffset = 0;
            _fieldsCount = 0;
            _fieldsAt = NoFields;
            Count = 0;
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
            while (true)
            {
                if (_fieldsAt == 0)
                {
                    return Offer(_fields, _fieldsOffset, _fieldsCount - _fieldsOffset);
                }

                if (_runCount > 0)
                {
                    return Offer(_runBuffer, _runIsInput ? _input.Start : _runOffset, _fieldsAt > 0 ? _fieldsAt : _runCount);
                }

                if (_isEnded)
                {
                    return DataStep.End;
                }

                int step = _insertionDue ? BeginInsertion() : BeginRange();
                if (step != DataStep.Piece)
                {
                    return step;
                }
            }
        }

        /// <summary>Notes that octets of the piece were stored.</summary>
        /// <param name="count">How many, 0 to <see cref="Count"/>.</param>
        public void Taken(int count)
        {
            if (count < 0 || count > Count)
            {
                Invariant.Broken("mail data taken that was not offered");
            }
            Count -= count;
            Offset += count;
            if (_fieldsAt == 0)
            {
                _fieldsOffset += count;
                _fieldsAt = _fieldsOffset == _fieldsCount ? NoFields : 0;
                return;
            }

            _runCount -= count;
            _fieldsAt = _fieldsAt > 0 ? _fieldsAt - count : NoFields;
            if (_runIsInput)
            {
                _input.Take(count);
            }
            else
            {
                _runOffset += count;
            }
        }

        /// <summary>Reads the mail data away up to its true end, what was offered and not taken included.</summary>
        /// <returns><see cref="DataStep.NeedOctets"/> or <see cref="DataStep.End"/>.</returns>
        public int Drain()
        {
            if (_runIsInput)
            {
                _input.Take(_runCount);
            }

            if (_insertionDue)
            {
                _input.Take(_scanner.SkipCount);
            }

            _runCount = 0;
            _insertionDue = false;
            _fieldsAt = NoFields;
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

        private int Offer(byte[] buffer, int offset, int count)
        {
            Buffer = buffer;
            Offset = offset;
            Count = count;
            return DataStep.Piece;
        }

        private int BeginRange()
        {
            int start = _input.Start;
            int count = _scanner.Scan(_input.Buffer, start, _input.End) - start;
            _isEnded = _scanner.Result == ScanResult.End;
            _insertionDue = _scanner.Result == ScanResult.Edit;
            if (count == 0 && !_insertionDue)
            {
                return DataStep.NeedOctets;
            }

            return BeginRun(_input.Buffer, start, count, true);
        }

        private int BeginInsertion()
        {
            _insertionDue = false;
            _input.Take(_scanner.SkipCount);
            return BeginRun(_scanner.Insertion, 0, _scanner.Insertion.Length, false);
        }

        private int BeginRun(byte[] buffer, int offset, int count, bool isInput)
        {
            _runBuffer = buffer;
            _runOffset = offset;
            _runCount = count;
            _runIsInput = isInput;
            _wireOctets += count;
            if (_scanner.HasBareLf)
            {
                return DataStep.BareLf;
            }

            if (_wireOctets - _scanner.StuffedDots - (_isEnded ? 3 : 0) > _contentOctetsMax)
            {
                return DataStep.TooBig;
            }

            return _header.IsEnded ? DataStep.Piece : WatchHeader();
        }

        private int WatchHeader()
        {
            int headerEnd = _header.Scan(_runBuffer, _runOffset, _runOffset + _runCount);
            if (_header.ReceivedCount > Limits.ReceivedFieldsMax)
            {
                return DataStep.Looping;
            }

            if (headerEnd >= 0 && _header.HasHeader && _fields != null)
            {
                DropPresentFields();
                _fieldsAt = _fieldsOffset < _fieldsCount ? headerEnd - _runOffset : NoFields;
            }

            return DataStep.Piece;
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

using System;
using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Boards
{
    /// <summary>
    /// The log on the card: <c>LOG.RNG</c>, a ring of blocks that the file is laid out with once (SPEC.md has its octets). Lines are put
    /// into blocks in RAM; <see cref="Turn"/> writes one block at most, and nothing waits for it.
    /// </summary>
    /// <remarks>
    /// <para>A block is written when it is full, and before that 10 seconds after the first line that the card does not have, 1 second where that is
    /// a warning or an error: then again in its place, so that it costs a power cut no more than its own lines.</para>
    /// <para>A card that is missing or refuses is tried again each minute. What finds no room in RAM meanwhile is lost, and counted.</para>
    /// </remarks>
    internal sealed class CardLog : ILog
    {
        /// <summary>The file's name.</summary>
        internal const string FileName = "LOG.RNG";

        /// <summary>Blocks of the file: 256 KiB, some 2,500 lines. Its begin is found by reading all of it, and that takes a moment on a card.</summary>
        internal const int FileBlocks = 512;

        // With fewer a start would find hardly a line of the one before.
        private const int FileBlocksMin = 8;

        private const int UrgentMilliseconds = 1000;
        private const int LazyMilliseconds = 10000;
        private const int RetryMilliseconds = 60000;

        // Each attempt writes to the card's folder: one that is full should not be worn out by it.
        private const int CreateAgainMilliseconds = 3600000;

        // Reads of one turn while the newest block is sought: 4 KiB.
        private const int ReadsOfATurn = 8;

        // A file is open only between these.
        private const int Closed = 0;
        private const int Seeking = 1;
        private const int Ready = 2;

        private readonly ICard _file;
        private readonly IChecksum _checksum;
        private readonly IClock _clock;
        private readonly byte[][] _blocks;
        private readonly byte[] _scratch = new byte[LogBlock.BlockOctets];
        private readonly int[] _starts = new int[StartCause.Count];
        private readonly long _startedAt;

        // Of the blocks in RAM: the oldest one, how many hold lines, and where the last one's lines end.
        private int _first;
        private int _count;
        private int _end;
        private bool _isDirty;
        private long _dueAt;

        // Octets of the oldest one's lines that the card has.
        private int _written;
        private int _lost;

        private int _state;
        private int _sought;
        private int _newest;
        private long _openAt;
        private int _sequence = 1;
        private int _start;
        private int _cause;
        private bool _isCounted;

        /// <summary>Makes it, with every buffer; touches nothing yet.</summary>
        /// <param name="file">The log's file, not the ring's; opened, made and closed from here.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <param name="clock">Time.</param>
        /// <param name="blockCount">Blocks that are kept in RAM, 512 octets each, at least 2; one more is made to read into.</param>
        internal CardLog(ICard file, IChecksum checksum, IClock clock, int blockCount)
        {
            _file = file;
            _checksum = checksum;
            _clock = clock;
            _startedAt = clock.MonotonicMilliseconds;
            _blocks = new byte[blockCount][];
            for (int at = 0; at < blockCount; at++)
            {
                _blocks[at] = new byte[LogBlock.BlockOctets];
            }
        }

        /// <summary>Blocks that are kept in RAM.</summary>
        internal int RamBlocks
        {
            get { return _blocks.Length; }
        }

        /// <summary>Whether the card has this start, and so its cause, in its counts.</summary>
        internal bool IsStartWritten { get; private set; }

        /// <summary>Number of this start on the card; 0 where none is known yet.</summary>
        internal int StartNumber
        {
            get { return _start; }
        }

        /// <summary>Says why the board started, before the first <see cref="Turn"/>.</summary>
        /// <param name="cause">One of <see cref="StartCause"/>.</param>
        internal void Begin(int cause)
        {
            _cause = cause;
        }

        /// <summary>Starts of a cause, this one included, as the card counts them; 0 where there was none yet.</summary>
        /// <param name="cause">One of <see cref="StartCause"/>.</param>
        /// <returns>How many.</returns>
        internal int StartsOf(int cause)
        {
            return _starts[cause];
        }

        /// <inheritdoc/>
        public void Write(int severity, byte[] line, int count)
        {
            count = count > LogBlock.LineOctetsMax ? LogBlock.LineOctetsMax : count;
            if (!MakeRoom(LogBlock.LineHeaderOctets + count))
            {
                _lost++;
                return;
            }

            long now = _clock.MonotonicMilliseconds;
            byte[] block = Last;
            Octets.WriteInt32((int)((now - _startedAt) / 100), block, _end);
            block[_end + 4] = (byte)severity;
            block[_end + 5] = (byte)count;
            Array.Copy(line, 0, block, _end + LogBlock.LineHeaderOctets, count);
            _end += LogBlock.LineHeaderOctets + count;
            Octets.WriteUInt16(_end - LogBlock.Lines, block, LogBlock.LineOctets);
            long due = now + (severity <= LogSeverity.Warning ? UrgentMilliseconds : LazyMilliseconds);
            _dueAt = !_isDirty || due < _dueAt ? due : _dueAt;
            _isDirty = true;
        }

        /// <summary>Takes our own words, which may be several lines.</summary>
        /// <param name="severity">One of <see cref="LogSeverity"/>.</param>
        /// <param name="text">ASCII; what is not printable is left out.</param>
        internal void Write(int severity, string text)
        {
            // Not while mail flows: at a start, and when it ends.
            byte[] line = new byte[LogBlock.LineOctetsMax];
            char[] letters = text.ToCharArray();
            int count = 0;
            for (int at = 0; at <= letters.Length; at++)
            {
                bool isEnd = at == letters.Length || letters[at] == '\n';
                if (count > 0 && (isEnd || count == line.Length))
                {
                    Write(severity, line, count);
                    count = 0;
                }

                if (!isEnd && letters[at] >= ' ' && letters[at] < 127)
                {
                    line[count] = (byte)letters[at];
                    count++;
                }
            }
        }

        /// <summary>The log's share of a turn that has nothing else to do: one block is written at most, or a few are read.</summary>
        internal void Turn()
        {
            long now = _clock.MonotonicMilliseconds;
            if (_state != Closed && _file.BlockCount == 0)
            {
                // The card was mounted anew: another may be in.
                _state = Closed;
                _openAt = now;
            }

            if (_state == Closed && now >= _openAt)
            {
                Open(now);
            }
            else if (_state == Seeking)
            {
                Seek(now);
            }
            else if (_state == Ready && (_count > 1 || (_isDirty && now >= _dueAt)))
            {
                WriteFirst(now);
            }
        }

        /// <summary>Writes all there is, at an end: takes as long as it takes, and no longer than the file is.</summary>
        internal void Flush()
        {
            _openAt = 0;
            int turns = (FileBlocks / ReadsOfATurn) + _blocks.Length + 4;
            while (turns > 0 && _isDirty)
            {
                turns--;
                _dueAt = 0;
                Turn();
            }
        }

        /// <summary>Closes the file.</summary>
        internal void Close()
        {
            _file.Close();
            _state = Closed;
        }

        private byte[] Last
        {
            get { return _blocks[(_first + _count - 1) % _blocks.Length]; }
        }

        private bool MakeRoom(int octets)
        {
            // What was lost is counted in the next block, in front of whose lines it was.
            if (_count > 0 && _lost == 0 && _end + octets <= LogBlock.BlockOctets)
            {
                return true;
            }

            if (_count == _blocks.Length)
            {
                return false;
            }

            _count++;
            _end = LogBlock.Lines;
            byte[] block = Last;
            Array.Clear(block, 0, LogBlock.BlockOctets);
            Octets.WriteInt32(_lost, block, LogBlock.Lost);
            _lost = 0;
            return true;
        }

        private void Open(long now)
        {
            int status = _file.Open();
            if (status == CardStatus.NoFile)
            {
                status = _file.Create(FileBlocks);
                _openAt = now + CreateAgainMilliseconds;
            }
            else
            {
                _openAt = now + RetryMilliseconds;
            }

            if (status == CardStatus.Ready && _file.BlockCount >= FileBlocksMin)
            {
                _state = Seeking;
                _sought = 0;
                _newest = 0;
                return;
            }

            _file.Close();
        }

        // The newest block has the highest sequence, wherever it stands: a block that a power cut tore hides nothing but itself.
        private void Seek(long now)
        {
            int until = _sought + ReadsOfATurn;
            until = until < _file.BlockCount ? until : _file.BlockCount;
            for (; _sought < until; _sought++)
            {
                if (IsThere(_sought) && Octets.ReadInt32(_scratch, LogBlock.Sequence) > _newest)
                {
                    _newest = Octets.ReadInt32(_scratch, LogBlock.Sequence);
                }
            }

            if (_sought < _file.BlockCount)
            {
                return;
            }

            if (_newest > 0 && !IsThere(_newest % _file.BlockCount))
            {
                Fail(now);
                return;
            }

            GoOn();
            _state = Ready;
        }

        private bool IsThere(int at)
        {
            return _file.Read(at, _scratch, 0, 1) && LogBlock.IsRight(_scratch, at, _file.BlockCount, _checksum);
        }

        // Behind the newest block, which is in the scratch; it may be one of this start, where the card was away.
        private void GoOn()
        {
            int start = _newest > 0 ? Octets.ReadInt32(_scratch, LogBlock.Start) : 0;
            if (_isCounted && start == _start && (_newest == _sequence || _newest == _sequence - 1))
            {
                return;
            }

            for (int cause = 0; cause < _starts.Length; cause++)
            {
                _starts[cause] = _newest > 0 ? Octets.ReadInt32(_scratch, LogBlock.Starts + (4 * cause)) : 0;
            }

            // A card that is put in later begins with this start too, but is told of its cause once.
            if (!_isCounted)
            {
                _starts[_cause]++;
                _isCounted = true;
            }

            _sequence = _newest + 1;
            _start = start + 1;
            _written = 0;
        }

        private void WriteFirst(long now)
        {
            byte[] block = _blocks[_first];
            int lineOctets = Octets.ReadUInt16(block, LogBlock.LineOctets);
            if (lineOctets != _written)
            {
                Complete(block, now);
                if (!_file.Write(_sequence % _file.BlockCount, block, 0, 1))
                {
                    Fail(now);
                    return;
                }

                _written = lineOctets;
                IsStartWritten = true;
            }

            if (_count == 1)
            {
                _isDirty = false;
                return;
            }

            _first = (_first + 1) % _blocks.Length;
            _count--;
            _sequence++;
            _written = 0;
        }

        private void Complete(byte[] block, long now)
        {
            long startedAt = _clock.IsUtcKnown ? _clock.UtcSeconds - ((now - _startedAt) / 1000) : 0;
            Octets.WriteInt32(_sequence, block, LogBlock.Sequence);
            Octets.WriteInt32(_start, block, LogBlock.Start);
            Octets.WriteInt32((int)startedAt, block, LogBlock.StartedAt);
            Octets.WriteInt32((int)(startedAt >> 32), block, LogBlock.StartedAt + 4);
            for (int cause = 0; cause < _starts.Length; cause++)
            {
                Octets.WriteInt32(_starts[cause], block, LogBlock.Starts + (4 * cause));
            }

            LogBlock.Seal(block, _checksum);
        }

        private void Fail(long now)
        {
            Close();
            _written = 0;
            _openAt = now + RetryMilliseconds;
        }
    }
}

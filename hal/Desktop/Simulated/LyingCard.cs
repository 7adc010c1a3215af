using System;

namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>
    /// A card that lies as cards do, by lots drawn from a seed, and loses its power at a step that is set: a step being a block
    /// that is written, or a sync. See <see cref="CardLie"/> for what it may do and what it may not. Allocates nothing.
    /// </summary>
    public sealed class LyingCard : ICard
    {
        private const int BlockOctets = MemoryCard.BlockOctets;
        private const int LieCount = (int)CardLie.UnsyncedLost + 1;

        // Reads that are right between two errors, so that no message is ever refused as often as a damaged one would be.
        private const int GoodReads = 64;
        private const int SlowMillisecondsMax = 900;
        private const int BusyPollsMax = 3;

        private readonly MemoryCard _card;
        private readonly ManualClock _clock;
        private readonly SeededRandom _random;
        private readonly int[] _perMille = new int[LieCount];
        private readonly int[] _counts = new int[LieCount];
        private readonly byte[] _torn = new byte[BlockOctets];
        private readonly int[] _order = new int[ushort.MaxValue];
        private readonly Predicate<int> _isKept;
        private long _pulledUntil;
        private long _fullUntil;
        private int _goodReads;
        private int _failedReads;
        private int _tornIndex;
        private int _keeping;
        private int _chosen;
        private bool _isSyncing;

        /// <summary>Makes it around a card.</summary>
        /// <param name="card">The card.</param>
        /// <param name="clock">What a slow card moves on, and what says when a card is put back.</param>
        /// <param name="random">Where lots are drawn from; shared with the run.</param>
        public LyingCard(MemoryCard card, ManualClock clock, SeededRandom random)
        {
            _card = card;
            _clock = clock;
            _random = random;
            _isKept = IsKept;
            Reset();
        }

        /// <summary>Tells the truth while this is true, whatever was set.</summary>
        public bool IsHonest { get; set; }

        /// <summary>Steps that were begun since the last <see cref="Reset"/>.</summary>
        public int StepCount { get; private set; }

        /// <summary>The step, counted from 0, in which the power goes; one that is never reached where nothing is set.</summary>
        public int CutStep { get; set; }

        /// <summary>The power is off: every call throws <see cref="PowerCutException"/>.</summary>
        public bool IsOff { get; private set; }

        /// <summary>Whether the card is out of its slot now.</summary>
        public bool IsPulledOut
        {
            get { return _clock.MonotonicMilliseconds < _pulledUntil; }
        }

        /// <inheritdoc/>
        public int BlockCount
        {
            get { return _card.BlockCount; }
        }

        /// <inheritdoc/>
        public string LastError
        {
            get { return _card.LastError; }
        }

        /// <inheritdoc/>
        public bool IsThere
        {
            // As a board's file system: only what is read tells.
            get { return true; }
        }

        /// <summary>Starts anew: power on, nothing set, nothing counted.</summary>
        public void Reset()
        {
            Array.Clear(_perMille);
            Array.Clear(_counts);
            IsHonest = false;
            IsOff = false;
            StepCount = 0;
            CutStep = int.MaxValue;
            _pulledUntil = 0;
            _fullUntil = 0;
            _goodReads = GoodReads;
            _failedReads = 0;
            _tornIndex = -1;
            _isSyncing = false;
        }

        /// <summary>Sets how often it lies in one way.</summary>
        /// <param name="lie">The way; those at the power cut happen at each one where this is not 0.</param>
        /// <param name="perMille">Of a thousand calls that could.</param>
        public void Set(CardLie lie, int perMille)
        {
            _perMille[(int)lie] = perMille;
        }

        /// <summary>How often it lied in one way since the last <see cref="Reset"/>.</summary>
        /// <param name="lie">The way.</param>
        /// <returns>The count.</returns>
        public int CountOf(CardLie lie)
        {
            return _counts[(int)lie];
        }

        /// <summary>Takes the card out of its slot.</summary>
        /// <param name="milliseconds">For how long.</param>
        public void PullOut(int milliseconds)
        {
            _counts[(int)CardLie.PulledOut]++;
            _pulledUntil = _clock.MonotonicMilliseconds + milliseconds;
            LoseUnsynced();
            _card.Open();
        }

        /// <summary>Refuses every write for some time.</summary>
        /// <param name="milliseconds">For how long.</param>
        public void Fill(int milliseconds)
        {
            _counts[(int)CardLie.Full]++;
            _fullUntil = _clock.MonotonicMilliseconds + milliseconds;
        }

        /// <summary>Puts the card back, and lets it have room again.</summary>
        public void PutBack()
        {
            _pulledUntil = 0;
            _fullUntil = 0;
        }

        /// <summary>Cuts the power between two calls.</summary>
        public void CutPower()
        {
            IsOff = true;
        }

        /// <summary>Switches the power on again: the card holds what the cut has left, and is closed.</summary>
        public void PowerOn()
        {
            LoseUnsynced();
            IsOff = false;
            CutStep = int.MaxValue;
        }

        /// <inheritdoc/>
        public int Open()
        {
            CheckPower();
            if (IsPulledOut)
            {
                _card.Close();
                return CardStatus.Unusable;
            }

            return _card.Open();
        }

        /// <inheritdoc/>
        public int Create(int blockCount)
        {
            CheckPower();
            return IsPulledOut || _clock.MonotonicMilliseconds < _fullUntil ? CardStatus.Unusable : _card.Create(blockCount);
        }

        /// <inheritdoc/>
        public bool Read(int block, byte[] buffer, int offset, int count)
        {
            CheckPower();
            if (IsPulledOut || IsReadError())
            {
                return false;
            }

            Linger();
            return _card.Read(block, buffer, offset, count);
        }

        /// <inheritdoc/>
        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            CheckPower();
            if (count > CutStep - StepCount)
            {
                CutWrite(block, buffer, offset, count);
            }

            StepCount += count;
            if (IsPulledOut || _clock.MonotonicMilliseconds < _fullUntil)
            {
                return false;
            }

            Linger();
            if (Lies(CardLie.WriteLost))
            {
                return true;
            }

            if (Lies(CardLie.WriteTorn))
            {
                int whole = _random.Next(count);
                return whole == 0 || _card.Write(block, buffer, offset, whole);
            }

            if (Lies(CardLie.WriteErrorDropped))
            {
                WriteBut(_random.Next(count), block, buffer, offset, count);
                return true;
            }

            if (Lies(CardLie.WriteRefused))
            {
                WriteBut(_random.Next(count), block, buffer, offset, _random.Next(count + 1));
                return false;
            }

            return _card.Write(block, buffer, offset, count);
        }

        /// <inheritdoc/>
        public bool Sync()
        {
            StepSync();
            return !IsPulledOut && !Lies(CardLie.SyncRefused) && _card.Sync();
        }

        /// <inheritdoc/>
        public int BeginSync()
        {
            StepSync();
            if (IsPulledOut)
            {
                return SyncState.Failed;
            }

            _card.FailingSyncs = Lies(CardLie.SyncRefused) ? 1 : 0;
            _card.BusyPolls = IsHonest ? 0 : _random.Next(BusyPollsMax + 1);
            int state = _card.BeginSync();
            _isSyncing = state == SyncState.Busy;
            return state;
        }

        /// <inheritdoc/>
        public int PollSync()
        {
            CheckPower();
            if (!_isSyncing || IsPulledOut)
            {
                _isSyncing = false;
                return SyncState.Failed;
            }

            int state = _card.PollSync();
            _isSyncing = state == SyncState.Busy;
            return state;
        }

        /// <inheritdoc/>
        public void Close()
        {
            if (!IsOff)
            {
                _card.Close();
            }
        }

        private void StepSync()
        {
            CheckPower();
            if (StepCount == CutStep)
            {
                IsOff = true;
                throw new PowerCutException();
            }

            StepCount++;
            Linger();
        }

        private bool Lies(CardLie lie)
        {
            if (IsHonest || !_random.Chance(_perMille[(int)lie]))
            {
                return false;
            }

            _counts[(int)lie]++;
            return true;
        }

        private bool IsReadError()
        {
            if (_failedReads < 2 && _goodReads >= (_failedReads == 0 ? GoodReads : 0) && Lies(CardLie.ReadError))
            {
                _failedReads++;
                _goodReads = 0;
                return true;
            }

            _goodReads++;
            _failedReads = _goodReads >= GoodReads ? 0 : _failedReads;
            return false;
        }

        private void Linger()
        {
            if (Lies(CardLie.Slow))
            {
                _clock.Advance(_random.Next(SlowMillisecondsMax));
            }
        }

        private void WriteBut(int skipped, int block, byte[] buffer, int offset, int count)
        {
            for (int index = 0; index < count; index++)
            {
                if (index != skipped)
                {
                    _card.Write(block + index, buffer, offset + (index * BlockOctets), 1);
                }
            }
        }

        // The power goes within a write: some of its blocks are done, in any order, and one is under way.
        private void CutWrite(int block, byte[] buffer, int offset, int count)
        {
            int whole = CutStep - StepCount;
            Shuffle(count);
            for (int index = 0; index < whole; index++)
            {
                _card.Write(block + _order[index], buffer, offset + (_order[index] * BlockOctets), 1);
            }

            Tear(block + _order[whole], buffer.AsSpan(offset + (_order[whole] * BlockOctets), BlockOctets));
            IsOff = true;
            throw new PowerCutException();
        }

        private void Shuffle(int count)
        {
            for (int index = 0; index < count; index++)
            {
                _order[index] = index;
            }

            if (count < 2 || _perMille[(int)CardLie.BlocksReordered] == 0)
            {
                return;
            }

            _counts[(int)CardLie.BlocksReordered]++;
            for (int index = count - 1; index > 0; index--)
            {
                int other = _random.Next(index + 1);
                (_order[index], _order[other]) = (_order[other], _order[index]);
            }
        }

        private void Tear(int block, ReadOnlySpan<byte> octets)
        {
            if (_perMille[(int)CardLie.BlockTorn] == 0 || !_card.Read(block, _torn, 0, 1))
            {
                return;
            }

            _counts[(int)CardLie.BlockTorn]++;
            int cut = _random.Next(BlockOctets);
            switch ((CardTear)_random.Next((int)CardTear.Erased + 1))
            {
                case CardTear.Before:
                    return;
                case CardTear.After:
                    octets.CopyTo(_torn);
                    break;
                case CardTear.FirstOctets:
                    octets.Slice(0, cut).CopyTo(_torn);
                    break;
                case CardTear.LastOctets:
                    octets.Slice(cut).CopyTo(_torn.AsSpan(cut));
                    break;
                case CardTear.Garbage:
                    for (int at = 0; at < BlockOctets; at += sizeof(long))
                    {
                        BitConverter.TryWriteBytes(_torn.AsSpan(at), _random.NextInt64());
                    }

                    break;
                default:
                    Array.Fill(_torn, (byte)0xFF);
                    break;
            }

            _tornIndex = _card.UnsyncedCount;
            _card.Write(block, _torn, 0, 1);
        }

        // All, none, all but one, one, the first ones, or any.
        private void LoseUnsynced()
        {
            int count = _card.UnsyncedCount;
            bool loses = _perMille[(int)CardLie.UnsyncedLost] > 0 && count > 0;
            _counts[(int)CardLie.UnsyncedLost] += loses ? 1 : 0;
            _keeping = loses ? _random.Next(6) : 0;
            _chosen = count == 0 ? 0 : _random.Next(count);
            _card.PowerCut(_isKept);
            _card.FailingSyncs = 0;
            _isSyncing = false;
            _tornIndex = -1;
        }

        private bool IsKept(int index)
        {
            return index == _tornIndex || _keeping switch
            {
                0 => true,
                1 => false,
                2 => index != _chosen,
                3 => index == _chosen,
                4 => index < _chosen,
                _ => _random.Next(2) == 0,
            };
        }

        private void CheckPower()
        {
            if (IsOff)
            {
                throw new PowerCutException();
            }
        }
    }
}

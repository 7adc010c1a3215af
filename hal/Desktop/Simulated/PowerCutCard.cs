using System;

namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>
    /// Takes the power away at a chosen step, a step being a block that is written or a sync. What the card holds then is for
    /// the test to choose: how the block under way ended, and which of the unsynced ones are there.
    /// </summary>
    public sealed class PowerCutCard : ICard
    {
        private const int BlockOctets = MemoryCard.BlockOctets;

        private readonly MemoryCard _card;
        private readonly byte[] _block = new byte[BlockOctets];
        private int _blockUnderWay = -1;
        private bool _isOff;

        /// <summary>Makes it around a card.</summary>
        /// <param name="card">The card; it is left as it is at the cut, with its unsynced writes.</param>
        public PowerCutCard(MemoryCard card)
        {
            _card = card;
        }

        /// <summary>Block writes and syncs that were begun.</summary>
        public int StepCount { get; private set; }

        /// <summary>The step, counted from 0, in which the power goes; one that is never reached where nothing is set.</summary>
        public int CutStep { get; set; } = int.MaxValue;

        /// <summary>The block that was being written when the power went; -1 where that was a sync.</summary>
        public int BlockUnderWay
        {
            get { return _blockUnderWay; }
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
            get { return _card.IsThere; }
        }

        /// <inheritdoc/>
        public int Open()
        {
            CheckPower();
            return _card.Open();
        }

        /// <inheritdoc/>
        public int Create(int blockCount)
        {
            CheckPower();
            return _card.Create(blockCount);
        }

        /// <inheritdoc/>
        public bool Read(int block, byte[] buffer, int offset, int count)
        {
            CheckPower();
            return _card.Read(block, buffer, offset, count);
        }

        /// <inheritdoc/>
        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            CheckPower();
            int whole = Math.Min(count, CutStep - StepCount);
            StepCount += whole;
            if (whole == count)
            {
                return _card.Write(block, buffer, offset, count);
            }

            if (whole > 0)
            {
                _card.Write(block, buffer, offset, whole);
            }

            _blockUnderWay = block + whole;
            buffer.AsSpan(offset + (whole * BlockOctets), BlockOctets).CopyTo(_block);
            CutPower();
            return false;
        }

        /// <inheritdoc/>
        public bool Sync()
        {
            CountSync();
            return _card.Sync();
        }

        /// <inheritdoc/>
        public int BeginSync()
        {
            CountSync();
            return _card.BeginSync();
        }

        /// <inheritdoc/>
        public int PollSync()
        {
            CountSync();
            return _card.PollSync();
        }

        /// <inheritdoc/>
        public void Close()
        {
            if (!_isOff)
            {
                _card.Close();
            }
        }

        /// <summary>A copy of the card as the cut left it, the block under way ended in one of the ways that it can.</summary>
        /// <param name="tear">The way; its write is the last of the copy's unsynced ones, but for <see cref="CardTear.Before"/>.</param>
        /// <param name="octets">New octets where the way asks for a number.</param>
        /// <returns>The copy; its unsynced writes are still to be chosen from.</returns>
        public MemoryCard Fork(CardTear tear, int octets)
        {
            MemoryCard copy = _card.Fork();
            if (tear == CardTear.Before || _blockUnderWay < 0)
            {
                return copy;
            }

            byte[] block = new byte[BlockOctets];
            copy.Read(_blockUnderWay, block, 0, 1);
            switch (tear)
            {
                case CardTear.After:
                    _block.CopyTo(block, 0);
                    break;
                case CardTear.FirstOctets:
                    _block.AsSpan(0, octets).CopyTo(block);
                    break;
                case CardTear.LastOctets:
                    _block.AsSpan(BlockOctets - octets).CopyTo(block.AsSpan(BlockOctets - octets));
                    break;
                case CardTear.Garbage:
                    new SeededEntropy(StepCount).Fill(block, 0, BlockOctets);
                    break;
                default:
                    Array.Fill(block, (byte)0xFF);
                    break;
            }

            copy.Write(_blockUnderWay, block, 0, 1);
            return copy;
        }

        private void CountSync()
        {
            CheckPower();
            if (StepCount == CutStep)
            {
                CutPower();
            }

            StepCount++;
        }

        private void CutPower()
        {
            _isOff = true;
            throw new PowerCutException();
        }

        private void CheckPower()
        {
            if (_isOff)
            {
                throw new PowerCutException();
            }
        }
    }
}

using System;
using System.Collections.Generic;
using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Tools.Card
{
    /// <summary>A card of which what is written stays in RAM: what the store would do is tried on it, and the card itself is only read.</summary>
    internal sealed class OverlayCard : ICard
    {
        private readonly ICard _card;
        private readonly Dictionary<int, byte[]> _written = [];

        /// <summary>Makes one.</summary>
        /// <param name="card">The card to read; the caller's.</param>
        public OverlayCard(ICard card)
        {
            _card = card;
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
            return _card.Open();
        }

        /// <inheritdoc/>
        public int Create(int blockCount)
        {
            throw new InvalidOperationException("nothing is made on a card that is only tried on");
        }

        /// <inheritdoc/>
        public bool Read(int block, byte[] buffer, int offset, int count)
        {
            if (!_card.Read(block, buffer, offset, count))
            {
                return false;
            }

            for (int index = 0; index < count && _written.Count > 0; index++)
            {
                if (_written.TryGetValue(block + index, out byte[]? octets))
                {
                    octets.CopyTo(buffer, offset + (index * Limits.BlockOctets));
                }
            }

            return true;
        }

        /// <inheritdoc/>
        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            if (block < 0 || (long)block + count > BlockCount)
            {
                return false;
            }

            for (int index = 0; index < count; index++)
            {
                _written[block + index] = buffer.AsSpan(offset + (index * Limits.BlockOctets), Limits.BlockOctets).ToArray();
            }

            return true;
        }

        /// <inheritdoc/>
        public bool Sync()
        {
            return true;
        }

        /// <inheritdoc/>
        public int BeginSync()
        {
            return SyncState.Done;
        }

        /// <inheritdoc/>
        public int PollSync()
        {
            return SyncState.Done;
        }

        /// <inheritdoc/>
        public void Close()
        {
            _card.Close();
        }
    }
}

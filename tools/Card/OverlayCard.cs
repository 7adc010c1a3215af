using System;
using System.Collections.Generic;
using MailAppliance.Core;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;

namespace MailAppliance.Tools.Card
{
    /// <summary>A card of which what is written stays in RAM: what the store would do is tried on it, and the card itself is only read.</summary>
    internal sealed class OverlayCard : CardDecorator
    {
        private readonly Dictionary<int, byte[]> _written = [];

        /// <summary>Makes one.</summary>
        /// <param name="card">The card to read; the caller's.</param>
        public OverlayCard(ICard card)
            : base(card)
        {
        }

        /// <inheritdoc/>
        public override int Create(int blockCount)
        {
            throw new InvalidOperationException("nothing is made on a card that is only tried on");
        }

        /// <inheritdoc/>
        public override bool Read(int block, byte[] buffer, int offset, int count)
        {
            if (!base.Read(block, buffer, offset, count))
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
        public override bool Write(int block, byte[] buffer, int offset, int count)
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
        public override bool Sync()
        {
            return true;
        }

        /// <inheritdoc/>
        public override int BeginSync()
        {
            return SyncState.Done;
        }

        /// <inheritdoc/>
        public override int PollSync()
        {
            return SyncState.Done;
        }
    }
}

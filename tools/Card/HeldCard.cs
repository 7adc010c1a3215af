using System;
using MailAppliance.Hal;

namespace MailAppliance.Tools.Card
{
    /// <summary>
    /// A card that is opened once and then kept: opened again it goes on as it is, so that its lock is never given away between
    /// two looks at it.
    /// </summary>
    internal sealed class HeldCard : ICard
    {
        private readonly ICard _card;

        /// <summary>Makes one.</summary>
        /// <param name="card">The card; the caller's, who closes it.</param>
        public HeldCard(ICard card)
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
            return _card.BlockCount > 0 ? CardStatus.Ready : _card.Open();
        }

        /// <inheritdoc/>
        public int Create(int blockCount)
        {
            throw new InvalidOperationException("a card that is held is there already");
        }

        /// <inheritdoc/>
        public bool Read(int block, byte[] buffer, int offset, int count)
        {
            return _card.Read(block, buffer, offset, count);
        }

        /// <inheritdoc/>
        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            return _card.Write(block, buffer, offset, count);
        }

        /// <inheritdoc/>
        public bool Sync()
        {
            return _card.Sync();
        }

        /// <inheritdoc/>
        public int BeginSync()
        {
            return _card.BeginSync();
        }

        /// <inheritdoc/>
        public int PollSync()
        {
            return _card.PollSync();
        }

        /// <summary>Does nothing: whoever holds it closes it.</summary>
        public void Close()
        {
        }
    }
}

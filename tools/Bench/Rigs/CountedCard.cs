using MailAppliance.Hal;

namespace MailAppliance.Tools.Bench.Rigs
{
    /// <summary>A card that passes everything on, and counts what is read of it.</summary>
    internal sealed class CountedCard : ICard
    {
        private readonly ICard _card;

        /// <summary>Makes one.</summary>
        /// <param name="card">The card behind it; the caller's.</param>
        internal CountedCard(ICard card)
        {
            _card = card;
        }

        /// <summary>Blocks that were asked for.</summary>
        internal long BlocksRead { get; private set; }

        /// <inheritdoc/>
        public int BlockCount
        {
            get { return _card.BlockCount; }
        }

        /// <inheritdoc/>
        public bool IsThere
        {
            get { return _card.IsThere; }
        }

        /// <inheritdoc/>
        public string LastError
        {
            get { return _card.LastError; }
        }

        /// <inheritdoc/>
        public int Open()
        {
            return _card.Open();
        }

        /// <inheritdoc/>
        public int Create(int blockCount)
        {
            return _card.Create(blockCount);
        }

        /// <inheritdoc/>
        public bool Read(int block, byte[] buffer, int offset, int count)
        {
            BlocksRead += count;
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

        /// <inheritdoc/>
        public void Close()
        {
            _card.Close();
        }
    }
}

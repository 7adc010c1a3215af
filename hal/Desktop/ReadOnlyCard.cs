namespace MailAppliance.Hal.Desktop
{
    /// <summary>A card behind which nothing is ever written: it refuses to be created, written and synced.</summary>
    public sealed class ReadOnlyCard : ICard
    {
        private readonly ICard _card;
        private bool _isCreateRefused;

        /// <summary>Makes one.</summary>
        /// <param name="card">The card to read; the caller's.</param>
        public ReadOnlyCard(ICard card)
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
            get { return _isCreateRefused ? "the card is opened to be read only" : _card.LastError; }
        }

        /// <inheritdoc/>
        public bool IsThere
        {
            get { return _card.IsThere; }
        }

        /// <inheritdoc/>
        public int Open()
        {
            _isCreateRefused = false;
            return _card.Open();
        }

        /// <inheritdoc/>
        public int Create(int blockCount)
        {
            _isCreateRefused = true;
            return CardStatus.Unusable;
        }

        /// <inheritdoc/>
        public bool Read(int block, byte[] buffer, int offset, int count)
        {
            return _card.Read(block, buffer, offset, count);
        }

        /// <inheritdoc/>
        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            return false;
        }

        /// <inheritdoc/>
        public bool Sync()
        {
            return false;
        }

        /// <inheritdoc/>
        public int BeginSync()
        {
            return SyncState.Failed;
        }

        /// <inheritdoc/>
        public int PollSync()
        {
            return SyncState.Failed;
        }

        /// <inheritdoc/>
        public void Close()
        {
            _card.Close();
        }
    }
}

namespace MailAppliance.Hal.Desktop
{
    /// <summary>A card behind which nothing is ever written: it refuses to be created, written and synced.</summary>
    public sealed class ReadOnlyCard : CardDecorator
    {
        private bool _isCreateRefused;

        /// <summary>Makes one.</summary>
        /// <param name="card">The card to read; the caller's.</param>
        public ReadOnlyCard(ICard card)
            : base(card)
        {
        }

        /// <inheritdoc/>
        public override string LastError
        {
            get { return _isCreateRefused ? "the card is opened to be read only" : base.LastError; }
        }

        /// <inheritdoc/>
        public override int Open()
        {
            _isCreateRefused = false;
            return base.Open();
        }

        /// <inheritdoc/>
        public override int Create(int blockCount)
        {
            _isCreateRefused = true;
            return CardStatus.Unusable;
        }

        /// <inheritdoc/>
        public override bool Write(int block, byte[] buffer, int offset, int count)
        {
            return false;
        }

        /// <inheritdoc/>
        public override bool Sync()
        {
            return false;
        }

        /// <inheritdoc/>
        public override int BeginSync()
        {
            return SyncState.Failed;
        }

        /// <inheritdoc/>
        public override int PollSync()
        {
            return SyncState.Failed;
        }
    }
}

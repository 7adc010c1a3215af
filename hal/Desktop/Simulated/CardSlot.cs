namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>A slot that cards are put into and pulled out of. What was opened on a card is dead once it is out, also where it is put back.</summary>
    public sealed class CardSlot : ICard
    {
        private MemoryCard? _card;
        private MemoryCard? _opened;

        /// <summary>Makes a slot.</summary>
        /// <param name="card">The card in it; null: none.</param>
        public CardSlot(MemoryCard? card)
        {
            _card = card;
        }

        /// <summary>A sync closes the file and opens it again by its name, as on a board's internal flash: on whatever card is in then.</summary>
        public bool SyncReopens { get; set; }

        /// <summary>Called within the next sync, before it is done: a hand that is fast.</summary>
        public System.Action? InNextSync { get; set; }

        /// <inheritdoc/>
        public int BlockCount
        {
            get { return _opened == null ? 0 : _opened.BlockCount; }
        }

        /// <inheritdoc/>
        public string LastError
        {
            get { return _card == null ? "there is no card in the slot" : _card.LastError; }
        }

        /// <inheritdoc/>
        public bool IsThere
        {
            // As a board's file system: only what is read tells.
            get { return true; }
        }

        /// <summary>Pulls the card out; what it was not yet told to sync is lost.</summary>
        public void Pull()
        {
            _opened?.PowerCut();
            _opened = null;
            _card = null;
        }

        /// <summary>Puts a card in.</summary>
        /// <param name="card">The card.</param>
        public void Put(MemoryCard card)
        {
            Pull();
            _card = card;
        }

        /// <inheritdoc/>
        public int Open()
        {
            Close();
            int status = _card == null ? CardStatus.Unusable : _card.Open();
            _opened = status == CardStatus.Ready ? _card : null;
            return status;
        }

        /// <inheritdoc/>
        public int Create(int blockCount)
        {
            Close();
            int status = _card == null ? CardStatus.Unusable : _card.Create(blockCount);
            _opened = status == CardStatus.Ready ? _card : null;
            return status;
        }

        /// <inheritdoc/>
        public bool Read(int block, byte[] buffer, int offset, int count)
        {
            return _opened != null && _opened.Read(block, buffer, offset, count);
        }

        /// <inheritdoc/>
        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            return _opened != null && _opened.Write(block, buffer, offset, count);
        }

        /// <inheritdoc/>
        public bool Sync()
        {
            System.Action? hand = InNextSync;
            InNextSync = null;
            hand?.Invoke();
            bool isOpen = _opened != null || (SyncReopens && Open() == CardStatus.Ready);
            return isOpen && _opened!.Sync();
        }

        /// <inheritdoc/>
        public int BeginSync()
        {
            return SyncReopens || InNextSync != null ? (Sync() ? SyncState.Done : SyncState.Failed) : _opened == null ? SyncState.Failed : _opened.BeginSync();
        }

        /// <inheritdoc/>
        public int PollSync()
        {
            return _opened == null ? SyncState.Failed : _opened.PollSync();
        }

        /// <inheritdoc/>
        public void Close()
        {
            _opened?.Close();
            _opened = null;
        }
    }
}

namespace MailAppliance.Hal.Desktop
{
    /// <summary>A card around another one: it passes on whatever a derived class does not do otherwise.</summary>
    public abstract class CardDecorator : ICard
    {
        /// <summary>Makes it around a card.</summary>
        /// <param name="card">The card; the caller's.</param>
        protected CardDecorator(ICard card)
        {
            Card = card;
        }

        /// <inheritdoc/>
        public virtual int BlockCount
        {
            get { return Card.BlockCount; }
        }

        /// <inheritdoc/>
        public virtual string LastError
        {
            get { return Card.LastError; }
        }

        /// <inheritdoc/>
        public virtual bool IsThere
        {
            get { return Card.IsThere; }
        }

        /// <summary>The card around which it is.</summary>
        protected ICard Card { get; }

        /// <inheritdoc/>
        public virtual int Open()
        {
            return Card.Open();
        }

        /// <inheritdoc/>
        public virtual int Create(int blockCount)
        {
            return Card.Create(blockCount);
        }

        /// <inheritdoc/>
        public virtual bool Read(int block, byte[] buffer, int offset, int count)
        {
            return Card.Read(block, buffer, offset, count);
        }

        /// <inheritdoc/>
        public virtual bool Write(int block, byte[] buffer, int offset, int count)
        {
            return Card.Write(block, buffer, offset, count);
        }

        /// <inheritdoc/>
        public virtual bool Sync()
        {
            return Card.Sync();
        }

        /// <inheritdoc/>
        public virtual int BeginSync()
        {
            return Card.BeginSync();
        }

        /// <inheritdoc/>
        public virtual int PollSync()
        {
            return Card.PollSync();
        }

        /// <inheritdoc/>
        public virtual void Close()
        {
            Card.Close();
        }
    }
}

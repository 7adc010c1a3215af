using MailAppliance.Hal;

namespace MailAppliance.Tests.Torture
{
    /// <summary>Says that it has synced, and has not: what a store that skips a sync amounts to.</summary>
    internal sealed class CardThatForgetsToSync : ICard
    {
        private readonly ICard _card;

        internal CardThatForgetsToSync(ICard card)
        {
            _card = card;
        }

        public int BlockCount
        {
            get { return _card.BlockCount; }
        }

        public string LastError
        {
            get { return _card.LastError; }
        }

        public bool IsThere
        {
            get { return _card.IsThere; }
        }

        public int Open()
        {
            return _card.Open();
        }

        public int Create(int blockCount)
        {
            return _card.Create(blockCount);
        }

        public bool Read(int block, byte[] buffer, int offset, int count)
        {
            return _card.Read(block, buffer, offset, count);
        }

        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            return _card.Write(block, buffer, offset, count);
        }

        public bool Sync()
        {
            return true;
        }

        public int BeginSync()
        {
            return SyncState.Done;
        }

        public int PollSync()
        {
            return SyncState.Done;
        }

        public void Close()
        {
            _card.Close();
        }
    }
}

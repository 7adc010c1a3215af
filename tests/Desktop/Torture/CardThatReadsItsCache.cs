using System;
using System.Collections.Generic;
using MailAppliance.Hal;

namespace MailAppliance.Tests.Torture
{
    /// <summary>Answers every read with what was written last, whether or not that is on the card: no read-back proves anything.</summary>
    internal sealed class CardThatReadsItsCache : ICard
    {
        private const int BlockOctets = 512;

        private readonly ICard _card;
        private readonly Dictionary<int, byte[]> _written = [];

        internal CardThatReadsItsCache(ICard card)
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
            bool isRead = _card.Read(block, buffer, offset, count);
            for (int index = 0; index < count; index++)
            {
                if (_written.TryGetValue(block + index, out byte[]? octets))
                {
                    octets.CopyTo(buffer, offset + (index * BlockOctets));
                }
            }

            return isRead;
        }

        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            for (int index = 0; index < count; index++)
            {
                _written[block + index] = buffer.AsSpan(offset + (index * BlockOctets), BlockOctets).ToArray();
            }

            return _card.Write(block, buffer, offset, count);
        }

        public bool Sync()
        {
            return _card.Sync();
        }

        public int BeginSync()
        {
            return _card.BeginSync();
        }

        public int PollSync()
        {
            return _card.PollSync();
        }

        public void Close()
        {
            _card.Close();
        }
    }
}

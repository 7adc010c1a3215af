using System;
using MailAppliance.Hal;

namespace MailAppliance.Tools.Fuzz.Ring
{
    /// <summary>A card in RAM that does what it is told, and counts it.</summary>
    internal sealed class RingCard : ICard
    {
        private const int BlockOctets = 512;

        private bool _isOpen;
        private int _blocks;

        /// <summary>Makes one without a file.</summary>
        /// <param name="blocksMax">Blocks that it has room for.</param>
        internal RingCard(int blocksMax)
        {
            Octets = new byte[blocksMax * BlockOctets];
        }

        /// <summary>What it holds.</summary>
        internal byte[] Octets { get; }

        /// <summary>Blocks read.</summary>
        internal long BlocksRead { get; set; }

        /// <summary>Blocks written.</summary>
        internal long BlocksWritten { get; set; }

        /// <inheritdoc/>
        public int BlockCount
        {
            get { return _isOpen ? _blocks : 0; }
        }

        /// <inheritdoc/>
        public bool IsThere
        {
            get { return _isOpen; }
        }

        /// <inheritdoc/>
        public string LastError
        {
            get { return null!; }
        }

        /// <summary>Puts a ring's file in.</summary>
        /// <param name="image">Its octets.</param>
        internal void Insert(byte[] image)
        {
            image.CopyTo(Octets, 0);
            _blocks = image.Length / BlockOctets;
            BlocksRead = 0;
            BlocksWritten = 0;
            _isOpen = false;
        }

        /// <summary>Makes the file shorter.</summary>
        /// <param name="blocks">Its blocks from now on.</param>
        internal void Truncate(int blocks)
        {
            _blocks = Math.Min(_blocks, blocks);
        }

        /// <inheritdoc/>
        public int Open()
        {
            _isOpen = _blocks > 0;
            return _isOpen ? CardStatus.Ready : CardStatus.NoFile;
        }

        /// <inheritdoc/>
        public int Create(int blockCount)
        {
            if (_blocks > 0 || blockCount * BlockOctets > Octets.Length)
            {
                return CardStatus.Unusable;
            }

            _blocks = blockCount;
            _isOpen = true;
            return CardStatus.Ready;
        }

        /// <inheritdoc/>
        public bool Read(int block, byte[] buffer, int offset, int count)
        {
            BlocksRead += count;
            if (!IsInside(block, count))
            {
                return false;
            }

            Array.Copy(Octets, block * BlockOctets, buffer, offset, count * BlockOctets);
            return true;
        }

        /// <inheritdoc/>
        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            BlocksWritten += count;
            if (!IsInside(block, count))
            {
                return false;
            }

            Array.Copy(buffer, offset, Octets, block * BlockOctets, count * BlockOctets);
            return true;
        }

        /// <inheritdoc/>
        public bool Sync()
        {
            return _isOpen;
        }

        /// <inheritdoc/>
        public int BeginSync()
        {
            return _isOpen ? SyncState.Done : SyncState.Failed;
        }

        /// <inheritdoc/>
        public int PollSync()
        {
            return SyncState.Done;
        }

        /// <inheritdoc/>
        public void Close()
        {
            _isOpen = false;
        }

        // A place that is none would be the firmware's mistake, and the bound of an array is no answer to it.
        private bool IsInside(int block, int count)
        {
            return _isOpen && block >= 0 && count >= 0 && (long)block + count <= _blocks;
        }
    }
}

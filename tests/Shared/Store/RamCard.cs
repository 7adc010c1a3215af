// A block of zeros is null.
#nullable disable
using System;
using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Tests
{
    /// <summary>
    /// A card in RAM, for tests that also run on the device: a block of zeros takes no memory. It counts what is asked of it, errs on
    /// demand, and at a power cut keeps of the unsynced blocks those that the test chooses.
    /// </summary>
    internal sealed class RamCard : ICard
    {
        // What each block holds, and what it holds once the power has gone: null for zeros. An array is never written to again.
        private byte[][] _now;
        private byte[][] _durable;
        private int[] _unsyncedBlocks = new int[16];
        private byte[][] _unsyncedOctets = new byte[16][];
        private bool _isOpen;

        /// <summary>What the next calls of Open answer instead of the truth; Ready: the truth.</summary>
        public int OpenStatus;

        /// <summary>Calls of Write.</summary>
        public int Writes;

        /// <summary>Calls of Sync and BeginSync.</summary>
        public int Syncs;

        /// <summary>This many next writes fail, and change nothing.</summary>
        public int FailingWrites;

        /// <summary>This many next writes say they were done, and change nothing.</summary>
        public int LyingWrites;

        /// <summary>This many next syncs fail, and make nothing durable.</summary>
        public int FailingSyncs;

        /// <summary>Block writes since the last sync; a block that was written twice counts twice.</summary>
        public int UnsyncedCount;

        /// <inheritdoc/>
        public int BlockCount
        {
            get { return _isOpen ? _now.Length : 0; }
        }

        /// <inheritdoc/>
        public string LastError
        {
            get { return null; }
        }

        /// <inheritdoc/>
        public bool IsThere
        {
            get { return _isOpen; }
        }

        /// <inheritdoc/>
        public int Open()
        {
            int status = OpenStatus != CardStatus.Ready ? OpenStatus : _now == null ? CardStatus.NoFile : CardStatus.Ready;
            _isOpen = status == CardStatus.Ready;
            return status;
        }

        /// <inheritdoc/>
        public int Create(int blockCount)
        {
            if (_now != null || OpenStatus != CardStatus.Ready)
            {
                return CardStatus.Unusable;
            }

            _now = new byte[blockCount][];
            _durable = new byte[blockCount][];
            return Open();
        }

        /// <inheritdoc/>
        public bool Read(int block, byte[] buffer, int offset, int count)
        {
            if (!IsInside(block, count))
            {
                return false;
            }

            for (int index = 0; index < count; index++)
            {
                byte[] octets = _now[block + index];
                int at = offset + (index * Limits.BlockOctets);
                if (octets == null)
                {
                    Array.Clear(buffer, at, Limits.BlockOctets);
                }
                else
                {
                    Array.Copy(octets, 0, buffer, at, Limits.BlockOctets);
                }
            }

            return true;
        }

        /// <inheritdoc/>
        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            Writes++;
            if (!IsInside(block, count) || FailingWrites > 0)
            {
                FailingWrites -= FailingWrites > 0 ? 1 : 0;
                return false;
            }

            if (LyingWrites > 0)
            {
                LyingWrites--;
                return true;
            }

            for (int index = 0; index < count; index++)
            {
                byte[] octets = CopyOf(buffer, offset + (index * Limits.BlockOctets));
                Note(block + index, octets);
                _now[block + index] = octets;
            }

            return true;
        }

        /// <inheritdoc/>
        public bool Sync()
        {
            Syncs++;
            if (!_isOpen || FailingSyncs > 0)
            {
                FailingSyncs -= FailingSyncs > 0 ? 1 : 0;
                return false;
            }

            for (int index = 0; index < UnsyncedCount; index++)
            {
                _durable[_unsyncedBlocks[index]] = _unsyncedOctets[index];
            }

            Forget();
            return true;
        }

        /// <inheritdoc/>
        public int BeginSync()
        {
            return Sync() ? SyncState.Done : SyncState.Failed;
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

        /// <summary>Cuts the power: the card is closed, and every unsynced block write is lost.</summary>
        public void PowerCut()
        {
            PowerCut(new bool[UnsyncedCount]);
        }

        /// <summary>Cuts the power: the card is closed, and of the unsynced block writes only those that are chosen stay.</summary>
        /// <param name="kept">One for each of them, in the order of writing.</param>
        public void PowerCut(bool[] kept)
        {
            Close();
            for (int index = 0; index < UnsyncedCount; index++)
            {
                _now[_unsyncedBlocks[index]] = _durable[_unsyncedBlocks[index]];
            }

            for (int index = 0; index < UnsyncedCount; index++)
            {
                if (kept[index])
                {
                    _now[_unsyncedBlocks[index]] = _unsyncedOctets[index];
                }
            }

            for (int index = 0; index < UnsyncedCount; index++)
            {
                _durable[_unsyncedBlocks[index]] = _now[_unsyncedBlocks[index]];
            }

            Forget();
        }

        /// <summary>Turns over bits behind the card's back, as a worn cell does.</summary>
        /// <param name="block">The block.</param>
        /// <param name="octet">The octet's place in it.</param>
        /// <param name="mask">The bits.</param>
        public void Damage(int block, int octet, byte mask)
        {
            byte[] octets = new byte[Limits.BlockOctets];
            if (_now[block] != null)
            {
                Array.Copy(_now[block], 0, octets, 0, octets.Length);
            }

            octets[octet] ^= mask;
            _now[block] = octets;
            _durable[block] = octets;
        }

        private static byte[] CopyOf(byte[] buffer, int offset)
        {
            int end = offset + Limits.BlockOctets;
            int at = offset;
            while (at < end && buffer[at] == 0)
            {
                at++;
            }

            if (at == end)
            {
                return null;
            }

            byte[] octets = new byte[Limits.BlockOctets];
            Array.Copy(buffer, offset, octets, 0, octets.Length);
            return octets;
        }

        private void Note(int block, byte[] octets)
        {
            if (UnsyncedCount == _unsyncedBlocks.Length)
            {
                int[] blocks = new int[2 * UnsyncedCount];
                byte[][] contents = new byte[2 * UnsyncedCount][];
                Array.Copy(_unsyncedBlocks, 0, blocks, 0, UnsyncedCount);
                Array.Copy(_unsyncedOctets, 0, contents, 0, UnsyncedCount);
                _unsyncedBlocks = blocks;
                _unsyncedOctets = contents;
            }

            _unsyncedBlocks[UnsyncedCount] = block;
            _unsyncedOctets[UnsyncedCount] = octets;
            UnsyncedCount++;
        }

        private void Forget()
        {
            Array.Clear(_unsyncedOctets, 0, UnsyncedCount);
            UnsyncedCount = 0;
        }

        private bool IsInside(int block, int count)
        {
            return _isOpen && block >= 0 && count >= 0 && block + count <= _now.Length;
        }
    }
}

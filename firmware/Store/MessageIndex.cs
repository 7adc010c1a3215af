using System;

namespace MailAppliance.Store
{
    /// <summary>
    /// What RAM knows of every committed message that somebody still has: 7 numbers a message, in parallel arrays, in the
    /// order of their unique-ids. Everything else is read from the card.
    /// </summary>
    public sealed class MessageIndex
    {
        private readonly int[] _uniqueIds;
        private readonly int[] _epochs;
        private readonly int[] _octets;
        private readonly int[] _firstBlocks;
        private readonly int[] _blocks;
        private readonly int[] _recipients;
        private readonly int _words;
        private int _count;

        /// <summary>Makes an empty index; done at boot.</summary>
        /// <param name="messagesMax">Messages it has room for.</param>
        /// <param name="words">Words of recipient bits a message: one for 32 maildrops.</param>
        public MessageIndex(int messagesMax, int words)
        {
            _words = words;
            _uniqueIds = new int[messagesMax];
            _epochs = new int[messagesMax];
            _octets = new int[messagesMax];
            _firstBlocks = new int[messagesMax];
            _blocks = new int[messagesMax];
            _recipients = new int[messagesMax * words];
        }

        /// <summary>Messages in the index.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Messages it has room for.</summary>
        public int Capacity
        {
            get { return _uniqueIds.Length; }
        }

        /// <summary>Words of recipient bits a message.</summary>
        public int Words
        {
            get { return _words; }
        }

        /// <summary>Blocks of all messages in the index.</summary>
        public int LiveBlocks;

        /// <summary>Pairs of message and recipient: how many removals could still be asked for.</summary>
        public int LiveRecipients;

        /// <summary>Forgets everything.</summary>
        public void Clear()
        {
            _count = 0;
            LiveBlocks = 0;
            LiveRecipients = 0;
        }

        /// <summary>Adds the newest message.</summary>
        /// <param name="uniqueId">Number of its unique-id, higher than every other's.</param>
        /// <param name="epoch">Epoch of its unique-id.</param>
        /// <param name="octets">Its octets as POP3 counts them.</param>
        /// <param name="firstBlock">Where its first fragment is.</param>
        /// <param name="blocks">Blocks of all its fragments.</param>
        /// <param name="recipients">Buffer with its recipient bits.</param>
        /// <param name="offset">Index of the first word.</param>
        public void Add(int uniqueId, int epoch, int octets, int firstBlock, int blocks, int[] recipients, int offset)
        {
            int at = _count;
            _uniqueIds[at] = uniqueId;
            _epochs[at] = epoch;
            _octets[at] = octets;
            _firstBlocks[at] = firstBlock;
            _blocks[at] = blocks;
            Array.Copy(recipients, offset, _recipients, at * _words, _words);
            _count++;
            LiveBlocks += blocks;
            LiveRecipients += BitsOf(at);
        }

        /// <summary>Finds a message.</summary>
        /// <param name="uniqueId">Number of its unique-id.</param>
        /// <returns>Its place, good until the next removal; -1 where it is not there.</returns>
        public int Find(int uniqueId)
        {
            int at = LowerBound(uniqueId);
            return at < _count && _uniqueIds[at] == uniqueId ? at : -1;
        }

        /// <summary>The first place whose unique-id is not below a number.</summary>
        /// <param name="uniqueId">The number.</param>
        /// <returns>0 to <see cref="Count"/>.</returns>
        public int LowerBound(int uniqueId)
        {
            int low = 0;
            int high = _count;
            while (low < high)
            {
                int middle = (low + high) >> 1;
                if (_uniqueIds[middle] - uniqueId < 0)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low;
        }

        /// <summary>Number of a message's unique-id.</summary>
        /// <param name="at">Its place.</param>
        /// <returns>The number.</returns>
        public int UniqueIdAt(int at)
        {
            return _uniqueIds[at];
        }

        /// <summary>Epoch of a message's unique-id.</summary>
        /// <param name="at">Its place.</param>
        /// <returns>The epoch.</returns>
        public int EpochAt(int at)
        {
            return _epochs[at];
        }

        /// <summary>A message's octets as POP3 counts them.</summary>
        /// <param name="at">Its place.</param>
        /// <returns>The octets.</returns>
        public int OctetsAt(int at)
        {
            return _octets[at];
        }

        /// <summary>Where a message's first fragment is.</summary>
        /// <param name="at">Its place.</param>
        /// <returns>The block.</returns>
        public int FirstBlockAt(int at)
        {
            return _firstBlocks[at];
        }

        /// <summary>Blocks of all a message's fragments.</summary>
        /// <param name="at">Its place.</param>
        /// <returns>The blocks.</returns>
        public int BlocksAt(int at)
        {
            return _blocks[at];
        }

        /// <summary>Whether a message is in a maildrop.</summary>
        /// <param name="at">Its place.</param>
        /// <param name="bit">The maildrop's recipient bit.</param>
        /// <returns>True where it is.</returns>
        public bool Has(int at, int bit)
        {
            return (_recipients[(at * _words) + (bit >> 5)] & (1 << (bit & 31))) != 0;
        }

        /// <summary>Takes messages of a range of unique-ids out of one maildrop; call <see cref="Sweep"/> behind the last range.</summary>
        /// <param name="first">The first number.</param>
        /// <param name="last">The last one.</param>
        /// <param name="bit">The maildrop's recipient bit.</param>
        public void Remove(int first, int last, int bit)
        {
            int word = bit >> 5;
            int mask = 1 << (bit & 31);
            for (int at = LowerBound(first); at < _count && last - _uniqueIds[at] >= 0; at++)
            {
                int index = (at * _words) + word;
                if ((_recipients[index] & mask) != 0)
                {
                    _recipients[index] &= ~mask;
                    LiveRecipients--;
                }
            }
        }

        /// <summary>Takes one message out of every maildrop; call <see cref="Sweep"/> behind the last.</summary>
        /// <param name="uniqueId">Number of its unique-id; one that is not there is passed over.</param>
        public void Drop(int uniqueId)
        {
            int at = Find(uniqueId);
            if (at >= 0)
            {
                LiveRecipients -= BitsOf(at);
                Array.Clear(_recipients, at * _words, _words);
            }
        }

        /// <summary>Closes the gaps of messages that nobody has any more.</summary>
        public void Sweep()
        {
            int to = 0;
            for (int from = 0; from < _count; from++)
            {
                if (!IsLive(from))
                {
                    LiveBlocks -= _blocks[from];
                    continue;
                }

                if (to != from)
                {
                    _uniqueIds[to] = _uniqueIds[from];
                    _epochs[to] = _epochs[from];
                    _octets[to] = _octets[from];
                    _firstBlocks[to] = _firstBlocks[from];
                    _blocks[to] = _blocks[from];
                    Array.Copy(_recipients, from * _words, _recipients, to * _words, _words);
                }

                to++;
            }

            _count = to;
        }

        private bool IsLive(int at)
        {
            for (int word = 0; word < _words; word++)
            {
                if (_recipients[(at * _words) + word] != 0)
                {
                    return true;
                }
            }

            return false;
        }

        private int BitsOf(int at)
        {
            int bits = 0;
            for (int word = 0; word < _words; word++)
            {
                for (int rest = _recipients[(at * _words) + word]; rest != 0; rest &= rest - 1)
                {
                    bits++;
                }
            }

            return bits;
        }
    }
}

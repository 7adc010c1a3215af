using System;

namespace MailAppliance.Store
{
    /// <summary>
    /// What RAM knows of every committed message that somebody still has, in parallel arrays, in the order of their unique-ids.
    /// Everything else is read from the card.
    /// </summary>
    /// <remarks>RAM: 18 octets a message, and one for each 8 maildrops; 12 a maildrop for what is in it.</remarks>
    public sealed class MessageIndex
    {
        // Blocks of a message are kept in 16 bits: what needs more is rounded up to so many, and has this bit.
        private const int CoarseBlocks = 512;
        private const int CoarseBit = 0x8000;

        private readonly int[] _uniqueIds;
        private readonly int[] _epochs;
        private readonly int[] _octets;
        private readonly int[] _firstBlocks;
        private readonly ushort[] _blocks;
        private readonly byte[] _recipients;
        private readonly int _recipientOctets;
        private readonly int[] _maildropMessages;
        private readonly long[] _maildropOctets;

        /// <summary>Makes an empty index; done at boot.</summary>
        /// <param name="messagesMax">Messages it has room for.</param>
        /// <param name="maildropsMax">Recipient bits a message.</param>
        public MessageIndex(int messagesMax, int maildropsMax)
        {
            _recipientOctets = RecipientOctetsOf(maildropsMax);
            _uniqueIds = new int[messagesMax];
            _epochs = new int[messagesMax];
            _octets = new int[messagesMax];
            _firstBlocks = new int[messagesMax];
            _blocks = new ushort[messagesMax];
            _recipients = new byte[messagesMax * _recipientOctets];
            _maildropMessages = new int[8 * _recipientOctets];
            _maildropOctets = new long[8 * _recipientOctets];
        }

        /// <summary>Octets of RAM that an index takes.</summary>
        /// <param name="messagesMax">Messages it has room for.</param>
        /// <param name="maildropsMax">Recipient bits a message.</param>
        /// <returns>The octets, without the arrays' own.</returns>
        public static long OctetsOf(int messagesMax, int maildropsMax)
        {
            int recipientOctets = RecipientOctetsOf(maildropsMax);
            return ((long)messagesMax * ((4 * sizeof(int)) + sizeof(ushort) + recipientOctets)) + (8 * recipientOctets * (sizeof(int) + sizeof(long)));
        }

        /// <summary>Messages in the index.</summary>
        public int Count;

        /// <summary>Messages it has room for.</summary>
        public int Capacity
        {
            get { return _uniqueIds.Length; }
        }

        /// <summary>Counts the times that places changed: one that was found before is good no longer.</summary>
        public int Version;

        /// <summary>Counts the times that a message went to another place on the card, or was lost: a reader looks again.</summary>
        public int Moves;

        /// <summary>Blocks of the largest message in the index: room for a copy of it has to be left.</summary>
        public int LargestBlocks;

        /// <summary>Blocks of all messages in the index; of large ones a little more than they have.</summary>
        public int LiveBlocks;

        /// <summary>Pairs of message and recipient: how many removals could still be asked for.</summary>
        public int LiveRecipients;

        /// <summary>Forgets everything.</summary>
        public void Clear()
        {
            Count = 0;
            LiveBlocks = 0;
            LiveRecipients = 0;
            LargestBlocks = 0;
            Array.Clear(_maildropMessages, 0, _maildropMessages.Length);
            Array.Clear(_maildropOctets, 0, _maildropOctets.Length);
            Version++;
        }

        /// <summary>Whether recipients are all among the bits that a message has here.</summary>
        /// <param name="recipients">Recipient bits: word i, bit b is bit 32 i + b.</param>
        /// <returns>False where one is not; it would be lost.</returns>
        public bool HasBitsFor(int[] recipients)
        {
            int rest = 0;
            for (int index = _recipientOctets; index < 4 * recipients.Length; index++)
            {
                rest |= OctetOf(recipients, index);
            }

            return rest == 0;
        }

        /// <summary>Adds a message: the newest, or at boot one whose copy lies behind newer ones.</summary>
        /// <param name="uniqueId">Number of its unique-id, which no other has.</param>
        /// <param name="epoch">Epoch of its unique-id.</param>
        /// <param name="octets">Its octets as POP3 counts them.</param>
        /// <param name="firstBlock">Where its first fragment is.</param>
        /// <param name="blocks">Blocks of all its fragments.</param>
        /// <param name="recipients">Its recipient bits: word i, bit b is bit 32 i + b.</param>
        public void Add(int uniqueId, int epoch, int octets, int firstBlock, int blocks, int[] recipients)
        {
            int at = Count == 0 || uniqueId - _uniqueIds[Count - 1] > 0 ? Count : MakeGap(uniqueId);
            _uniqueIds[at] = uniqueId;
            _epochs[at] = epoch;
            _octets[at] = octets;
            _firstBlocks[at] = firstBlock;
            _blocks[at] = Coarse(blocks);
            for (int index = 0; index < _recipientOctets; index++)
            {
                _recipients[(at * _recipientOctets) + index] = (byte)OctetOf(recipients, index);
            }

            Count++;
            CountRecipients(at, 1);
            AddBlocks(at);
        }

        /// <summary>Notes that a message is in another place of the card.</summary>
        /// <param name="at">Its place in the index.</param>
        /// <param name="firstBlock">Where the first fragment of its copy is.</param>
        /// <param name="blocks">Blocks of all the copy's fragments.</param>
        public void Relocate(int at, int firstBlock, int blocks)
        {
            LiveBlocks -= BlocksAt(at);
            _firstBlocks[at] = firstBlock;
            _blocks[at] = Coarse(blocks);
            AddBlocks(at);
            FindLargest();
            Moves++;
        }

        /// <summary>Finds a message.</summary>
        /// <param name="uniqueId">Number of its unique-id.</param>
        /// <returns>Its place, good until the next removal; -1 where it is not there.</returns>
        public int Find(int uniqueId)
        {
            int at = LowerBound(uniqueId);
            return at < Count && _uniqueIds[at] == uniqueId ? at : -1;
        }

        /// <summary>The first place whose unique-id is not below a number.</summary>
        /// <param name="uniqueId">The number.</param>
        /// <returns>0 to <see cref="Count"/>.</returns>
        public int LowerBound(int uniqueId)
        {
            int low = 0;
            int high = Count;
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
        /// <returns>The blocks; from 32,768 on rounded up to the next 512.</returns>
        public int BlocksAt(int at)
        {
            int blocks = _blocks[at];
            return blocks < CoarseBit ? blocks : (blocks & (CoarseBit - 1)) * CoarseBlocks;
        }

        /// <summary>Who has a message.</summary>
        /// <param name="at">Its place.</param>
        /// <param name="recipients">Filled with its recipient bits: word i, bit b is bit 32 i + b; the caller's.</param>
        public void RecipientsAt(int at, int[] recipients)
        {
            Array.Clear(recipients, 0, recipients.Length);
            for (int index = 0; index < _recipientOctets; index++)
            {
                recipients[index >> 2] |= _recipients[(at * _recipientOctets) + index] << ((index & 3) << 3);
            }
        }

        /// <summary>Messages of a maildrop.</summary>
        /// <param name="bit">Its recipient bit.</param>
        /// <returns>How many.</returns>
        public int MessagesOf(int bit)
        {
            return _maildropMessages[bit];
        }

        /// <summary>Octets of a maildrop, as POP3 counts them.</summary>
        /// <param name="bit">Its recipient bit.</param>
        /// <returns>The octets of all its messages.</returns>
        public long OctetsIn(int bit)
        {
            return _maildropOctets[bit];
        }

        /// <summary>Whether a message is in a maildrop.</summary>
        /// <param name="at">Its place.</param>
        /// <param name="bit">The maildrop's recipient bit.</param>
        /// <returns>True where it is.</returns>
        public bool Has(int at, int bit)
        {
            return (_recipients[(at * _recipientOctets) + (bit >> 3)] & (1 << (bit & 7))) != 0;
        }

        /// <summary>How many maildrops a message is in.</summary>
        /// <param name="at">Its place.</param>
        /// <returns>The count.</returns>
        public int RecipientCountAt(int at)
        {
            int count = 0;
            for (int index = at * _recipientOctets; index < (at + 1) * _recipientOctets; index++)
            {
                for (int rest = _recipients[index]; rest != 0; rest &= rest - 1)
                {
                    count++;
                }
            }

            return count;
        }

        /// <summary>Takes messages of a range of unique-ids out of one maildrop; call <see cref="Sweep"/> behind the last range.</summary>
        /// <param name="first">The first number.</param>
        /// <param name="last">The last one.</param>
        /// <param name="bit">The maildrop's recipient bit.</param>
        public void Remove(int first, int last, int bit)
        {
            for (int at = LowerBound(first); at < Count && last - _uniqueIds[at] >= 0; at++)
            {
                RemoveAt(at, bit);
            }
        }

        /// <summary>Takes a message out of one maildrop, where it is in it; call <see cref="Sweep"/> behind the last.</summary>
        /// <param name="at">Its place.</param>
        /// <param name="bit">The maildrop's recipient bit.</param>
        public void RemoveAt(int at, int bit)
        {
            int mask = 1 << (bit & 7);
            int index = (at * _recipientOctets) + (bit >> 3);
            if ((_recipients[index] & mask) != 0)
            {
                _recipients[index] = (byte)(_recipients[index] & ~mask);
                LiveRecipients--;
                _maildropMessages[bit]--;
                _maildropOctets[bit] -= _octets[at];
            }
        }

        /// <summary>Takes one message out of every maildrop; call <see cref="Sweep"/> behind the last.</summary>
        /// <param name="uniqueId">Number of its unique-id; one that is not there is passed over.</param>
        public void Drop(int uniqueId)
        {
            int at = Find(uniqueId);
            if (at >= 0)
            {
                CountRecipients(at, -1);
                Array.Clear(_recipients, at * _recipientOctets, _recipientOctets);
            }
        }

        /// <summary>Closes the gaps of messages that nobody has any more.</summary>
        public void Sweep()
        {
            int to = 0;
            for (int from = 0; from < Count; from++)
            {
                if (!IsLive(from))
                {
                    LiveBlocks -= BlocksAt(from);
                    continue;
                }

                if (to != from)
                {
                    Move(from, to);
                }

                to++;
            }

            if (to < Count)
            {
                Count = to;
                Version++;
                FindLargest();
            }
        }

        private void AddBlocks(int at)
        {
            int blocks = BlocksAt(at);
            LiveBlocks += blocks;
            LargestBlocks = blocks > LargestBlocks ? blocks : LargestBlocks;
        }

        private void FindLargest()
        {
            int largest = 0;
            for (int at = 0; at < Count; at++)
            {
                int blocks = BlocksAt(at);
                largest = blocks > largest ? blocks : largest;
            }

            LargestBlocks = largest;
        }

        // The order is that of the unique-ids.
        private int MakeGap(int uniqueId)
        {
            int at = LowerBound(uniqueId);
            for (int to = Count; to > at; to--)
            {
                Move(to - 1, to);
            }

            Version++;
            return at;
        }

        private void Move(int from, int to)
        {
            _uniqueIds[to] = _uniqueIds[from];
            _epochs[to] = _epochs[from];
            _octets[to] = _octets[from];
            _firstBlocks[to] = _firstBlocks[from];
            _blocks[to] = _blocks[from];
            Array.Copy(_recipients, from * _recipientOctets, _recipients, to * _recipientOctets, _recipientOctets);
        }

        private static ushort Coarse(int blocks)
        {
            return (ushort)(blocks < CoarseBit ? blocks : CoarseBit | ((blocks + CoarseBlocks - 1) / CoarseBlocks));
        }

        private static int RecipientOctetsOf(int maildropsMax)
        {
            return (maildropsMax + 7) / 8;
        }

        private static int OctetOf(int[] words, int index)
        {
            return (words[index >> 2] >> ((index & 3) << 3)) & 0xFF;
        }

        private bool IsLive(int at)
        {
            for (int index = at * _recipientOctets; index < (at + 1) * _recipientOctets; index++)
            {
                if (_recipients[index] != 0)
                {
                    return true;
                }
            }

            return false;
        }

        // What each of a message's maildrops has, one message more or less; a step for each of them.
        private void CountRecipients(int at, int messages)
        {
            int octets = messages * _octets[at];
            for (int index = 0; index < _recipientOctets; index++)
            {
                int bit = index << 3;
                for (int rest = _recipients[(at * _recipientOctets) + index]; rest != 0; rest >>= 1)
                {
                    if ((rest & 1) != 0)
                    {
                        LiveRecipients += messages;
                        _maildropMessages[bit] += messages;
                        _maildropOctets[bit] += octets;
                    }

                    bit++;
                }
            }
        }
    }
}

using System.Collections.Generic;
using System.Numerics;

namespace MailAppliance.Tools.Torture.Model
{
    /// <summary>Whether a ring can be full, by SPEC.md's account of the room that is kept from mail, and the most that can be in it.</summary>
    internal sealed class RingRoom
    {
        private const int BlockOctets = 512;
        private const int HeaderOctets = 112;
        private const int VoidBlocks = 8;

        // A table of maildrops is one block here.
        private const int TableBlocks = 1;

        /// <summary>The most octets of the fields that are put before a mail.</summary>
        internal const int FrontOctetsMax = 400;

        private readonly int _areaBlocks;
        private readonly int _recordOctets;
        private readonly int _messagesMax;
        private readonly int _pending;

        /// <summary>Makes it.</summary>
        /// <param name="blocks">Blocks of the ring's file.</param>
        /// <param name="recordOctets">Octets of a record buffer.</param>
        /// <param name="messagesMax">Messages that the ring may hold.</param>
        /// <param name="pending">Pairs of message and recipient that may be on their way.</param>
        internal RingRoom(int blocks, int recordOctets, int messagesMax, int pending)
        {
            _areaBlocks = blocks - 2;
            _recordOctets = recordOctets;
            _messagesMax = messagesMax;
            _pending = pending;
        }

        /// <summary>Whether a mail may take more than one record.</summary>
        internal bool IsLong(SentMail mail)
        {
            return mail.WireOctets + FrontOctetsMax > _recordOctets - HeaderOctets;
        }

        /// <summary>Old mail was dropped for new: the ring must be able to have been full.</summary>
        internal void CheckFull(List<SentMail> mails)
        {
            int count = 0;
            int pairs = 0;
            int live = 0;
            int largest = 0;
            foreach (SentMail mail in mails)
            {
                if (mail.Live != 0)
                {
                    int blocks = BlocksOf(mail);
                    count++;
                    pairs += BitOperations.PopCount((uint)mail.Live);
                    live += blocks;
                    largest = blocks > largest ? blocks : largest;
                }
            }

            // One more record, and what is wasted where it wraps.
            int record = Blocks(_recordOctets);
            int wanted = (2 * record) - 1;
            int kept = VoidBlocks + TableBlocks + (2 * record) - 1 + _pending + record + TableBlocks;
            bool isFull = count >= _messagesMax
                || live + record > _areaBlocks - ((_areaBlocks + 2) / 3)
                || live + pairs + kept + Copy(largest) + wanted > _areaBlocks;
            if (!isFull)
            {
                throw new BrokenPromiseException(
                    Promise.DropsTheOldest, $"old mail was dropped, and the ring of {_areaBlocks} blocks has {count} messages of {live} blocks in {pairs} maildrops at most");
            }
        }

        // Its copy may be cut anew.
        private int BlocksOf(SentMail mail)
        {
            int octets = mail.WireOctets + FrontOctetsMax;
            int payload = _recordOctets - HeaderOctets;
            int whole = octets / payload * Blocks(_recordOctets);
            return whole + Blocks((octets % payload) + HeaderOctets);
        }

        private int Copy(int blocks)
        {
            return blocks + (blocks / 4) + Blocks(_recordOctets);
        }

        private static int Blocks(int octets)
        {
            return (octets + BlockOctets - 1) / BlockOctets;
        }
    }
}

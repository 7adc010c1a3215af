using System;

namespace MailAppliance.Tools.Torture.Model
{
    /// <summary>One mail that some client sent, or began to.</summary>
    internal sealed class SentMail
    {
        private byte[] _wire = new byte[512];

        /// <summary>Its number in the run, which its first line tells.</summary>
        internal int Number;

        /// <summary>Octets in wire form, with the end.</summary>
        internal int WireOctets;

        /// <summary>Bit of each maildrop, by name, that it was accepted for.</summary>
        internal int Recipients;

        /// <summary>Bit of each maildrop that an answered QUIT took it from.</summary>
        internal int Removed;

        /// <summary>The event in which the last of them was known to have done so: a session that began before may still list it.</summary>
        internal int RemovedAt;

        /// <summary>Bit of each maildrop that a check has not found it in while it is unanswered.</summary>
        internal int Missed;

        /// <summary>What its sender knows.</summary>
        internal MailState State;

        /// <summary>The event in which it became accepted.</summary>
        internal int AcceptedAt;

        /// <summary>Its unique-id; 0 where nobody has seen it.</summary>
        internal ulong UniqueId;

        /// <summary>The listing that it was seen in last.</summary>
        internal int SeenIn;

        /// <summary>The last check of all maildrops that it was seen in.</summary>
        internal int SeenInCheck;

        /// <summary>Number of the mail transaction that it came in, which its reverse-path tells.</summary>
        internal int Transaction;

        /// <summary>Dots of transparency in it.</summary>
        internal int StuffedDots;

        /// <summary>The turn of the loop in which the log told that it is stored; 0 where nobody heard of it.</summary>
        internal long StoredAt;

        /// <summary>It takes more than one record, and may be on its way: nothing behind its first one can become free.</summary>
        internal bool HoldsTail;

        /// <summary>Dropped by a policy that may: in no maildrop any more.</summary>
        internal bool IsDropped;

        /// <summary>The event in which that was known: a session that began before may still list it.</summary>
        internal int DroppedAt;

        /// <summary>Nobody has listed a maildrop that it is in since a drop may have been missed.</summary>
        internal bool MayBeDropped;

        /// <summary>The power went, or the card, before the log could tell that it was dropped.</summary>
        internal bool IsFoundDropped;

        /// <summary>Its octets.</summary>
        internal ReadOnlySpan<byte> Wire
        {
            get { return _wire.AsSpan(0, WireOctets); }
        }

        /// <summary>Maildrops in which it has to be, or may be where it is unanswered.</summary>
        internal int Live
        {
            get { return IsDropped || State is MailState.Sending or MailState.Refused ? 0 : Recipients & ~Removed; }
        }

        /// <summary>Starts anew as another mail.</summary>
        internal void Begin(int number, int recipients)
        {
            Number = number;
            Recipients = recipients;
            WireOctets = 0;
            Removed = 0;
            RemovedAt = 0;
            Missed = 0;
            State = MailState.Sending;
            AcceptedAt = 0;
            UniqueId = 0;
            SeenIn = 0;
            SeenInCheck = -1;
            Transaction = 0;
            StuffedDots = 0;
            StoredAt = 0;
            HoldsTail = false;
            IsDropped = false;
            DroppedAt = 0;
            IsFoundDropped = false;
            MayBeDropped = false;
        }

        /// <summary>Room for its octets.</summary>
        internal byte[] Room(int octets)
        {
            if (_wire.Length < octets)
            {
                _wire = new byte[Math.Max(octets, 2 * _wire.Length)];
            }

            return _wire;
        }
    }
}

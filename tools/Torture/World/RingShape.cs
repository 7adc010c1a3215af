namespace MailAppliance.Tools.Torture.World
{
    /// <summary>Sizes of a run's ring and buffers: as small as the store takes, so that a lap is soon made.</summary>
    internal sealed class RingShape
    {
        /// <summary>All there are, the smallest first.</summary>
        internal static readonly RingShape[] All =
        {
            new() { Blocks = 72, RecordOctets = 1024, Messages = 16, EmptyRingOctets = 6 * 1024 },
            new() { Blocks = 96, RecordOctets = 1024, Messages = 24 },
            new() { Blocks = 128, RecordOctets = 1536, Messages = 32 },
            new() { Blocks = 200, RecordOctets = 3072, Messages = 48 },
        };

        private readonly int _emptyRingOctets;

        /// <summary>Blocks of the ring's file.</summary>
        internal int Blocks { get; private init; }

        /// <summary>Octets of a record buffer.</summary>
        internal int RecordOctets { get; private init; }

        /// <summary>Messages that the ring may hold.</summary>
        internal int Messages { get; private init; }

        /// <summary>Octets of a mail that finds room in an empty ring: of the largest, but for the smallest ring, most of which is kept for what is
        /// not mail. No user's is so small.</summary>
        internal int EmptyRingOctets
        {
            get { return _emptyRingOctets > 0 ? _emptyRingOctets : MessageOctets; }
            private init { _emptyRingOctets = value; }
        }

        /// <summary>Octets of the largest mail.</summary>
        internal int MessageOctets
        {
            get { return Blocks / 4 * 512; }
        }
    }
}

namespace MailAppliance.Tools.Torture.World
{
    /// <summary>Sizes of a run's ring and buffers: as small as the store takes, so that a lap is soon made.</summary>
    internal sealed class RingShape
    {
        /// <summary>All there are, the smallest first.</summary>
        internal static readonly RingShape[] All =
        {
            new() { Blocks = 72, RecordOctets = 1024, Messages = 16 },
            new() { Blocks = 96, RecordOctets = 1024, Messages = 24 },
            new() { Blocks = 128, RecordOctets = 1536, Messages = 32 },
            new() { Blocks = 200, RecordOctets = 3072, Messages = 48 },
        };

        /// <summary>Blocks of the ring's file.</summary>
        internal int Blocks { get; private init; }

        /// <summary>Octets of a record buffer.</summary>
        internal int RecordOctets { get; private init; }

        /// <summary>Messages that the ring may hold.</summary>
        internal int Messages { get; private init; }

        /// <summary>Octets of the largest mail.</summary>
        internal int MessageOctets
        {
            get { return Blocks / 4 * 512; }
        }
    }
}

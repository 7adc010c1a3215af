using System;

namespace MailAppliance.Tools.Fuzz.Targets
{
    /// <summary>Octets in the order they came, as far as there is room for them. Made once; allocates nothing after that.</summary>
    internal sealed class Transcript
    {
        private readonly byte[] _octets;

        /// <summary>Makes one.</summary>
        /// <param name="room">Octets that it keeps.</param>
        internal Transcript(int room)
        {
            _octets = new byte[room];
        }

        /// <summary>Octets kept.</summary>
        internal int Count { get; private set; }

        /// <summary>Octets that came, also those that were not kept.</summary>
        internal long Total { get; private set; }

        /// <summary>What was kept.</summary>
        internal ReadOnlySpan<byte> Octets
        {
            get { return _octets.AsSpan(0, Count); }
        }

        /// <summary>Starts over.</summary>
        internal void Clear()
        {
            Count = 0;
            Total = 0;
        }

        /// <summary>Takes octets.</summary>
        /// <param name="buffer">Copied from.</param>
        /// <param name="offset">The first.</param>
        /// <param name="count">How many.</param>
        internal void Add(byte[] buffer, int offset, int count)
        {
            int kept = Math.Min(count, _octets.Length - Count);
            Array.Copy(buffer, offset, _octets, Count, kept);
            Count += kept;
            Total += count;
        }

        /// <summary>Takes one octet.</summary>
        /// <param name="octet">The octet.</param>
        internal void Add(int octet)
        {
            if (Count < _octets.Length)
            {
                _octets[Count++] = (byte)octet;
            }

            Total++;
        }

        /// <summary>Whether another one is the same.</summary>
        /// <param name="other">The other one.</param>
        /// <returns>True where it is.</returns>
        internal bool IsSame(Transcript other)
        {
            return Total == other.Total && Octets.SequenceEqual(other.Octets);
        }
    }
}

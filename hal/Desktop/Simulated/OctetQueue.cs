using System;

namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>Octets in order. Grows to the most it ever held, and allocates nothing after that.</summary>
    internal sealed class OctetQueue
    {
        private byte[] _octets = new byte[512];
        private int _start;

        /// <summary>Octets in the queue.</summary>
        internal int Count { get; private set; }

        /// <summary>Puts octets behind the others.</summary>
        internal void Put(ReadOnlySpan<byte> octets)
        {
            if (_start + Count + octets.Length > _octets.Length)
            {
                MakeRoom(octets.Length);
            }

            octets.CopyTo(_octets.AsSpan(_start + Count));
            Count += octets.Length;
        }

        /// <summary>Takes the first octets, as many as there are and fit.</summary>
        /// <returns>How many.</returns>
        internal int Take(Span<byte> target)
        {
            int count = Math.Min(target.Length, Count);
            _octets.AsSpan(_start, count).CopyTo(target);
            Count -= count;
            _start = Count == 0 ? 0 : _start + count;
            return count;
        }

        /// <summary>Forgets all.</summary>
        internal void Clear()
        {
            _start = 0;
            Count = 0;
        }

        private void MakeRoom(int more)
        {
            byte[] target = _octets;
            if (Count + more > target.Length)
            {
                target = new byte[Math.Max(Count + more, target.Length * 2)];
            }

            Buffer.BlockCopy(_octets, _start, target, 0, Count);
            _octets = target;
            _start = 0;
        }
    }
}

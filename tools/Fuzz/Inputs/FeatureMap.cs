using System;
using System.Numerics;

namespace MailAppliance.Tools.Fuzz.Inputs
{
    /// <summary>
    /// What inputs have made happen: each feature (a state, an event and a reply, say) and how often, in powers of two. An input that shows
    /// what none before has shown is worth changing further.
    /// </summary>
    internal sealed class FeatureMap
    {
        private const int SlotCount = 1 << 14;
        private const int BucketMax = 7;

        private readonly byte[] _seen = new byte[SlotCount];
        private readonly int[] _counts = new int[SlotCount];
        private readonly int[] _touched = new int[SlotCount];
        private int _touchedCount;

        /// <summary>Features seen since <see cref="Clear"/>, each number of times for itself.</summary>
        internal int SeenCount { get; private set; }

        /// <summary>Forgets all inputs.</summary>
        internal void Clear()
        {
            Array.Clear(_seen);
            SeenCount = 0;
            Begin();
        }

        /// <summary>Begins an input.</summary>
        internal void Begin()
        {
            for (int at = 0; at < _touchedCount; at++)
            {
                _counts[_touched[at]] = 0;
            }

            _touchedCount = 0;
        }

        /// <summary>Notes that something happened; allocates nothing.</summary>
        /// <param name="feature">Its number, spread as it may be.</param>
        internal void Note(int feature)
        {
            int slot = (int)(((uint)feature * 0x9E3779B1u) >> 18);
            if (_counts[slot]++ == 0)
            {
                _touched[_touchedCount++] = slot;
            }
        }

        /// <summary>Ends an input.</summary>
        /// <returns>Whether it showed anything new.</returns>
        internal bool End()
        {
            bool isNew = false;
            for (int at = 0; at < _touchedCount; at++)
            {
                int slot = _touched[at];
                int bucket = 1 << Math.Min(BucketMax, BitOperations.Log2((uint)_counts[slot]));
                if ((_seen[slot] & bucket) == 0)
                {
                    _seen[slot] |= (byte)bucket;
                    SeenCount++;
                    isNew = true;
                }
            }

            return isNew;
        }
    }
}

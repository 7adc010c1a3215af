using System;

namespace MailAppliance.Tools.Fuzz.Ring
{
    /// <summary>
    /// Damages a ring as an input says. Its first octet chooses the ring; each eight that follow are one damage: kind, two places (2 octets each),
    /// a count, another ring, a value.
    /// </summary>
    internal static class RingDamage
    {
        /// <summary>Octets of one damage.</summary>
        internal const int StepOctets = 8;

        private const int BlockOctets = 512;
        private const int HeaderOctets = 112;
        private const int StepsMax = 24;
        private const int KindCount = 12;
        private const int RunMax = 8;

        /// <summary>Damages a card.</summary>
        /// <param name="input">The input.</param>
        /// <param name="card">The card, with the ring in it.</param>
        /// <returns>Whether nothing good was put into another place: then whatever is untouched has to be found.</returns>
        internal static bool Apply(byte[] input, RingCard card)
        {
            bool isRot = true;
            int blocks = RingStore.RingBlocks;
            for (int at = 1, step = 0; at + StepOctets <= input.Length && step < StepsMax; at += StepOctets, step++)
            {
                int first = ((input[at + 1] << 8) | input[at + 2]) % blocks;
                int second = (input[at + 3] << 8) | input[at + 4];
                int count = 1 + (input[at + 5] % RunMax);
                int value = input[at + 7];
                Span<byte> octets = card.Octets.AsSpan(0, blocks * BlockOctets);
                int place = first * BlockOctets;
                int other = second % blocks;
                int run = Math.Min(count, blocks - Math.Max(first, other));
                switch (input[at] % KindCount)
                {
                    case 0 or 1 or 2:
                        octets[place + (second % BlockOctets)] ^= (byte)Math.Max(1, value);
                        break;
                    case 3:
                        octets[place + (second % HeaderOctets)] ^= (byte)Math.Max(1, value);
                        break;
                    case 4:
                        octets[place + (second % BlockOctets)] = (byte)value;
                        break;
                    case 5:
                        octets.Slice(place, Math.Min(count, blocks - first) * BlockOctets).Clear();
                        break;
                    case 6:
                        octets[((value & 1) == 0 ? 0 : (blocks - 1) * BlockOctets) + (second % BlockOctets)] ^= (byte)Math.Max(1, value >> 1);
                        break;
                    case 7 or 8:
                        octets.Slice(place, run * BlockOctets).CopyTo(octets.Slice(other * BlockOctets));
                        isRot = false;
                        break;
                    case 9:
                        byte[] held = octets.Slice(place, run * BlockOctets).ToArray();
                        octets.Slice(other * BlockOctets, run * BlockOctets).CopyTo(octets.Slice(place));
                        held.CopyTo(octets.Slice(other * BlockOctets));
                        isRot = false;
                        break;
                    case 10:
                        RingImage image = RingImage.Get(input[at + 6] % RingImage.Count);
                        int length = Math.Min(count, blocks - first) * BlockOctets;
                        image.Octets.AsSpan(place, length).CopyTo(octets.Slice(place));
                        isRot = false;
                        break;
                    default:
                        if (value < 64)
                        {
                            card.Truncate(Math.Max(1, first));
                            isRot = false;
                        }

                        break;
                }
            }

            return isRot;
        }
    }
}

using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;

namespace MailAppliance.Tools.Bench.Rigs
{
    /// <summary>A card that passes everything on, and counts what is read of it.</summary>
    internal sealed class CountedCard : CardDecorator
    {
        /// <summary>Makes one.</summary>
        /// <param name="card">The card behind it; the caller's.</param>
        internal CountedCard(ICard card)
            : base(card)
        {
        }

        /// <summary>Blocks that were asked for.</summary>
        internal long BlocksRead { get; private set; }

        /// <inheritdoc/>
        public override bool Read(int block, byte[] buffer, int offset, int count)
        {
            BlocksRead += count;
            return base.Read(block, buffer, offset, count);
        }
    }
}

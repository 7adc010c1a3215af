using System;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;

namespace MailAppliance.Tools.Card
{
    /// <summary>
    /// A card that is opened once and then kept: opened again it goes on as it is, so that its lock is never given away between
    /// two looks at it.
    /// </summary>
    internal sealed class HeldCard : CardDecorator
    {
        /// <summary>Makes one.</summary>
        /// <param name="card">The card; the caller's, who closes it.</param>
        public HeldCard(ICard card)
            : base(card)
        {
        }

        /// <inheritdoc/>
        public override int Open()
        {
            return BlockCount > 0 ? CardStatus.Ready : base.Open();
        }

        /// <inheritdoc/>
        public override int Create(int blockCount)
        {
            throw new InvalidOperationException("a card that is held is there already");
        }

        /// <summary>Does nothing: whoever holds it closes it.</summary>
        public override void Close()
        {
        }
    }
}

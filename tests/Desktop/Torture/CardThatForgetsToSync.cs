using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;

namespace MailAppliance.Tests.Torture
{
    /// <summary>Says that it has synced, and has not: what a store that skips a sync amounts to.</summary>
    internal sealed class CardThatForgetsToSync : CardDecorator
    {
        internal CardThatForgetsToSync(ICard card)
            : base(card)
        {
        }

        public override bool Sync()
        {
            return true;
        }

        public override int BeginSync()
        {
            return SyncState.Done;
        }

        public override int PollSync()
        {
            return SyncState.Done;
        }
    }
}

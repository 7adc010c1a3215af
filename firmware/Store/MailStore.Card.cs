using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <content>What becomes of the store where its card is pulled out, and where one is put in.</content>
    public sealed partial class MailStore
    {
        /// <summary>Whether the card is the one that the store was opened on, by what its superblocks say.</summary>
        internal bool IsCardThere
        {
            get { return _card.IsThere && _superblocks.IsStill(_superblock); }
        }

        /// <summary>The card is gone: what waits for an outcome gets Unknown, and nothing is written before <see cref="Reopen"/>.</summary>
        internal void GiveUp()
        {
            Commits.GiveUp();
            _relocation.Reset();
        }

        /// <summary>Sessions are in the midst of mail or of a maildrop.</summary>
        internal bool IsInUse
        {
            get { return Commits.OpenCount > 0 || _views.AnyLocked; }
        }

        /// <summary>Opens whatever ring the card holds now, as at boot; makes none. Nobody may be using the store.</summary>
        /// <param name="entropy">For the epoch.</param>
        /// <returns>How it went.</returns>
        internal StoreOpening Reopen(IEntropy entropy)
        {
            return Open(entropy, null, false);
        }

        private StoreOpening Open(IEntropy entropy, IStoreProgress progress, bool mayFormat)
        {
            Commits.Reset();
            _relocation.Reset();
            _room.Reset();
            _maildrops.Reset();
            if (_notice != null)
            {
                _notice.Reset();
            }

            if (_retention != null)
            {
                _retention.Reset();
            }

            StoreOpening opening = new StoreOpening(
                _settings, _card, _checksum, _superblock, _superblocks, Ring, ReadBack, Index, _maildrops, _notice, _scratch, mayFormat);
            opening.Run(entropy, progress);
            if (opening.Status != StoreStatus.Ready)
            {
                Commits.GiveUp();
            }

            return opening;
        }
    }
}

using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal;
using MailAppliance.Store;

namespace MailAppliance.Loop
{
    /// <summary>
    /// Looks once a second whether the card is still the one that the store was opened on. Where it is not, the store lets go of
    /// all it knew, nothing is written any more, and each second a card is asked for; what is found is recovered as at boot,
    /// before a block of it is written. Where the start found no card that could be used, the first one that can be is taken as at
    /// a start: a ring is made on it where it holds none.
    /// </summary>
    /// <remarks>A card is changed by a hand, which takes longer than a look and the next: whoever pulls it is seen at it.</remarks>
    public sealed class CardWatch
    {
        private const int LookMilliseconds = 1000;

        // Looking into a ring that is damaged or of another kind takes long, and it stays so until a hand changes the card.
        private const int RefusedMilliseconds = 10000;

        private readonly ApplianceSettings _settings;
        private readonly MailStore _store;
        private readonly ICard _card;
        private readonly IEntropy _entropy;
        private readonly EventLog _log;
        private long _lookAt;
        private int _statusTold;
        private bool _isFirst;
        private IStoreProgress _progress;

        /// <summary>Makes it; done at boot.</summary>
        /// <param name="settings">The configuration.</param>
        /// <param name="store">The store.</param>
        /// <param name="card">Its card.</param>
        /// <param name="entropy">For the epoch of a card that is put in.</param>
        /// <param name="log">Told of what came and went.</param>
        public CardWatch(ApplianceSettings settings, MailStore store, ICard card, IEntropy entropy, EventLog log)
        {
            _settings = settings;
            _store = store;
            _card = card;
            _entropy = entropy;
            _log = log;
        }

        /// <summary>There is no card to write to: no session may begin.</summary>
        public bool IsGone;

        /// <summary>Times that the card was found gone, since boot.</summary>
        public int GoneCount;

        /// <summary>Records that the start, and each opening since, found to be lost.</summary>
        public int LostCount;

        /// <summary>What is wrong with the card, in words for a person; null where nothing is. Made anew at each look that finds it so.</summary>
        public string Trouble;

        /// <summary>The start found no card that can be used, and goes on without: one is asked for each second.</summary>
        /// <param name="opening">How the start's attempt went.</param>
        /// <param name="progress">Told where a ring is made; null for nobody.</param>
        internal void Await(StoreOpening opening, IStoreProgress progress)
        {
            IsGone = true;
            _isFirst = true;
            _progress = progress;
            Tell(opening);
        }

        /// <summary>Looks, where it is time to.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <returns>True where the card has just been found gone: every session has to end.</returns>
        public bool Look(long now)
        {
            if (now < _lookAt)
            {
                return false;
            }

            _lookAt = now + LookMilliseconds;
            if (IsGone)
            {
                TryReopen();
                if (_isFirst && _statusTold != StoreStatus.CardFailed)
                {
                    _lookAt = now + RefusedMilliseconds;
                }

                return false;
            }

            if (_store.IsCardThere)
            {
                return false;
            }

            IsGone = true;
            Trouble = "the card was pulled out";
            GoneCount++;
            _statusTold = StoreStatus.Ready;
            _store.GiveUp();
            _card.Close();
            _log.Begin(LogSeverity.Error, Words.CardGone).End();
            return true;
        }

        /// <summary>Milliseconds until the next look.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <returns>The milliseconds.</returns>
        public long LookLeft(long now)
        {
            return _lookAt - now;
        }

        // Sessions of the old card have to be over: what they hold means nothing on another.
        private void TryReopen()
        {
            if (_store.IsInUse)
            {
                return;
            }

            StoreOpening opening = _isFirst ? _store.Open(_entropy, _progress) : _store.Reopen(_entropy);
            if (opening.Status == StoreStatus.Ready)
            {
                IsGone = false;
                Trouble = null;
                LostCount += opening.LostCount;
                _log.Begin(LogSeverity.Notice, _isFirst ? Words.CardFirst : opening.IsSameRing ? Words.CardBack : Words.CardOther)
                    .Add(_store.Index.Count).Say(Words.CardLost).Add(opening.LostCount).End();
                _isFirst = false;
                return;
            }

            _card.Close();
            if (_isFirst || (opening.Status != _statusTold && opening.Status != StoreStatus.CardFailed))
            {
                Tell(opening);
            }
        }

        // Once for each cause, not once a second.
        private void Tell(StoreOpening opening)
        {
            string trouble = StartText.Of(opening, _card.LastError, _settings);
            if (trouble != Trouble)
            {
                _log.Begin(LogSeverity.Error, Words.CardUnfit).Add(Octets.Of(trouble)).End();
            }

            Trouble = trouble;
            _statusTold = opening.Status;
        }
    }
}

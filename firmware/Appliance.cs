using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal;
using MailAppliance.Login;
using MailAppliance.Loop;
using MailAppliance.Store;

namespace MailAppliance
{
    /// <summary>
    /// The whole: what it is made of, and the loop. One thread calls <see cref="Poll"/>; each call does a bounded amount of
    /// work on each connection, the store and the housekeeping, and returns.
    /// </summary>
    public sealed class Appliance
    {
        // A rest is never longer, so that nothing that was forgotten here can hold the appliance up for long.
        private const int RestMillisecondsMax = 1000;

        // Stopping waits this long for peers to take their last words.
        private const int StopMilliseconds = 3000;

        private const int BacklogMin = 6;

        // What bounds stop is told once in so much time.
        private const int TellBoundsMilliseconds = 10000;

        // Read away in one call from a connection on its way out: a part of what one receive brings.
        private const int SinkShare = 12;

        private readonly ApplianceSettings _settings;
        private readonly INetwork _network;
        private readonly ICard _card;
        private readonly IClock _clock;
        private readonly IEntropy _entropy;
        private readonly EventLog _log;
        private readonly MailIds _ids;
        private readonly Stamps _stamps;
        private readonly Slot[] _slots;
        private readonly Farewell _farewell;
        private StoreOpening _opening;
        private int _lostSeen;
        private int _boundsTold;
        private long _tellBoundsAt;

        /// <summary>Makes the appliance and everything it will ever need; nothing is opened yet.</summary>
        /// <param name="settings">The configuration.</param>
        /// <param name="network">The network.</param>
        /// <param name="card">The card.</param>
        /// <param name="clock">Time.</param>
        /// <param name="entropy">Randomness.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <param name="hash">HMAC-SHA-256.</param>
        /// <param name="log">Where log lines go.</param>
        public Appliance(
            ApplianceSettings settings, INetwork network, ICard card, IClock clock, IEntropy entropy, IChecksum checksum, IKeyedHash hash, ILog log)
        {
            _settings = settings;
            _network = network;
            _card = card;
            _clock = clock;
            _entropy = entropy;
            MailIds ids = new MailIds();
            Md5 md5 = new Md5();
            Stamps stamps = new Stamps(settings.Host, entropy, md5);
            LoginCheck check = new LoginCheck(settings, hash, stamps, md5);
            MailStore store = new MailStore(settings, card, checksum);

            // All who wait at both doors may be turned away in one turn.
            Farewell farewell = new Farewell(settings.SmtpSlots + settings.Pop3Slots + (2 * settings.WaitingMax), settings.SmtpInputOctets / SinkShare);
            EventLog events = new EventLog(log, settings.LogSeverityMax);
            Slot[] slots = new Slot[settings.SmtpSlots + settings.Pop3Slots];
            SmtpSlot[] smtpSlots = new SmtpSlot[settings.SmtpSlots];
            for (int at = 0; at < smtpSlots.Length; at++)
            {
                smtpSlots[at] = SmtpSlot.Create(settings, at == 0 ? null : smtpSlots[0], store, clock, events, ids, stamps, check, farewell);
                slots[at] = smtpSlots[at];
            }

            Pop3Slot[] pop3Slots = new Pop3Slot[settings.Pop3Slots];
            for (int at = 0; at < pop3Slots.Length; at++)
            {
                pop3Slots[at] = Pop3Slot.Create(settings, store, events, stamps, check, farewell);
                slots[smtpSlots.Length + at] = pop3Slots[at];
            }

            _slots = slots;
            _ids = ids;
            _stamps = stamps;
            Store = store;
            _farewell = farewell;
            _log = events;
            SmtpSlots = smtpSlots;
            Pop3Slots = pop3Slots;
            Sources = new Sources(settings, MemoryPlan.SourcesOf(settings));
            SmtpGate = new Gate(settings, smtpSlots, farewell, AccessList.Send, Sources, events);
            Pop3Gate = new Gate(settings, pop3Slots, farewell, AccessList.Fetch, Sources, events);
            CardWatch = new CardWatch(settings, store, card, entropy, events);
            if (settings.Notices)
            {
                Notices = new Notices(settings, store, clock, ids, events);
                TellBounds(Notices.TurnedAway);
            }
        }

        /// <summary>Why <see cref="Start"/> did not end in <see cref="ApplianceStatus.Running"/>: words of the platform, or null where <see cref="Opening"/> says it all.</summary>
        public string LastError;

        /// <summary>How the store was opened; null before <see cref="Start"/>, and after <see cref="ForgetOpening"/>.</summary>
        public StoreOpening Opening
        {
            get { return _opening; }
        }

        /// <summary>Gives back the memory of <see cref="Opening"/>, for a host that has told of it.</summary>
        public void ForgetOpening()
        {
            _opening = null;
        }

        /// <summary>The store, for its counters.</summary>
        public readonly MailStore Store;

        /// <summary>The SMTP slots, for whoever looks on.</summary>
        public readonly SmtpSlot[] SmtpSlots;

        /// <summary>The POP3 slots, for whoever looks on.</summary>
        public readonly Pop3Slot[] Pop3Slots;

        /// <summary>SMTP's door, for its counters.</summary>
        public readonly Gate SmtpGate;

        /// <summary>POP3's door, for its counters.</summary>
        public readonly Gate Pop3Gate;

        /// <summary>
        /// Whether <see cref="Start"/> goes on where no card can be used: newcomers wait and hear 421 until one is put in, which then
        /// is taken as at a start. Set before it.
        /// </summary>
        public bool WaitsForCard;

        /// <summary>Whether the card is there.</summary>
        public readonly CardWatch CardWatch;

        /// <summary>Who is connected, and what bounds stopped; for its counters.</summary>
        public readonly Sources Sources;

        /// <summary>What the owner is told by mail; null where he wants no such mail.</summary>
        public readonly Notices Notices;

        /// <summary>Where SMTP listens; 0 before <see cref="Start"/>.</summary>
        public int SmtpPort;

        /// <summary>Where POP3 listens; 0 before <see cref="Start"/>.</summary>
        public int Pop3Port;

        /// <summary>Where SMTP with TLS from the first octet listens; 0 before <see cref="Start"/>, and where it does not.</summary>
        public int SmtpsPort;

        /// <summary>The same of POP3.</summary>
        public int Pop3sPort;

        /// <summary>Lets mail data be searched by the platform, where that is quicker than a search for each line. To be called before <see cref="Start"/>.</summary>
        /// <param name="search">The platform's search; shared by all slots.</param>
        public void UseLineSearch(ILineSearch search)
        {
            for (int at = 0; at < SmtpSlots.Length; at++)
            {
                SmtpSlots[at].Session.Data.UseLineSearch(search);
            }
        }

        /// <summary>
        /// Opens the ports, then the card: what is refused is refused before the card is touched. The card may take long at
        /// its first format.
        /// </summary>
        /// <param name="progress">Told of long work; null for nobody.</param>
        /// <returns>One of <see cref="ApplianceStatus"/>; other than Running leaves nothing open.</returns>
        public int Start(IStoreProgress progress)
        {
            Listeners listeners = new Listeners(_network, Backlog);
            LastError = listeners.Open(_settings);
            if (LastError != null)
            {
                return ApplianceStatus.PortFailed;
            }

            _opening = Store.Open(_entropy, progress);
            if (_opening.Status != StoreStatus.Ready)
            {
                _card.Close();
                LastError = _card.LastError;
                if (!WaitsForCard)
                {
                    listeners.Close();
                    return ApplianceStatus.StoreFailed;
                }

                CardWatch.Await(_opening, progress);
            }

            CardWatch.LostCount = _opening.LostCount;
            _ids.Epoch = Store.Epoch;
            _stamps.Epoch = Store.Epoch;
            SmtpPort = listeners.PortOf(Listeners.Smtp);
            Pop3Port = listeners.PortOf(Listeners.Pop3);
            SmtpsPort = listeners.PortOf(Listeners.Smtps);
            Pop3sPort = listeners.PortOf(Listeners.Pop3s);
            SmtpGate.Open(listeners.At(Listeners.Smtp), listeners.At(Listeners.Smtps));
            Pop3Gate.Open(listeners.At(Listeners.Pop3), listeners.At(Listeners.Pop3s));
            return ApplianceStatus.Running;
        }

        /// <summary>One turn of the loop.</summary>
        /// <returns>Whether there was anything to do; where not, the caller may rest for <see cref="RestMilliseconds"/>.</returns>
        public bool Poll()
        {
            long now = _clock.MonotonicMilliseconds;
            WatchCard(now);
            Sources.SetTime(now);
            bool busy = SmtpGate.Poll(now) | Pop3Gate.Poll(now);
            Slot[] slots = _slots;
            for (int at = 0; at < slots.Length; at++)
            {
                busy |= slots[at].Poll(now);
            }

            TellDropped();
            busy |= Retire(now);
            busy |= Notices != null && !CardWatch.IsGone && Notices.Turn(now, DamageCount);
            if (Store.IsBusy)
            {
                Store.Turn();
                busy |= !Store.WaitsForCard;
                TellOutcomes(now);

                // Who waited for room has dropped something just now, and nobody may hear what follows from that before the log tells it.
                TellDropped();
                TellLost();
            }
            else if (!CardWatch.IsGone)
            {
                Store.Turn();
            }

            TellSources(now);
            return busy | _farewell.Poll(now);
        }

        /// <summary>How long the loop may rest where nothing comes from the network.</summary>
        public int RestMilliseconds
        {
            get
            {
                long now = _clock.MonotonicMilliseconds;
                long rest = _farewell.Count > 0 ? 50 : RestMillisecondsMax;
                rest = Smaller(rest, CardWatch.LookLeft(now));
                rest = Smaller(rest, SmtpGate.WaitLeft(now));
                rest = Smaller(rest, Pop3Gate.WaitLeft(now));
                for (int at = 0; at < _slots.Length; at++)
                {
                    rest = Smaller(rest, _slots[at].IdleLeft(now));
                }

                return rest < 0 ? 0 : (int)rest;
            }
        }

        /// <summary>Stops in order: no newcomers, outcomes are told, everybody reads why, the card is closed.</summary>
        public void Stop()
        {
            SmtpGate.Close();
            Pop3Gate.Close();
            Shutdown();
            long until = _clock.MonotonicMilliseconds + StopMilliseconds;
            while ((SmtpGate.TakenCount > 0 || Pop3Gate.TakenCount > 0 || _farewell.Count > 0) && _clock.MonotonicMilliseconds < until)
            {
                if (!Poll())
                {
                    _network.Wait(10);
                }
            }

            _farewell.CloseAll();
            _card.Close();
        }

        // Where the card is gone every session ends: none of them can do its work, and another card may come.
        private void WatchCard(long now)
        {
            if (CardWatch.Look(now))
            {
                Shutdown();
            }

            SmtpGate.IsShut = CardWatch.IsGone;
            Pop3Gate.IsShut = CardWatch.IsGone;
            _ids.Epoch = Store.Epoch;
            _stamps.Epoch = Store.Epoch;
        }

        // The platform's own queue holds who finds even the waiting room full.
        private int Backlog
        {
            get { return _settings.WaitingMax < BacklogMin ? BacklogMin : _settings.WaitingMax; }
        }

        private void TellBounds(TurnedAway turnedAway)
        {
            SmtpGate.TurnedAway = turnedAway;
            for (int at = 0; at < SmtpSlots.Length; at++)
            {
                SmtpSlots[at].Session.TurnedAway = turnedAway;
            }
        }

        // Damage that was found since boot, and by the start.
        private int DamageCount
        {
            get
            {
                int count = CardWatch.LostCount + Store.LostCount;
                for (int at = 0; at < Pop3Slots.Length; at++)
                {
                    count += Pop3Slots[at].DamagedCount;
                }

                return count;
            }
        }

        // Who waited for this turn's commit hears of it in this turn.
        private void TellOutcomes(long now)
        {
            Slot[] slots = _slots;
            for (int at = 0; at < slots.Length; at++)
            {
                if (slots[at].IsToldNext)
                {
                    slots[at].Poll(now);
                }
            }
        }

        // All of them in one line, so that an attack fills no log.
        private void TellSources(long now)
        {
            Sources sources = Sources;
            if (sources.TotalCount == _boundsTold || now < _tellBoundsAt)
            {
                return;
            }

            _boundsTold = sources.TotalCount;
            _tellBoundsAt = now + TellBoundsMilliseconds;
            EventLog log = _log.Begin(LogSeverity.Warning, Words.Bounds);
            for (int bound = 0; bound < Bound.Count; bound++)
            {
                log.Say(Words.Bounds + 1 + bound).Add(sources.CountOf(bound));
            }

            log.Say(Words.By).Add(sources.LastAddress).End();
        }

        // A message that could not be moved out of the way, since nobody could read it any more.
        private void TellLost()
        {
            if (Store.LostCount != _lostSeen)
            {
                _lostSeen = Store.LostCount;
                _log.Begin(LogSeverity.Error, Words.StoreLost).AddHex(Store.LostUniqueIdEpoch).AddHex(Store.LostUniqueId).Say(Words.StoreDamaged).End();
            }
        }

        private bool Retire(long now)
        {
            if (_settings.RetentionMilliseconds == 0 || CardWatch.IsGone)
            {
                return false;
            }

            bool busy = Store.Retire(now, _clock.IsUtcKnown, _clock.UtcSeconds);
            int retired = Store.RetiredCount;
            if (retired > 0)
            {
                _log.Begin(LogSeverity.Notice, Words.StoreRetired).Add(retired).Say(Words.StoreTooOld).End();
            }

            return busy;
        }

        private void TellDropped()
        {
            Disposal disposal = Store.Disposal;
            int count = disposal.NotedCount;
            for (int at = 0; at < count; at++)
            {
                _log.Begin(LogSeverity.Warning, Words.StoreDropped).AddHex(disposal.NotedEpochAt(at)).AddHex(disposal.NotedIdAt(at)).Say(Words.StoreOldest).End();
            }

            disposal.ForgetNoted();
        }

        private void Shutdown()
        {
            for (int at = 0; at < _slots.Length; at++)
            {
                _slots[at].Shutdown();
            }
        }

        private static long Smaller(long a, long b)
        {
            return a < b ? a : b;
        }
    }
}

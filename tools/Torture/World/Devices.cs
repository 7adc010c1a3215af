using System;
using MailAppliance.Configuration;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Store;
using MailAppliance.Tools.Torture.Model;

namespace MailAppliance.Tools.Torture.World
{
    /// <summary>The whole appliance on its lying devices: boots, turns of the loop, time.</summary>
    internal sealed class Devices
    {
        private const int TurnsMax = 20_000;

        private static readonly Crc32 s_checksum = new();

        private readonly MemoryCard _blocks = new();
        private readonly Trail _trail;
        private UnsteadyClock _clock = null!;
        private SeededEntropy _entropy = null!;

        /// <summary>Makes them.</summary>
        internal Devices(SeededRandom random, Trail trail)
        {
            Random = random;
            _trail = trail;
            Time = new ManualClock();
            Card = new LyingCard(Blocks, Time, random);
            Lan = new MemoryNetwork();
            Network = new TroubledNetwork(Lan, random);
            Appliance = null!;
        }

        internal SeededRandom Random { get; }

        /// <summary>The clock that goes right.</summary>
        internal ManualClock Time { get; }

        /// <summary>The card as the appliance sees it.</summary>
        internal LyingCard Card { get; }

        /// <summary>Puts something between the appliance and its card, new at each boot; null for nothing.</summary>
        internal Func<ICard, ICard>? Between { get; set; }

        /// <summary>What is on it.</summary>
        internal MemoryCard Blocks
        {
            get { return _blocks; }
        }

        /// <summary>Where clients connect.</summary>
        internal MemoryNetwork Lan { get; private set; }

        /// <summary>The network as the appliance sees it.</summary>
        internal TroubledNetwork Network { get; private set; }

        internal Appliance Appliance { get; private set; }

        /// <summary>Blocks written in all boots so far, superblocks aside.</summary>
        internal long WrittenBlocks { get; private set; }

        /// <summary>Times that the card was seen gone, in all boots so far.</summary>
        internal int GoneCount { get; private set; }

        /// <summary>Turns of the loop in all boots so far.</summary>
        internal long Turns { get; private set; }

        /// <summary>Whether <see cref="HadSessions"/> is kept.</summary>
        internal bool NotesSessions { get; set; }

        /// <summary>Whether there was a POP3 session when this turn began.</summary>
        internal bool HadSessions { get; private set; }

        /// <summary>Devices as new, as the seed makes them. The card stays: making one costs as much as a sixth of a run.</summary>
        internal void Reset(long seed)
        {
            Random.Reset(seed);
            _blocks.Wipe();
            Time.Reset();
            Card.Reset();
            _clock = new UnsteadyClock(Time, Random);
            _entropy = new SeededEntropy(seed ^ 0x5DEECE66D);
            Lan = new MemoryNetwork();
            Network.Reset(Lan);
            Appliance = null!;
            WrittenBlocks = 0;
            Turns = 0;
            GoneCount = 0;
        }

        /// <summary>Starts an appliance on the card as it is; connections to an earlier one are gone.</summary>
        /// <returns>One of <see cref="ApplianceStatus"/>.</returns>
        internal int Boot(ApplianceSettings settings)
        {
            NoteWritten();
            Lan = new MemoryNetwork();
            Network.Replace(Lan);
            ICard card = Between == null ? Card : Between(Card);
            Appliance = new Appliance(settings, Network, card, _clock, _entropy, s_checksum, new DesktopKeyedHash(), _trail);
            return Appliance.Start(null!);
        }

        /// <summary>Adds what the boot has written; before the next one, and at the end.</summary>
        internal void NoteWritten()
        {
            WrittenBlocks += Appliance == null ? 0 : Appliance.Store.Ring.WrittenBlocks;
            GoneCount += Appliance == null ? 0 : Appliance.CardWatch.GoneCount;
            Appliance = null!;
        }

        /// <summary>One turn of the loop.</summary>
        /// <returns>Whether there was anything to do.</returns>
        internal bool Poll()
        {
            Turns++;
            HadSessions = !NotesSessions || Appliance.Pop3Gate.TakenCount > 0;
            return Appliance.Poll();
        }

        /// <summary>Turns the loop until it has nothing to do.</summary>
        internal void Run()
        {
            for (int turns = 0; Poll() || Appliance.Store.WaitsForCard; turns++)
            {
                if (turns > TurnsMax)
                {
                    throw new BrokenPromiseException(Promise.NothingWaits, $"the loop is busy for {TurnsMax} turns, and nothing comes of it: {Describe()}");
                }
            }
        }

        /// <summary>The store's counters, for a failure's text.</summary>
        internal string Describe()
        {
            MailStore store = Appliance.Store;
            Ring ring = store.Ring;
            return $"head {ring.HeadBlock} used {ring.UsedBlocks} free {ring.FreeBlocks} room {store.RoomBlocks} messages {store.Index.Count} live {store.Index.LiveBlocks}"
                + $" largest {store.Index.LargestBlocks} busy {store.IsBusy} commits outstanding {store.Commits.IsBusy} failures {store.Commits.FailureCount}"
                + $" faulted {store.Commits.IsFaulted} relocated {store.RelocatedCount} sequence {ring.HeadSequence} verified {ring.VerifiedSequence}"
                + $" unfinished {Appliance.Opening.UnfinishedCount}";
        }

        /// <summary>Lets time pass as the loop sees it: a rest at a time.</summary>
        internal void Rest(int milliseconds)
        {
            long until = Time.MonotonicMilliseconds + milliseconds;
            Run();
            while (Time.MonotonicMilliseconds < until)
            {
                Time.Advance(Math.Min(Math.Max(Appliance.RestMilliseconds, 1), until - Time.MonotonicMilliseconds));
                Run();
            }
        }

        /// <summary>Plays a trick of the clock.</summary>
        internal void Play(ClockTrick trick, int milliseconds)
        {
            _clock.Play(trick, milliseconds);
        }
    }
}

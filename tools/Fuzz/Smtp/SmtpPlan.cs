using MailAppliance.Store;

namespace MailAppliance.Tools.Fuzz.Smtp
{
    /// <summary>How the world around an SMTP session behaves: the fields of a plan.</summary>
    internal sealed class SmtpPlan
    {
        /// <summary>The bits that are read.</summary>
        internal const int Bits = (1 << 27) - 1;

        /// <summary>Nothing comes between.</summary>
        internal const int NoInterruption = 0;

        /// <summary>The peer falls silent.</summary>
        internal const int Idle = 1;

        /// <summary>The appliance stops.</summary>
        internal const int Shutdown = 2;

        private int _plan;
        private int _admits;
        private int _begins;
        private int _commits;

        /// <summary>Octets that the store takes at a time.</summary>
        internal int TakeMax { get; private set; }

        /// <summary>Whether the date is known.</summary>
        internal bool IsUtcKnown { get; private set; }

        /// <summary>One of the constants.</summary>
        internal int Interruption { get; private set; }

        /// <summary>Before which octet it comes.</summary>
        internal int InterruptionAt { get; private set; }

        /// <summary>Octets stored before the front is composed; none where that waits for the mail's end.</summary>
        internal int FrontAt { get; private set; }

        /// <summary>Octets stored at which the store refuses the rest.</summary>
        internal int DataFailsAt { get; private set; }

        /// <summary>Whether every second maildrop is full.</summary>
        internal bool HasQuotas { get; private set; }

        /// <summary>Whether outcomes are reported later, the session having been asked in vain before.</summary>
        internal bool IsSlow { get; private set; }

        /// <summary>Whether the appliance stops while the first outcome is awaited.</summary>
        internal bool StopsWhileAwaiting { get; private set; }

        /// <summary>Begins a session.</summary>
        /// <param name="plan">The plan.</param>
        internal void Begin(int plan)
        {
            _plan = plan;
            _admits = 0;
            _begins = 0;
            _commits = 0;
            int take = (plan >> 10) & 3;
            TakeMax = take == 1 ? 1 : take == 2 ? 7 : take == 3 ? 100 : int.MaxValue;
            IsUtcKnown = ((plan >> 12) & 1) == 0;
            int interruption = (plan >> 13) & 3;
            Interruption = interruption == 3 ? Idle : interruption;
            InterruptionAt = Interruption == NoInterruption ? int.MaxValue : ((plan >> 15) & 255) * 2;
            FrontAt = ((plan >> 23) & 1) == 0 ? int.MaxValue : 64;
            int fails = (plan >> 4) & 7;
            DataFailsAt = fails == 0 ? int.MaxValue : fails * fails * 37;
            HasQuotas = ((plan >> 24) & 1) != 0;
            IsSlow = ((plan >> 25) & 1) != 0;
            StopsWhileAwaiting = ((plan >> 26) & 1) != 0;
        }

        /// <summary>What the next MAIL is told.</summary>
        internal int NextAdmitResult()
        {
            int mode = _plan & 3;
            _admits++;
            return mode == 0 || (_admits & 1) == 0 ? StoreResult.Ok : mode == 1 ? StoreResult.NoRoom : StoreResult.Failed;
        }

        /// <summary>What the next DATA is told.</summary>
        internal int NextBeginResult()
        {
            int mode = (_plan >> 2) & 3;
            _begins++;
            return mode is 0 or 3 || (_begins & 1) == 0 ? StoreResult.Ok : mode == 1 ? StoreResult.NoRoom : StoreResult.Failed;
        }

        /// <summary>What the next mail's commit comes to.</summary>
        internal int NextCommitResult()
        {
            _commits++;
            return ((_plan >> 7) & 7) switch
            {
                1 => StoreResult.NoRoom,
                2 => StoreResult.Failed,
                3 => StoreResult.Unknown,
                4 => (_commits & 1) == 0 ? StoreResult.Ok : StoreResult.Failed,
                5 => (_commits & 1) == 0 ? StoreResult.Unknown : StoreResult.Ok,
                _ => StoreResult.Ok,
            };
        }
    }
}

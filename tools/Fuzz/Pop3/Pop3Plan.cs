using MailAppliance.Pop3;
using MailAppliance.Store;

namespace MailAppliance.Tools.Fuzz.Pop3
{
    /// <summary>How the world around a POP3 session behaves: the fields of a plan.</summary>
    internal sealed class Pop3Plan
    {
        /// <summary>The bits that are read.</summary>
        internal const int Bits = (1 << 23) - 1;

        /// <summary>The peer falls silent.</summary>
        internal const int Idle = 1;

        /// <summary>Nothing comes between.</summary>
        internal const int NoInterruption = 0;

        private int _plan;
        private int _opens;
        private int _retrievals;

        /// <summary>Octets of a read from the store.</summary>
        internal int ChunkOctets { get; private set; }

        /// <summary>What an update comes to.</summary>
        internal int UpdateResult { get; private set; }

        /// <summary>0 for none, 1 for silence, 2 for a stop.</summary>
        internal int Interruption { get; private set; }

        /// <summary>Before which octet it comes.</summary>
        internal int InterruptionAt { get; private set; }

        /// <summary>Whether outcomes are reported later, the session having been asked in vain before.</summary>
        internal bool IsSlow { get; private set; }

        /// <summary>Whether the appliance stops while an outcome is awaited.</summary>
        internal bool StopsWhileAwaiting { get; private set; }

        /// <summary>Whether a message that was begun turns out to be damaged.</summary>
        internal bool Breaks { get; private set; }

        /// <summary>Begins a session.</summary>
        /// <param name="plan">The plan.</param>
        internal void Begin(int plan)
        {
            _plan = plan;
            _opens = 0;
            _retrievals = 0;
            int chunk = (plan >> 4) & 3;
            ChunkOctets = chunk == 1 ? 1 : chunk == 2 ? 7 : chunk == 3 ? 50 : 4096;
            UpdateResult = ((plan >> 6) & 3) switch
            {
                1 => StoreResult.Failed,
                2 => StoreResult.NoRoom,
                3 => StoreResult.Unknown,
                _ => StoreResult.Ok,
            };
            int interruption = (plan >> 8) & 3;
            Interruption = interruption == 3 ? Idle : interruption;
            InterruptionAt = Interruption == NoInterruption ? int.MaxValue : (plan >> 10) & 255;
            IsSlow = ((plan >> 18) & 1) != 0;
            StopsWhileAwaiting = ((plan >> 19) & 3) == 3;
            Breaks = ((plan >> 21) & 3) == 3;
        }

        /// <summary>What the next opening of the maildrop comes to.</summary>
        internal int NextOpenResult()
        {
            int mode = _plan & 3;
            _opens++;
            return mode is 0 or 3 || (_opens & 1) == 0 ? Pop3OpenResult.Ok : mode == 1 ? Pop3OpenResult.InUse : Pop3OpenResult.Failed;
        }

        /// <summary>What the next opening of a message comes to.</summary>
        internal int NextRetrieveResult()
        {
            int mode = (_plan >> 2) & 3;
            _retrievals++;
            return mode is 0 or 3 || (_retrievals & 1) == 0 ? StoreResult.Ok : mode == 1 ? StoreResult.Damaged : StoreResult.Failed;
        }
    }
}

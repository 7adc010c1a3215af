namespace MailAppliance.Store
{
    /// <summary>Something written that a session waits for: it counts once its record is synced and read back.</summary>
    public abstract class PendingCommit
    {
        /// <summary>Outcome: nothing was asked for.</summary>
        public const int Idle = -1;

        /// <summary>Outcome: written, not proven yet.</summary>
        public const int Waiting = -2;

        /// <summary><see cref="Idle"/>, <see cref="Waiting"/>, or one of <see cref="StoreResult"/>; set by the store.</summary>
        public int Outcome = Idle;

        /// <summary>Sequence of the record that decides.</summary>
        internal int Sequence;

        /// <summary>Puts what was proven into force; called once, in the order of the chain.</summary>
        internal abstract void Apply();
    }
}

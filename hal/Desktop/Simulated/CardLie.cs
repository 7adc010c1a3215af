namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>
    /// The ways in which <see cref="LyingCard"/> is not what a card should be. A mail answered 250 survives each of them, in any
    /// mixture. What is not among them, because nothing could survive it: a card that loses what it was asked to sync, said it
    /// had synced, and then read back right. That one is broken, and the loss is damage, to be found and counted.
    /// </summary>
    public enum CardLie
    {
        /// <summary>A write says it was done, and none of its blocks is on the card.</summary>
        WriteLost,

        /// <summary>A write says it was done, and only its first blocks are on the card.</summary>
        WriteTorn,

        /// <summary>A write says it was done, and one of its blocks is not on the card: its error was dropped on the way.</summary>
        WriteErrorDropped,

        /// <summary>A write says it failed; any of its blocks may be on the card nevertheless.</summary>
        WriteRefused,

        /// <summary>A sync says it failed, and makes nothing durable.</summary>
        SyncRefused,

        /// <summary>A read says it failed; no more than two in a row, since a block that is refused ever again is damaged.</summary>
        ReadError,

        /// <summary>Every write is refused for some time: no room, as the file system says.</summary>
        Full,

        /// <summary>A call takes long.</summary>
        Slow,

        /// <summary>The card is out of its slot for some time, and what was unsynced then is lost in any part.</summary>
        PulledOut,

        /// <summary>At the power cut, the blocks of the write under way had been written in another order than asked.</summary>
        BlocksReordered,

        /// <summary>At the power cut, the block under way holds neither what it held nor what it was to hold.</summary>
        BlockTorn,

        /// <summary>At the power cut, any part of what was unsynced is lost.</summary>
        UnsyncedLost,
    }
}

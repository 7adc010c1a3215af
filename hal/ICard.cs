namespace MailAppliance.Hal
{
    /// <summary>The card, as the one preallocated file that holds the ring, in blocks of 512 octets.</summary>
    /// <remarks>
    /// After <see cref="Create"/> neither the file's length nor its place ever changes, and every write is whole, aligned
    /// blocks: the file system's own structures are never written again. No member throws for what the card does.
    /// </remarks>
    public interface ICard
    {
        /// <summary>Opens the ring's file and keeps it open. An empty one is none.</summary>
        /// <returns>One of <see cref="CardStatus"/>.</returns>
        int Open();

        /// <summary>Makes the ring's file at its full size, contents undefined, and opens it. Replaces nothing but an
        /// empty file, which a power cut may leave behind: fails where any other exists.</summary>
        /// <param name="blockCount">The size in blocks.</param>
        /// <returns>One of <see cref="CardStatus"/>.</returns>
        int Create(int blockCount);

        /// <summary>Blocks in the open file; 0 where none is open. A rest that fills no block does not count.</summary>
        int BlockCount { get; }

        /// <summary>Whether the open file is still the one on the card, as far as the platform can tell without asking the card;
        /// asked once a second. Where it can't tell, it is true, and what is read tells.</summary>
        bool IsThere { get; }

        /// <summary>Reads whole blocks.</summary>
        /// <param name="block">Index of the first block.</param>
        /// <param name="buffer">The caller's; filled from <paramref name="offset"/>.</param>
        /// <param name="offset">Where the first octet goes.</param>
        /// <param name="count">How many blocks.</param>
        /// <returns>False where any of them can't be read; the buffer's content is undefined then.</returns>
        /// <remarks>What a driver keeps of the last write may answer: whoever wants the card's own word reads another block first.</remarks>
        bool Read(int block, byte[] buffer, int offset, int count);

        /// <summary>Writes whole blocks. What is written may be lost, in any part, until <see cref="Sync"/> has returned true.</summary>
        /// <param name="block">Index of the first block.</param>
        /// <param name="buffer">The caller's, unchanged; free for reuse on return.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">How many blocks.</param>
        /// <returns>False where the card said no. True proves nothing: only a read-back does.</returns>
        bool Write(int block, byte[] buffer, int offset, int count);

        /// <summary>Makes all earlier writes survive a power cut.</summary>
        /// <returns>False where that failed; then any unsynced write may be lost.</returns>
        /// <remarks>Waits for one that <see cref="BeginSync"/> began, and fails where that failed.</remarks>
        bool Sync();

        /// <summary>
        /// Begins a sync, and returns before it is done where the platform can go on meanwhile and it is worth it; else does it.
        /// What is written after this is not covered by it.
        /// </summary>
        /// <returns>One of <see cref="SyncState"/>. After Busy, <see cref="PollSync"/> is asked until it answers something else,
        /// or <see cref="Sync"/> is called; read and write may be called meanwhile. Once it ends, the network's rest ends.</returns>
        int BeginSync();

        /// <summary>How the sync is doing that <see cref="BeginSync"/> answered Busy for.</summary>
        /// <returns>One of <see cref="SyncState"/>; other than Busy it is the end of it, told once.</returns>
        int PollSync();

        /// <summary>Closes the file. Safe to call twice.</summary>
        void Close();

        /// <summary>Why the last <see cref="Open"/> or <see cref="Create"/> failed, in words for a person; null where it did not.</summary>
        string LastError { get; }
    }
}

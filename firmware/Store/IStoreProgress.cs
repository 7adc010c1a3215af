namespace MailAppliance.Store
{
    /// <summary>Who wants to know how far the long work at boot is.</summary>
    public interface IStoreProgress
    {
        /// <summary>A piece of the ring was formatted.</summary>
        /// <param name="doneBlocks">Blocks done.</param>
        /// <param name="blockCount">All blocks.</param>
        void Formatted(int doneBlocks, int blockCount);
    }
}

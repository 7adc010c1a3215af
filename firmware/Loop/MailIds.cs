namespace MailAppliance.Loop
{
    /// <summary>Numbers for trace fields and Message-IDs: the boot's epoch and a count, so no two mails share one.</summary>
    public sealed class MailIds
    {
        private int _count;

        /// <summary>The epoch of this boot.</summary>
        public int Epoch;

        /// <summary>The next number of this boot.</summary>
        /// <returns>The number.</returns>
        public int Next()
        {
            _count++;
            return _count;
        }
    }
}

using MailAppliance.Hal;

namespace MailAppliance.Boards
{
    /// <summary>A log that goes to two places.</summary>
    internal sealed class BothLogs : ILog
    {
        private readonly ILog _one;
        private readonly ILog _other;

        /// <summary>Makes it.</summary>
        /// <param name="one">Takes each line.</param>
        /// <param name="other">Takes it too, after that.</param>
        internal BothLogs(ILog one, ILog other)
        {
            _one = one;
            _other = other;
        }

        /// <inheritdoc/>
        public void Write(int severity, byte[] line, int count)
        {
            _one.Write(severity, line, count);
            _other.Write(severity, line, count);
        }
    }
}

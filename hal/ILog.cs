namespace MailAppliance.Hal
{
    /// <summary>Where log lines go.</summary>
    public interface ILog
    {
        /// <summary>Takes one line.</summary>
        /// <param name="severity">One of <see cref="LogSeverity"/>.</param>
        /// <param name="line">The caller's, UTF-8, printable, without a line end; free for reuse on return.</param>
        /// <param name="count">Its octets.</param>
        void Write(int severity, byte[] line, int count);
    }
}

namespace MailAppliance.Hal
{
    /// <summary>Passes over plain lines in one call, where the platform looks at many octets at once. Where there is none, each line costs a search
    /// of its own, which is the quickest that the board can do.</summary>
    public interface ILineSearch
    {
        /// <summary>Finds the first line feed that does not end a plain line: no CR is before it, or a dot is behind it.</summary>
        /// <param name="buffer">The caller's, unchanged; it has an octet before <paramref name="start"/>, and one at <paramref name="end"/>.</param>
        /// <param name="start">The first octet looked at; at least 1.</param>
        /// <param name="end">Behind the last one.</param>
        /// <returns>The line feed's index; <paramref name="end"/> where there is none.</returns>
        int SkipPlainLines(byte[] buffer, int start, int end);
    }
}

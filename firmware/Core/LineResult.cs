namespace MailAppliance.Core
{
    /// <summary>What looking for a command line found.</summary>
    public static class LineResult
    {
        /// <summary>No whole line is there yet.</summary>
        public const int NeedOctets = 0;

        /// <summary>A line: <see cref="InputBuffer.LineOffset"/> and <see cref="InputBuffer.LineCount"/> say where.</summary>
        public const int Line = 1;

        /// <summary>A line longer than its bound has ended; its octets are gone.</summary>
        public const int TooLong = 2;

        /// <summary>More than <see cref="Limits.SkippedLineOctetsMax"/> octets came without a line end: close with 421.</summary>
        public const int Endless = 3;
    }
}

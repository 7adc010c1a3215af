namespace MailAppliance.Hal
{
    /// <summary>Time. Timeouts use the monotonic one only; the date may be unknown, and may jump.</summary>
    public interface IClock
    {
        /// <summary>Milliseconds since some moment; never goes back, whatever happens to the date.</summary>
        long MonotonicMilliseconds { get; }

        /// <summary>Whether the date is known (no clock chip, no SNTP answer yet: it is not).</summary>
        bool IsUtcKnown { get; }

        /// <summary>Seconds since 1970-01-01T00:00:00Z; meaningless where <see cref="IsUtcKnown"/> is false.</summary>
        long UtcSeconds { get; }
    }
}

using System;

namespace MailAppliance.Tools.Simulator
{
    /// <summary>A log line as the live view shows it.</summary>
    /// <param name="Time">When, in local time.</param>
    /// <param name="Severity">One of <see cref="Hal.LogSeverity"/>.</param>
    /// <param name="Text">What.</param>
    internal sealed record LoggedEvent(DateTime Time, int Severity, string Text);
}

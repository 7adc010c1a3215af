using System;

namespace MailAppliance.Tools.Card.Log
{
    /// <summary>A line of the log.</summary>
    /// <param name="SinceStart">How long after the start it was written.</param>
    /// <param name="Severity">0 an error to 3 a detail.</param>
    /// <param name="Text">Its octets; what is not printable is there as it is.</param>
    internal sealed record LoggedLine(TimeSpan SinceStart, int Severity, byte[] Text);
}

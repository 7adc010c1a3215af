using System;
using System.Globalization;

namespace MailAppliance.Tools.Card
{
    /// <summary>When a message arrived.</summary>
    /// <param name="IsKnown">Whether it is a real date; a board without a clock does not know it.</param>
    /// <param name="Seconds">Seconds since 1970-01-01T00:00:00Z.</param>
    internal readonly record struct Arrival(bool IsKnown, long Seconds)
    {
        /// <summary>The time; 1970 where it is not known, or none that there is.</summary>
        public DateTimeOffset Time
        {
            get
            {
                bool isTime = IsKnown && Seconds >= 0 && Seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
                return DateTimeOffset.FromUnixTimeSeconds(isTime ? Seconds : 0);
            }
        }

        /// <inheritdoc/>
        public override string ToString()
        {
            return IsKnown ? Time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "-";
        }
    }
}

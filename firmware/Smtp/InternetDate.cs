using System;
using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <summary>Dates as mail writes them: <c>Sat, 21 Nov 2026 01:28:00 +0000</c> (RFC 5322 section 3.3), always in UTC.</summary>
    /// <remarks>The platform's own formatting allocates and takes 17 microseconds; this is integer arithmetic on the Gregorian calendar.</remarks>
    public static class InternetDate
    {
        /// <summary>Octets of a date.</summary>
        public const int OctetCount = 31;

        private const int SecondsPerDay = 86400;
        private const int DaysPerEra = 146097;

        // Days from 0000-03-01, where the computation begins, to 1970-01-01, where the clock does.
        private const int DaysBeforeEpoch = 719468;

        // Years of more than 4 digits have no place in the format.
        private const long SecondsMax = 253402300799;

        private static readonly byte[] s_template = Octets.Of("Thu, 00 Jan 0000 00:00:00 +0000");
        private static readonly byte[] s_weekdays = Octets.Of("ThuFriSatSunMonTueWed");
        private static readonly byte[] s_months = Octets.Of("JanFebMarAprMayJunJulAugSepOctNovDec");

        /// <summary>Writes a date.</summary>
        /// <param name="utcSeconds">Seconds since 1970-01-01T00:00:00Z; what lies before it or after the year 9999 is written as that bound.</param>
        /// <param name="buffer">Written to, <see cref="OctetCount"/> octets.</param>
        /// <param name="offset">Where the first octet goes.</param>
        public static void Write(long utcSeconds, byte[] buffer, int offset)
        {
            long seconds = utcSeconds < 0 ? 0 : utcSeconds > SecondsMax ? SecondsMax : utcSeconds;
            int days = (int)(seconds / SecondsPerDay);
            int second = (int)(seconds - ((long)days * SecondsPerDay));

            // Years that begin in March have the leap day last; then 400 of them, an era, always count the same days.
            int day = days + DaysBeforeEpoch;
            int era = day / DaysPerEra;
            int dayOfEra = day - (era * DaysPerEra);
            int yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36524) - (dayOfEra / 146096)) / 365;
            int dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
            int monthFromMarch = ((5 * dayOfYear) + 2) / 153;
            int dayOfMonth = dayOfYear - (((153 * monthFromMarch) + 2) / 5) + 1;
            int monthIndex = monthFromMarch < 10 ? monthFromMarch + 2 : monthFromMarch - 10;
            int year = yearOfEra + (era * 400) + (monthIndex < 2 ? 1 : 0);

            Array.Copy(s_template, 0, buffer, offset, OctetCount);
            Array.Copy(s_weekdays, days % 7 * 3, buffer, offset, 3);
            Octets.WriteDecimalPadded(dayOfMonth, 2, buffer, offset + 5);
            Array.Copy(s_months, monthIndex * 3, buffer, offset + 8, 3);
            Octets.WriteDecimalPadded(year, 4, buffer, offset + 12);
            Octets.WriteDecimalPadded(second / 3600, 2, buffer, offset + 17);
            Octets.WriteDecimalPadded(second / 60 % 60, 2, buffer, offset + 20);
            Octets.WriteDecimalPadded(second % 60, 2, buffer, offset + 23);
        }
    }
}

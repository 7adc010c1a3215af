using System;
using System.Globalization;

namespace MailAppliance.Tools.Card
{
    /// <summary>A ring's size as the configuration writes it: octets, or with K, M or G behind them.</summary>
    internal static class RingSize
    {
        /// <summary>What a size has to be, in words.</summary>
        public const string Expected = "expected a size from 64K to 1023G, a multiple of 512 octets, such as 64M";

        /// <summary>Reads a size.</summary>
        /// <param name="text">The text.</param>
        /// <returns>The octets; null where it is none.</returns>
        public static long? Parse(string text)
        {
            int shift = text.Length == 0 ? 0 : char.ToUpperInvariant(text[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
            ReadOnlySpan<char> digits = text.AsSpan(0, text.Length - (shift > 0 ? 1 : 0));
            bool isNumber = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= RingSettings.RingOctetsMax;
            long octets = number << shift;
            bool isRight = isNumber && number <= RingSettings.RingOctetsMax >> shift && octets >= RingSettings.RingOctetsMin && octets % 512 == 0;
            return isRight ? octets : null;
        }
    }
}

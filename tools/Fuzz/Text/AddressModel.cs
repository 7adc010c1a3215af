using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace MailAppliance.Tools.Fuzz.Text
{
    /// <summary>IP addresses and networks read from strings (RFC 4291 section 2.2, RFC 5321 section 4.1.3), with no code of the firmware's.</summary>
    internal static class AddressModel
    {
        private const int Groups = 8;

        /// <summary>Reads an address.</summary>
        /// <param name="text">The text.</param>
        /// <returns>Its 128 bits, an IPv4 address as the IPv6 one that stands for it; null where it is none.</returns>
        internal static UInt128? Parse(string text)
        {
            if (text.Length > 5 && text.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase))
            {
                return ParseIpv6(text[5..]);
            }

            return text.Contains(':', StringComparison.Ordinal) ? ParseIpv6(text)
                : ParseIpv4(text) is uint bits ? ((UInt128)0xFFFF << 32) | bits : null;
        }

        /// <summary>Reads a network.</summary>
        /// <param name="text">ADDRESS or ADDRESS/BITS.</param>
        /// <param name="bits">The bits of 128 that count.</param>
        /// <returns>Its address; null where it is none.</returns>
        internal static UInt128? ParseNetwork(string text, out int bits)
        {
            int slash = text.IndexOf('/', StringComparison.Ordinal);
            UInt128? address = Parse(slash < 0 ? text : text[..slash]);
            bits = 128;
            if (address == null || slash < 0)
            {
                return address;
            }

            int before = address >> 32 == 0xFFFF ? 96 : 0;
            string digits = text[(slash + 1)..];
            bool isNumber = digits.Length > 0 && digits.All(char.IsAsciiDigit);
            string significant = digits.TrimStart('0');
            bits = !isNumber || significant.Length > 3 ? 999 : before + int.Parse("0" + significant, CultureInfo.InvariantCulture);
            return bits <= 128 ? address : null;
        }

        private static uint? ParseIpv4(string text)
        {
            string[] parts = text.Split('.');
            if (parts.Length != 4 || parts.Any(part => part.Length is < 1 or > 3 || !part.All(char.IsAsciiDigit)))
            {
                return null;
            }

            uint address = 0;
            foreach (string part in parts)
            {
                uint value = uint.Parse(part, CultureInfo.InvariantCulture);
                if (value > 255)
                {
                    return null;
                }

                address = (address << 8) | value;
            }

            return address;
        }

        private static UInt128? ParseIpv6(string text)
        {
            string[] halves = text.Split("::");
            if (halves.Length > 2)
            {
                return null;
            }

            ushort[]? before = ParseGroups(halves[0], halves.Length == 1);
            ushort[]? behind = halves.Length == 2 ? ParseGroups(halves[1], true) : [];
            if (before == null || behind == null)
            {
                return null;
            }

            int left = Groups - before.Length - behind.Length;
            if (halves.Length == 1 ? left != 0 : left < 1)
            {
                return null;
            }

            UInt128 address = 0;
            foreach (ushort group in before.Concat(new ushort[left]).Concat(behind))
            {
                address = (address << 16) | group;
            }

            return address;
        }

        private static ushort[]? ParseGroups(string text, bool mayEndInIpv4)
        {
            if (text.Length == 0)
            {
                return [];
            }

            string[] words = text.Split(':');
            var groups = new List<ushort>();
            for (int at = 0; at < words.Length; at++)
            {
                if (words[at].Length is >= 1 and <= 4 && words[at].All(char.IsAsciiHexDigit))
                {
                    groups.Add(ushort.Parse(words[at], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                }
                else if (mayEndInIpv4 && at == words.Length - 1 && ParseIpv4(words[at]) is uint last)
                {
                    groups.Add((ushort)(last >> 16));
                    groups.Add((ushort)last);
                }
                else
                {
                    return null;
                }
            }

            return [.. groups];
        }
    }
}

using MailAppliance.Core;

namespace MailAppliance.Configuration
{
    /// <summary>Reads one value as its key wants it, and says what the key wants.</summary>
    internal static class ConfigurationValue
    {
        private const long Kilo = 1024;
        private const long Second = 1000;

        // In seconds.
        private const long Day = 24 * 3600;

        /// <summary>Reads a value into the key.</summary>
        /// <param name="key">The key; its value or text is set where the range is right.</param>
        /// <param name="buffer">The file.</param>
        /// <param name="offset">First octet of the value.</param>
        /// <param name="count">Its octets.</param>
        /// <returns>False where the range is no such value.</returns>
        internal static bool Parse(ConfigurationKey key, byte[] buffer, int offset, int count)
        {
            switch (key.Kind)
            {
                case ConfigurationKey.Word:
                    return ParseWord(key, buffer, offset, count);
                case ConfigurationKey.Host:
                    return TakeText(key, buffer, offset, count, AddressSyntax.IsDomain(buffer, offset, count));
                case ConfigurationKey.Domains:
                    return TakeText(key, buffer, offset, count, IsDomainList(buffer, offset, count));
                case ConfigurationKey.Address:
                    return TakeText(key, buffer, offset, count, AddressSyntax.IsIpAddress(buffer, offset, count));
                case ConfigurationKey.File:
                    return ConfigurationText.IsWord(buffer, offset, count, "none") || TakeText(key, buffer, offset, count, count > 0);
                default:
                    return ParseNumber(key, buffer, offset, count);
            }
        }

        /// <summary>What a key takes, for the words after "expected".</summary>
        /// <param name="key">The key.</param>
        /// <returns>For example <c>a port number from 1 to 65535</c>.</returns>
        internal static string Expected(ConfigurationKey key)
        {
            switch (key.Kind)
            {
                case ConfigurationKey.Word:
                    return ListWords(key.Words);
                case ConfigurationKey.Host:
                    return "a domain name";
                case ConfigurationKey.Domains:
                    return "domain names with commas between them, or *";
                case ConfigurationKey.Address:
                    return "an IPv4 or IPv6 address";
                case ConfigurationKey.File:
                    return "a file's name, or none";
                case ConfigurationKey.Port:
                    return "a port number" + Range(key.Min.ToString(), key.Max.ToString());
                case ConfigurationKey.Number:
                case ConfigurationKey.NumberOrNone:
                    return "a number" + Range(key.Min.ToString(), key.Max.ToString()) + (key.Kind == ConfigurationKey.NumberOrNone ? ", or none" : "");
                case ConfigurationKey.Time:
                case ConfigurationKey.TimeOrNone:
                    return "a time in seconds or with s, m, h, d," + Range(ShowTime(key.Min), ShowTime(key.Max))
                        + (key.Kind == ConfigurationKey.TimeOrNone ? ", or none" : "");
                default:
                    return "a size in octets or with K, M, G," + Range(ShowSize(key.Min), ShowSize(key.Max))
                        + (key.Multiple > 1 ? ", a multiple of " + key.Multiple.ToString() : "")
                        + (key.Kind == ConfigurationKey.SizeOrNone ? ", or none" : "");
            }
        }

        /// <summary>A size as it would be written in the file.</summary>
        internal static string ShowSize(long octets)
        {
            long giga = Kilo * Kilo * Kilo;
            if (octets == 0)
            {
                return "0";
            }

            return octets % giga == 0 ? (octets / giga).ToString() + "G"
                : octets % (Kilo * Kilo) == 0 ? (octets / (Kilo * Kilo)).ToString() + "M"
                : octets % Kilo == 0 ? (octets / Kilo).ToString() + "K"
                : octets.ToString();
        }

        private static string ShowTime(long milliseconds)
        {
            long seconds = milliseconds / Second;
            return seconds > Day && seconds % Day == 0 ? (seconds / Day).ToString() + "d"
                : seconds != 0 && seconds % 3600 == 0 ? (seconds / 3600).ToString() + "h"
                : seconds != 0 && seconds % 60 == 0 ? (seconds / 60).ToString() + "m"
                : seconds.ToString() + "s";
        }

        private static string Range(string min, string max)
        {
            return " from " + min + " to " + max;
        }

        private static string ListWords(string[] words)
        {
            string list = words[0];
            for (int index = 1; index < words.Length; index++)
            {
                list += (index == words.Length - 1 ? " or " : ", ") + words[index];
            }

            return list;
        }

        private static bool ParseWord(ConfigurationKey key, byte[] buffer, int offset, int count)
        {
            for (int index = 0; index < key.Words.Length; index++)
            {
                if (ConfigurationText.IsWord(buffer, offset, count, key.Words[index]))
                {
                    key.Value = index;
                    return true;
                }
            }

            return false;
        }

        private static bool TakesNone(int kind)
        {
            return kind == ConfigurationKey.SizeOrNone || kind == ConfigurationKey.NumberOrNone || kind == ConfigurationKey.TimeOrNone;
        }

        private static bool ParseNumber(ConfigurationKey key, byte[] buffer, int offset, int count)
        {
            if (TakesNone(key.Kind) && ConfigurationText.IsWord(buffer, offset, count, "none"))
            {
                key.Value = 0;
                return true;
            }

            long unit = count == 0 ? 0 : Unit(key.Kind, Octets.ToLower(buffer[offset + count - 1]));
            bool isTime = key.Kind == ConfigurationKey.Time || key.Kind == ConfigurationKey.TimeOrNone;
            long least = isTime ? Second : 1;
            long number = Octets.ParseDecimal(buffer, offset, unit > 0 ? count - 1 : count);
            unit = unit > 0 ? unit : least;
            if (number < 0 || number > key.Max / unit || number * unit < key.Min || number * unit % key.Multiple != 0)
            {
                return false;
            }

            key.Value = number * unit;
            return true;
        }

        /// <summary>What the last octet multiplies by; 0 where it is no unit of that kind.</summary>
        private static long Unit(int kind, int octet)
        {
            if (kind == ConfigurationKey.Time || kind == ConfigurationKey.TimeOrNone)
            {
                return octet == 's' ? Second : octet == 'm' ? 60 * Second : octet == 'h' ? 3600 * Second : octet == 'd' ? Day * Second : 0;
            }

            bool isSize = kind == ConfigurationKey.Size || kind == ConfigurationKey.SizeOrNone;
            return !isSize ? 0 : octet == 'k' ? Kilo : octet == 'm' ? Kilo * Kilo : octet == 'g' ? Kilo * Kilo * Kilo : 0;
        }

        private static bool TakeText(ConfigurationKey key, byte[] buffer, int offset, int count, bool isRight)
        {
            if (isRight)
            {
                key.Text = ConfigurationText.Copy(buffer, offset, count);
            }

            return isRight;
        }

        private static bool IsDomainList(byte[] buffer, int offset, int count)
        {
            ConfigurationList list = new ConfigurationList(buffer, offset, count);
            while (list.Next())
            {
                if (!list.IsStar() && !AddressSyntax.IsDomain(buffer, list.Offset, list.Count))
                {
                    return false;
                }
            }

            return true;
        }
    }
}

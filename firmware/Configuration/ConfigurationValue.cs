using MailAppliance.Core;

namespace MailAppliance.Configuration
{
    /// <summary>Reads one value as its key wants it, and says what the key wants.</summary>
    internal static class ConfigurationValue
    {
        private const long Second = 1000;
        private const long Day = 24 * 3600 * Second;

        // In the order of the kinds.
        private const string Kinds =
            "a number|a port number|a size in octets or with K, M, G,|a time in seconds or with s, m, h, d,||a domain name"
            + "|domain names with commas between them, or *|an IPv4 or IPv6 address|a file's name, or none";

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
            string what = Kinds.Split('|')[key.Kind];
            if (key.Kind >= ConfigurationKey.Word)
            {
                return key.Kind == ConfigurationKey.Word ? ListWords(key.Words) : what;
            }

            return what + " from " + Show(key.Kind, key.Min) + " to " + Show(key.Kind, key.Max)
                + (key.Kind == ConfigurationKey.Size && key.Multiple > 1 ? ", a multiple of " + key.Multiple.ToString() : "")
                + (key.TakesNone ? ", or none" : "");
        }

        /// <summary>A value of the kinds that are numbers as it would be written in the file.</summary>
        internal static string Show(int kind, long value)
        {
            string letters = LettersOf(kind);
            for (int at = letters.Length - 1; at >= 0; at--)
            {
                long unit = UnitOf(kind, at);

                // One day is 24h; nothing is 0s, and 0.
                long least = unit == Day ? unit + 1 : unit == Second ? 0 : unit;
                if (value >= least && value % unit == 0)
                {
                    return (value / unit).ToString() + letters[at].ToString();
                }
            }

            return value.ToString();
        }

        // The units that a value may end with, the smallest first.
        private static string LettersOf(int kind)
        {
            return kind == ConfigurationKey.Size ? "KMG" : kind == ConfigurationKey.Time ? "smhd" : "";
        }

        private static long UnitOf(int kind, int letter)
        {
            return kind == ConfigurationKey.Size ? 1024L << (10 * letter)
                : letter == 0 ? Second
                : letter == 1 ? 60 * Second
                : letter == 2 ? 3600 * Second : Day;
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

        private static bool ParseNumber(ConfigurationKey key, byte[] buffer, int offset, int count)
        {
            if (key.TakesNone && ConfigurationText.IsWord(buffer, offset, count, "none"))
            {
                key.Value = 0;
                return true;
            }

            string letters = LettersOf(key.Kind);
            int last = count == 0 ? 0 : Octets.ToLower(buffer[offset + count - 1]);
            long unit = key.Kind == ConfigurationKey.Time ? Second : 1;
            for (int at = 0; at < letters.Length; at++)
            {
                if (Octets.ToLower(letters[at]) == last)
                {
                    unit = UnitOf(key.Kind, at);
                    count--;
                }
            }

            long number = Octets.ParseDecimal(buffer, offset, count);
            if (number < 0 || number > key.Max / unit || number * unit < key.Min || number * unit % key.Multiple != 0)
            {
                return false;
            }

            key.Value = number * unit;
            return true;
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

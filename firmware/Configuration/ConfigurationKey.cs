using MailAppliance.Core;

namespace MailAppliance.Configuration
{
    /// <summary>One key of <c>[appliance]</c>: what it takes, and what it was given.</summary>
    internal sealed class ConfigurationKey
    {
        /// <summary>A plain number.</summary>
        internal const int Number = 0;

        /// <summary>A TCP port.</summary>
        internal const int Port = 1;

        /// <summary>Octets: a number, with K, M or G for 1024, 1024² or 1024³.</summary>
        internal const int Size = 2;

        /// <summary>Milliseconds, written as seconds or with s, m, h, d.</summary>
        internal const int Time = 3;

        /// <summary>One of some words; the value is the word's index.</summary>
        internal const int Word = 4;

        /// <summary>A domain name.</summary>
        internal const int Host = 5;

        /// <summary>Domain names with commas between them, or <c>*</c>.</summary>
        internal const int Domains = 6;

        /// <summary>An IPv4 or IPv6 address.</summary>
        internal const int Address = 7;

        /// <summary>Text as it stands; <c>none</c> is no text.</summary>
        internal const int File = 8;

        // A kind whose letter is as many letters further on takes "none" too.
        private const int Kinds = 9;

        private const int WordParts = 4;

        /// <summary>The key as it is written in the file.</summary>
        internal readonly string Name;

        /// <summary>What it takes: one of the constants above.</summary>
        internal readonly int Kind;

        /// <summary>Whether it takes <c>none</c> too, which is 0.</summary>
        internal readonly bool TakesNone;

        /// <summary>The default of profile small, as written in the file.</summary>
        internal readonly string Small;

        /// <summary>The default of profile large.</summary>
        internal readonly string Large;

        /// <summary>The least value.</summary>
        internal readonly long Min;

        /// <summary>The greatest value.</summary>
        internal readonly long Max;

        /// <summary>What the value must be a multiple of.</summary>
        internal readonly int Multiple;

        /// <summary>The words of a <see cref="Word"/>.</summary>
        internal readonly string[] Words;

        /// <summary>The line it was given on; 0 where it was not.</summary>
        internal int Line;

        /// <summary>The value of the kinds that are numbers.</summary>
        internal long Value;

        /// <summary>The value of the kinds that are text.</summary>
        internal byte[] Text;

        /// <summary>Makes a key of a row of the table: name, kind (a for 0, and so on; j for
        /// 0 or none), default; then for a word all words with commas
        /// between them, for a number the default of profile large, the least and the greatest value, and what it must be a multiple of.</summary>
        internal ConfigurationKey(string row)
        {
            string[] parts = row.Split(' ');
            Name = parts[0];
            int kind = parts[1][0] - 'a';
            Kind = kind % Kinds;
            TakesNone = kind >= Kinds;
            Small = parts[2];
            Large = Small;
            if (parts.Length <= WordParts)
            {
                Words = parts.Length < WordParts ? null : parts[WordParts - 1].Split(',');
                return;
            }

            Large = parts[3];
            Multiple = 1;
            Max = long.MaxValue;
            long min = ValueOf(parts[4]);
            long max = ValueOf(parts[5]);
            Multiple = (int)ValueOf(parts[6]);
            Min = min;
            Max = max;
            Value = 0;
        }

        private long ValueOf(string text)
        {
            byte[] octets = Octets.Of(text);
            if (!ConfigurationValue.Parse(this, octets, 0, octets.Length))
            {
                Invariant.Broken("a bound that cannot be parsed");
            }

            return Value;
        }
    }
}

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

        /// <summary>Octets as <see cref="Size"/>, or <c>none</c>, which is 0.</summary>
        internal const int SizeOrNone = 3;

        /// <summary>Milliseconds, written as seconds or with s, m, h, d.</summary>
        internal const int Time = 4;

        /// <summary>One of some words; the value is the word's index.</summary>
        internal const int Word = 5;

        /// <summary>A domain name.</summary>
        internal const int Host = 6;

        /// <summary>Domain names with commas between them, or <c>*</c>.</summary>
        internal const int Domains = 7;

        /// <summary>An IPv4 or IPv6 address.</summary>
        internal const int Address = 8;

        /// <summary>A number as <see cref="Number"/>, or <c>none</c>, which is 0.</summary>
        internal const int NumberOrNone = 9;

        /// <summary>Milliseconds as <see cref="Time"/>, or <c>none</c>, which is 0.</summary>
        internal const int TimeOrNone = 10;

        /// <summary>The key as it is written in the file.</summary>
        internal readonly string Name;

        /// <summary>What it takes: one of the constants above.</summary>
        internal readonly int Kind;

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

        /// <summary>A key whose value is a number.</summary>
        internal ConfigurationKey(string name, int kind, string small, string large, long min, long max, int multiple)
        {
            Name = name;
            Kind = kind;
            Small = small;
            Large = large;
            Min = min;
            Max = max;
            Multiple = multiple;
        }

        /// <summary>A key whose value is a word or a text; the words have spaces between them.</summary>
        internal ConfigurationKey(string name, int kind, string value, string words)
        {
            Name = name;
            Kind = kind;
            Small = value;
            Large = value;
            Words = words == null ? null : words.Split(' ');
        }
    }
}

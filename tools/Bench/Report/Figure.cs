using System.Globalization;

namespace MailAppliance.Tools.Bench.Report
{
    /// <summary>One line of the table: what was measured, and the bound beside it where there is one.</summary>
    internal sealed class Figure
    {
        private Figure(string name, string value, string bound, bool? isMet)
        {
            Name = name;
            Value = value;
            Bound = bound;
            IsMet = isMet;
        }

        /// <summary>What was measured, with its unit.</summary>
        internal string Name { get; }

        /// <summary>The figure.</summary>
        internal string Value { get; }

        /// <summary>The bound in words; empty where there is none.</summary>
        internal string Bound { get; }

        /// <summary>Whether the bound is kept; null where there is none.</summary>
        internal bool? IsMet { get; }

        /// <summary>A figure without a bound.</summary>
        internal static Figure Of(string name, string value)
        {
            return new Figure(name, value, string.Empty, null);
        }

        /// <summary>A figure that may not be higher.</summary>
        internal static Figure AtMost(string name, double value, double bound, int digits)
        {
            return new Figure(name, Text(value, digits), $"at most {Text(bound, digits)}", value <= bound);
        }

        /// <summary>A figure that may not be lower.</summary>
        internal static Figure AtLeast(string name, double value, double bound, int digits)
        {
            return new Figure(name, Text(value, digits), $"at least {Text(bound, digits)}", value >= bound);
        }

        /// <summary>A number with a fixed count of decimals.</summary>
        internal static string Text(double value, int digits)
        {
            return value.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }
    }
}

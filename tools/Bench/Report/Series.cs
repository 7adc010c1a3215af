using System;
using System.Collections.Generic;
using System.Linq;

namespace MailAppliance.Tools.Bench.Report
{
    /// <summary>The same thing measured several times: what counts is the median, since a disk's worst moments are nobody's.</summary>
    internal sealed class Series
    {
        private readonly List<double> _values = new();

        /// <summary>The middle value.</summary>
        internal double Median
        {
            get { return MedianOf(_values); }
        }

        /// <summary>The highest value.</summary>
        internal double Highest
        {
            get { return _values.Max(); }
        }

        /// <summary>Adds a value.</summary>
        internal void Add(double value)
        {
            _values.Add(value);
        }

        /// <summary>Adds a rate.</summary>
        /// <param name="count">Of what.</param>
        /// <param name="time">In what time.</param>
        internal void Add(int count, TimeSpan time)
        {
            _values.Add(count / time.TotalSeconds);
        }

        /// <summary>The median of what each value is to the one beside it that was measured in the same round.</summary>
        /// <param name="other">A series of the same length.</param>
        internal double RatioTo(Series other)
        {
            return MedianOf(_values.Zip(other._values, (mine, its) => mine / its));
        }

        /// <summary>The same where the two take turns in being the first: rounds go by twos, so that who is first has no part in it.</summary>
        /// <param name="other">A series of the same length, an even one.</param>
        internal double BalancedRatioTo(Series other)
        {
            double[] ratios = _values.Zip(other._values, (mine, its) => mine / its).ToArray();
            return MedianOf(ratios.Chunk(2).Select(pair => Math.Sqrt(pair[0] * pair[1])));
        }

        private static double MedianOf(IEnumerable<double> values)
        {
            double[] sorted = values.Order().ToArray();
            int middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }
}

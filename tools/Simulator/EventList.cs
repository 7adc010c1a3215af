using System;
using System.Text;
using MailAppliance.Hal;

namespace MailAppliance.Tools.Simulator
{
    /// <summary>Keeps the last log lines for the live view, in buffers that are made once.</summary>
    internal sealed class EventList : ILog
    {
        private const int LineOctetsMax = 200;

        private readonly byte[][] _lines;
        private readonly int[] _counts;
        private readonly int[] _severities;
        private readonly DateTime[] _times;
        private long _next;

        /// <summary>Makes a list.</summary>
        /// <param name="capacity">Lines that are kept.</param>
        public EventList(int capacity)
        {
            _lines = new byte[capacity][];
            _counts = new int[capacity];
            _severities = new int[capacity];
            _times = new DateTime[capacity];
            for (int index = 0; index < capacity; index++)
            {
                _lines[index] = new byte[LineOctetsMax];
            }
        }

        /// <summary>Lines ever written.</summary>
        public long Written
        {
            get { return _next; }
        }

        /// <inheritdoc/>
        public void Write(int severity, byte[] line, int count)
        {
            int at = (int)(_next % _lines.Length);
            int kept = Math.Min(count, LineOctetsMax);
            Array.Copy(line, 0, _lines[at], 0, kept);
            _counts[at] = kept;
            _severities[at] = severity;
            _times[at] = DateTime.Now;
            _next++;
        }

        /// <summary>Copies the kept lines, oldest first.</summary>
        /// <param name="target">Takes them; cleared first.</param>
        public void CopyTo(System.Collections.Generic.List<LoggedEvent> target)
        {
            target.Clear();
            for (long index = Math.Max(0, _next - _lines.Length); index < _next; index++)
            {
                int at = (int)(index % _lines.Length);
                target.Add(new LoggedEvent(_times[at], _severities[at], Encoding.UTF8.GetString(_lines[at], 0, _counts[at])));
            }
        }
    }
}

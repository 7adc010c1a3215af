using System;
using System.Collections.Generic;
using System.Text;
using MailAppliance.Hal;
using MailAppliance.Tools.Torture.Clients;

namespace MailAppliance.Tools.Torture.World
{
    /// <summary>The last events of a run, for whoever reads a failure. Only a replay keeps them: they cost more than the run.</summary>
    internal sealed class Trail : ILog
    {
        private const int LinesMax = 160;

        private readonly Queue<string> _lines = new();

        /// <summary>Whether events are kept.</summary>
        internal bool IsOn { get; set; }

        /// <summary>The event that is under way.</summary>
        internal int Event { get; set; }

        /// <summary>Who reads the appliance's log as it is written.</summary>
        internal LogReader? Reader { get; set; }

        /// <summary>The lines, the oldest first.</summary>
        internal IReadOnlyCollection<string> Lines
        {
            get { return _lines; }
        }

        /// <summary>Forgets the run.</summary>
        internal void Clear()
        {
            _lines.Clear();
            Event = 0;
        }

        /// <summary>Keeps one; ask <see cref="IsOn"/> before making it.</summary>
        internal void Add(string line)
        {
            if (!IsOn)
            {
                return;
            }

            _lines.Enqueue($"{Event,4}  {line}");
            while (_lines.Count > LinesMax)
            {
                _lines.Dequeue();
            }
        }

        /// <inheritdoc/>
        public void Write(int severity, byte[] line, int count)
        {
            if (IsOn)
            {
                Add("log   " + Encoding.UTF8.GetString(line.AsSpan(0, count)));
            }

            Reader?.Take(line.AsSpan(0, count));
        }
    }
}

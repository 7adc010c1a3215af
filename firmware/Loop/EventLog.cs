using System;
using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Loop
{
    /// <summary>Makes log lines in a fixed buffer. A peer's octets go in as printable ASCII only, and no password ever does.</summary>
    public sealed class EventLog
    {
        // A line is cut here; the longest that we make ourselves is shorter.
        private const int LineOctetsMax = 256;

        private readonly ILog _log;
        private readonly int _severityMax;
        private readonly byte[] _line = new byte[LineOctetsMax];
        private int _count;
        private int _severity;

        /// <summary>Makes it; done at boot.</summary>
        /// <param name="log">Where lines go.</param>
        /// <param name="severityMax">The most that is logged, one of <see cref="LogSeverity"/>.</param>
        public EventLog(ILog log, int severityMax)
        {
            _log = log;
            _severityMax = severityMax;
        }

        /// <summary>Whether lines of a severity go anywhere; ask before making one on a hot path.</summary>
        /// <param name="severity">One of <see cref="LogSeverity"/>.</param>
        /// <returns>True where they do.</returns>
        public bool Takes(int severity)
        {
            return severity <= _severityMax;
        }

        /// <summary>Starts a line.</summary>
        /// <param name="severity">One of <see cref="LogSeverity"/>.</param>
        /// <param name="words">Its first words, one of <see cref="Words"/>.</param>
        /// <returns>This.</returns>
        public EventLog Begin(int severity, int words)
        {
            _severity = severity;
            _count = 0;
            return Say(words);
        }

        /// <summary>Adds our own words.</summary>
        /// <param name="words">One of <see cref="Words"/>.</param>
        /// <returns>This.</returns>
        public EventLog Say(int words)
        {
            if (Words.Texts.OctetsOf(words) <= LineOctetsMax - _count)
            {
                _count = Words.Texts.Write(words, _line, _count);
            }

            return this;
        }

        /// <summary>Adds a name, or other octets of ours.</summary>
        /// <param name="words">Printable, as they are.</param>
        /// <returns>This.</returns>
        public EventLog Add(byte[] words)
        {
            int room = LineOctetsMax - _count;
            int count = words.Length < room ? words.Length : room;
            Array.Copy(words, 0, _line, _count, count);
            _count += count;
            return this;
        }

        /// <summary>Adds what a peer sent; whatever is not printable becomes a question mark.</summary>
        /// <param name="buffer">The octets.</param>
        /// <param name="offset">The first.</param>
        /// <param name="count">How many.</param>
        /// <returns>This.</returns>
        public EventLog AddForeign(byte[] buffer, int offset, int count)
        {
            for (int index = 0; index < count && _count < LineOctetsMax; index++)
            {
                byte octet = buffer[offset + index];
                _line[_count] = octet > 32 && octet < 127 ? octet : (byte)'?';
                _count++;
            }

            return this;
        }

        /// <summary>Adds a number.</summary>
        /// <param name="value">Not negative.</param>
        /// <returns>This.</returns>
        public EventLog Add(long value)
        {
            if (_count + 19 <= LineOctetsMax)
            {
                _count += Octets.WriteDecimal(value, _line, _count);
            }

            return this;
        }

        /// <summary>Adds 8 hexadecimal digits.</summary>
        /// <param name="value">The 32 bits.</param>
        /// <returns>This.</returns>
        public EventLog AddHex(int value)
        {
            if (_count + 8 <= LineOctetsMax)
            {
                Octets.WriteHex(value, _line, _count);
                _count += 8;
            }

            return this;
        }

        /// <summary>Ends the line and hands it on.</summary>
        public void End()
        {
            if (Takes(_severity))
            {
                _log.Write(_severity, _line, _count);
            }
        }
    }
}

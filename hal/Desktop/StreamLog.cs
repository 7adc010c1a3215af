using System;
using System.IO;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>Writes log lines to a stream: date, severity, text. Allocates nothing a line; safe for several threads.</summary>
    public sealed class StreamLog : ILog
    {
        /// <summary>Octets of a line that are written; what is longer is cut.</summary>
        private const int LineOctetsMax = 1024;

        private static readonly byte[][] s_severities =
        {
            "error   "u8.ToArray(), "warning "u8.ToArray(), "notice  "u8.ToArray(), "detail  "u8.ToArray(),
        };

        private readonly Stream _stream;
        private readonly int _severityMax;
        private readonly byte[] _line = new byte[LineOctetsMax + 64];
        private readonly System.Threading.Lock _lock = new();

        /// <summary>Makes a log.</summary>
        /// <param name="stream">Where lines go; not closed by the log.</param>
        /// <param name="severityMax">The most that is written, one of <see cref="LogSeverity"/>.</param>
        public StreamLog(Stream stream, int severityMax)
        {
            _stream = stream;
            _severityMax = severityMax;
        }

        /// <inheritdoc/>
        public void Write(int severity, byte[] line, int count)
        {
            if (severity > _severityMax)
            {
                return;
            }

            lock (_lock)
            {
                byte[] text = _line;
                DateTime.UtcNow.TryFormat(text, out int at, "yyyy-MM-ddTHH:mm:ss.fffZ ", null);
                byte[] word = s_severities[Math.Clamp(severity, 0, s_severities.Length - 1)];
                word.CopyTo(text, at);
                at += word.Length;
                int shown = Math.Min(count, LineOctetsMax);
                Array.Copy(line, 0, text, at, shown);
                at += shown;
                text[at] = (byte)'\n';
                try
                {
                    _stream.Write(text, 0, at + 1);
                    _stream.Flush();
                }
                catch (IOException)
                {
                    // Whoever read the log has gone; the mail goes on.
                }
            }
        }
    }
}

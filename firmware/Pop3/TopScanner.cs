using System;
using MailAppliance.Core;

namespace MailAppliance.Pop3
{
    /// <summary>
    /// Finds where TOP's answer ends in a message's stored octets: the header, the empty line, and a number of lines
    /// (RFC 1939 section 7).
    /// </summary>
    /// <remarks>
    /// The octets are in wire form: every line ends in CRLF, and a line that is only a dot occurs at the message's end and
    /// nowhere else. So a line feed ends a line, an empty line has two octets, and the end is a line of three that begins
    /// with a dot. A message whose header is never followed by an empty line is sent whole. Looked at is one line end after
    /// the other, never an octet inside a line.
    /// </remarks>
    public sealed class TopScanner
    {
        private int _linesLeft;
        private bool _inHeader;
        private int _carriedCount;
        private int _lineFirst;

        /// <summary>Whether no further octet belongs to the answer.</summary>
        public bool IsDone;

        /// <summary>Whether the message's own end, dot and CRLF, was among the octets that belong to the answer.</summary>
        public bool HasEnd;

        /// <summary>Begins a message.</summary>
        /// <param name="lines">Lines behind the empty line that are wanted, not negative.</param>
        public void Begin(int lines)
        {
            _linesLeft = lines;
            _inHeader = true;
            IsDone = false;
            HasEnd = false;
            _carriedCount = 0;
        }

        /// <summary>Looks at the next octets of the message.</summary>
        /// <param name="buffer">The caller's, unchanged.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">How many, cut anywhere.</param>
        /// <returns>How many of them belong to the answer.</returns>
        public int Scan(byte[] buffer, int offset, int count)
        {
            if (IsDone)
            {
                return 0;
            }

            int at = offset;
            int end = offset + count;
            int carried = _carriedCount;
            while (at < end)
            {
                int lf = Array.IndexOf(buffer, Octets.SoughtLf, at, end - at);
                if (lf < 0)
                {
                    // A line that goes on in the next chunk: of it only its length and its first octet matter.
                    _lineFirst = carried == 0 ? buffer[at] : _lineFirst;
                    carried += end - at;
                    break;
                }

                int octets = carried + lf + 1 - at;
                bool isLast = octets <= 3 ? EndShortLine(octets, carried == 0 ? buffer[at] : _lineFirst) : !_inHeader && TakeLine();
                if (isLast)
                {
                    return lf + 1 - offset;
                }

                carried = 0;
                at = lf + 1;
            }

            _carriedCount = carried;
            return count;
        }

        // Lines of up to three octets: an empty one may end the header, the one with the dot ends the message.
        private bool EndShortLine(int octets, int first)
        {
            if (octets == 3 && first == Octets.Dot)
            {
                HasEnd = true;
                IsDone = true;
                return true;
            }

            if (!_inHeader)
            {
                return TakeLine();
            }

            if (octets <= 2)
            {
                _inHeader = false;
                IsDone = _linesLeft == 0;
            }

            return IsDone;
        }

        private bool TakeLine()
        {
            _linesLeft--;
            IsDone = _linesLeft == 0;
            return IsDone;
        }
    }
}

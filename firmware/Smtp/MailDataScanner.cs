using System;
using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <summary>
    /// Finds the end of mail data and keeps its wire form sound: whatever comes in, CRLF.CRLF stands at the end of what is handed
    /// out and nowhere else (RFC 5321 sections 4.1.1.4, 4.5.2 and 2.3.8).
    /// </summary>
    /// <remarks>
    /// The scanner looks at line ends, not at octets: one search a line, the octet before the line feed and the octet behind it.
    /// Two rules keep it free of memory of its own. A CR is never passed on before its successor is known, so a line feed without
    /// a CR before it in the same range is a bare one. A dot that begins a line is held until the two octets behind it are known,
    /// so the final dot comes whole.
    /// <para>
    /// Device mode turns a bare LF into CRLF. A line that begins so was none to the sender, so a dot there is content and is
    /// stuffed; CRLF "." LF was a stuffed empty line to him, so its dot goes. Strict mode only notes a bare LF: the mail is refused.
    /// </para>
    /// </remarks>
    public sealed class MailDataScanner
    {
        private const int InLine = 0;
        private const int AtLineStart = 1;
        private const int AtMadeLineStart = 2;

        private const int Stuffed = 0;
        private const int Held = 1;
        private const int DotLf = 2;
        private const int Last = 3;

        private static readonly byte[] s_dot = new byte[] { Octets.Dot };
        private static readonly byte[] s_nothing = Octets.Of("");

        private readonly bool _strict;
        private int _position;

        /// <summary>Makes a scanner; done at boot.</summary>
        /// <param name="strict">Whether a bare LF is noted and left rather than turned into CRLF.</param>
        public MailDataScanner(bool strict)
        {
            _strict = strict;
            Begin();
        }

        /// <summary>Passes over plain lines; null where the scanner looks at each one itself. Set at boot.</summary>
        internal Hal.ILineSearch Search;

        /// <summary>What follows the range that the last <see cref="Scan"/> gave: one of <see cref="ScanResult"/>.</summary>
        public int Result;

        /// <summary>With <see cref="ScanResult.Edit"/>: what is handed out next, instead of <see cref="SkipCount"/> octets of the
        /// input.</summary>
        public byte[] Insertion;

        /// <summary>With <see cref="ScanResult.Edit"/>: octets of the input that are not handed out; 0 to 2.</summary>
        public int SkipCount;

        /// <summary>Dots handed out so far, those inserted included, that are transparency and no content.</summary>
        public int StuffedDots;

        /// <summary>Whether strict mode has seen a bare LF.</summary>
        public bool HasBareLf;

        /// <summary>Starts over, for the octet behind a DATA command's line.</summary>
        public void Begin()
        {
            _position = AtLineStart;
            Result = ScanResult.NeedOctets;
            Insertion = null;
            SkipCount = 0;
            StuffedDots = 0;
            HasBareLf = false;
        }

        /// <summary>Scans the octets that have arrived. The next call begins where this one's range and skipped octets end.</summary>
        /// <param name="buffer">The octets; the one before <paramref name="start"/> must exist and is overwritten.</param>
        /// <param name="start">The first octet not handed out yet; at least 1.</param>
        /// <param name="end">Behind the last octet received.</param>
        /// <returns>Index behind the range from <paramref name="start"/> that goes out as it is; what follows it is in
        /// <see cref="Result"/>.</returns>
        public int Scan(byte[] buffer, int start, int end)
        {
            Result = ScanResult.NeedOctets;
            if (start == end)
            {
                return start;
            }

            // Never a CR: see the rule above. So the look at the octet before a line feed needs no bound.
            buffer[start - 1] = Octets.Nul;
            if (_position != InLine && buffer[start] == Octets.Dot)
            {
                int found = _position == AtLineStart ? LookAtDot(buffer, start, end) : Edit(s_dot, 0, InLine);
                if (found != Stuffed)
                {
                    return found == Last ? start + 3 : start;
                }
            }

            // The hot loop: 76-octet lines must cost no more than 10 ns an octet on the board, the search being 5.6 of them. The
            // last octet is left to EndRange, so that each line feed found here has an octet behind it.
            var soughtLf = Octets.SoughtLf;
            int last = end - 1;
            int at = Search == null ? start : Search.SkipPlainLines(buffer, start, last);
            int lf = Array.IndexOf(buffer, soughtLf, at, last - at);
            while (lf >= 0)
            {
                at = lf + 1;
                if (buffer[lf - 1] != Octets.Cr || buffer[at] == Octets.Dot)
                {
                    int cut = LookAtLine(buffer, at, end);
                    if (cut >= 0)
                    {
                        return cut;
                    }
                }

                lf = Array.IndexOf(buffer, soughtLf, at, last - at);
            }

            int octet = buffer[last];
            _position = InLine;
            return octet == Octets.Lf || octet == Octets.Cr ? EndRange(buffer, last) : end;
        }

        // A line that begins with a dot, or behind a bare LF. Returns where the range ends, -1 where it goes on.
        private int LookAtLine(byte[] buffer, int at, int end)
        {
            if (buffer[at - 2] == Octets.Cr)
            {
                int found = LookAtDot(buffer, at, end);
                return found == Stuffed ? -1 : found == Last ? at + 3 : at;
            }

            if (_strict)
            {
                HasBareLf = true;
                return -1;
            }

            Edit(Octets.CrLf, 1, AtMadeLineStart);
            return at - 1;
        }

        // What a line end at the range's end leaves behind. A CR is held; the next range begins with it, so where it stands does not
        // matter.
        private int EndRange(byte[] buffer, int last)
        {
            if (buffer[last] == Octets.Cr)
            {
                return last;
            }

            if (buffer[last - 1] == Octets.Cr)
            {
                _position = AtLineStart;
            }
            else if (_strict)
            {
                HasBareLf = true;
            }
            else
            {
                Edit(Octets.CrLf, 1, AtMadeLineStart);
                return last;
            }

            return last + 1;
        }

        // A dot behind a true line end. What is not the end of mail data, is transparency.
        private int LookAtDot(byte[] buffer, int dot, int end)
        {
            _position = AtLineStart;
            if (dot + 1 == end)
            {
                return Held;
            }

            int next = buffer[dot + 1];
            if (next == Octets.Cr)
            {
                if (dot + 2 == end)
                {
                    return Held;
                }

                if (buffer[dot + 2] == Octets.Lf)
                {
                    Result = ScanResult.End;
                    return Last;
                }
            }
            else if (next == Octets.Lf && !_strict)
            {
                return Edit(Octets.CrLf, 2, AtMadeLineStart);
            }

            if (next != Octets.Dot)
            {
                // A dot that nobody stuffed is deleted (section 4.5.2): what RETR sends has to be stuffed, or it would be read otherwise.
                return Edit(s_nothing, 1, InLine);
            }

            StuffedDots++;
            return Stuffed;
        }

        private int Edit(byte[] insertion, int skipCount, int position)
        {
            if (insertion == s_dot)
            {
                StuffedDots++;
            }

            Result = ScanResult.Edit;
            Insertion = insertion;
            SkipCount = skipCount;
            _position = position;
            return DotLf;
        }
    }
}

using MailAppliance.Core;

namespace MailAppliance.Pop3
{
    /// <summary>What RETR and TOP put around a message's stored octets, and where TOP ends in them.</summary>
    public sealed class Pop3Retrieval
    {
        /// <summary>In place of a number of lines: the whole message (RETR).</summary>
        public const int AllLines = -1;

        private readonly TopScanner _top = new TopScanner();
        private int _lines = AllLines;

        /// <summary>The lines behind the header that are wanted, or <see cref="AllLines"/>.</summary>
        public int Lines
        {
            get { return _lines; }
        }

        /// <summary>Whether TOP has all its lines.</summary>
        public bool IsCutDone
        {
            get { return _lines != AllLines && _top.IsDone; }
        }

        /// <summary>Takes what is wanted of the message that is opened next.</summary>
        /// <param name="lines">The lines behind the header, or <see cref="AllLines"/>.</param>
        public void Choose(int lines)
        {
            _lines = lines;
            _top.Begin(lines);
        }

        /// <summary>Appends the line before the message.</summary>
        /// <param name="output">The session's output.</param>
        /// <param name="messageOctets">The message's octets.</param>
        public void Begin(OutputBuffer output, int messageOctets)
        {
            if (_lines != AllLines)
            {
                output.Append(Pop3Replies.Texts, Pop3Replies.TopFollows);
                return;
            }

            output.Append(Pop3Replies.Texts, Pop3Replies.Ok);
            output.AppendDecimal(messageOctets);
            output.Append(Pop3Replies.Texts, Pop3Replies.OctetsFollow);
        }

        /// <summary>Says how much of the next stored octets belongs to the reply; see <see cref="Pop3Session.Cut"/>.</summary>
        /// <param name="buffer">The caller's, unchanged.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">How many.</param>
        /// <returns>How many to send.</returns>
        public int Cut(byte[] buffer, int offset, int count)
        {
            return _lines == AllLines ? count : _top.Scan(buffer, offset, count);
        }

        /// <summary>Appends the end of the reply, where the message's own end was not sent.</summary>
        /// <param name="output">The session's output, with room for it.</param>
        public void Finish(OutputBuffer output)
        {
            if (_lines != AllLines && !_top.HasEnd)
            {
                output.Append(Pop3Replies.Texts, Pop3Replies.End);
            }
        }
    }
}

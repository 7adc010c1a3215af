using System;

namespace MailAppliance.Tools.Card
{
    /// <summary>
    /// Brings a message from a file into wire form, piece by piece: a bare LF becomes CRLF, a dot that begins a line is doubled,
    /// and the end is put behind it.
    /// </summary>
    internal sealed class TextToWire
    {
        private readonly Action<ArraySegment<byte>> _take;
        private byte[] _piece = [];
        private int _count;
        private byte _last;
        private bool _isLineStart = true;

        /// <summary>Makes one, for one message.</summary>
        /// <param name="take">Takes the wire form; the buffer is ours.</param>
        public TextToWire(Action<ArraySegment<byte>> take)
        {
            _take = take;
        }

        /// <summary>Octets of the wire form so far.</summary>
        public long Octets { get; private set; }

        /// <summary>Dots that were doubled.</summary>
        public int StuffedDots { get; private set; }

        /// <summary>Goes on with the next octets.</summary>
        /// <param name="octets">The octets; free for reuse on return.</param>
        public void Add(ReadOnlySpan<byte> octets)
        {
            if (_piece.Length < 2 * octets.Length)
            {
                _piece = new byte[2 * octets.Length];
            }

            foreach (byte octet in octets)
            {
                if (octet == '\n' && _last != '\r')
                {
                    Put((byte)'\r');
                }
                else if (octet == '.' && _isLineStart)
                {
                    Put(octet);
                    StuffedDots++;
                }

                _isLineStart = octet == '\n';
                Put(octet);
            }

            Flush();
        }

        /// <summary>Ends the last line, where the file did not, and the message.</summary>
        public void End()
        {
            if (!_isLineStart)
            {
                Add("\n"u8);
            }

            _piece = [.. ".\r\n"u8];
            _count = _piece.Length;
            Flush();
        }

        private void Put(byte octet)
        {
            _piece[_count] = octet;
            _count++;
            _last = octet;
        }

        private void Flush()
        {
            Octets += _count;
            _take(new ArraySegment<byte>(_piece, 0, _count));
            _count = 0;
        }
    }
}

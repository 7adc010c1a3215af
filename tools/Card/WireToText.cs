using System;
using System.IO;

namespace MailAppliance.Tools.Card
{
    /// <summary>Takes the dots of transparency and the end away from a message in wire form, piece by piece.</summary>
    internal sealed class WireToText
    {
        private readonly Stream _target;
        private byte[] _piece = [];
        private int _count;
        private bool _isAfterReturn;
        private bool _isLineStart = true;
        private bool _isDot;
        private bool _isDotReturn;

        /// <summary>Makes one, for one message.</summary>
        /// <param name="target">Takes the message as its sender wrote it; the caller's.</param>
        public WireToText(Stream target)
        {
            _target = target;
        }

        /// <summary>Goes on with the next octets.</summary>
        /// <param name="octets">The octets; free for reuse on return.</param>
        public void Add(ArraySegment<byte> octets)
        {
            if (_piece.Length < octets.Count + 1)
            {
                _piece = new byte[octets.Count + 1];
            }

            _count = 0;
            foreach (byte octet in octets)
            {
                Add(octet);
            }

            _target.Write(_piece, 0, _count);
        }

        // A dot at a line's begin goes; with CRLF behind it it was the end, and that goes too.
        private void Add(byte octet)
        {
            if (_isLineStart && octet == '.')
            {
                _isLineStart = false;
                _isDot = true;
                return;
            }

            if (_isDot)
            {
                _isDot = false;
                _isDotReturn = octet == '\r';
                if (_isDotReturn)
                {
                    return;
                }
            }
            else if (_isDotReturn)
            {
                _isDotReturn = false;
                if (octet == '\n')
                {
                    return;
                }

                Put((byte)'\r');
            }

            Put(octet);
        }

        private void Put(byte octet)
        {
            _piece[_count] = octet;
            _count++;
            _isLineStart = _isAfterReturn && octet == '\n';
            _isAfterReturn = octet == '\r';
        }
    }
}

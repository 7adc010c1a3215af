using System;
using System.Net.Security;
using System.Net.Sockets;
using MailAppliance.Hal;

namespace MailAppliance.Boards
{
    /// <summary>A connection of a board that speaks TLS; see <see cref="BoardTls"/>.</summary>
    internal sealed class BoardTlsConnection : IConnection
    {
        // A record's header, and in it the type of a handshake and the first octet of a version (RFC 8446 section 5.1).
        private const int HeaderOctets = 5;
        private const byte Handshake = 0x16;
        private const byte MajorVersion = 0x03;

        /// <summary>Octets of a hello that is waited for whole; of a longer one these are enough to begin with.</summary>
        private const int HelloOctetsMax = 2048;

        /// <summary>Octets of one Write: what a socket that Poll calls writable has room for, with what TLS adds.</summary>
        private const int WriteOctets = 1400;

        private readonly BoardTls _tls;
        private readonly Socket _socket;
        private readonly IConnection _plain;
        private SslStream _stream;
        private bool _hasEnded;
        private bool _isGone;

        internal BoardTlsConnection(BoardTls tls, Socket socket, IConnection plain)
        {
            _tls = tls;
            _socket = socket;
            _plain = plain;
        }

        /// <inheritdoc/>
        public byte[] RemoteAddress
        {
            get { return _plain.RemoteAddress; }
        }

        /// <inheritdoc/>
        public byte[] LocalAddress
        {
            get { return _plain.LocalAddress; }
        }

        /// <inheritdoc/>
        public bool IsTls
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public int Receive(byte[] buffer, int offset, int count)
        {
            if (!IsReady())
            {
                return _isGone ? HalResult.Gone : 0;
            }

            if (_hasEnded)
            {
                return HalResult.EndOfInput;
            }

            try
            {
                // What was decrypted already is not in the socket any more: it is asked for first.
                if (_stream.DataAvailable)
                {
                    int taken = _stream.Read(buffer, offset, count);
                    if (taken > 0)
                    {
                        return taken;
                    }

                    return Lose();
                }

                _hasEnded = IsAtEnd();
                return _hasEnded ? HalResult.EndOfInput : 0;
            }
            catch (Exception)
            {
                return Lose();
            }
        }

        /// <inheritdoc/>
        public int Send(byte[] buffer, int offset, int count)
        {
            if (!IsReady())
            {
                return _isGone ? HalResult.Gone : 0;
            }

            try
            {
                if (!_socket.Poll(0, SelectMode.SelectWrite))
                {
                    return 0;
                }

                int octets = count < WriteOctets ? count : WriteOctets;
                _stream.Write(buffer, offset, octets);
                return octets;
            }
            catch (Exception)
            {
                // Nobody can say how much of it went out.
                return Lose();
            }
        }

        /// <inheritdoc/>
        public bool EndSend()
        {
            // Only the close tells the peer.
            return false;
        }

        /// <inheritdoc/>
        public IConnection StartTls()
        {
            throw new InvalidOperationException();
        }

        /// <inheritdoc/>
        public void Close()
        {
            _isGone = true;
            Drop();
            _plain.Close();
        }

        private bool IsReady()
        {
            if (_stream != null || _isGone)
            {
                return !_isGone;
            }

            try
            {
                if (!_tls.IsFree || !IsHelloThere())
                {
                    return false;
                }

                _stream = new SslStream(_socket);
                if (_tls.Authenticate(_stream))
                {
                    return true;
                }
            }
            catch (Exception)
            {
                // The peer was quicker, or there is no memory for it.
            }

            Lose();
            return false;
        }

        // Looked at, and left for the handshake to read.
        private bool IsHelloThere()
        {
            if (!_socket.Poll(0, SelectMode.SelectRead))
            {
                return false;
            }

            int there = _socket.Available;
            if (there == 0)
            {
                Lose();
                return false;
            }

            if (there < HeaderOctets)
            {
                return false;
            }

            byte[] header = new byte[HeaderOctets];
            if (_socket.Receive(header, 0, HeaderOctets, SocketFlags.Peek) < HeaderOctets || header[0] != Handshake || header[1] != MajorVersion)
            {
                Lose();
                return false;
            }

            int octets = HeaderOctets + (header[3] << 8) + header[4];
            return there >= (octets < HelloOctetsMax ? octets : HelloOctetsMax);
        }

        // Readable with no octets there: none will come.
        private bool IsAtEnd()
        {
            return _socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0;
        }

        private int Lose()
        {
            _isGone = true;
            return HalResult.Gone;
        }

        // Closes the socket too, and gives the native memory back.
        private void Drop()
        {
            SslStream stream = _stream;
            _stream = null;
            if (stream != null)
            {
                try
                {
                    stream.Dispose();
                }
                catch (Exception)
                {
                    // It is over all the same.
                }
            }
        }
    }
}

using System;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailAppliance.Hal.Nano
{
    /// <summary>An accepted socket of <see cref="NanoNetwork"/>.</summary>
    /// <remarks>
    /// Every socket call is native and blocks all managed threads while it waits, so each is made only once Poll has said
    /// that it has nothing to wait for; the timeouts are for a Poll that was wrong.
    /// </remarks>
    internal sealed class NanoConnection : IConnection
    {
        /// <summary>Octets of one Send: a segment of lwIP, for which a socket that Poll calls writable has room at once.</summary>
        private const int SegmentOctets = 1440;

        /// <summary>Milliseconds; the platform makes any shorter time this.</summary>
        private const int TimeoutMilliseconds = 500;

        /// <summary>Milliseconds of silence before the first keep-alive probe.</summary>
        private const int KeepAliveMilliseconds = 60000;

        /// <summary>SocketException.ErrorCode of a timeout.</summary>
        private const int TimedOut = 10060;

        private readonly Socket _socket;
        private readonly NanoTls _tls;
        private readonly byte[] _remoteAddress;
        private readonly byte[] _localAddress;
        private bool _hasEnded;
        private bool _isGone;
        private bool _isClosed;

        internal NanoConnection(Socket socket, NanoTls tls)
        {
            _socket = socket;
            _tls = tls;
            _remoteAddress = ToOctets(socket.RemoteEndPoint);
            _localAddress = ToOctets(socket.LocalEndPoint);
            socket.ReceiveTimeout = TimeoutMilliseconds;
            socket.SendTimeout = TimeoutMilliseconds;
            SetOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, 1);
            SetOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, 1);

            // lwIP's TCP_KEEPALIVE: the time before the first probe, in milliseconds; two hours unless set.
            SetOption(SocketOptionLevel.Tcp, SocketOptionName.KeepAlive, KeepAliveMilliseconds);
        }

        /// <inheritdoc/>
        public byte[] RemoteAddress
        {
            get { return _remoteAddress; }
        }

        /// <inheritdoc/>
        public byte[] LocalAddress
        {
            get { return _localAddress; }
        }

        /// <inheritdoc/>
        public int Receive(byte[] buffer, int offset, int count)
        {
            if (_isGone)
            {
                return HalResult.Gone;
            }

            if (_hasEnded)
            {
                return HalResult.EndOfInput;
            }

            try
            {
                if (!_socket.Poll(0, SelectMode.SelectRead))
                {
                    return 0;
                }

                // Readable: there are octets, or none will come any more (0), or it was reset (an exception).
                int taken = _socket.Receive(buffer, offset, count, SocketFlags.None);
                if (taken > 0)
                {
                    return taken;
                }

                _hasEnded = true;
                return HalResult.EndOfInput;
            }
            catch (SocketException error)
            {
                return error.ErrorCode == TimedOut ? 0 : Lose();
            }
            catch (ObjectDisposedException)
            {
                return Lose();
            }
        }

        /// <inheritdoc/>
        public int Send(byte[] buffer, int offset, int count)
        {
            if (_isGone)
            {
                return HalResult.Gone;
            }

            try
            {
                if (!_socket.Poll(0, SelectMode.SelectWrite))
                {
                    return 0;
                }

                return _socket.Send(buffer, offset, count < SegmentOctets ? count : SegmentOctets, SocketFlags.None);
            }
            catch (SocketException)
            {
                // After a timeout too: nobody can say how much of it went out.
                return Lose();
            }
            catch (ObjectDisposedException)
            {
                return Lose();
            }
        }

        /// <inheritdoc/>
        public bool EndSend()
        {
            // nanoFramework has no Shutdown.
            return false;
        }

        /// <inheritdoc/>
        public bool IsTls
        {
            get { return false; }
        }

        /// <inheritdoc/>
        public IConnection StartTls()
        {
            return _tls.Begin(_socket, this);
        }

        /// <inheritdoc/>
        public void Close()
        {
            _isGone = true;
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            try
            {
                _socket.Close();
            }
            catch (SocketException)
            {
                // It is closed all the same.
            }
            catch (ObjectDisposedException)
            {
            }
        }

        private static byte[] ToOctets(EndPoint endPoint)
        {
            return Encoding.UTF8.GetBytes(((IPEndPoint)endPoint).Address.ToString());
        }

        /// <summary>Sets an option where the firmware has it: without any of them mail flows all the same.</summary>
        private void SetOption(SocketOptionLevel level, SocketOptionName name, int value)
        {
            try
            {
                _socket.SetSocketOption(level, name, value);
            }
            catch (SocketException)
            {
            }
        }

        private int Lose()
        {
            _isGone = true;
            return HalResult.Gone;
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>An accepted socket of <see cref="DesktopNetwork"/>. Receive and Send allocate nothing.</summary>
    internal sealed class DesktopConnection : WatchedSocket, IConnection
    {
        /// <summary>Seconds of silence before the first keep-alive probe: a sensor that lost its power gives its slot and lock back.</summary>
        private const int KeepAliveSeconds = 60;

        /// <summary>Seconds between probes that nobody answers.</summary>
        private const int KeepAliveIntervalSeconds = 15;

        /// <summary>Unanswered probes after which the connection is gone: two minutes after the last octet.</summary>
        private const int KeepAliveProbes = 4;

        private bool _isGone;

        internal DesktopConnection(DesktopNetwork network, Socket socket)
            : base(network, socket)
        {
            try
            {
                RemoteAddress = ToOctets(socket.RemoteEndPoint);
                LocalAddress = ToOctets(socket.LocalEndPoint);
                SetOptions(socket);
            }
            catch (SocketException)
            {
                CloseSocket();
                throw;
            }
        }

        /// <inheritdoc/>
        public byte[] RemoteAddress { get; }

        /// <inheritdoc/>
        public byte[] LocalAddress { get; }

        /// <inheritdoc/>
        public int Receive(byte[] buffer, int offset, int count)
        {
            if (_isGone)
            {
                return HalResult.Gone;
            }

            if (HasEnded)
            {
                return HalResult.EndOfInput;
            }

            if (!FindsInput())
            {
                return 0;
            }

            int taken = Socket.Receive(buffer, offset, count, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
            {
                // Less than asked for: that was all, and the next look tells of more.
                HasInput = taken == count;
                HasEnded = taken == 0;
                return taken == 0 ? HalResult.EndOfInput : taken;
            }

            if (IsMerelyBusy(error))
            {
                HasInput = false;
                return 0;
            }

            return Lose();
        }

        /// <inheritdoc/>
        public int Send(byte[] buffer, int offset, int count)
        {
            if (_isGone)
            {
                return HalResult.Gone;
            }

            if (!FindsRoom())
            {
                return 0;
            }

            int taken = Socket.Send(buffer, offset, count, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success || IsMerelyBusy(error))
            {
                WaitsForRoom = taken < count;
                return taken;
            }

            return Lose();
        }

        /// <inheritdoc/>
        public bool EndSend()
        {
            if (_isGone)
            {
                return true;
            }

            try
            {
                Socket.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // The peer was quicker; the next Receive finds out.
            }

            return true;
        }

        /// <inheritdoc/>
        public bool IsTls
        {
            get { return false; }
        }

        /// <inheritdoc/>
        public IConnection StartTls()
        {
            return new TlsConnection(this, Tls ?? throw new System.InvalidOperationException("a network without TLS"));
        }

        /// <inheritdoc/>
        public void Close()
        {
            _isGone = true;
            CloseSocket();
        }

        private static void SetOptions(Socket socket)
        {
            // Replies are written whole, so that waiting for more to send would only cost the peer time.
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveIntervalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
        }

        private static byte[] ToOctets(EndPoint? endPoint)
        {
            if (endPoint is not IPEndPoint known)
            {
                throw new SocketException((int)SocketError.NotConnected);
            }

            IPAddress address = known.Address;
            if (address.IsIPv4MappedToIPv6)
            {
                address = address.MapToIPv4();
            }
            else if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                // Without the scope (%eth0), which no address literal has.
                address = new IPAddress(address.GetAddressBytes());
            }

            string text = address.ToString();
            return Encoding.ASCII.GetBytes(address.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6:" + text : text);
        }

        private static bool IsMerelyBusy(SocketError error)
        {
            return error == SocketError.WouldBlock
                || error == SocketError.IOPending
                || error == SocketError.Interrupted
                || error == SocketError.NoBufferSpaceAvailable;
        }

        private int Lose()
        {
            _isGone = true;
            HasEnded = true;
            WaitsForRoom = false;
            return HalResult.Gone;
        }
    }
}

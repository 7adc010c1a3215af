using System;
using System.Net.Sockets;

namespace MailAppliance.Hal.Nano
{
    /// <summary>A listening port of <see cref="NanoNetwork"/>; its socket can be made anew.</summary>
    internal sealed class NanoListener : IListener
    {
        /// <summary>Failures to look, one after the other, after which the socket is given up.</summary>
        private const int FailuresMax = 10;

        private readonly NanoNetwork _network;
        private readonly string _address;
        private readonly int _port;
        private readonly int _backlog;
        private Socket _socket;
        private int _failures;
        private bool _isClosed;

        internal NanoListener(NanoNetwork network, string address, int port, int backlog, Socket socket)
        {
            _network = network;
            _address = address;
            _port = port;
            _backlog = backlog;
            _socket = socket;
        }

        /// <inheritdoc/>
        public int Port
        {
            get { return _port; }
        }

        /// <summary>Whether nothing can be accepted before <see cref="Reopen"/>.</summary>
        internal bool IsBroken
        {
            get { return !_isClosed && (_socket == null || _failures >= FailuresMax); }
        }

        /// <inheritdoc/>
        public IConnection Accept()
        {
            if (_isClosed || _socket == null || !IsSomebodyThere())
            {
                return null;
            }

            Socket accepted = null;
            try
            {
                accepted = _socket.Accept();
                return new NanoConnection(accepted, _network.Tls);
            }
            catch (SocketException)
            {
                // He left again, or all 16 sockets are in use.
                Drop(accepted);
            }
            catch (ObjectDisposedException)
            {
                Drop(accepted);
            }

            return null;
        }

        /// <inheritdoc/>
        public void Close()
        {
            _isClosed = true;
            Drop(_socket);
            _socket = null;
        }

        /// <summary>Closes the socket and opens another at the same port. Connections that were accepted live on.</summary>
        /// <returns>False where it can't be opened now.</returns>
        internal bool Reopen()
        {
            if (_isClosed)
            {
                return true;
            }

            Drop(_socket);
            _failures = 0;
            _socket = null;
            try
            {
                _socket = NanoNetwork.Open(_address, _port, _backlog);
            }
            catch (Exception)
            {
                // Asked again.
            }

            return _socket != null;
        }

        // Accept has no timeout: only where somebody waits.
        private bool IsSomebodyThere()
        {
            try
            {
                bool isThere = _socket.Poll(0, SelectMode.SelectRead);
                _failures = 0;
                return isThere;
            }
            catch (SocketException)
            {
                _failures++;
            }
            catch (ObjectDisposedException)
            {
                _failures++;
            }

            return false;
        }

        private static void Drop(Socket socket)
        {
            if (socket != null)
            {
                try
                {
                    socket.Close();
                }
                catch (SocketException)
                {
                    // It is closed all the same.
                }
            }
        }
    }
}

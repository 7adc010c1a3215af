using System;
using System.Net;
using System.Net.Sockets;

namespace MailAppliance.Hal.Nano
{
    /// <summary>A listening socket of <see cref="NanoNetwork"/>.</summary>
    internal sealed class NanoListener : IListener
    {
        private readonly Socket _socket;
        private readonly int _port;
        private bool _isClosed;

        internal NanoListener(Socket socket)
        {
            _socket = socket;
            _port = ((IPEndPoint)socket.LocalEndPoint).Port;
        }

        /// <inheritdoc/>
        public int Port
        {
            get { return _port; }
        }

        /// <inheritdoc/>
        public IConnection Accept()
        {
            if (_isClosed)
            {
                return null;
            }

            Socket accepted = null;
            try
            {
                // Accept has no timeout: only where somebody waits.
                if (!_socket.Poll(0, SelectMode.SelectRead))
                {
                    return null;
                }

                accepted = _socket.Accept();
                return new NanoConnection(accepted);
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
            if (!_isClosed)
            {
                _isClosed = true;
                Drop(_socket);
            }
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

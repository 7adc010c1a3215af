using System.Net;
using System.Net.Sockets;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>A listening socket of <see cref="DesktopNetwork"/>.</summary>
    internal sealed class DesktopListener : WatchedSocket, IListener
    {
        internal DesktopListener(DesktopNetwork network, Socket socket)
            : base(network, socket)
        {
            Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        }

        /// <inheritdoc/>
        public int Port { get; }

        /// <inheritdoc/>
        public IConnection Accept()
        {
            if (IsClosed || !FindsInput())
            {
                return null!;
            }

            Socket accepted;
            try
            {
                accepted = Socket.Accept();
            }
            catch (SocketException error)
            {
                // The newcomer left before we took him, or there are no descriptors left: then he stays found, so that no rest
                // ends because of him, and the next turn tries again.
                HasInput = error.SocketErrorCode == SocketError.TooManyOpenSockets;
                return null!;
            }

            try
            {
                return Adopt(accepted);
            }
            catch (SocketException)
            {
                // Reset between the two calls: no address can be read any more.
                accepted.Dispose();
                return null!;
            }
        }

        /// <inheritdoc/>
        public void Close()
        {
            CloseSocket();
        }
    }
}

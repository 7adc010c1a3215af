using System.Net;
using System.Net.Sockets;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>A socket that is looked at with all the others, and that another thread of this process can strike.</summary>
    internal sealed class NetworkBell : WatchedSocket
    {
        private static readonly byte[] s_stroke = new byte[1];

        private readonly byte[] _stroke = new byte[1];

        private NetworkBell(DesktopNetwork network, Socket socket)
            : base(network, socket)
        {
        }

        /// <summary>Makes one on loopback, which hears nobody but itself.</summary>
        /// <returns>The bell; null where the system has no loopback.</returns>
        internal static NetworkBell? TryMake(DesktopNetwork network)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
                socket.Connect(socket.LocalEndPoint!);
                return new NetworkBell(network, socket);
            }
            catch (SocketException)
            {
                socket.Dispose();
                return null;
            }
        }

        /// <summary>Ends the network's rest, or the next one; for any thread.</summary>
        internal void Strike()
        {
            // Where there is no room for another, there are strokes enough.
            Socket.Send(s_stroke, SocketFlags.None, out _);
        }

        /// <summary>Whether it was struck since it was last asked; by the network's thread.</summary>
        internal bool WasStruck()
        {
            if (!HasInput)
            {
                return false;
            }

            HasInput = false;
            SocketError error;
            do
            {
                Socket.Receive(_stroke, SocketFlags.None, out error);
            }
            while (error == SocketError.Success);
            return true;
        }
    }
}

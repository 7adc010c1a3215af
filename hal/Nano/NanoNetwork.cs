using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace MailAppliance.Hal.Nano
{
    /// <summary>TCP on the board: IPv4, and no call that could block, since that would stop every managed thread.</summary>
    public sealed class NanoNetwork : INetwork
    {
        /// <summary>
        /// Milliseconds of the longest single rest. There is no call that waits for several sockets, so a rest is a nap between two
        /// looks at all of them; a new connection is greeted within two naps.
        /// </summary>
        public const int NapMilliseconds = 10;

        // One for each service, and as many to spare.
        private const int ListenersMax = 4;

        private readonly NanoListener[] _listeners = new NanoListener[ListenersMax];
        private int _listenerCount;

        /// <summary>The board's TLS; null where it has none. Set before anybody listens.</summary>
        public NanoTls Tls;

        /// <inheritdoc/>
        public string LastError { get; private set; }

        /// <inheritdoc/>
        public bool HasTls
        {
            get { return Tls != null; }
        }

        /// <summary>Whether a port that was opened can't be listened at any more.</summary>
        public bool IsBroken
        {
            get
            {
                for (int at = 0; at < _listenerCount; at++)
                {
                    if (_listeners[at].IsBroken)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <inheritdoc/>
        public IListener Listen(string address, int port, int backlog)
        {
            LastError = null;
            try
            {
                Socket socket = Open(address, port, backlog);
                NanoListener listener = new NanoListener(this, address, ((IPEndPoint)socket.LocalEndPoint).Port, backlog, socket);
                if (_listenerCount < ListenersMax)
                {
                    _listeners[_listenerCount] = listener;
                    _listenerCount++;
                }

                return listener;
            }
            catch (SocketException error)
            {
                // The driver does not always say why; mostly another program has it.
                LastError = address + ":" + port.ToString() + " can't be opened (is it in use?), socket error " + error.ErrorCode.ToString();
            }
            catch (Exception)
            {
                // What an address of no known form is answered with is not the same in every firmware.
                LastError = address + ":" + port.ToString() + " can't be opened: the board takes IPv4 addresses only";
            }

            return null;
        }

        /// <summary>Makes the listening sockets anew: after the board's address was gone, nobody can say what became of the old ones.</summary>
        /// <returns>Whether all are open; where not, it is to be tried again.</returns>
        public bool ReopenListeners()
        {
            bool isDone = true;
            for (int at = 0; at < _listenerCount; at++)
            {
                isDone &= _listeners[at].Reopen();
            }

            return isDone;
        }

        /// <inheritdoc/>
        public void Wait(int milliseconds)
        {
            if (milliseconds > 0)
            {
                Thread.Sleep(milliseconds < NapMilliseconds ? milliseconds : NapMilliseconds);
            }
        }

        /// <summary>Opens a listening socket; throws what the platform throws, and then leaves nothing open.</summary>
        internal static Socket Open(string address, int port, int backlog)
        {
            Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            bool isOpen = false;
            try
            {
                AllowReuse(socket);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
                socket.Listen(backlog);
                isOpen = true;
                return socket;
            }
            finally
            {
                if (!isOpen)
                {
                    socket.Close();
                }
            }
        }

        // Connections of the socket before are still there when its port is opened again.
        private static void AllowReuse(Socket socket)
        {
            try
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }
            catch (Exception)
            {
                // Not every firmware has it; then it takes until they are over.
            }
        }
    }
}

using System;
using System.Net.Sockets;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>A socket with what is known of it since the network last looked at all of them together.</summary>
    /// <remarks>
    /// Input (or a newcomer, or room to send) that was found and not taken is not looked for again: it would end every
    /// rest at once while the loop waits for something else, and burn a core.
    /// </remarks>
    internal abstract class WatchedSocket
    {
        private readonly DesktopNetwork _network;

        protected WatchedSocket(DesktopNetwork network, Socket socket)
        {
            _network = network;
            Socket = socket;
            Descriptor = (int)socket.Handle;
            socket.Blocking = false;
            network.Watch(this);
        }

        /// <summary>The platform's socket, never blocking.</summary>
        internal Socket Socket { get; }

        /// <summary>Its number for poll(2).</summary>
        internal int Descriptor { get; }

        /// <summary>Its place in the network's table; written by the network only.</summary>
        internal int Index { get; set; }

        /// <summary>Whether input was found that has not been taken to its end.</summary>
        internal bool HasInput { get; set; }

        /// <summary>Whether no input can come any more.</summary>
        internal bool HasEnded { get; set; }

        /// <summary>Whether the last send took less than offered and no room was found since.</summary>
        internal bool WaitsForRoom { get; set; }

        /// <summary>Whether the next look has to ask for input.</summary>
        internal bool WantsInput
        {
            get { return !HasInput && !HasEnded; }
        }

        /// <summary>The network's TLS; null where it has none.</summary>
        protected DesktopTls? Tls
        {
            get { return _network.Tls; }
        }

        /// <summary>Whether it was closed by us.</summary>
        protected bool IsClosed { get; private set; }

        /// <summary>Whether a call of the system for input is worth its microsecond.</summary>
        protected bool FindsInput()
        {
            return HasInput || (_network.LookAgain() && HasInput);
        }

        /// <summary>Whether a call of the system to send is worth its microsecond.</summary>
        protected bool FindsRoom()
        {
            return !WaitsForRoom || (_network.LookAgain() && !WaitsForRoom);
        }

        /// <summary>Wraps what this socket accepted.</summary>
        protected DesktopConnection Adopt(Socket accepted)
        {
            return new DesktopConnection(_network, accepted);
        }

        /// <summary>Closes the socket and takes it out of the table; safe to call twice.</summary>
        protected void CloseSocket()
        {
            if (IsClosed)
            {
                return;
            }

            IsClosed = true;
            _network.Forget(this);
            try
            {
                Socket.Dispose();
            }
            catch (SocketException)
            {
                // It is gone all the same.
            }
            catch (ObjectDisposedException)
            {
            }
        }
    }
}

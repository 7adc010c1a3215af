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

        /// <inheritdoc/>
        public string LastError { get; private set; }

        /// <inheritdoc/>
        public IListener Listen(string address, int port, int backlog)
        {
            LastError = null;
            Socket socket = null;
            try
            {
                socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
                socket.Listen(backlog);
                return new NanoListener(socket);
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

            if (socket != null)
            {
                socket.Close();
            }

            return null;
        }

        /// <inheritdoc/>
        public void Wait(int milliseconds)
        {
            if (milliseconds > 0)
            {
                Thread.Sleep(milliseconds < NapMilliseconds ? milliseconds : NapMilliseconds);
            }
        }
    }
}

using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>TCP on the desktop: non-blocking sockets, IPv4 and IPv6, and one call that looks at all of them.</summary>
    /// <remarks>
    /// <para>
    /// A turn of the loop asks every slot for input. Asking the system for each would cost a microsecond a slot, so a
    /// connection in which the last look at all sockets found nothing answers 0 without a call, as long as that look
    /// is younger than <see cref="LookMicroseconds"/>.
    /// </para>
    /// <para>Used by one thread, but for <see cref="Wake"/>. Nothing is allocated but at <see cref="Listen"/> and at accept.</para>
    /// </remarks>
    public sealed class DesktopNetwork : INetwork
    {
        /// <summary>Microseconds for which the last look at all sockets is believed.</summary>
        public const int LookMicroseconds = 50;

        /// <summary>
        /// The shortest listen queue. Where it overflows, Linux drops the last segment of a handshake that the client takes for
        /// complete; he then waits for a greeting from a server that has never heard of him. Room in the queue costs nothing.
        /// </summary>
        private const int BacklogMin = 1024;

        private static readonly long s_lookTicks = Math.Max(1, Stopwatch.Frequency * LookMicroseconds / 1_000_000);

        private readonly SocketWatch _watch;
        private WatchedSocket[] _sockets = new WatchedSocket[32];
        private int _count;
        private long _lookedAt;
        private NetworkBell? _bell;

        /// <summary>Makes a network without listeners.</summary>
        public DesktopNetwork()
            : this(PollWatch.IsSupported ? new PollWatch() : new SelectWatch())
        {
        }

        internal DesktopNetwork(SocketWatch watch)
        {
            _watch = watch;
        }

        /// <summary>TLS for its connections; null for none. Set before anybody listens.</summary>
        public DesktopTls? Tls { get; set; }

        /// <inheritdoc/>
        public bool HasTls
        {
            get { return Tls != null; }
        }

        /// <inheritdoc/>
        public string LastError { get; private set; } = string.Empty;

        /// <inheritdoc/>
        public IListener Listen(string address, int port, int backlog)
        {
            if (!IPAddress.TryParse(address, out IPAddress? local))
            {
                LastError = $"{address} is not an IP address";
                return null!;
            }

            var socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                if (local.AddressFamily == AddressFamily.InterNetworkV6)
                {
                    socket.DualMode = false;
                }

                socket.Bind(new IPEndPoint(local, port));
                socket.Listen(Math.Max(backlog, BacklogMin));
                return new DesktopListener(this, socket);
            }
            catch (SocketException error)
            {
                socket.Dispose();
                LastError = Explain(new IPEndPoint(local, Math.Max(port, 0)), error);
                return null!;
            }
        }

        /// <summary>Makes <see cref="Wake"/> work; before the first rest.</summary>
        /// <returns>False where this system can't.</returns>
        public bool TryMakeWakeable()
        {
            _bell ??= NetworkBell.TryMake(this);
            return _bell != null;
        }

        /// <summary>Ends the rest of the network's thread, or its next one where it does not rest. The one member for any thread.</summary>
        public void Wake()
        {
            _bell?.Strike();
        }

        /// <inheritdoc/>
        public void Wait(int milliseconds)
        {
            // Found by a look since the last rest: whoever struck it has to be heard first.
            if (_bell != null && _bell.WasStruck())
            {
                milliseconds = 0;
            }

            if (!Look(milliseconds) && milliseconds > 0)
            {
                Thread.Sleep(milliseconds);
            }

            _bell?.WasStruck();
        }

        /// <summary>Takes a socket into the table.</summary>
        internal void Watch(WatchedSocket socket)
        {
            if (_count == _sockets.Length)
            {
                Array.Resize(ref _sockets, _count * 2);
            }

            socket.Index = _count;
            _sockets[_count] = socket;
            _count++;
        }

        /// <summary>Takes a socket out of the table; the last one moves into its place.</summary>
        internal void Forget(WatchedSocket socket)
        {
            _count--;
            WatchedSocket last = _sockets[_count];
            _sockets[socket.Index] = last;
            last.Index = socket.Index;
            _sockets[_count] = null!;
        }

        /// <summary>Looks at all sockets unless that was done a moment ago.</summary>
        /// <returns>Whether it looked.</returns>
        internal bool LookAgain()
        {
            return Stopwatch.GetTimestamp() - _lookedAt >= s_lookTicks && Look(0);
        }

        private bool Look(int milliseconds)
        {
            bool looked = _watch.Look(_sockets, _count, milliseconds);
            _lookedAt = Stopwatch.GetTimestamp();
            return looked;
        }

        private static string Explain(IPEndPoint local, SocketException error)
        {
            return error.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"{local} is in use by another program",
                SocketError.AddressNotAvailable => $"{local.Address} is not an address of this computer",
                SocketError.AccessDenied => $"{local} is not allowed to this user (ports under 1024 need a right)",
                _ => $"{local} can't be opened: {error.Message}",
            };
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>A network within one thread: what a client end sends is there at once, and nothing happens by itself.</summary>
    public sealed class MemoryNetwork : INetwork
    {
        private const int FirstChosenPort = 49152;

        private readonly List<MemoryListener> _listeners = new();
        private int _nextPort = FirstChosenPort;

        /// <inheritdoc/>
        public string LastError { get; private set; } = string.Empty;

        /// <summary>How often the loop rested.</summary>
        public int Waits { get; private set; }

        /// <summary>How long the last rest was allowed to be, in milliseconds.</summary>
        public int LastWaitMilliseconds { get; private set; }

        /// <summary>The clock that a rest moves on by its whole length; null (the default) leaves time to the test.</summary>
        public ManualClock? Clock { get; set; }

        /// <summary>The most octets that one Receive of the appliance takes; a test sets it to cut the stream anew.</summary>
        public int ReceiveOctetsMax { get; set; } = int.MaxValue;

        /// <summary>Whether there is TLS, which is simulated too (<see cref="MemoryClient.StartTls"/>): yes, unless a test says no.</summary>
        public bool HasTls { get; set; } = true;

        /// <inheritdoc/>
        public IListener Listen(string address, int port, int backlog)
        {
            if (Find(port) != null)
            {
                LastError = string.Create(CultureInfo.InvariantCulture, $"{address}:{port} is in use by another program");
                return null!;
            }

            if (port == 0)
            {
                port = _nextPort;
                _nextPort++;
            }

            var listener = new MemoryListener(this, port, backlog);
            _listeners.Add(listener);
            return listener;
        }

        /// <inheritdoc/>
        public void Wait(int milliseconds)
        {
            Waits++;
            LastWaitMilliseconds = milliseconds;
            Clock?.Advance(milliseconds);
        }

        /// <summary>Opens a client's connection, as TCP does before anybody accepts it.</summary>
        /// <param name="port">The port of a listener.</param>
        /// <param name="remoteAddress">The client's address, as the appliance sees it.</param>
        /// <param name="localAddress">The appliance's own.</param>
        /// <returns>The client's end.</returns>
        /// <exception cref="InvalidOperationException">Nobody listens there, or the listener's queue is full.</exception>
        public MemoryClient Connect(int port, string remoteAddress = "192.168.2.7", string localAddress = "192.168.2.1")
        {
            MemoryListener listener = Find(port) ?? throw new InvalidOperationException("connection refused");
            var client = new MemoryClient(this, Encoding.ASCII.GetBytes(remoteAddress), Encoding.ASCII.GetBytes(localAddress));
            listener.Queue(client);
            return client;
        }

        /// <summary>Whether somebody listens, and his queue has room.</summary>
        /// <param name="port">The port.</param>
        /// <returns>True where <see cref="Connect"/> would not throw.</returns>
        public bool CanConnect(int port)
        {
            return Find(port) is MemoryListener listener && !listener.IsFull;
        }

        internal void Forget(MemoryListener listener)
        {
            _listeners.Remove(listener);
        }

        private MemoryListener? Find(int port)
        {
            foreach (MemoryListener listener in _listeners)
            {
                if (listener.Port == port)
                {
                    return listener;
                }
            }

            return null;
        }
    }
}

using System.IO;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>Prints what goes over the wire, both ways, passwords masked; otherwise the network it is given.</summary>
    public sealed class TracingNetwork : INetwork
    {
        private readonly INetwork _network;
        private readonly TextWriter _writer;
        private int _connections;

        /// <summary>Puts a trace around a network.</summary>
        /// <param name="network">The network that does the work.</param>
        /// <param name="writer">Where the trace goes; not closed.</param>
        public TracingNetwork(INetwork network, TextWriter writer)
        {
            _network = network;
            _writer = writer;
        }

        /// <inheritdoc/>
        public string LastError
        {
            get { return _network.LastError; }
        }

        /// <inheritdoc/>
        public bool HasTls
        {
            get { return _network.HasTls; }
        }

        /// <inheritdoc/>
        public IListener Listen(string address, int port, int backlog)
        {
            IListener listener = _network.Listen(address, port, backlog);
            return listener == null ? null! : new TracingListener(this, listener);
        }

        /// <inheritdoc/>
        public void Wait(int milliseconds)
        {
            _network.Wait(milliseconds);
        }

        private sealed class TracingListener : IListener
        {
            private readonly TracingNetwork _network;
            private readonly IListener _listener;

            internal TracingListener(TracingNetwork network, IListener listener)
            {
                _network = network;
                _listener = listener;
            }

            public int Port
            {
                get { return _listener.Port; }
            }

            public IConnection Accept()
            {
                IConnection connection = _listener.Accept();
                if (connection == null)
                {
                    return null!;
                }

                _network._connections++;
                return new TracingConnection(connection, new WireTrace(_network._writer, $"{Port}#{_network._connections}"));
            }

            public void Close()
            {
                _listener.Close();
            }
        }
    }
}

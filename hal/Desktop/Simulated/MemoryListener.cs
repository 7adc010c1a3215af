using System;
using System.Collections.Generic;

namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>A port of <see cref="MemoryNetwork"/>.</summary>
    internal sealed class MemoryListener : IListener
    {
        private readonly MemoryNetwork _network;
        private readonly int _backlog;
        private readonly Queue<MemoryClient> _waiting = new();

        internal MemoryListener(MemoryNetwork network, int port, int backlog)
        {
            _network = network;
            _backlog = backlog;
            Port = port;
        }

        /// <inheritdoc/>
        public int Port { get; }

        /// <summary>No newcomer can wait any more.</summary>
        internal bool IsFull
        {
            get { return _waiting.Count >= _backlog; }
        }

        /// <inheritdoc/>
        public IConnection Accept()
        {
            return _waiting.Count == 0 ? null! : _waiting.Dequeue().Accepted();
        }

        /// <inheritdoc/>
        public void Close()
        {
            _network.Forget(this);
            while (_waiting.Count > 0)
            {
                _waiting.Dequeue().Refuse();
            }
        }

        internal void Queue(MemoryClient client)
        {
            if (IsFull)
            {
                throw new InvalidOperationException("the listen queue is full");
            }

            _waiting.Enqueue(client);
        }
    }
}

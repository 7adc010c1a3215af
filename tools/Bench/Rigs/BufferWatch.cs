using System;
using System.Collections.Generic;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop.Simulated;

namespace MailAppliance.Tools.Bench.Rigs
{
    /// <summary>
    /// Stands between the appliance and its network and card, and notes which arrays octets come from and go to. What is sent
    /// from the very array that the card was read into has been copied by nobody on its way out.
    /// </summary>
    internal sealed class BufferWatch : INetwork, ICard
    {
        private readonly MemoryNetwork _network;
        private readonly MemoryCard _card;
        private readonly HashSet<byte[]> _readInto = new(ReferenceEqualityComparer.Instance);

        /// <summary>Makes a watch.</summary>
        /// <param name="network">The network behind it.</param>
        /// <param name="card">The card behind it.</param>
        internal BufferWatch(MemoryNetwork network, MemoryCard card)
        {
            _network = network;
            _card = card;
        }

        /// <summary>Octets that the appliance took from the network.</summary>
        internal long ReceivedOctets { get; private set; }

        /// <summary>Octets sent from an array that the card was read into.</summary>
        internal long SentFromCardOctets { get; private set; }

        /// <summary>Octets sent from any other array: they were put there, once or oftener.</summary>
        internal long SentFromElsewhereOctets { get; private set; }

        /// <inheritdoc/>
        public string LastError
        {
            get { return _network.LastError; }
        }

        /// <inheritdoc/>
        public int BlockCount
        {
            get { return _card.BlockCount; }
        }

        /// <inheritdoc/>
        public bool HasTls
        {
            get { return _network.HasTls; }
        }

        /// <inheritdoc/>
        public IListener Listen(string address, int port, int backlog)
        {
            return new Listener(this, _network.Listen(address, port, backlog));
        }

        /// <inheritdoc/>
        public void Wait(int milliseconds)
        {
            _network.Wait(milliseconds);
        }

        /// <inheritdoc/>
        public bool IsThere
        {
            get { return _card.IsThere; }
        }

        /// <inheritdoc/>
        public int Open()
        {
            return _card.Open();
        }

        /// <inheritdoc/>
        public int Create(int blockCount)
        {
            return _card.Create(blockCount);
        }

        /// <inheritdoc/>
        public bool Read(int block, byte[] buffer, int offset, int count)
        {
            _readInto.Add(buffer);
            return _card.Read(block, buffer, offset, count);
        }

        /// <inheritdoc/>
        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            return _card.Write(block, buffer, offset, count);
        }

        /// <inheritdoc/>
        public bool Sync()
        {
            return _card.Sync();
        }

        /// <inheritdoc/>
        public int BeginSync()
        {
            return _card.BeginSync();
        }

        /// <inheritdoc/>
        public int PollSync()
        {
            return _card.PollSync();
        }

        /// <inheritdoc/>
        public void Close()
        {
            _card.Close();
        }

        private sealed class Listener : IListener
        {
            private readonly BufferWatch _watch;
            private readonly IListener _listener;

            internal Listener(BufferWatch watch, IListener listener)
            {
                _watch = watch;
                _listener = listener;
            }

            public int Port
            {
                get { return _listener.Port; }
            }

            public IConnection Accept()
            {
                IConnection connection = _listener.Accept();
                return connection == null ? null! : new Connection(_watch, connection);
            }

            public void Close()
            {
                _listener.Close();
            }
        }

        private sealed class Connection : IConnection
        {
            private readonly BufferWatch _watch;
            private readonly IConnection _connection;

            internal Connection(BufferWatch watch, IConnection connection)
            {
                _watch = watch;
                _connection = connection;
            }

            public byte[] RemoteAddress
            {
                get { return _connection.RemoteAddress; }
            }

            public byte[] LocalAddress
            {
                get { return _connection.LocalAddress; }
            }

            public int Receive(byte[] buffer, int offset, int count)
            {
                int taken = _connection.Receive(buffer, offset, count);
                _watch.ReceivedOctets += Math.Max(taken, 0);
                return taken;
            }

            public int Send(byte[] buffer, int offset, int count)
            {
                int taken = _connection.Send(buffer, offset, count);
                if (_watch._readInto.Contains(buffer))
                {
                    _watch.SentFromCardOctets += Math.Max(taken, 0);
                }
                else
                {
                    _watch.SentFromElsewhereOctets += Math.Max(taken, 0);
                }

                return taken;
            }

            public bool IsTls
            {
                get { return _connection.IsTls; }
            }

            public IConnection StartTls()
            {
                return new Connection(_watch, _connection.StartTls());
            }

            public bool EndSend()
            {
                return _connection.EndSend();
            }

            public void Close()
            {
                _connection.Close();
            }
        }
    }
}

using System;

namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>The appliance's end of a connection of <see cref="MemoryNetwork"/>.</summary>
    internal sealed class MemoryConnection : IConnection
    {
        private readonly MemoryNetwork _network;
        private readonly MemoryClient _client;
        private bool _isGone;
        private bool _isSecuring;

        internal MemoryConnection(MemoryNetwork network, MemoryClient client, byte[] remoteAddress, byte[] localAddress)
        {
            _network = network;
            _client = client;
            RemoteAddress = remoteAddress;
            LocalAddress = localAddress;
        }

        /// <inheritdoc/>
        public byte[] RemoteAddress { get; }

        /// <inheritdoc/>
        public byte[] LocalAddress { get; }

        /// <inheritdoc/>
        public int Receive(byte[] buffer, int offset, int count)
        {
            if (IsGone())
            {
                return HalResult.Gone;
            }

            if (_isSecuring && !EndHandshake())
            {
                return _isGone ? HalResult.Gone : _client.HasEndedSend ? HalResult.EndOfInput : 0;
            }

            int taken = _client.ToServer.Take(buffer.AsSpan(offset, Math.Min(count, _network.ReceiveOctetsMax)));
            _client.NoteTaken(taken);
            return taken == 0 && _client.HasEndedSend ? HalResult.EndOfInput : taken;
        }

        /// <inheritdoc/>
        public int Send(byte[] buffer, int offset, int count)
        {
            if (IsGone())
            {
                return HalResult.Gone;
            }

            if (_isSecuring && !EndHandshake())
            {
                return _isGone ? HalResult.Gone : 0;
            }

            int taken = Math.Max(0, Math.Min(count, _client.WindowOctets - _client.ToClient.Count));
            _client.ToClient.Put(buffer.AsSpan(offset, taken));
            return taken;
        }

        /// <inheritdoc/>
        public bool EndSend()
        {
            _client.IsEndOfInput = true;
            return true;
        }

        /// <inheritdoc/>
        public bool IsTls { get; private set; }

        /// <inheritdoc/>
        public IConnection StartTls()
        {
            if (IsTls)
            {
                throw new InvalidOperationException("TLS within TLS");
            }

            IsTls = true;
            _isSecuring = true;
            return this;
        }

        /// <inheritdoc/>
        public void Close()
        {
            if (_client.IsClosed)
            {
                return;
            }

            _isGone = true;
            _client.IsClosed = true;
            _client.IsEndOfInput = true;
            if (_client.ToServer.Count > 0)
            {
                _client.Break();
            }
        }

        // The client's hello is the mark that its StartTls has set; anything in front of it is garbage to TLS.
        private bool EndHandshake()
        {
            int plain = _client.PlainOctets;
            _isSecuring = plain != 0;
            if (plain > 0 || (plain < 0 && _client.ToServer.Count > 0))
            {
                _isGone = true;
                _client.Break();
            }

            return !_isSecuring;
        }

        private bool IsGone()
        {
            _isGone = _isGone || _client.IsReset;
            return _isGone;
        }
    }
}

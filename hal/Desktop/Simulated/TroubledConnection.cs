using System;

namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>The appliance's end of a connection of <see cref="TroubledNetwork"/>.</summary>
    internal sealed class TroubledConnection : IConnection
    {
        private const int StalledCallsMax = 30;
        private const int PieceOctetsMax = 40;

        private readonly TroubledNetwork _network;
        private readonly IConnection _connection;
        private int _stalledCalls;
        private bool _isGone;
        private bool _hasEnded;

        internal TroubledConnection(TroubledNetwork network, IConnection connection)
        {
            _network = network;
            _connection = connection;
        }

        /// <inheritdoc/>
        public byte[] RemoteAddress
        {
            get { return _connection.RemoteAddress; }
        }

        /// <inheritdoc/>
        public byte[] LocalAddress
        {
            get { return _connection.LocalAddress; }
        }

        /// <inheritdoc/>
        public int Receive(byte[] buffer, int offset, int count)
        {
            if (IsReset())
            {
                return HalResult.Gone;
            }

            _hasEnded = _hasEnded || _network.Happens(NetworkTrouble.HalfClose);
            return _hasEnded ? HalResult.EndOfInput : IsStalled() ? 0 : _connection.Receive(buffer, offset, Piece(count));
        }

        /// <inheritdoc/>
        public int Send(byte[] buffer, int offset, int count)
        {
            return IsReset() ? HalResult.Gone : IsStalled() ? 0 : _connection.Send(buffer, offset, Piece(count));
        }

        /// <inheritdoc/>
        public bool EndSend()
        {
            return _connection.EndSend();
        }

        /// <inheritdoc/>
        public bool IsTls
        {
            get { return _connection.IsTls; }
        }

        /// <inheritdoc/>
        public IConnection StartTls()
        {
            return new TroubledConnection(_network, _connection.StartTls());
        }

        /// <inheritdoc/>
        public void Close()
        {
            _connection.Close();
        }

        // The client finds its end closed, and has what had arrived.
        private bool IsReset()
        {
            if (!_isGone && _network.Happens(NetworkTrouble.Reset))
            {
                _isGone = true;
                _connection.Close();
            }

            return _isGone;
        }

        private bool IsStalled()
        {
            if (_network.IsCalm)
            {
                return false;
            }

            if (_stalledCalls == 0 && _network.Happens(NetworkTrouble.Stall))
            {
                _stalledCalls = _network.Random.Between(1, StalledCallsMax);
            }

            _stalledCalls = Math.Max(0, _stalledCalls - 1);
            return _stalledCalls > 0;
        }

        private int Piece(int count)
        {
            return count > 1 && _network.Happens(NetworkTrouble.Split) ? _network.Random.Between(1, Math.Min(count, PieceOctetsMax)) : count;
        }
    }
}

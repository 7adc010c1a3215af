using System.Text;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>A connection of <see cref="TracingNetwork"/>.</summary>
    internal sealed class TracingConnection : IConnection
    {
        private readonly WireTrace _trace;
        private IConnection _connection;
        private bool _isSecuring;
        private bool _isReadAway;
        private bool _hasEnded;

        internal TracingConnection(IConnection connection, WireTrace trace)
        {
            _connection = connection;
            _trace = trace;
            trace.Note("connected from " + Encoding.ASCII.GetString(connection.RemoteAddress));
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
            int taken = _connection.Receive(buffer, offset, count);
            NoteTls();
            if (taken > 0 && !_isReadAway)
            {
                _trace.FromClient(buffer, offset, taken);
            }
            else if (taken < 0)
            {
                NoteEnd(taken);
            }

            return taken;
        }

        /// <inheritdoc/>
        public int Send(byte[] buffer, int offset, int count)
        {
            int taken = _connection.Send(buffer, offset, count);
            NoteTls();
            if (taken > 0)
            {
                _trace.FromUs(buffer, offset, taken);
            }
            else if (taken < 0)
            {
                NoteEnd(taken);
            }

            return taken;
        }

        /// <inheritdoc/>
        public bool EndSend()
        {
            bool done = _connection.EndSend();

            // What comes now nobody decrypts any more.
            _isReadAway = _connection.IsTls;
            _trace.Note("our side ends");
            return done;
        }

        /// <inheritdoc/>
        public bool IsTls
        {
            get { return _connection.IsTls; }
        }

        /// <inheritdoc/>
        public IConnection StartTls()
        {
            _connection = _connection.StartTls();
            _isSecuring = true;
            _trace.BeginTls();
            return this;
        }

        /// <inheritdoc/>
        public void Close()
        {
            _connection.Close();
            _trace.Close();
        }

        private void NoteTls()
        {
            if (_isSecuring && _connection is TlsConnection { Description: { } description })
            {
                _isSecuring = false;
                _trace.Note(description);
            }
        }

        private void NoteEnd(int result)
        {
            if (!_hasEnded)
            {
                _hasEnded = true;
                _trace.Note(result == HalResult.EndOfInput ? "the client's side ends" : "connection lost");
            }
        }
    }
}

namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>A port of <see cref="TroubledNetwork"/>: newcomers may overtake each other.</summary>
    internal sealed class TroubledListener : IListener
    {
        private readonly TroubledNetwork _network;
        private readonly IListener _listener;
        private IConnection? _heldBack;

        internal TroubledListener(TroubledNetwork network, IListener listener)
        {
            _network = network;
            _listener = listener;
        }

        /// <inheritdoc/>
        public int Port
        {
            get { return _listener.Port; }
        }

        /// <inheritdoc/>
        public IConnection Accept()
        {
            IConnection? newcomer = _listener.Accept();
            if (newcomer != null && _heldBack == null && _network.Happens(NetworkTrouble.Reorder))
            {
                _heldBack = newcomer;
                newcomer = _listener.Accept();
            }

            if (newcomer == null)
            {
                newcomer = _heldBack;
                _heldBack = null;
            }

            return newcomer == null ? null! : new TroubledConnection(_network, newcomer);
        }

        /// <inheritdoc/>
        public void Close()
        {
            _heldBack?.Close();
            _heldBack = null;
            _listener.Close();
        }
    }
}

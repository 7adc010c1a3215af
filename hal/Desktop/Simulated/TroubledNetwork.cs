using System;

namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>A network with trouble on it, by lots drawn from a seed; see <see cref="NetworkTrouble"/>.</summary>
    public sealed class TroubledNetwork : INetwork
    {
        private const int TroubleCount = (int)NetworkTrouble.Reorder + 1;

        private readonly int[] _perMille = new int[TroubleCount];
        private readonly int[] _counts = new int[TroubleCount];
        private INetwork _network;

        /// <summary>Makes it around a network.</summary>
        /// <param name="network">The network.</param>
        /// <param name="random">Where lots are drawn from; shared with the run.</param>
        public TroubledNetwork(INetwork network, SeededRandom random)
        {
            _network = network;
            Random = random;
        }

        /// <summary>No trouble while this is true, whatever was set; what stalled goes on.</summary>
        public bool IsCalm { get; set; }

        /// <inheritdoc/>
        public string LastError
        {
            get { return _network.LastError; }
        }

        internal SeededRandom Random { get; }

        /// <summary>Starts anew around another network, with nothing set and nothing counted.</summary>
        /// <param name="network">The network.</param>
        public void Reset(INetwork network)
        {
            Replace(network);
            Array.Clear(_perMille);
            Array.Clear(_counts);
            IsCalm = false;
        }

        /// <summary>Goes on around another network: the appliance was started again.</summary>
        /// <param name="network">The network.</param>
        public void Replace(INetwork network)
        {
            _network = network;
        }

        /// <summary>Sets how often there is trouble of one kind.</summary>
        /// <param name="trouble">The kind.</param>
        /// <param name="perMille">Of a thousand calls that could.</param>
        public void Set(NetworkTrouble trouble, int perMille)
        {
            _perMille[(int)trouble] = perMille;
        }

        /// <summary>How often there was trouble of one kind since the last <see cref="Reset"/>.</summary>
        /// <param name="trouble">The kind.</param>
        /// <returns>The count.</returns>
        public int CountOf(NetworkTrouble trouble)
        {
            return _counts[(int)trouble];
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
            return listener == null ? null! : new TroubledListener(this, listener);
        }

        /// <inheritdoc/>
        public void Wait(int milliseconds)
        {
            _network.Wait(milliseconds);
        }

        internal bool Happens(NetworkTrouble trouble)
        {
            if (IsCalm || !Random.Chance(_perMille[(int)trouble]))
            {
                return false;
            }

            _counts[(int)trouble]++;
            return true;
        }
    }
}

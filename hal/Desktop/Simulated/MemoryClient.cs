using System;
using System.Text;

namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>The client's end of a connection of <see cref="MemoryNetwork"/>, for a test to hold.</summary>
    public sealed class MemoryClient
    {
        /// <summary>Of <see cref="PlainOctets"/>: the client has not begun TLS.</summary>
        private const int NoHello = -1;

        private readonly MemoryConnection _server;

        private int _plainOctets = NoHello;

        internal MemoryClient(MemoryNetwork network, byte[] remoteAddress, byte[] localAddress)
        {
            _server = new MemoryConnection(network, this, remoteAddress, localAddress);
        }

        /// <summary>What the client has sent and the appliance has not taken.</summary>
        internal OctetQueue ToServer { get; } = new();

        /// <summary>What the appliance has sent and the client has not taken.</summary>
        internal OctetQueue ToClient { get; } = new();

        /// <summary>Octets that the appliance has still to take before the client's TLS begins; negative where the client has not begun it.</summary>
        internal int PlainOctets
        {
            get { return _plainOctets; }
        }

        /// <summary>Whether the appliance has accepted the connection.</summary>
        public bool IsAccepted { get; private set; }

        /// <summary>Whether the client has ended its side.</summary>
        public bool HasEndedSend { get; private set; }

        /// <summary>Whether the appliance has ended its side (FIN): after what is still to be read comes nothing more.</summary>
        public bool IsEndOfInput { get; internal set; }

        /// <summary>Whether the appliance has closed the connection altogether.</summary>
        public bool IsClosed { get; internal set; }

        /// <summary>
        /// Whether the connection was reset: by the client, or because the appliance closed it with input unread or before it was
        /// accepted. As in TCP, what the client had not read by then is lost to it.
        /// </summary>
        public bool IsReset { get; internal set; }

        /// <summary>Octets that may wait for the client to read them before the appliance's Send takes no more.</summary>
        public int WindowOctets { get; set; } = int.MaxValue;

        /// <summary>Octets that the client may read now.</summary>
        public int Available
        {
            get { return ToClient.Count; }
        }

        /// <summary>Octets that the client has sent and the appliance has not read yet.</summary>
        public int Unread
        {
            get { return ToServer.Count; }
        }

        /// <summary>Sends octets.</summary>
        /// <param name="octets">The octets; copied.</param>
        public void Send(ReadOnlySpan<byte> octets)
        {
            if (HasEndedSend)
            {
                throw new InvalidOperationException("the client has ended its side");
            }

            // To a closed connection: the peer's TCP answers with a reset.
            if (IsClosed)
            {
                Break();
                return;
            }

            ToServer.Put(octets);
        }

        /// <summary>Sends text: each character is the octet of its code.</summary>
        /// <param name="text">Characters up to U+00FF; line ends as they are.</param>
        public void Send(string text)
        {
            Send(Encoding.Latin1.GetBytes(text));
        }

        /// <summary>
        /// Begins TLS, as its client: what is sent from now on is within it. There is no encryption in RAM; what is simulated is that octets
        /// which were sent before are garbage to whoever has begun TLS at the other end, and that nothing flows there before this.
        /// </summary>
        public void StartTls()
        {
            _plainOctets = ToServer.Count;
        }

        /// <summary>Takes received octets into the caller's buffer; allocates nothing.</summary>
        /// <param name="target">Where they go.</param>
        /// <returns>How many.</returns>
        public int Receive(Span<byte> target)
        {
            return ToClient.Take(target);
        }

        /// <summary>Takes all that was received and not taken before.</summary>
        /// <returns>The octets, each as one character.</returns>
        public string TakeText()
        {
            return Encoding.Latin1.GetString(TakeOctets());
        }

        /// <summary>Takes all that was received and not taken before.</summary>
        /// <returns>A new array.</returns>
        public byte[] TakeOctets()
        {
            byte[] octets = new byte[ToClient.Count];
            ToClient.Take(octets);
            return octets;
        }

        /// <summary>Ends the client's side in order (FIN); receiving goes on.</summary>
        public void EndSend()
        {
            HasEndedSend = true;
        }

        /// <summary>Resets the connection, as a device that lost power and came back does: the appliance finds it gone.</summary>
        public void Reset()
        {
            Break();
        }

        internal void NoteTaken(int octets)
        {
            _plainOctets = _plainOctets > octets ? _plainOctets - octets : Math.Min(_plainOctets, 0);
        }

        internal IConnection Accepted()
        {
            IsAccepted = true;
            return _server;
        }

        internal void Refuse()
        {
            IsClosed = true;
            Break();
        }

        /// <summary>Both queues are lost.</summary>
        internal void Break()
        {
            IsReset = true;
            ToServer.Clear();
            ToClient.Clear();
        }
    }
}

namespace MailAppliance.Hal
{
    /// <summary>One TCP connection, never blocking.</summary>
    /// <remarks>
    /// No member throws for what the peer or the network does: that is a return value. Once a call has returned
    /// <see cref="HalResult.Gone"/>, every later one does too, and only <see cref="Close"/> is left to do.
    /// </remarks>
    public interface IConnection
    {
        /// <summary>Takes octets that have arrived.</summary>
        /// <param name="buffer">The caller's; octets are put at <paramref name="offset"/>.</param>
        /// <param name="offset">Where the first octet goes.</param>
        /// <param name="count">The most to take, at least 1.</param>
        /// <returns>
        /// The octets taken, at least 1; 0 where none is there now; <see cref="HalResult.EndOfInput"/> where the peer has closed
        /// its side in order; <see cref="HalResult.Gone"/> where the connection was reset or failed.
        /// </returns>
        int Receive(byte[] buffer, int offset, int count);

        /// <summary>Gives octets to the network, as many as it takes at once.</summary>
        /// <param name="buffer">The caller's, unchanged; free for reuse on return.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">The octets offered, at least 1.</param>
        /// <returns>The octets taken, 0 to <paramref name="count"/>; <see cref="HalResult.Gone"/> where the connection is lost.</returns>
        int Send(byte[] buffer, int offset, int count);

        /// <summary>Tells the peer that no more octets come (TCP FIN), while input is still read.</summary>
        /// <returns>False where the platform can't (nanoFramework has no Shutdown): then only <see cref="Close"/> tells the peer.</returns>
        bool EndSend();

        /// <summary>Whether the connection speaks TLS, or is about to.</summary>
        bool IsTls { get; }

        /// <summary>
        /// Begins TLS, as its server. What arrives from now on is TLS: the caller has sent all that goes out in plain before, and forgets
        /// what has come in plain.
        /// </summary>
        /// <returns>
        /// The connection that takes this one's place; this one is only its own from now on. It awaits the peer's first octet, and its
        /// handshake advances by turns: until it is done Receive and Send return 0, and either one advances it. One that fails is
        /// <see cref="HalResult.Gone"/>; one that never ends is the caller's to close. To be called only where
        /// <see cref="INetwork.HasTls"/> is true.
        /// </returns>
        /// <remarks>
        /// Send may take all but the last octet of what is offered, until all of it is with the network: what was taken whole is under
        /// way. The bound of what a connection holds back is a TLS record, 16 KiB each way. It may allocate.
        /// </remarks>
        IConnection StartTls();

        /// <summary>Closes and frees the connection; safe to call twice.</summary>
        /// <remarks>Input that was not read makes TCP reset the connection, and the peer may never see what was sent last: drain first.</remarks>
        void Close();

        /// <summary>The peer's address as an address literal without its brackets (RFC 5321 section 4.1.3): "192.0.2.1", "IPv6:2001:db8::1"; at most 50 octets, made once, at accept.</summary>
        byte[] RemoteAddress { get; }

        /// <summary>The local address in the same form, which makes an address literal ours.</summary>
        byte[] LocalAddress { get; }
    }
}

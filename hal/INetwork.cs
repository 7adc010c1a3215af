namespace MailAppliance.Hal
{
    /// <summary>The network as the loop sees it: listeners that are polled, and one place to wait.</summary>
    /// <remarks>
    /// Nothing behind this interface may block longer than it was asked to: on the board a native call that blocks,
    /// blocks every managed thread.
    /// </remarks>
    public interface INetwork
    {
        /// <summary>Opens a listener.</summary>
        /// <param name="address">The local address in text form; "0.0.0.0" for every one.</param>
        /// <param name="port">The TCP port, 1 to 65535; 0 lets the platform choose (tests).</param>
        /// <param name="backlog">How many connections may wait in the platform's own queue.</param>
        /// <returns>The listener, or null where the address or port can't be had; <see cref="LastError"/> says why.</returns>
        IListener Listen(string address, int port, int backlog);

        /// <summary>Why the last <see cref="Listen"/> returned null, in words for a person.</summary>
        string LastError { get; }

        /// <summary>Whether its connections can begin TLS (<see cref="IConnection.StartTls"/>): the platform has it, and a certificate.</summary>
        bool HasTls { get; }

        /// <summary>
        /// Rests until a listener or a connection has something to do, or the time is over; returning early is allowed.
        /// A connection counts as waiting for room to send only where its last <see cref="IConnection.Send"/> took less than offered.
        /// </summary>
        /// <param name="milliseconds">The longest rest; 0 returns at once.</param>
        void Wait(int milliseconds);
    }
}

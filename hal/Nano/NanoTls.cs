using System.Net.Sockets;

namespace MailAppliance.Hal.Nano
{
    /// <summary>TLS of a board that has room for it; see <c>boards/Shared</c>.</summary>
    public abstract class NanoTls
    {
        /// <summary>Begins TLS, as <see cref="IConnection.StartTls"/> says.</summary>
        /// <param name="socket">The connection's socket.</param>
        /// <param name="plain">The connection, for its addresses and its close.</param>
        /// <returns>The connection that takes its place.</returns>
        public abstract IConnection Begin(Socket socket, IConnection plain);
    }
}

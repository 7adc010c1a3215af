using System;
using System.Net.Security;
using System.Net.Sockets;
using MailAppliance.Hal;
using MailAppliance.Hal.Nano;

namespace MailAppliance.Boards
{
    /// <summary>The board's TLS: the certificate it was provisioned with, and one handshake at a time.</summary>
    /// <remarks>
    /// A handshake is one native call that holds up every managed thread, and nothing bounds it but the peer: it takes seconds, and
    /// for ever where he falls silent in it. So none is begun before a whole hello is there, and after each one the loop has as long
    /// for everybody else as it took.
    /// </remarks>
    internal sealed class BoardTls : NanoTls
    {
        private readonly SslProtocols _versions;
        private long _notBefore;

        /// <summary>Makes it; touches nothing yet.</summary>
        /// <param name="isLegacy">Whether versions below 1.2 are asked for too; the firmware may have none of them.</param>
        internal BoardTls(bool isLegacy)
        {
            _versions = SslProtocols.Tls12 | SslProtocols.Tls13;
            if (isLegacy)
            {
                _versions |= SslProtocols.Tls | SslProtocols.Tls11;
            }
        }

        /// <inheritdoc/>
        public override IConnection Begin(Socket socket, IConnection plain)
        {
            return new BoardTlsConnection(this, socket, plain);
        }

        /// <summary>Whether a handshake may begin now.</summary>
        internal bool IsFree
        {
            get { return Environment.TickCount64 >= _notBefore; }
        }

        /// <summary>Makes a handshake, and waits for its end.</summary>
        /// <param name="stream">The stream, not authenticated yet.</param>
        /// <returns>False where it failed: the log says why.</returns>
        internal bool Authenticate(SslStream stream)
        {
            long begun = Environment.TickCount64;
            bool isDone = false;
            try
            {
                stream.UseStoredDeviceCertificate = true;

                // With a certificate wanted of the client, which this says no to, no mail client gets in.
                stream.AuthenticateAsServer(null, false, _versions);
                isDone = true;
            }
            catch (Exception error)
            {
                // One a handshake at most, and these are seldom.
                Console.WriteLine("warning tls: no handshake, " + error.GetType().FullName + " " + error.Message);
            }

            long now = Environment.TickCount64;
            _notBefore = now + now - begun;
            return isDone;
        }
    }
}

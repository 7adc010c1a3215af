using System;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>A TLS connection over loopback: the appliance's end in the test's thread, SslStream as its client.</summary>
    internal sealed class TlsRig : IDisposable
    {
        internal const int PatienceMilliseconds = 10_000;

        // Making a key takes longer than all the rest.
        private static readonly Lazy<X509Certificate2> s_certificate = new(() => SelfSignedCertificate.Make("mail.lan"));

        private readonly IListener _listener;
        private readonly Socket _socket;

        internal TlsRig(bool isLegacy = false)
        {
            Network = new DesktopNetwork { Tls = new DesktopTls(s_certificate.Value, null, isLegacy, Log) };
            _listener = Network.Listen("127.0.0.1", 0, 4);
            _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            _socket.Connect(IPAddress.Loopback, _listener.Port);
            _socket.ReceiveTimeout = PatienceMilliseconds;
            IConnection plain;
            while ((plain = _listener.Accept()) == null)
            {
                Network.Wait(PatienceMilliseconds);
            }

            Plain = plain;
            Server = plain;
        }

        internal static X509Certificate2 Certificate
        {
            get { return s_certificate.Value; }
        }

        internal DesktopNetwork Network { get; }

        internal ListLog Log { get; } = new();

        /// <summary>The connection before TLS.</summary>
        internal IConnection Plain { get; }

        /// <summary>The connection as it is now.</summary>
        internal IConnection Server { get; private set; }

        internal Socket Socket
        {
            get { return _socket; }
        }

        /// <summary>The cipher suites that the client has; null for the platform's choice.</summary>
        internal CipherSuitesPolicy? Suites { get; init; }

        /// <summary>Whether the client sends each octet for itself.</summary>
        internal bool SlowStream { get; init; }

        /// <summary>Octets after which a slow client is gone.</summary>
        internal int OctetsMax { get; init; } = int.MaxValue;

        /// <summary>The client's TLS; null before <see cref="Handshake"/>.</summary>
        internal SslStream? Client { get; private set; }

        internal TlsRig StartTls()
        {
            Server = Plain.StartTls();
            return this;
        }

        /// <summary>Makes the handshake, the server's turns between the client's octets.</summary>
        internal TlsRig Handshake(SslProtocols versions = SslProtocols.None)
        {
            Task client = BeginHandshake(versions);
            byte[] buffer = new byte[1];
            Until(() => client.IsCompleted, () => Assert.AreEqual(0, Server.Receive(buffer, 0, 1)));
            client.GetAwaiter().GetResult();
            return this;
        }

        internal Task BeginHandshake(SslProtocols versions = SslProtocols.None)
        {
            Client = new SslStream(SlowStream ? new OctetStream(_socket, OctetsMax) : new NetworkStream(_socket, ownsSocket: false), false);
            return Client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "mail.lan",
                EnabledSslProtocols = versions,
                CipherSuitesPolicy = Suites,
#pragma warning disable CA5359 // What counts here is whether it is the very certificate.
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString() == Certificate.GetCertHashString(),
#pragma warning restore CA5359
            });
        }

        /// <summary>Turns until something is so, resting as the loop does.</summary>
        internal void Until(Func<bool> isSo, Action turn)
        {
            for (int turns = 0; !isSo(); turns++)
            {
                Assert.IsLessThan(20_000, turns, "it never comes to that");
                turn();
                if (!isSo())
                {
                    // The client's part runs in threads of the platform, which tell nobody when they are done.
                    Network.Wait(1);
                }
            }
        }

        /// <summary>Receives so many octets, or up to the end.</summary>
        /// <returns>What came; the last result is in <see cref="LastResult"/>.</returns>
        internal byte[] Receive(int count, int bufferOctets = 4096)
        {
            byte[] all = new byte[count];
            byte[] buffer = new byte[bufferOctets];
            int total = 0;
            LastResult = 0;
            Until(
                () => total == count || LastResult < 0,
                () =>
                {
                    do
                    {
                        LastResult = Server.Receive(buffer, 0, Math.Min(buffer.Length, count - total));
                        if (LastResult > 0)
                        {
                            Array.Copy(buffer, 0, all, total, LastResult);
                            total += LastResult;
                        }
                    }
                    while (LastResult > 0 && total < count);
                });
            return all[..total];
        }

        internal int LastResult { get; private set; }

        /// <summary>What the server's end comes to: negative.</summary>
        internal int ReceiveEnd()
        {
            Receive(1);
            return LastResult;
        }

        /// <summary>Sends all of it, resting where the connection takes nothing.</summary>
        internal void Send(byte[] octets)
        {
            int at = 0;
            Until(
                () => at == octets.Length,
                () =>
                {
                    int sent;
                    do
                    {
                        sent = Server.Send(octets, at, octets.Length - at);
                        Assert.IsGreaterThanOrEqualTo(0, sent);
                        at += sent;
                    }
                    while (sent > 0 && at < octets.Length);
                });
        }

        internal void Send(string text)
        {
            Send(Encoding.ASCII.GetBytes(text));
        }

        public void Dispose()
        {
            Server.Close();
            Client?.Dispose();
            _socket.Dispose();
            _listener.Close();
        }
    }
}

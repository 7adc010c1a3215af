using System;
using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>What all TLS connections of a <see cref="DesktopNetwork"/> share: the certificate, the versions, and a word in the log where a handshake fails.</summary>
    public sealed class DesktopTls
    {
        // RFC 8314 section 4.1, RFC 8996: nothing below 1.2 unless somebody asks for it. The system's own choice may hold less.
#pragma warning disable CA5397, CA5398, SYSLIB0039 // What is older is for printers that never learn, where their owner says so.
        private const SslProtocols Modern = SslProtocols.Tls12 | SslProtocols.Tls13;
        private const SslProtocols All = SslProtocols.Tls | SslProtocols.Tls11 | Modern;
#pragma warning restore CA5397, CA5398, SYSLIB0039

        private static readonly long s_pauseTicks = Stopwatch.Frequency;

        private readonly ILog _log;
        private long _tellFrom;
        private int _untold;

        /// <summary>Makes it; done at boot.</summary>
        /// <param name="certificate">The certificate, with its private key; the caller's, and needed as long as connections are.</param>
        /// <param name="chain">The certificates between it and a root that clients know; null for none.</param>
        /// <param name="isLegacy">Whether versions below TLS 1.2 are taken, where the platform still has them.</param>
        /// <param name="log">Where failures are told, one a second at most.</param>
        public DesktopTls(X509Certificate2 certificate, X509Certificate2Collection? chain, bool isLegacy, ILog log)
        {
            _log = log;
            Options = new SslServerAuthenticationOptions
            {
                // Nothing about it is asked of anybody on the network.
                ServerCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true),
#pragma warning disable CA5397 // As above.
                EnabledSslProtocols = isLegacy ? All : Modern,
#pragma warning restore CA5397
                AllowRenegotiation = false,
                ClientCertificateRequired = false,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                CipherSuitesPolicy = isLegacy && OperatingSystem.IsLinux() ? OldSuites() : null,
            };
        }


        /// <summary>What a handshake is made with.</summary>
        internal SslServerAuthenticationOptions Options { get; }

        /// <summary>Takes a peer's first octets, within a call; shared by all connections.</summary>
        internal byte[] Scratch { get; } = new byte[TlsPipe.InputOctets];

        // The library's own choice has none that the old versions know; other systems have no such choice to make.
        [SupportedOSPlatform("linux")]
        private static CipherSuitesPolicy OldSuites()
        {
            return new CipherSuitesPolicy(
            [
                TlsCipherSuite.TLS_AES_256_GCM_SHA384,
                TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
                TlsCipherSuite.TLS_AES_128_GCM_SHA256,
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
                TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
                TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
                TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA256,
                TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256,
                TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA,
                TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
            ]);
        }

        /// <summary>A version as people write it.</summary>
        internal static string NameOf(SslProtocols version)
        {
            string name = version.ToString();
            return name.Length == 5 ? $"TLS {name[3]}.{name[4]}" : name == "Tls" ? "TLS 1.0" : name;
        }

        /// <summary>Why a handshake failed: what the library says last, and most exactly, in one line.</summary>
        internal static string Explain(Exception error)
        {
            while (error.InnerException != null)
            {
                error = error.InnerException;
            }

            return error.Message.ReplaceLineEndings(" ").Trim();
        }

        /// <summary>Tells that a handshake failed; of many within a second one is told, with the number of the others.</summary>
        internal void TellFailure(string peer, string reason)
        {
            long now = Stopwatch.GetTimestamp();
            if (now < _tellFrom)
            {
                _untold++;
                return;
            }

            _tellFrom = now + s_pauseTicks;
            string others = _untold == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"; and {_untold} before");
            _untold = 0;
            byte[] line = Encoding.UTF8.GetBytes($"tls: no handshake with {peer}, {reason}{others}");
            _log.Write(LogSeverity.Warning, line, line.Length);
        }
    }
}

using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>Makes a certificate that nobody but its fingerprint vouches for.</summary>
    public static class SelfSignedCertificate
    {
        // RSA, since every client there is knows it, the old devices among them.
        private const int KeyBits = 2048;

        // As long as the appliance is meant to be left alone.
        private const int Years = 10;

        // A client whose clock is a little behind takes it too.
        private const int DaysBefore = 2;

        // Web server (RFC 5280 section 4.2.1.12), which mail clients ask for too.
        private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

        /// <summary>Makes one, with its private key.</summary>
        /// <param name="host">Our name, a domain name in ASCII.</param>
        /// <returns>The certificate; the caller's to dispose.</returns>
        public static X509Certificate2 Make(string host)
        {
            using RSA key = RSA.Create(KeyBits);
            var name = new X500DistinguishedNameBuilder();

            // The common name has at most 64 characters (RFC 5280 appendix A.1); clients look at the other names.
            name.AddCommonName(host.Length <= 64 ? host : "MailAppliance");
            var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(host);
            names.AddDnsName("localhost");
            names.AddIpAddress(IPAddress.Loopback);
            names.AddIpAddress(IPAddress.IPv6Loopback);
            request.CertificateExtensions.Add(names.Build());
            var identifier = new X509SubjectKeyIdentifierExtension(request.PublicKey, false);
            request.CertificateExtensions.Add(identifier);

            // Clients that go by the letter of RFC 5280 miss it.
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier));
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
            DateTimeOffset now = DateTimeOffset.UtcNow;
            return request.CreateSelfSigned(now.AddDays(-DaysBefore), now.AddYears(Years));
        }
    }
}

using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Hal.Desktop;

namespace MailAppliance.Tools.Simulator
{
    /// <summary>
    /// The certificate and its private key: those that the configuration names, else the simulator's own, made beside the configuration
    /// at the first start and kept, so that whoever has accepted it once need not do so again.
    /// </summary>
    internal sealed class CertificateFiles : IDisposable
    {
        /// <summary>The own one's file, with its key in it.</summary>
        public const string OwnName = "tls.pem";

        private const string EncryptedKey = "ENCRYPTED PRIVATE KEY";

        private readonly ApplianceSettings _settings;
        private readonly string _configuration;
        private readonly string _folder;
        private bool _isNew;
        private bool _isUnsaved;

        /// <summary>Finds the paths; touches nothing.</summary>
        /// <param name="settings">The configuration.</param>
        /// <param name="configuration">Where it is: relative paths in it begin there.</param>
        public CertificateFiles(ApplianceSettings settings, string configuration)
        {
            _settings = settings;
            _configuration = configuration;
            _folder = Path.GetDirectoryName(configuration) ?? ".";
            File = Path.Combine(_folder, settings.TlsCertificate ?? OwnName);
        }

        /// <summary>The certificate's file.</summary>
        public string File { get; }

        /// <summary>Whether it is the simulator's own.</summary>
        public bool IsOwn
        {
            get { return _settings.TlsCertificate == null; }
        }

        /// <summary>The certificate, with its private key; null before <see cref="Load"/>.</summary>
        public X509Certificate2? Certificate { get; private set; }

        /// <summary>What stands behind it in its file: the certificates up to a root that clients know.</summary>
        public X509Certificate2Collection Chain { get; } = [];

        /// <summary>The name it is for.</summary>
        public string Name
        {
            get { return Certificate!.GetNameInfo(X509NameType.DnsName, false) is { Length: > 0 } name ? name : Certificate.Subject; }
        }

        /// <summary>Its SHA-256 fingerprint, as mail clients and openssl show it.</summary>
        public string Fingerprint
        {
            get
            {
                string digits = Certificate!.GetCertHashString(HashAlgorithmName.SHA256);
                var text = new StringBuilder();
                for (int at = 0; at < digits.Length; at += 2)
                {
                    text.Append(at == 0 ? string.Empty : ":").Append(digits, at, 2);
                }

                return text.ToString();
            }
        }

        /// <summary>What to look at although it can be used; null where nothing is.</summary>
        public string? Warning
        {
            get
            {
                DateTime now = DateTime.Now;
                return _isUnsaved ? $"tls: {File} can't be made, so the certificate is another after the next start (tls-certificate names one, tls = no has none)"
                    : now > Certificate!.NotAfter ? $"tls: the certificate in {File} has expired on {Certificate.NotAfter:yyyy-MM-dd}"
                    : now < Certificate.NotBefore ? $"tls: the certificate in {File} is not valid before {Certificate.NotBefore:yyyy-MM-dd}" : null;
            }
        }

        /// <summary>Reads them, or makes the own one.</summary>
        /// <exception cref="ToolException">They can't be read or made, or are none.</exception>
        public void Load()
        {
            if (IsOwn && _settings.TlsKey != null)
            {
                throw new ToolException(Key(isKey: true) + "expected tls-certificate beside it");
            }

            if (!IsOwn)
            {
                string key = _settings.TlsKey == null ? File : Path.Combine(_folder, _settings.TlsKey);
                string certificates = ReadText(File, Key(isKey: false));
                Take(certificates, ReadText(key, Key(_settings.TlsKey != null)), key);
                return;
            }

            if (!System.IO.File.Exists(File))
            {
                Make();
                return;
            }

            string own = ReadText(File, string.Empty);
            Take(own, own, File);
            if (DateTime.Now > Certificate!.NotAfter)
            {
                Certificate.Dispose();
                Make();
            }
        }

        /// <summary>Takes back what this start has made: the appliance did not come up.</summary>
        public void Undo()
        {
            if (_isNew)
            {
                try
                {
                    System.IO.File.Delete(File);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    // A certificate that nobody has seen is left behind: no harm.
                }
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Certificate?.Dispose();
            foreach (X509Certificate2 certificate in Chain)
            {
                certificate.Dispose();
            }
        }

        private void Make()
        {
            bool isThere = System.IO.File.Exists(File);
            using X509Certificate2 made = SelfSignedCertificate.Make(Encoding.ASCII.GetString(_settings.Host));
            using RSA key = made.GetRSAPrivateKey()!;
            string text = made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
            try
            {
                PrivateFile.Write(File, Encoding.ASCII.GetBytes(text));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // A folder that is read only has served so far, and does: who asks for no TLS need not know.
                _isUnsaved = true;
            }

            _isNew = !isThere && !_isUnsaved;
            Take(text, text, File);
        }

        private void Take(string certificates, string key, string keyFile)
        {
            try
            {
                Chain.ImportFromPem(certificates);
            }
            catch (CryptographicException error)
            {
                throw new ToolException($"{Key(isKey: false)}expected certificates in PEM in {File}: {error.Message}", error);
            }

            if (Chain.Count == 0)
            {
                throw new ToolException($"{Key(isKey: false)}expected a certificate in PEM (BEGIN CERTIFICATE), found none in {File}");
            }

            using X509Certificate2 first = Chain[0];
            Chain.RemoveAt(0);
            Certificate = WithKey(first, key, keyFile);
        }

        private X509Certificate2 WithKey(X509Certificate2 certificate, string key, string keyFile)
        {
            string where = Key(_settings.TlsKey != null);
            if (key.Contains(EncryptedKey, StringComparison.Ordinal))
            {
                throw new ToolException($"{where}expected a private key without a password, found one with a password in {keyFile}");
            }

            if (!key.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            {
                throw new ToolException($"{where}expected a private key in PEM (BEGIN PRIVATE KEY), found none in {keyFile}");
            }

            try
            {
                using X509Certificate2 whole = X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key);

                // Windows takes no key from memory alone.
                return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
            }
            catch (Exception error) when (error is CryptographicException or ArgumentException)
            {
                throw new ToolException($"{where}expected the private key of the certificate in {File}, found another or a broken one in {keyFile}", error);
            }
        }

        // Whose mistake it is: of a line of the configuration, or of the own file.
        private string Key(bool isKey)
        {
            return isKey ? $"{_configuration}, line {_settings.TlsKeyLine}: tls-key: "
                : IsOwn ? $"{File}, which holds the simulator's own certificate (removed, another is made): "
                : $"{_configuration}, line {_settings.TlsCertificateLine}: tls-certificate: ";
        }

        private static string ReadText(string path, string where)
        {
            try
            {
                return System.IO.File.ReadAllText(path);
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                throw new ToolException($"{where}there is no {path}", error);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new ToolException($"{where}{path} can't be read: {error.Message}", error);
            }
        }
    }
}

using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailAppliance.Hal.Desktop;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>The simulator's TLS as a user meets it: certificate files, ports, and what is wrong with them.</summary>
    [TestClass]
    public sealed class SimulatorTlsTests
    {
        private const string Mail = "EHLO test\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<alice@mail.lan>\r\nDATA\r\nSubject: kept\r\n\r\nkept\r\n.\r\nQUIT\r\n";

        private readonly string _home = Directory.CreateTempSubdirectory("mail-appliance-tls-").FullName;

        [TestCleanup]
        public void Cleanup()
        {
            Directory.Delete(_home, true);
        }

        private SimulatorProcess Start(params string[] arguments)
        {
            return new SimulatorProcess(_home, [.. arguments, "--smtp", "127.0.0.1:0", "--pop3", "127.0.0.1:0"]);
        }

        private string Write(string name, string text)
        {
            string path = Path.Combine(_home, name);
            File.WriteAllText(path, text);
            return path;
        }

        private string Configuration(string lines)
        {
            return Write("a.ini", "[appliance]\nring = 1M\n" + lines + "[maildrop alice]\npassword = geheim\n");
        }

        private void Refuses(string message, params string[] arguments)
        {
            string[] before = Directory.GetFileSystemEntries(_home, "*", SearchOption.AllDirectories);
            using SimulatorProcess simulator = Start(arguments);
            (int exitCode, string output, string error) = simulator.End();
            Assert.AreEqual("error: " + message + Environment.NewLine, error);
            Assert.AreEqual(string.Empty, output);
            Assert.AreEqual(1, exitCode);
            CollectionAssert.AreEquivalent(before, Directory.GetFileSystemEntries(_home, "*", SearchOption.AllDirectories));
        }

        private static int PortOf(SimulatorProcess simulator, string service)
        {
            string value = simulator.Value(service);
            return int.Parse(value.AsSpan(value.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        }

        /// <summary>Talks within TLS from the first octet on, with whoever has a certificate of that fingerprint.</summary>
        private static string Talk(int port, string text, string fingerprint)
        {
            using var client = new TcpClient("127.0.0.1", port);
#pragma warning disable CA5359 // The fingerprint is what a user goes by.
            using var secure = new SslStream(client.GetStream(), false, (_, certificate, _, _) => Fingerprint(certificate!) == fingerprint);
#pragma warning restore CA5359
            secure.AuthenticateAsClient("mail.lan");
            secure.Write(Encoding.Latin1.GetBytes(text));
            using var reader = new StreamReader(secure, Encoding.Latin1);
            return reader.ReadToEnd();
        }

        private static string Fingerprint(X509Certificate certificate)
        {
            return string.Join(':', SHA256.HashData(certificate.GetRawCertData()).Select(octet => octet.ToString("X2", CultureInfo.InvariantCulture)));
        }

        [TestMethod]
        public void FirstStart_MakesACertificateForItsUserOnly_AndTheNextKeepsIt()
        {
            string file;
            string fingerprint;
            using (SimulatorProcess first = Start("--smtps", "127.0.0.1:0", "--pop3s", "127.0.0.1:0").Ready())
            {
                file = Path.Combine(_home, "MailAppliance", "tls.pem");
                Assert.AreEqual("mail.lan, self-signed, " + file, first.Value("certificate"));
                fingerprint = first.Value("SHA-256");
                Assert.AreEqual(95, fingerprint.Length);
                if (!OperatingSystem.IsWindows())
                {
                    Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
                }

                StringAssert.Contains(Talk(PortOf(first, "SMTPS"), Mail, fingerprint), "250 2.0.0 OK stored", StringComparison.Ordinal); // [98]
                string fetched = Talk(PortOf(first, "POP3S"), $"USER alice\r\nPASS {first.Value("password")}\r\nRETR 1\r\nQUIT\r\n", fingerprint); // [98]
                StringAssert.Contains(fetched, "Subject: kept\r\n\r\nkept\r\n.\r\n", StringComparison.Ordinal);
                StringAssert.Contains(fetched, " with ESMTPS id ", StringComparison.Ordinal);
                StringAssert.Contains(SimulatorProcess.Talk(first.SmtpPort, "EHLO me\r\nQUIT\r\n"), "250-STARTTLS\r\n", StringComparison.Ordinal);
            }

            // The first one was killed.
            using SimulatorProcess second = Start().Ready();
            Assert.AreEqual(fingerprint, second.Value("SHA-256"));
            Assert.IsFalse(second.Lines.Any(line => line.StartsWith("SMTPS", StringComparison.Ordinal)));
        }

        [TestMethod]
        public void TlsNo_NothingIsMadeOrOffered()
        {
            using SimulatorProcess simulator = Start("--config", Configuration("tls = no\n")).Ready();
            Assert.IsFalse(File.Exists(Path.Combine(_home, "tls.pem")));
            Assert.IsFalse(simulator.Lines.Any(line => line.StartsWith("certificate", StringComparison.Ordinal)));
            string answer = SimulatorProcess.Talk(simulator.SmtpPort, "EHLO me\r\nSTARTTLS\r\nQUIT\r\n");
            Assert.IsFalse(answer.Contains("250-STARTTLS", StringComparison.Ordinal));
            StringAssert.Contains(answer, "502 5.5.1", StringComparison.Ordinal);
        }

        [TestMethod]
        public void CertificateNamed_IsTaken_FromOneFileOrTwo()
        {
            using X509Certificate2 certificate = SelfSignedCertificate.Make("other.lan");
            using RSA key = certificate.GetRSAPrivateKey()!;
            Directory.CreateDirectory(Path.Combine(_home, "certs"));
            Write("certs/both.pem", key.ExportRSAPrivateKeyPem() + "\n" + certificate.ExportCertificatePem() + "\n");
            using (SimulatorProcess simulator = Start("--config", Configuration("tls-certificate = certs/both.pem\n"), "--smtps", "127.0.0.1:0").Ready())
            {
                Assert.AreEqual("other.lan, " + Path.Combine(_home, "certs/both.pem"), simulator.Value("certificate"));
                Assert.AreEqual(Fingerprint(certificate), simulator.Value("SHA-256"));
                StringAssert.Contains(Talk(PortOf(simulator, "SMTPS"), Mail, Fingerprint(certificate)), "250 2.0.0 OK stored", StringComparison.Ordinal);
            }

            string certificateFile = Write("certificate.pem", certificate.ExportCertificatePem());
            string keyFile = Write("key.pem", key.ExportPkcs8PrivateKeyPem());
            using SimulatorProcess second = Start("--config", Configuration($"tls-certificate = {certificateFile}\ntls-key = {keyFile}\n")).Ready();
            Assert.AreEqual(Fingerprint(certificate), second.Value("SHA-256"));
            Assert.IsFalse(File.Exists(Path.Combine(_home, "tls.pem")));
        }

        [TestMethod]
        public void CertificateOrKeyWrong_IsRefusedWithFileAndLine()
        {
            using X509Certificate2 certificate = SelfSignedCertificate.Make("mail.lan");
            using RSA key = certificate.GetRSAPrivateKey()!;
            using RSA other = RSA.Create(2048);
            string good = Write("good.pem", certificate.ExportCertificatePem());
            string empty = Write("empty.pem", "nothing\n");
            string encrypted = Write("encrypted.pem", key.ExportEncryptedPkcs8PrivateKeyPem("geheim", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
            string wrong = Write("wrong.pem", other.ExportPkcs8PrivateKeyPem());
            string missing = Path.Combine(_home, "missing.pem");
            string configuration = Configuration($"tls-certificate = {missing}\n");
            string certificateLine = $"{configuration}, line 3: tls-certificate: ";
            string keyLine = $"{configuration}, line 4: tls-key: ";
            Refuses($"{certificateLine}there is no {missing}", "--config", configuration);
            Refuses(
                $"{certificateLine}expected a certificate in PEM (BEGIN CERTIFICATE), found none in {empty}", "--config", Configuration($"tls-certificate = {empty}\n"));
            Refuses(
                $"{certificateLine}expected a private key in PEM (BEGIN PRIVATE KEY), found none in {good}", "--config", Configuration($"tls-certificate = {good}\n"));
            Refuses($"{keyLine}there is no {missing}", "--config", Configuration($"tls-certificate = {good}\ntls-key = {missing}\n"));
            Refuses(
                $"{keyLine}expected a private key without a password, found one with a password in {encrypted}",
                "--config",
                Configuration($"tls-certificate = {good}\ntls-key = {encrypted}\n"));
            Refuses(
                $"{keyLine}expected the private key of the certificate in {good}, found another or a broken one in {wrong}",
                "--config",
                Configuration($"tls-certificate = {good}\ntls-key = {wrong}\n"));
            Refuses($"{configuration}, line 3: tls-key: expected tls-certificate beside it", "--config", Configuration($"tls-key = {wrong}\n"));
        }

        [TestMethod]
        public void OwnCertificateBroken_IsRefusedWithItsName()
        {
            string configuration = Configuration(string.Empty);
            string own = Write("tls.pem", "garbage\n");
            Refuses(
                $"{own}, which holds the simulator's own certificate (removed, another is made): "
                    + $"expected a certificate in PEM (BEGIN CERTIFICATE), found none in {own}",
                "--config",
                configuration);
        }

        [TestMethod]
        public void OwnCertificateThatCannotBeKept_ServesUntilTheStop_AndTheLogSaysSo()
        {
            string configuration = Configuration(string.Empty);
            string taken = Directory.CreateDirectory(Path.Combine(_home, "tls.pem")).FullName;
            using SimulatorProcess simulator = Start("--config", configuration, "--smtps", "127.0.0.1:0").Ready();
            StringAssert.StartsWith(Talk(PortOf(simulator, "SMTPS"), "QUIT\r\n", simulator.Value("SHA-256")), "220 ", StringComparison.Ordinal);
            simulator.Terminate();
            StringAssert.Contains(simulator.End().Output, $"warning tls: {taken} can't be made", StringComparison.Ordinal);
            Assert.IsTrue(Directory.Exists(taken));
        }

        [TestMethod]
        public void PortTaken_TakesBackTheCertificateThatWasMade()
        {
            string configuration = Configuration(string.Empty);
            using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
            taken.Start();
            int port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
            Refuses($"SMTPS: 127.0.0.1:{port} is in use by another program", "--config", configuration, "--smtps", $"127.0.0.1:{port}");
            Refuses($"POP3S: 127.0.0.1:{port} is in use by another program", "--pop3s", $"127.0.0.1:{port}");
        }

        [TestMethod]
        public void TlsWanted_TheGreetingsLinesGoByIt()
        {
            string own = Path.Combine(_home, "tls.pem");
            using (SimulatorProcess simulator = Start("--config", Configuration("require-tls = yes\n")).Ready())
            {
                StringAssert.Contains(simulator.Value("send, swaks"), $":{simulator.SmtpPort} --tls --to ", StringComparison.Ordinal);
                StringAssert.Contains(simulator.Value("send, curl"), $"--ssl-reqd --cacert {own} smtp://127.0.0.1:{simulator.SmtpPort} ", StringComparison.Ordinal);
                StringAssert.Contains(simulator.Value("fetch, curl"), $"--ssl-reqd --cacert {own} pop3://127.0.0.1:{simulator.Pop3Port}/1 ", StringComparison.Ordinal);
                StringAssert.Contains(simulator.Value("fetch, client"), ", STARTTLS, ", StringComparison.Ordinal);
                string said = SimulatorProcess.Talk(simulator.SmtpPort, "EHLO me\r\nMAIL FROM:<a@b>\r\nQUIT\r\n");
                StringAssert.Contains(said, "530 5.7.0 TLS required", StringComparison.Ordinal);
            }

            string within = Configuration("tls = no\nsmtps-port = 1\npop3s-port = 1\nrequire-tls = yes\n");
            using SimulatorProcess second = Start("--config", within, "--smtps", "127.0.0.1:0", "--pop3s", "127.0.0.1:0").Ready();
            StringAssert.Contains(second.Value("send, swaks"), $":{PortOf(second, "SMTPS")} --tlsc --to ", StringComparison.Ordinal);
            StringAssert.Contains(second.Value("fetch, curl"), $"--cacert {own} pop3s://127.0.0.1:{PortOf(second, "POP3S")}/1 ", StringComparison.Ordinal);
            StringAssert.Contains(second.Value("fetch, client"), $"port {PortOf(second, "POP3S")}, TLS, ", StringComparison.Ordinal);
        }

        [TestMethod]
        public void TlsLegacy_IsToldInTheLog()
        {
            using SimulatorProcess simulator = Start("--config", Configuration("tls-legacy = yes\n")).Ready();
            simulator.Terminate();
            StringAssert.Contains(simulator.End().Output, "tls-legacy: TLS 1.0 and 1.1 are taken too", StringComparison.Ordinal);
        }

        [TestMethod]
        public void Trace_WithinTls_ShowsTheWireAndNoPassword()
        {
            using SimulatorProcess simulator = Start("--config", Configuration(string.Empty), "--trace", "--pop3s", "127.0.0.1:0").Ready();
            Talk(PortOf(simulator, "POP3S"), "USER alice\r\nPASS geheim\r\nQUIT\r\n", simulator.Value("SHA-256"));
            simulator.Terminate();
            string output = simulator.End().Output;
            StringAssert.Contains(output, "-- TLS begins", StringComparison.Ordinal);
            StringAssert.Contains(output, "-- TLS 1.", StringComparison.Ordinal);
            StringAssert.Contains(output, "-> PASS ****", StringComparison.Ordinal);
            Assert.IsFalse(output.Contains("geheim", StringComparison.Ordinal));
        }
    }
}

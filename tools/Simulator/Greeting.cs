using System;
using System.Collections.Generic;
using System.Text;
using MailAppliance.Configuration;

namespace MailAppliance.Tools.Simulator
{
    /// <summary>What a newcomer has to know: addresses, a maildrop, its password, and a line each to send and to fetch.</summary>
    internal sealed class Greeting
    {
        private readonly ApplianceSettings _settings;
        private readonly ConfigurationFile _file;
        private readonly Endpoint _smtp;
        private readonly Endpoint _pop3;

        /// <summary>Makes a greeting.</summary>
        /// <param name="settings">The configuration.</param>
        /// <param name="file">Where it is.</param>
        /// <param name="smtp">Where SMTP listens.</param>
        /// <param name="pop3">Where POP3 listens.</param>
        public Greeting(ApplianceSettings settings, ConfigurationFile file, Endpoint smtp, Endpoint pop3)
        {
            _settings = settings;
            _file = file;
            _smtp = smtp;
            _pop3 = pop3;
        }

        /// <summary>Where SMTP with TLS from the first octet listens; null for nowhere.</summary>
        public Endpoint? Smtps { get; init; }

        /// <summary>Where POP3 with TLS from the first octet listens; null for nowhere.</summary>
        public Endpoint? Pop3s { get; init; }

        /// <summary>The certificate; null where there is no TLS.</summary>
        public CertificateFiles? Certificate { get; init; }

        /// <summary>The lines.</summary>
        public IEnumerable<string> Lines()
        {
            string name = Text(_settings.Maildrops[0].Name);
            string password = _settings.Maildrops[0].Password is { } plain ? Text(plain) : "as you chose it; the configuration has its hash";
            string login = _settings.Maildrops[0].Password is null ? name : name + ":" + password;
            string address = Address(_settings.Maildrops[0].Name);
            string smtp = SmtpTlsOnly ? Reachable(Smtps!).ToString() : Reachable(_smtp).ToString();
            Endpoint pop3 = Reachable(Pop3TlsOnly ? Pop3s! : _pop3);
            yield return $"SMTP           {_smtp}";
            yield return $"POP3           {_pop3}";
            if (Smtps != null)
            {
                yield return $"SMTPS          {Smtps}";
            }

            if (Pop3s != null)
            {
                yield return $"POP3S          {Pop3s}";
            }

            yield return $"maildrop       {name}";
            yield return $"password       {password}";
            yield return $"configuration  {_file.Path}";
            yield return $"card           {_file.Card}";
            if (Certificate != null)
            {
                yield return $"certificate    {Certificate.Name}, {(Certificate.IsOwn ? "self-signed, " : string.Empty)}{Certificate.File}";
                yield return $"SHA-256        {Certificate.Fingerprint}";
            }

            (string swaks, string curlSend) = SendsWith();
            yield return $"send, swaks    swaks --server {smtp}{swaks} --to {Quote(address)} --header 'Subject: hello' --body 'hello'";
            yield return $"send, curl     printf 'Subject: hello\\r\\n\\r\\nhello\\r\\n' | curl -sS{curlSend} --mail-from me@lan --mail-rcpt {Quote(address)} -T -";
            yield return $"fetch, curl    curl -sS{FetchesWith()} --user {Quote(login)}";
            yield return $"fetch, client  POP3, server {pop3.Address}, port {pop3.Port}, {Security()}, user {name}, password as above; leave or delete as you like";
        }

        // The one way in.
        private bool SmtpTlsOnly
        {
            get { return _settings.SmtpWantsTls && !_settings.Tls; }
        }

        private bool Pop3TlsOnly
        {
            get { return _settings.Pop3WantsTls && !_settings.Tls; }
        }

        private string Trust
        {
            get { return Certificate is { IsOwn: true } ? " --cacert " + Quote(Certificate.File) : string.Empty; }
        }

        // Options of swaks, and options and URL of curl, where TLS is wanted.
        private (string Swaks, string Curl) SendsWith()
        {
            return SmtpTlsOnly ? (" --tlsc", $"{Trust} smtps://{Reachable(Smtps!)}")
                : _settings.SmtpWantsTls ? (" --tls", $" --ssl-reqd{Trust} smtp://{Reachable(_smtp)}")
                : (string.Empty, $" smtp://{Reachable(_smtp)}");
        }

        private string FetchesWith()
        {
            return Pop3TlsOnly ? $"{Trust} pop3s://{Reachable(Pop3s!)}/1"
                : _settings.Pop3WantsTls ? $" --ssl-reqd{Trust} pop3://{Reachable(_pop3)}/1"
                : $" pop3://{Reachable(_pop3)}/1";
        }

        // What a mail client's settings call it.
        private string Security()
        {
            return Pop3TlsOnly ? "TLS" : !_settings.Tls ? "no TLS" : _settings.Pop3WantsTls ? "STARTTLS" : "STARTTLS or no TLS";
        }

        /// <summary>An address whose mail the first maildrop gets.</summary>
        private string Address(byte[] name)
        {
            string host = Text(_settings.Host);
            int at = Array.LastIndexOf(name, (byte)'@');
            if (at < 0 && _settings.Addresses.Find(name, 0, name.Length, _settings.Host, 0, _settings.Host.Length, false) == 0)
            {
                return Text(name) + "@" + host;
            }

            if (at > 0 && _settings.Addresses.Find(name, 0, at, name, at + 1, name.Length - at - 1, false) == 0)
            {
                return Text(name);
            }

            return "postmaster@" + host;
        }

        /// <summary>Every address is no address to connect to.</summary>
        private static Endpoint Reachable(Endpoint endpoint)
        {
            return endpoint.Address switch
            {
                "0.0.0.0" => endpoint with { Address = "127.0.0.1" },
                "::" => endpoint with { Address = "::1" },
                _ => endpoint,
            };
        }

        private static string Quote(string word)
        {
            foreach (char letter in word)
            {
                if (!char.IsAsciiLetterOrDigit(letter) && !"@.-_:/".Contains(letter, StringComparison.Ordinal))
                {
                    return "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
                }
            }

            return word;
        }

        private static string Text(byte[] octets)
        {
            return Encoding.UTF8.GetString(octets);
        }
    }
}

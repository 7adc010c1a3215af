using MailAppliance.Configuration;
using MailAppliance.Hal;

namespace MailAppliance.Loop
{
    /// <summary>The ports, opened together at the start: all that the configuration names, or none.</summary>
    internal sealed class Listeners
    {
        /// <summary>SMTP.</summary>
        internal const int Smtp = 0;

        /// <summary>POP3.</summary>
        internal const int Pop3 = 1;

        /// <summary>SMTP with TLS from the first octet (RFC 8314).</summary>
        internal const int Smtps = 2;

        /// <summary>POP3 with TLS from the first octet.</summary>
        internal const int Pop3s = 3;

        private const int Count = 4;

        private readonly IListener[] _listeners = new IListener[Count];
        private readonly INetwork _network;
        private readonly int _backlog;
        private string _failed;

        /// <summary>Makes it; opens nothing yet.</summary>
        /// <param name="network">The network.</param>
        /// <param name="backlog">How many may wait in the platform's own queue of each port.</param>
        internal Listeners(INetwork network, int backlog)
        {
            _network = network;
            _backlog = backlog;
        }

        /// <summary>Opens the ports.</summary>
        /// <param name="settings">The configuration.</param>
        /// <returns>Null; or why one can't be had, in words for a person, and none is open then.</returns>
        internal string Open(ApplianceSettings settings)
        {
            if (settings.UsesTls && !_network.HasTls)
            {
                return "TLS: there is none here; take tls, smtps-port and pop3s-port out of the configuration";
            }

            bool isOpen = Open(Smtp, "SMTP: ", settings.SmtpAddress, settings.SmtpPort)
                && Open(Pop3, "POP3: ", settings.Pop3Address, settings.Pop3Port)
                && Open(Smtps, "SMTPS: ", settings.SmtpsAddress, settings.SmtpsPort)
                && Open(Pop3s, "POP3S: ", settings.Pop3sAddress, settings.Pop3sPort);
            if (isOpen)
            {
                return null;
            }

            Close();
            return _failed + _network.LastError;
        }

        /// <summary>A listener.</summary>
        /// <param name="service">One of the constants.</param>
        /// <returns>The listener; null where the configuration names no such port.</returns>
        internal IListener At(int service)
        {
            return _listeners[service];
        }

        /// <summary>A listener's port.</summary>
        /// <param name="service">One of the constants.</param>
        /// <returns>The port; 0 where the configuration names none.</returns>
        internal int PortOf(int service)
        {
            return _listeners[service] == null ? 0 : _listeners[service].Port;
        }

        /// <summary>Closes all of them.</summary>
        internal void Close()
        {
            for (int service = 0; service < Count; service++)
            {
                if (_listeners[service] != null)
                {
                    _listeners[service].Close();
                }
            }
        }

        private bool Open(int service, string name, string address, int port)
        {
            _failed = name;
            _listeners[service] = address == null ? null : _network.Listen(address, port, _backlog);
            return address == null || _listeners[service] != null;
        }
    }
}

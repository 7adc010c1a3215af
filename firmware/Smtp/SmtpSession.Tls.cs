using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <content>STARTTLS (RFC 3207).</content>
    public sealed partial class SmtpSession
    {
        /// <summary>
        /// Reports that TLS has begun, with its handshake still to come: whatever was received in plain is discarded, and the peer has said
        /// nothing yet (RFC 3207 section 4.2). How often he has guessed a password is ours to know, and stays.
        /// </summary>
        public void OnTlsBegun()
        {
            if (_state != SmtpState.Securing)
            {
                Invariant.Broken("TLS that nobody asked for");
            }

            Input.Clear();
            Envelope.Clear(true);
            _greeted = false;
            _badCommands = 0;
            Enter(SmtpState.Connected);
        }

        // In a mail transaction it would be lost without a word.
        private int HandleStartTls()
        {
            if (!Envelope.IsSecure && !_settings.Tls)
            {
                return Answer(SmtpReplies.NotImplemented);
            }

            if (Envelope.IsSecure || _state > SmtpState.Ready)
            {
                return Answer(SmtpReplies.BadSequence);
            }

            Reply(SmtpReplies.TlsReady);
            Enter(SmtpState.Securing);
            return SmtpEvent.StartTls;
        }

        private bool IsTlsMissing()
        {
            return _settings.SmtpWantsTls && !Envelope.IsSecure;
        }
    }
}

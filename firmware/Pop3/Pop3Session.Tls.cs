namespace MailAppliance.Pop3
{
    /// <content>STLS (RFC 2595 section 4), and what depends on TLS.</content>
    public sealed partial class Pop3Session
    {
        /// <summary>Whether the connection speaks TLS.</summary>
        public bool IsSecure;

        /// <summary>
        /// Reports that TLS has begun, with its handshake still to come: whatever was received in plain is discarded, and the peer has said
        /// nothing yet (RFC 2595 section 4). There is no other greeting: the stamp of the one that was counts on, and so do wrong logins.
        /// </summary>
        public void OnTlsBegun()
        {
            Input.Clear();
            if (!IsOutcomeOf(Pop3Step.Securing))
            {
                return;
            }

            IsSecure = true;
            _hasName = false;
            _step = Pop3Step.Command;
        }

        private int StartTls()
        {
            if (IsSecure || _state != Pop3State.Authorization)
            {
                return Reply(Pop3Replies.WrongState);
            }

            if (!_settings.Tls)
            {
                return Reply(Pop3Replies.NotSupported);
            }

            _step = Pop3Step.Securing;
            Reply(Pop3Replies.TlsReady);
            return Pop3Event.StartTls;
        }

        private int ReplyCapabilities()
        {
            Reply(Pop3Replies.Capabilities);
            if (_settings.Tls && !IsSecure && _state == Pop3State.Authorization)
            {
                Reply(Pop3Replies.CapabilityStls);
            }

            if (!IsTlsMissing())
            {
                Reply(Pop3Replies.CapabilityLogins);
            }

            return Reply(Pop3Replies.End);
        }

        private bool IsTlsMissing()
        {
            return _settings.Pop3WantsTls && !IsSecure;
        }

        private static bool IsLogin(int command)
        {
            return command == Pop3Command.User || command == Pop3Command.Pass || command == Pop3Command.Apop || command == Pop3Command.Auth;
        }
    }
}

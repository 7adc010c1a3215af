using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Login;
using MailAppliance.Store;

namespace MailAppliance.Smtp
{
    /// <summary>
    /// One SMTP connection as a receiver sees it (RFC 5321), without a socket, a store or a clock: octets come from
    /// <see cref="Input"/>, replies go to <see cref="Output"/>, and <see cref="Advance"/> says what the loop has to do next.
    /// </summary>
    /// <remarks>
    /// Made at boot, one a slot, and used again by <see cref="Open"/>; nothing is allocated after that. This file has the flow: where
    /// the session stands, mail data, outcomes, the end. The commands are in a file of their own, and so is AUTH; their order is in
    /// <see cref="SmtpState"/>, their names are in <see cref="SmtpCommandTable"/>.
    /// </remarks>
    public sealed partial class SmtpSession
    {
        private const int Continue = -1;

        private readonly ApplianceSettings _settings;
        private readonly bool _strict;
        private readonly byte[] _host;
        private readonly int _replyRoom;
        private readonly PathParser _path;
        private readonly MailParameters _parameters;
        private readonly byte[] _missingFields;

        private byte[] _remoteAddress;
        private byte[] _localAddress;
        private int _state;
        private bool _hasMessage;
        private bool _shutdownDue;
        private int _refusal;

        /// <summary>Makes a session with parsers of its own; done at boot.</summary>
        /// <param name="settings">The configuration; kept, and not changed any more.</param>
        public SmtpSession(ApplianceSettings settings)
            : this(settings, null)
        {
        }

        /// <summary>Makes a session and all its buffers; done at boot.</summary>
        /// <param name="settings">The configuration; kept, and not changed any more.</param>
        /// <param name="other">Another session of the same thread, whose parsers serve this one too, since they are used within a command
        /// only; null for none.</param>
        public SmtpSession(ApplianceSettings settings, SmtpSession other)
        {
            _settings = settings;
            _strict = settings.Strict;
            _host = settings.Host;
            Input = new InputBuffer(settings.SmtpInputOctets);
            Output = new OutputBuffer(OutputOctetsOf(settings));
            Envelope = new Envelope(settings);
            _path = other == null ? new PathParser(_strict) : other._path;
            _parameters = other == null ? new MailParameters(_strict) : other._parameters;
            Data = new MailDataReader(Input, settings);
            Attempt = new LoginAttempt();
            _exchange = other == null ? new SaslExchange(settings, settings.DigestLogins) : other._exchange;
            _missingFields = new byte[TraceFields.MissingOctetsMax(_host)];
            _remoteAddress = s_nowhere;
            _localAddress = s_nowhere;
            _replyRoom = ReplyRoomOf(_host);
            if (settings.SmtpInputOctets <= Limits.StrictLongLineOctetsMax)
            {
                Invariant.Broken("a command line that the input cannot hold");
            }
            _state = SmtpState.Leaving;
        }

        /// <summary>What was received. The loop fills it whenever it likes, but not between an <see cref="Advance"/> that returned
        /// <see cref="SmtpEvent.MailData"/> and its <see cref="MailDataReader.Taken"/>: making room may move the octets.</summary>
        public readonly InputBuffer Input;

        /// <summary>What is to be sent; the loop empties it whenever the connection takes some.</summary>
        public readonly OutputBuffer Output;

        /// <summary>The peer's name and the mail transaction, for the log and for whoever looks on.</summary>
        public readonly Envelope Envelope;

        /// <summary>With <see cref="SmtpEvent.MailData"/>: the octets to store, to be read only. Whoever stored some of them says so with
        /// <see cref="MailDataReader.Taken"/>; the rest is offered again.</summary>
        public readonly MailDataReader Data;

        /// <summary>With <see cref="SmtpEvent.Admit"/>: the octets that MAIL's SIZE declares; -1 where it declares none.</summary>
        public long DeclaredOctets;

        /// <summary>Whom RCPT asks whether a maildrop takes more; null where nobody has a quota. Set at boot.</summary>
        public IMaildropQuotas Quotas;

        /// <summary>Told of each refusal that a bound causes; null where nobody wants to know. Set at boot.</summary>
        public TurnedAway TurnedAway;

        /// <summary>Counts what this peer and his like begin and get wrong; null where nobody counts. Set at boot.</summary>
        public Sources Sources;

        /// <summary>The peer's place in it. Set before <see cref="Open"/>.</summary>
        public int Source;

        /// <summary>From <see cref="SmtpEvent.Begin"/> on: the most octets that <see cref="ComposeFront"/> can write for this
        /// mail.</summary>
        public int FrontOctetsMax;

        /// <summary>From <see cref="SmtpEvent.EndOfMail"/> on: transparency dots in the mail data. A POP3 size is the wire octets less
        /// these and 3.</summary>
        public int StuffedDots
        {
            get { return Data.StuffedDots; }
        }

        /// <summary>Whether a message was begun and is neither committed nor aborted: a lost connection must drop it (RFC 5321 section
        /// 4.1.1.10).</summary>
        public bool HasMessage
        {
            get { return _hasMessage; }
        }

        /// <summary>Where the session stands: one of <see cref="SmtpState"/>.</summary>
        public int State
        {
            get { return _state; }
        }

        /// <summary>Who gets the mail: word i, bit b is maildrop 32 i + b in <see cref="ApplianceSettings.Maildrops"/>.</summary>
        public int[] Recipients
        {
            get { return Envelope.Recipients; }
        }

        /// <summary>Forgets the last connection and greets a new one.</summary>
        /// <param name="remoteAddress">The peer's address in text form (RFC 5321 section 4.1.3 without brackets); kept while the
        /// connection lasts.</param>
        /// <param name="localAddress">The local address in the same form; kept likewise.</param>
        /// <param name="isSecure">Whether the connection speaks TLS from its first octet on (RFC 8314).</param>
        public void Open(byte[] remoteAddress, byte[] localAddress, bool isSecure)
        {
            _remoteAddress = remoteAddress;
            _localAddress = localAddress;
            Input.Clear();
            Output.Clear();
            Envelope.Clear(isSecure);
            Data.Begin();
            DeclaredOctets = -1;
            FrontOctetsMax = 0;
            _hasMessage = false;
            _shutdownDue = false;
            ForgetCommands();
            Enter(SmtpState.Connected);
            ReplyWithHost(SmtpReplies.GreetingBefore, SmtpReplies.GreetingAfter);
        }

        /// <summary>Goes on as far as it can without the loop.</summary>
        /// <returns>One of <see cref="SmtpEvent"/>: what the loop has to do before it calls again.</returns>
        public int Advance()
        {
            int step = Continue;
            while (step == Continue)
            {
                switch (_state)
                {
                    case SmtpState.Data:
                        step = Data.Advance();
                        step = step == DataStep.Piece ? SmtpEvent.MailData : step == DataStep.NeedOctets ? SmtpEvent.NeedOctets : EndData(step);
                        break;
                    case SmtpState.Discarding:
                        step = AdvanceDiscarding();
                        break;
                    case SmtpState.Leaving:
                        return _hasMessage ? Abort() : SmtpEvent.Close;
                    case SmtpState.Admitting:
                    case SmtpState.Beginning:
                    case SmtpState.Committing:
                    case SmtpState.Verifying:
                        return SmtpEvent.Awaiting;
                    case SmtpState.Securing:
                        return SmtpEvent.StartTls;
                    case SmtpState.Authenticating:
                        step = TakeResponse();
                        break;
                    default:
                        step = TakeCommand();
                        break;
                }
            }

            return step;
        }

        /// <summary>Reports the outcome of <see cref="SmtpEvent.Admit"/>.</summary>
        /// <param name="storeResult">One of <see cref="StoreResult"/>: whether the store has room for the mail now (RFC 1870 section
        /// 6.1).</param>
        public void OnAdmitted(int storeResult)
        {
            if (_state != SmtpState.Admitting)
            {
                Invariant.Broken("an outcome of no MAIL");
            }
            if (_shutdownDue)
            {
                Leave(SmtpReplies.ShutdownBefore, SmtpReplies.ShutdownAfter);
            }
            else if (storeResult == StoreResult.Ok)
            {
                Enter(SmtpState.Mail);
                Reply(SmtpReplies.SenderTaken);
            }
            else
            {
                EndMail();
                Reply(RefusalOf(storeResult));
            }
        }

        /// <summary>Reports the outcome of <see cref="SmtpEvent.Begin"/>. Where it failed, the mail transaction stays as it was.</summary>
        /// <param name="storeResult">One of <see cref="StoreResult"/>.</param>
        public void OnBegun(int storeResult)
        {
            if (_state != SmtpState.Beginning)
            {
                Invariant.Broken("an outcome of no DATA");
            }
            _hasMessage = storeResult == StoreResult.Ok;
            if (_shutdownDue)
            {
                Leave(SmtpReplies.ShutdownBefore, SmtpReplies.ShutdownAfter);
            }
            else if (storeResult == StoreResult.Ok)
            {
                Data.Begin();
                Enter(SmtpState.Data);
                Reply(SmtpReplies.StartMail);
            }
            else
            {
                Enter(SmtpState.Recipients);
                Reply(RefusalOf(storeResult));
            }
        }

        /// <summary>
        /// Reports that the store can't take the mail data. <see cref="SmtpEvent.Abort"/> follows; the rest is read away and the refusal
        /// answered at its true end.
        /// </summary>
        /// <param name="storeResult">One of <see cref="StoreResult"/>, not Ok.</param>
        public void OnDataFailed(int storeResult)
        {
            if (_state != SmtpState.Data)
            {
                Invariant.Broken("an outcome of no mail data");
            }
            Discard(RefusalOf(storeResult));
        }

        /// <summary>Reports the outcome of <see cref="SmtpEvent.EndOfMail"/>, perhaps many turns later. The mail transaction is
        /// over.</summary>
        /// <param name="storeResult">
        /// One of <see cref="StoreResult"/>. Ok, and only that, is answered 250. After Unknown the connection is closed without a reply:
        /// nobody knows whether the mail is there.
        /// </param>
        public void OnCommitted(int storeResult)
        {
            if (_state != SmtpState.Committing)
            {
                Invariant.Broken("an outcome of no mail");
            }
            _hasMessage = false;
            EndMail();
            if (storeResult == StoreResult.Unknown)
            {
                Enter(SmtpState.Leaving);
                return;
            }

            Reply(storeResult == StoreResult.Ok ? SmtpReplies.Stored : RefusalOf(storeResult));
            if (_shutdownDue)
            {
                Leave(SmtpReplies.ShutdownBefore, SmtpReplies.ShutdownAfter);
            }
        }

        /// <summary>Says that the peer was silent too long: 421, and the end. Nothing happens while it is us who is slow.</summary>
        public void OnIdleTimeout()
        {
            LeaveIdle(SmtpReplies.IdleAfter);
        }

        /// <summary>Says that the loop gives the peer up: 421, and the end. Nothing happens while it is us who is slow.</summary>
        /// <param name="bound">The <see cref="Bound"/> that it is given up for, Yielded, Progress or MailTime.</param>
        public void OnGivenUp(int bound)
        {
            LeaveIdle(SmtpReplies.YieldedAfter + bound - Core.Bound.Yielded);
        }

        private void LeaveIdle(int after)
        {
            if (!IsAwaiting() && _state != SmtpState.Leaving)
            {
                Leave(SmtpReplies.IdleBefore, after);
            }
        }

        /// <summary>Says that the appliance stops: 421, and the end. An outcome that is outstanding is awaited first.</summary>
        public void OnShutdown()
        {
            if (IsAwaiting())
            {
                _shutdownDue = true;
            }
            else if (_state != SmtpState.Leaving)
            {
                Leave(SmtpReplies.ShutdownBefore, SmtpReplies.ShutdownAfter);
            }
        }

        /// <summary>
        /// Writes what stands before the mail data: Return-Path, Received, Date and Message-ID where the header is whole by now and lacks
        /// them, and an empty line where the first line is neither a header field nor empty. To be called once a mail, before any of it reaches the card.
        /// </summary>
        /// <param name="buffer">Written to, at most <see cref="FrontOctetsMax"/> octets.</param>
        /// <param name="offset">Where the first octet goes.</param>
        /// <param name="utcKnown">Whether the date is known.</param>
        /// <param name="utcSeconds">Seconds since 1970, where it is.</param>
        /// <param name="idHigh">First half of an id that no other mail has.</param>
        /// <param name="idLow">Second half of it.</param>
        /// <returns>Octets written.</returns>
        public int ComposeFront(byte[] buffer, int offset, bool utcKnown, long utcSeconds, int idHigh, int idLow)
        {
            HeaderScanner header = Data.Header;
            int at = TraceFields.Write(Envelope, _host, _remoteAddress, buffer, offset, utcKnown, utcSeconds, idHigh, idLow);
            header.Settle();
            if (header.IsEmpty)
            {
                return at - offset;
            }

            if (!header.HasHeader)
            {
                buffer[at] = Octets.Cr;
                buffer[at + 1] = Octets.Lf;
                return at + 2 - offset;
            }

            if (_settings.AddMissingFields && header.IsEnded)
            {
                at = utcKnown && !header.HasDate ? TraceFields.WriteDate(utcSeconds, buffer, at) : at;
                at = header.HasMessageId ? at : TraceFields.WriteMessageId(_host, buffer, at, idHigh, idLow);
            }
            else if (_settings.AddMissingFields)
            {
                int dateCount = utcKnown ? TraceFields.WriteDate(utcSeconds, _missingFields, 0) : 0;
                int end = TraceFields.WriteMessageId(_host, _missingFields, dateCount, idHigh, idLow);
                Data.LeaveFields(_missingFields, dateCount, end - dateCount);
            }

            return at - offset;
        }

        private int EndData(int step)
        {
            switch (step)
            {
                case DataStep.TooBig:
                    return Discard(Bound(SmtpReplies.TooBig));
                case DataStep.BareLf:
                    return Discard(SmtpReplies.BareLf);
                case DataStep.Looping:
                    return Discard(SmtpReplies.Looping);
                default:
                    if (Output.Room < _replyRoom)
                    {
                        return SmtpEvent.NeedRoom;
                    }

                    Enter(SmtpState.Committing);
                    return SmtpEvent.EndOfMail;
            }
        }

        private int Discard(int refusal)
        {
            _refusal = refusal;
            Enter(SmtpState.Discarding);
            return Continue;
        }

        private int AdvanceDiscarding()
        {
            if (_hasMessage)
            {
                return Abort();
            }

            if (Data.Drain() == DataStep.NeedOctets)
            {
                return SmtpEvent.NeedOctets;
            }

            if (Output.Room < _replyRoom)
            {
                return SmtpEvent.NeedRoom;
            }

            EndMail();
            Reply(_refusal);
            return Continue;
        }

        private int Abort()
        {
            _hasMessage = false;
            return SmtpEvent.Abort;
        }

        private void EndMail()
        {
            Envelope.ClearMail();
            Rest();
        }

        private void Rest()
        {
            Enter(_greeted ? SmtpState.Ready : SmtpState.Connected);
        }

        // There is always room for it: each reply before it left as much (see ReplyRoomOf).
        private void Leave(int before, int after)
        {
            ReplyWithHost(before, after);
            Enter(SmtpState.Leaving);
        }

        private bool IsAwaiting()
        {
            return _state == SmtpState.Admitting || _state == SmtpState.Beginning || _state == SmtpState.Committing || _state == SmtpState.Verifying;
        }

        private void Enter(int state)
        {
            _state = state;
        }

        private void Reply(int reply)
        {
            Output.Append(SmtpReplies.Texts, reply);
        }

        private void ReplyWithHost(int before, int after)
        {
            Output.Append(SmtpReplies.Texts, before);
            Output.Append(_host);
            Output.Append(SmtpReplies.Texts, after);
        }

        private int RefusalOf(int storeResult)
        {
            return storeResult == StoreResult.NoRoom ? Bound(SmtpReplies.NoRoom) : SmtpReplies.StoreFailed;
        }

        // A refusal that the device can do nothing about.
        private int Bound(int reply)
        {
            if (TurnedAway != null)
            {
                TurnedAway.Note(_remoteAddress);
            }

            return reply;
        }
    }
}

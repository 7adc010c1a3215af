using MailAppliance.Configuration;
using MailAppliance.Hal;
using MailAppliance.Login;
using MailAppliance.Smtp;
using MailAppliance.Store;

namespace MailAppliance.Loop
{
    /// <summary>Performs what an SMTP session asks for: begins, writes and commits its mail at the store, and reports back.</summary>
    public sealed class SmtpSlot : Slot
    {
        private readonly MailDataReader _data;
        private readonly MailStore _store;
        private readonly MessageWriter _writer;
        private readonly IClock _clock;
        private readonly EventLog _log;
        private readonly MailIds _ids;
        private readonly LoginCheck _check;
        private bool _isAdmitting;
        private bool _isFinishing;
        private bool _isVerifying;

        private SmtpSlot(
            ApplianceSettings settings, SmtpSession session, MailStore store, IClock clock, EventLog log, MailIds ids, Stamps stamps,
            LoginCheck check, Farewell farewell)
            : base(session.Input, session.Output, farewell, settings.SmtpIdleMilliseconds)
        {
            Session = session;
            Session.Stamps = stamps;
            _check = check;
            _data = session.Data;
            Session.Quotas = store.Quotas;
            _store = store;
            _writer = store.CreateWriter();
            _clock = clock;
            _log = log;
            _ids = ids;
        }

        /// <summary>Makes a slot and its session; done at boot.</summary>
        /// <param name="settings">The configuration.</param>
        /// <param name="other">A slot that was made before, to share with what is used within a call only; null for the first.</param>
        /// <param name="store">The store.</param>
        /// <param name="clock">For trace fields and arrival times.</param>
        /// <param name="log">Tells what was stored.</param>
        /// <param name="ids">Numbers for trace fields.</param>
        /// <param name="stamps">For challenges.</param>
        /// <param name="check">Who checks logins.</param>
        /// <param name="farewell">Who sees connections off.</param>
        /// <returns>The slot.</returns>
        public static SmtpSlot Create(
            ApplianceSettings settings, SmtpSlot other, MailStore store, IClock clock, EventLog log, MailIds ids, Stamps stamps,
            LoginCheck check, Farewell farewell)
        {
            SmtpSession session = new SmtpSession(settings, other == null ? null : other.Session);
            return new SmtpSlot(settings, session, store, clock, log, ids, stamps, check, farewell);
        }

        /// <summary>The session, for whoever looks on.</summary>
        public readonly SmtpSession Session;

        /// <summary>Mails answered 250 since boot.</summary>
        public int StoredCount;

        /// <inheritdoc/>
        protected override bool OwesOutcome
        {
            get { return _writer.Outcome == PendingCommit.Waiting; }
        }

        /// <inheritdoc/>
        protected override void OnAdmitted()
        {
            _isAdmitting = false;
            _isFinishing = false;
            _isVerifying = false;
            Session.Sources = Sources;
            Session.Source = Source;
            Session.Open(Connection.RemoteAddress, Connection.LocalAddress, Connection.IsTls);
        }

        /// <inheritdoc/>
        protected override int Stage
        {
            get { return Session.State >= SmtpState.Mail && Session.State <= SmtpState.Committing ? SlotStage.Mail : SlotStage.Nothing; }
        }

        /// <inheritdoc/>
        protected override int Step()
        {
            switch (Session.Advance())
            {
                case SmtpEvent.NeedOctets:
                    return SlotStep.NeedOctets;
                case SmtpEvent.NeedRoom:
                    return SlotStep.NeedRoom;
                case SmtpEvent.Admit:
                    return Admit();
                case SmtpEvent.Begin:
                    Session.OnBegun(_store.Begin(_writer, Session.FrontOctetsMax, Session.DeclaredOctets));
                    return SlotStep.Progress;
                case SmtpEvent.MailData:
                    return TakeData();
                case SmtpEvent.EndOfMail:
                    return Finish();
                case SmtpEvent.Verify:
                    return Verify();
                case SmtpEvent.StartTls:
                    return StartTls();
                case SmtpEvent.Abort:
                    _store.Abort(_writer);
                    return SlotStep.Progress;
                case SmtpEvent.Awaiting:
                    return _isVerifying ? Verify() : _isAdmitting ? Admit() : _isFinishing ? Finish() : TakeOutcome();
                default:
                    return SlotStep.Close;
            }
        }

        /// <inheritdoc/>
        protected override void OnTlsBegun()
        {
            Session.OnTlsBegun();
        }

        /// <inheritdoc/>
        protected override void OnEnded()
        {
            _check.Forget(Session.Attempt);
            if (_writer.IsOpen)
            {
                _store.Abort(_writer);
            }
        }

        /// <inheritdoc/>
        protected override void OnIdle()
        {
            Session.OnIdleTimeout();
        }

        /// <inheritdoc/>
        protected override void OnGivenUp(int bound)
        {
            Session.OnGivenUp(bound);
        }

        /// <inheritdoc/>
        protected override void OnShutdown()
        {
            Session.OnShutdown();
        }

        private int Verify()
        {
            int result = CheckLogin(_check, Session.Attempt, _log, Words.SmtpWrongLogin);
            _isVerifying = result == LoginResult.Later;
            if (_isVerifying)
            {
                return SlotStep.Waiting;
            }

            if (result == LoginResult.TooSoon)
            {
                Session.OnLoginRefused();
                return SlotStep.Progress;
            }

            bool isRight = result == LoginResult.Right;
            Session.OnVerified(isRight);
            if (isRight && _log.Takes(LogSeverity.Detail))
            {
                _log.Begin(LogSeverity.Detail, Words.SmtpLoggedIn).Add(_check.NameOf(Session.Attempt)).Say(Words.By).Add(Connection.RemoteAddress).End();
            }

            return SlotStep.Progress;
        }

        // Where the store makes room first, the same is asked for again in the next turn.
        private int Admit()
        {
            int result = _store.Admit(Session.DeclaredOctets);
            _isAdmitting = result == StoreResult.Later;
            if (_isAdmitting)
            {
                return SlotStep.Waiting;
            }

            Session.OnAdmitted(result);
            return SlotStep.Progress;
        }

        // Where the piece is all there is, more is received here: this is the way of large mails, and each call less counts.
        private int TakeData()
        {
            MailDataReader data = _data;
            MessageWriter writer = _writer;
            do
            {
                int offered = data.Count;
                int taken = writer.Append(data.Buffer, data.Offset, offered);
                data.Taken(taken);
                if (taken < offered)
                {
                    return Flush();
                }

                if (!data.IsLast)
                {
                    return SlotStep.Progress;
                }

                if (!Receive())
                {
                    return SlotStep.NeedOctets;
                }
            }
            while (data.Advance() == DataStep.Piece);
            return SlotStep.Progress;
        }

        private int Flush()
        {
            PlaceFront();
            int result = _store.Flush(_writer);
            if (result == StoreResult.Later)
            {
                return SlotStep.Waiting;
            }

            if (result != StoreResult.Ok)
            {
                Tell(result);
                Session.OnDataFailed(result);
            }

            return SlotStep.Progress;
        }

        private int Finish()
        {
            PlaceFront();
            int result = _store.Finish(_writer, Session.Recipients, Session.StuffedDots, _clock.IsUtcKnown, _clock.UtcSeconds);
            _isFinishing = result == StoreResult.Later;
            if (_isFinishing)
            {
                return SlotStep.Waiting;
            }

            if (result != StoreResult.Ok)
            {
                _store.Abort(_writer);
                Tell(result);
                Session.OnCommitted(result);
            }

            return SlotStep.Progress;
        }

        // 250 leaves here, and only here, and only after the store has proven the mail.
        private int TakeOutcome()
        {
            int outcome = _writer.Outcome;
            if (outcome == PendingCommit.Waiting)
            {
                return SlotStep.Waiting;
            }

            Tell(outcome);
            Session.OnCommitted(outcome);
            return SlotStep.Progress;
        }

        private void PlaceFront()
        {
            if (_writer.FrontIsOpen)
            {
                int octets = Session.ComposeFront(
                    _writer.Buffer, MessageWriter.FrontAt, _clock.IsUtcKnown, _clock.UtcSeconds, _ids.Epoch, _ids.Next());
                _writer.PlaceFront(octets);
            }
        }

        private void Tell(int result)
        {
            if (result == StoreResult.Ok)
            {
                StoredCount++;
                if (Connection != null)
                {
                    Sources.NoteUse(Source);
                }
            }

            int severity = result == StoreResult.Ok ? LogSeverity.Notice : LogSeverity.Warning;
            if (!_log.Takes(severity))
            {
                return;
            }

            if (result == StoreResult.Ok)
            {
                _log.Begin(severity, Words.SmtpStored).AddHex(_writer.UniqueIdEpoch).AddHex(_writer.UniqueId).Say(Words.SmtpComma).Add(_writer.MailOctets).Say(Words.SmtpOctetsFrom);
            }
            else
            {
                _log.Begin(severity, Words.SmtpNotStored).Say(result == StoreResult.NoRoom ? Words.SmtpNoRoom : Words.SmtpCardFailed);
            }

            Envelope envelope = Session.Envelope;
            _log.AddForeign(envelope.Names, envelope.ReversePathOffset, envelope.ReversePathCount).Say(Words.SmtpBy);
            if (Connection == null)
            {
                _log.Say(Words.SmtpNobody);
            }
            else
            {
                _log.Add(Connection.RemoteAddress);
            }

            _log.Say(Words.SmtpRecipients).Add(envelope.RecipientCount).End();
        }
    }
}

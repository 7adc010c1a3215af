using System;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal;
using MailAppliance.Login;
using MailAppliance.Pop3;
using MailAppliance.Store;

namespace MailAppliance.Loop
{
    /// <summary>Performs what a POP3 session asks for: locks its maildrop, sends messages straight from the card's buffer, removes what was marked.</summary>
    public sealed class Pop3Slot : Slot
    {
        private readonly ApplianceSettings _settings;
        private readonly MailStore _store;
        private readonly MaildropView _view;
        private readonly MessageReader _reader;
        private readonly EventLog _log;
        private readonly LoginCheck _check;
        private int _chunkAt;
        private int _chunkLeft;
        private bool _isFirstChunk;
        private bool _isUpdating;
        private bool _isVerifying;

        private Pop3Slot(
            ApplianceSettings settings, Pop3Session session, MailStore store, EventLog log, Stamps stamps, LoginCheck check, Farewell farewell)
            : base(session.Input, session.Output, farewell, settings.Pop3IdleMilliseconds)
        {
            _settings = settings;
            Session = session;
            _store = store;
            _view = store.CreateView();
            _reader = store.CreateReader();
            _log = log;
            session.Stamps = stamps;
            _check = check;
        }

        /// <summary>Makes a slot and its session; done at boot.</summary>
        /// <param name="settings">The configuration.</param>
        /// <param name="store">The store.</param>
        /// <param name="log">Tells who fetched what.</param>
        /// <param name="stamps">For greetings.</param>
        /// <param name="check">Who checks logins.</param>
        /// <param name="farewell">Who sees connections off.</param>
        /// <returns>The slot.</returns>
        public static Pop3Slot Create(
            ApplianceSettings settings, MailStore store, EventLog log, Stamps stamps, LoginCheck check, Farewell farewell)
        {
            return new Pop3Slot(settings, new Pop3Session(settings), store, log, stamps, check, farewell);
        }

        /// <summary>The session, for whoever looks on.</summary>
        public readonly Pop3Session Session;

        /// <summary>Messages sent whole since boot.</summary>
        public int RetrievedCount;

        /// <summary>Times since boot that a message could not be read.</summary>
        public int DamagedCount;

        /// <inheritdoc/>
        protected override bool OwesOutcome
        {
            get { return _view.Outcome == PendingCommit.Waiting; }
        }

        /// <inheritdoc/>
        protected override void OnAdmitted()
        {
            _isUpdating = false;
            _isVerifying = false;
            Session.Sources = Sources;
            Session.Source = Source;
            Session.Open(Connection.IsTls);
        }

        /// <inheritdoc/>
        protected override int Stage
        {
            get { return Session.State == Pop3State.Authorization ? SlotStage.Nothing : SlotStage.Maildrop; }
        }

        /// <inheritdoc/>
        protected override int Step()
        {
            switch (Session.Advance())
            {
                case Pop3Event.NeedOctets:
                    return SlotStep.NeedOctets;
                case Pop3Event.NeedRoom:
                    return SlotStep.NeedRoom;
                case Pop3Event.Verify:
                    return Verify();
                case Pop3Event.StartTls:
                    return StartTls();
                case Pop3Event.OpenMaildrop:
                    OpenMaildrop();
                    return SlotStep.Progress;
                case Pop3Event.Retrieve:
                    return OpenMessage(_reader.Open(_view, Session.Number));
                case Pop3Event.Retrieving:
                    return SendMessage();
                case Pop3Event.Update:
                    Update();
                    return SlotStep.Progress;
                case Pop3Event.Awaiting:
                    return _isVerifying ? Verify() : _isUpdating ? TakeOutcome() : OpenMessage(StoreResult.Ok);
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
            _view.Close();
        }

        /// <inheritdoc/>
        protected override void OnIdle()
        {
            Session.OnIdleTimeout();
        }

        /// <inheritdoc/>
        protected override void OnGivenUp(int bound)
        {
            Session.OnGivenUp();
        }

        /// <inheritdoc/>
        protected override void OnShutdown()
        {
            Session.OnShutdown();
        }

        private int Verify()
        {
            int result = CheckLogin(_check, Session.Attempt, _log, Words.Pop3WrongLogin);
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

            Session.OnVerified(result == LoginResult.Right);
            return SlotStep.Progress;
        }

        private void OpenMaildrop()
        {
            bool opened = _store.OpenView(_view, Session.MaildropIndex);
            Session.OnOpened(opened ? Pop3OpenResult.Ok : Pop3OpenResult.InUse, _view);
            Tell(opened ? LogSeverity.Notice : LogSeverity.Warning, opened ? Words.Pop3Opened : Words.Pop3InUse, opened ? _view.MessageCount : 0);
        }

        // The first octets are read before +OK is said: what is damaged there is refused in words.
        private int OpenMessage(int result)
        {
            int chunk = result == StoreResult.Ok ? _reader.Next() : MessageReader.Damaged;
            if (chunk == MessageReader.Later)
            {
                return SlotStep.Waiting;
            }

            _isFirstChunk = true;
            if (chunk == MessageReader.Damaged || chunk == MessageReader.End)
            {
                TellDamaged();
                Session.OnRetrieveOpened(StoreResult.Damaged);
                return SlotStep.Progress;
            }

            _chunkLeft = chunk;
            Session.OnRetrieveOpened(StoreResult.Ok);
            return SlotStep.Progress;
        }

        private int SendMessage()
        {
            if (_isFirstChunk)
            {
                _isFirstChunk = false;
                StartChunk(_chunkLeft);
            }

            int step = _chunkLeft > 0 ? SendChunk() : SlotStep.Progress;
            if (step != SlotStep.Progress || _chunkLeft > 0)
            {
                return step;
            }

            int chunk = Session.IsCutDone ? MessageReader.End : _reader.Next();
            if (chunk <= 0)
            {
                return EndMessage(chunk);
            }

            StartChunk(chunk);
            return SlotStep.Progress;
        }

        // A send costs more than the copy of a few octets: what fits the output goes out with the replies around it, and else
        // the replies go out in front of the chunk, where the record's header lay that nobody needs any more.
        private int SendChunk()
        {
            OutputBuffer output = Session.Output;
            byte[] buffer = _reader.Buffer;

            // A cut message has the end of the reply still to come.
            if (_chunkLeft <= output.Room - Pop3Session.EndOctets)
            {
                output.Append(buffer, _chunkAt, _chunkLeft);
                _chunkLeft = 0;
                return SlotStep.Progress;
            }

            int before = output.Count;
            if (before > 0 && before <= _chunkAt && _chunkAt == _reader.Offset)
            {
                _chunkAt -= before;
                _chunkLeft += before;
                Array.Copy(output.Buffer, output.Start, buffer, _chunkAt, before);
                output.Clear();
            }
            else if (SendOutput() <= 0)
            {
                return SlotStep.NeedRoom;
            }

            int sent = Send(buffer, _chunkAt, _chunkLeft);
            if (sent <= 0)
            {
                return sent == 0 ? SlotStep.NeedRoom : SlotStep.Drop;
            }

            _chunkAt += sent;
            _chunkLeft -= sent;
            return SlotStep.Progress;
        }

        private void StartChunk(int octets)
        {
            _chunkAt = _reader.Offset;
            _chunkLeft = Session.Cut(_reader.Buffer, _reader.Offset, octets);
        }

        private int EndMessage(int chunk)
        {
            if (chunk == MessageReader.Later)
            {
                return SlotStep.Waiting;
            }

            if (chunk == MessageReader.Damaged)
            {
                TellDamaged();
                Session.OnRetrieveBroken();
                return SlotStep.Progress;
            }

            RetrievedCount++;
            Session.OnRetrieved();
            return SlotStep.Progress;
        }

        private void Update()
        {
            int result = _store.Remove(_view);
            _isUpdating = result == StoreResult.Ok;
            if (!_isUpdating)
            {
                EndUpdate(result);
            }
        }

        private int TakeOutcome()
        {
            int outcome = _view.Outcome;
            if (outcome == PendingCommit.Waiting)
            {
                return SlotStep.Waiting;
            }

            EndUpdate(outcome);
            return SlotStep.Progress;
        }

        private void EndUpdate(int result)
        {
            bool removed = result == StoreResult.Ok;
            _isUpdating = false;
            Tell(removed ? LogSeverity.Notice : LogSeverity.Error, removed ? Words.Pop3Removed : Words.Pop3NotRemoved, _view.MarkedCount);
            _view.Close();
            Session.OnUpdated(result);
        }

        private void TellDamaged()
        {
            DamagedCount++;
            Tell(LogSeverity.Error, Words.Pop3Damaged, Session.Number);
        }

        private void Tell(int severity, int words, int messages)
        {
            if (_log.Takes(severity))
            {
                _log.Begin(severity, words)
                    .Add(_settings.Maildrops[Session.MaildropIndex].Name)
                    .Say(Words.Pop3Messages)
                    .Add(messages)
                    .Say(Words.By)
                    .Add(Connection.RemoteAddress)
                    .End();
            }
        }
    }
}

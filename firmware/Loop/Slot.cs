using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal;
using MailAppliance.Login;

namespace MailAppliance.Loop
{
    /// <summary>
    /// One connection's place: moves octets between the network and a session's buffers, a bounded number a turn, and keeps
    /// the idle timeout. What the octets mean is the subclass's.
    /// </summary>
    public abstract class Slot
    {
        // Receives a turn: enough that a busy sender is not slowed by the slots beside it, few enough that they get their turn.
        private const int ReceivesMax = 16;

        // Steps a turn: one is a command that needs the store, or a chunk of a message that is fetched.
        private const int StepsMax = 16;

        // A peer that does not read our last words is not waited for any longer than this.
        private const int LastWordsMilliseconds = 10000;

        private const int MinuteMilliseconds = 60000;

        // Who has sent nothing for so long makes a pause, which the idle timeout bounds.
        private const int PauseMilliseconds = 20000;

        private readonly InputBuffer _input;
        private readonly OutputBuffer _output;
        private readonly Farewell _farewell;
        private readonly int _idleMilliseconds;
        private IConnection _connection;
        private int _source;
        private long _activeAt;
        private long _usefulAt;
        private long _mailSince;
        private long _minuteAt;
        private long _minuteFrom;
        private bool _inputEnded;
        private bool _isClosing;
        private bool _waits;
        private bool _starves;
        private int _receivesLeft;
        private long _now;

        /// <summary>Makes a slot; done at boot.</summary>
        /// <param name="input">The session's input.</param>
        /// <param name="output">The session's output.</param>
        /// <param name="farewell">Who sees connections off.</param>
        /// <param name="idleMilliseconds">How long a peer may be silent.</param>
        protected Slot(InputBuffer input, OutputBuffer output, Farewell farewell, int idleMilliseconds)
        {
            _input = input;
            _output = output;
            _farewell = farewell;
            _idleMilliseconds = idleMilliseconds;
        }

        /// <summary>A newcomer may have it: no connection, and no outcome outstanding of the last one.</summary>
        public bool IsFree
        {
            get { return _connection == null && !OwesOutcome; }
        }

        /// <summary>The peer's address; null where nobody is connected.</summary>
        public byte[] RemoteAddress
        {
            get { return _connection == null ? null : _connection.RemoteAddress; }
        }

        /// <summary>Who is connected; told of logins, and of what a bound stops. Set at boot.</summary>
        internal Sources Sources;

        /// <summary>The peer's place among <see cref="Sources"/>; -1 where nobody is connected.</summary>
        internal int Source
        {
            get { return _connection == null ? -1 : _source; }
        }

        /// <summary>The session waited for an outcome, which is there now.</summary>
        internal bool IsToldNext
        {
            get { return _waits && !OwesOutcome; }
        }

        /// <summary>Octets received since boot.</summary>
        public long ReceivedOctets;

        /// <summary>Octets sent since boot.</summary>
        public long SentOctets;

        /// <summary>The connection; null where nobody is connected.</summary>
        protected IConnection Connection
        {
            get { return _connection; }
        }

        /// <summary>What was written waits for its outcome, whether or not anybody is still there to hear it.</summary>
        protected abstract bool OwesOutcome { get; }

        /// <summary>What the session is at: one of <see cref="SlotStage"/>.</summary>
        protected abstract int Stage { get; }

        /// <summary>Takes a newcomer.</summary>
        /// <param name="connection">Owned by the slot from now on.</param>
        /// <param name="source">Its place among <see cref="Sources"/>.</param>
        /// <param name="now">Monotonic milliseconds.</param>
        internal void Admit(IConnection connection, int source, long now)
        {
            if (!IsFree)
            {
                Invariant.Broken("a slot taken twice");
            }
            _connection = connection;
            _source = source;
            _usefulAt = now;
            Progress(now);
            _inputEnded = false;
            _isClosing = false;
            _starves = false;
            OnAdmitted();
        }

        /// <summary>One turn.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <returns>Whether anything was done.</returns>
        public bool Poll(long now)
        {
            if (_connection == null)
            {
                return false;
            }

            // A session that had too little to go on with is not asked again before there is more.
            _receivesLeft = ReceivesMax;
            _now = now;
            int steps = 0;
            long sentBefore = SentOctets;
            int step = _starves ? SlotStep.NeedOctets : _isClosing ? SlotStep.Close : Step();
            while (step != SlotStep.Waiting && steps < StepsMax)
            {
                if (step == SlotStep.NeedOctets)
                {
                    _starves = true;
                    if (!Receive())
                    {
                        break;
                    }
                }
                else if (step != SlotStep.Progress && !MakeRoom(step, now))
                {
                    break;
                }

                if (_connection == null)
                {
                    return true;
                }

                steps++;
                step = _isClosing ? SlotStep.Close : Step();
            }

            // Replies go out together, at the end of the turn.
            _waits = step == SlotStep.Waiting;
            if (_output.Count > 0)
            {
                SendOutput();
            }

            if (_waits || SentOctets != sentBefore)
            {
                Progress(now);
            }

            // Who waits, and not for the store's outcome, has the card still to read: the next turn goes on without a rest.
            return now - _activeAt >= IdleMillisecondsMax ? EndIdle(now) : steps > 0 || (_waits && !OwesOutcome);
        }

        /// <summary>Ends the session because the appliance stops; the peer is told.</summary>
        public void Shutdown()
        {
            if (_connection != null && !_isClosing)
            {
                _starves = false;
                OnShutdown();
            }
        }

        /// <summary>Ends a session that takes too long over its mail, or sends too little; to be called about once a second.</summary>
        /// <param name="settings">The configuration.</param>
        /// <param name="now">Monotonic milliseconds.</param>
        internal void Watch(ApplianceSettings settings, long now)
        {
            int stage = Stage;
            _mailSince = stage == SlotStage.Mail ? _mailSince : now;
            _usefulAt = stage == SlotStage.Nothing && !_waits ? _usefulAt : now;
            if (_connection == null || _isClosing || _waits)
            {
                return;
            }

            if (settings.MailMilliseconds > 0 && now - _mailSince >= settings.MailMilliseconds)
            {
                GiveUp(Bound.MailTime);
            }
            else if (now - _minuteAt >= MinuteMilliseconds)
            {
                long octets = ReceivedOctets - _minuteFrom;
                if (octets > 0 && octets < settings.ProgressOctets && now - _activeAt < PauseMilliseconds)
                {
                    GiveUp(Bound.Progress);
                }

                BeginMinute(now);
            }
        }

        /// <summary>Ends the session where somebody who waits for a slot may have this one.</summary>
        /// <param name="stage">The <see cref="SlotStage"/> that is given up now.</param>
        /// <param name="patienceMilliseconds">How long nothing came of it.</param>
        /// <param name="progressOctets">Octets in a minute that make it worth keeping, where it is a mail.</param>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <returns>True where the slot is free soon.</returns>
        internal bool Yield(int stage, int patienceMilliseconds, int progressOctets, long now)
        {
            if (_connection == null || _isClosing)
            {
                return stage == SlotStage.Nothing;
            }

            long silence = now - (stage == SlotStage.Nothing ? _usefulAt : _minuteAt);
            if (_waits || Stage != stage || silence < patienceMilliseconds
                || (stage == SlotStage.Mail && (ReceivedOctets - _minuteFrom) * MinuteMilliseconds >= progressOctets * silence))
            {
                return false;
            }

            GiveUp(Bound.Yielded);
            return true;
        }

        /// <summary>Milliseconds until the idle timeout.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <returns>The milliseconds; a large number where nobody is connected.</returns>
        public long IdleLeft(long now)
        {
            return _connection == null ? int.MaxValue : _activeAt + IdleMillisecondsMax - now;
        }

        /// <summary>The session begins: greet.</summary>
        protected abstract void OnAdmitted();

        /// <summary>The next step of the session.</summary>
        /// <returns>One of <see cref="SlotStep"/>.</returns>
        protected abstract int Step();

        /// <summary>The connection is gone, or about to be closed: whatever was not committed is dropped.</summary>
        protected abstract void OnEnded();

        /// <summary>The peer was silent too long.</summary>
        protected abstract void OnIdle();

        /// <summary>A bound ends the session.</summary>
        /// <param name="bound">One of <see cref="Bound"/>, from Yielded on.</param>
        protected abstract void OnGivenUp(int bound);

        /// <summary>The appliance stops.</summary>
        protected abstract void OnShutdown();

        /// <summary>Receives, where the turn's share allows it.</summary>
        /// <returns>True where octets came, or where the end of the input has ended the session.</returns>
        protected bool Receive()
        {
            if (_receivesLeft == 0)
            {
                return false;
            }

            if (_inputEnded)
            {
                // Everything he asked for has been answered; what is left goes out as he takes it.
                BeginClosing(_now);
                return true;
            }

            InputBuffer input = _input;
            int room = input.MakeRoom();
            int count = room == 0 ? 0 : _connection.Receive(input.Buffer, input.End, room);
            if (count > 0)
            {
                input.End += count;
                ReceivedOctets += count;
                _receivesLeft--;
                _activeAt = _now;
                _starves = false;
                return true;
            }

            _receivesLeft = 0;
            if (count == HalResult.EndOfInput)
            {
                _inputEnded = true;
                _starves = false;
                _receivesLeft = 1;
                return true;
            }

            return count == HalResult.Gone && End(false);
        }

        /// <summary>Gives octets to the network.</summary>
        /// <param name="buffer">The octets.</param>
        /// <param name="offset">The first.</param>
        /// <param name="count">How many, at least 1.</param>
        /// <returns>How many were taken, or <see cref="HalResult.Gone"/>.</returns>
        protected int Send(byte[] buffer, int offset, int count)
        {
            int sent = _connection.Send(buffer, offset, count);
            if (sent > 0)
            {
                SentOctets += sent;
            }

            return sent;
        }

        /// <summary>Sends what the session has appended.</summary>
        /// <returns>What the network took last: 0 where not all of it went out, or <see cref="HalResult.Gone"/>.</returns>
        protected int SendOutput()
        {
            int sent = 1;
            while (_output.Count > 0 && sent > 0)
            {
                sent = Send(_output.Buffer, _output.Start, _output.Count);
                _output.Sent(sent > 0 ? sent : 0);
            }

            return sent;
        }

        /// <summary>TLS has begun: what was received in plain counts no more.</summary>
        protected abstract void OnTlsBegun();

        /// <summary>Sends what is left in plain, and begins TLS.</summary>
        /// <returns>One of <see cref="SlotStep"/>.</returns>
        protected int StartTls()
        {
            if (SendOutput() <= 0)
            {
                return SlotStep.NeedRoom;
            }

            _connection = _connection.StartTls();
            OnTlsBegun();
            return SlotStep.Progress;
        }

        /// <summary>Checks a login, and names in the log where a wrong one came from: not the name that was claimed, since people type
        /// passwords there.</summary>
        /// <param name="check">Who checks.</param>
        /// <param name="attempt">The session's attempt.</param>
        /// <param name="log">The log.</param>
        /// <param name="wrong">What it says of a wrong one; one of <see cref="Words"/>.</param>
        /// <returns>One of <see cref="LoginResult"/>; where it is Later it is to be asked again in the next turn.</returns>
        internal int CheckLogin(LoginCheck check, LoginAttempt attempt, EventLog log, int wrong)
        {
            if (!Sources.TakeLogin(_source))
            {
                check.Forget(attempt);
                return LoginResult.TooSoon;
            }

            int result = check.Check(attempt);
            if (result != LoginResult.Later)
            {
                Sources.NoteLogin(_source, result == LoginResult.Right);
            }

            if (result == LoginResult.Wrong && log.Takes(LogSeverity.Warning))
            {
                log.Begin(LogSeverity.Warning, wrong).Say(Words.By).Add(_connection.RemoteAddress).End();
            }

            return result;
        }

        private void GiveUp(int bound)
        {
            Sources.Note(bound, _source);
            _starves = false;
            OnGivenUp(bound);
        }

        // What is answered is progress, whatever was asked.
        private void Progress(long now)
        {
            _activeAt = now;
            BeginMinute(now);
        }

        private void BeginMinute(long now)
        {
            _minuteAt = now;
            _minuteFrom = ReceivedOctets;
        }

        private bool MakeRoom(int step, long now)
        {
            if (step == SlotStep.Drop)
            {
                return End(false);
            }

            int before = _output.Count;
            int sent = SendOutput();
            if (step == SlotStep.Close)
            {
                BeginClosing(now);
                return sent > 0 && End(true);
            }

            if (sent == HalResult.Gone)
            {
                // Who has so much to say that he never comes to listen would not notice.
                return End(false);
            }

            return _output.Count < before;
        }

        private void BeginClosing(long now)
        {
            if (!_isClosing)
            {
                _isClosing = true;
                _starves = false;
                _activeAt = now;
                OnEnded();
            }
        }

        private int IdleMillisecondsMax
        {
            get { return _isClosing ? LastWordsMilliseconds : _idleMilliseconds; }
        }

        private bool EndIdle(long now)
        {
            _activeAt = now;
            _starves = false;
            if (_isClosing)
            {
                return End(false);
            }

            OnIdle();
            return true;
        }

        private bool End(bool inOrder)
        {
            if (!_isClosing)
            {
                OnEnded();
            }

            IConnection connection = _connection;
            _connection = null;
            Sources.Close(_source);
            _waits = false;
            _output.Clear();
            _input.Clear();
            if (inOrder)
            {
                _farewell.Take(connection);
            }
            else
            {
                connection.Close();
            }

            return true;
        }
    }
}

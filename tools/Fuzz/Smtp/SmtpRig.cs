using System;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Login;
using MailAppliance.Smtp;
using MailAppliance.Store;
using MailAppliance.Tools.Fuzz.Inputs;
using MailAppliance.Tools.Fuzz.Login;
using MailAppliance.Tools.Fuzz.Targets;

namespace MailAppliance.Tools.Fuzz.Smtp
{
    /// <summary>An SMTP session with a loop and a store around it that do what a plan says, and what must hold at each step.</summary>
    internal sealed class SmtpRig : IMaildropQuotas
    {
        private static readonly byte[] s_remote = Octets.Of("192.0.2.7");
        private static readonly byte[] s_bdat = Octets.Of("BDAT");
        private static readonly byte[] s_local = Octets.Of("192.0.2.1");

        private readonly ApplianceSettings _settings;
        private readonly SmtpSession _session;
        private readonly Md5 _md5 = new();
        private readonly ZeroEntropy _entropy = new();
        private readonly LoginOracle _oracle;
        private readonly SmtpReplyCheck _replies = new();
        private readonly SmtpPlan _plan = new();
        private readonly Cutter _cutter = new();
        private readonly StoredMail _mail = new();
        private readonly byte[] _front = new byte[4096];
        private LoginCheck _check = null!;
        private FeatureMap? _features;
        private CutKind _cut;
        private bool _isSpoken;
        private bool _mayBeChunk;
        private int _dataStart;
        private int _stateBefore;
        private int _repliesBefore;
        private int _steps;
        private int _committed;
        private int _rightLogins;
        private long _movedBefore;

        /// <summary>Makes one.</summary>
        /// <param name="isStrict">Strict mode.</param>
        internal SmtpRig(bool isStrict)
        {
            _settings = FuzzSettings.Make(isStrict);
            _session = new SmtpSession(_settings) { Quotas = this };
            _oracle = new LoginOracle(_settings);
        }

        /// <summary>What was sent.</summary>
        internal Transcript Sent { get; } = new(1 << 16);

        /// <summary>The mails that were whole, one behind the other, each with its recipients.</summary>
        internal Transcript Mails { get; } = new(1 << 16);

        /// <summary>What was allocated while octets came in.</summary>
        internal long AllocatedOctets { get; private set; }

        /// <summary>Whether what is refused, or stands where in a mail, depends on how much of it is known at a time.</summary>
        internal bool DependsOnCut
        {
            get { return _plan.FrontAt != int.MaxValue || _plan.DataFailsAt != int.MaxValue; }
        }

        /// <inheritdoc/>
        public bool IsFull(int maildrop, long declaredOctets)
        {
            return _plan.HasQuotas && (maildrop & 1) == 0;
        }

        /// <summary>Plays an input.</summary>
        /// <param name="input">The input.</param>
        /// <param name="cut">How it comes in.</param>
        /// <param name="features">Told what happens; null for nobody.</param>
        internal void Play(FuzzInput input, CutKind cut, FeatureMap? features)
        {
            _features = features;
            _cut = cut;
            _plan.Begin(input.Plan);
            _cutter.Begin(input.Octets, cut, _plan.InterruptionAt);
            Sent.Clear();
            Mails.Clear();
            _replies.Begin();

            // Stamps from 1 on, so that the same octets are the same digest.
            var stamps = new Stamps(_settings.Host, _entropy, _md5) { Epoch = 0x1234abcd };
            _check = new LoginCheck(_settings, null, stamps, _md5);
            _session.Stamps = stamps;
            _session.Open(s_remote, s_local, false);
            _isSpoken = false;
            _mayBeChunk = HasChunk(input.Octets);
            _mail.Begin(false);
            _dataStart = -1;
            _stateBefore = SmtpState.Connected;
            _repliesBefore = 0;
            _steps = 0;
            _committed = 0;
            _rightLogins = 0;
            _movedBefore = _session.Input.MovedOctets;
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run(input.Octets, stamps);
            AllocatedOctets = GC.GetAllocatedBytesForCurrentThread() - before;
            CheckWhole(input.Octets);
        }

        private void Run(byte[] octets, Stamps stamps)
        {
            while (true)
            {
                int smtpEvent = _session.Advance();
                _steps++;
                CheckStep(smtpEvent, octets);
                _features?.Note((_session.State * 16) + smtpEvent + (_replies.LastCode << 8));
                switch (smtpEvent)
                {
                    case SmtpEvent.NeedOctets when !_cutter.IsAtStop:
                        Receive();
                        break;
                    case SmtpEvent.NeedOctets when !_cutter.IsAtEnd:
                        Interrupt();
                        break;
                    case SmtpEvent.NeedRoom:
                        Broken(_session.Output.Count > 0, "there is room in an empty output");
                        Flush();
                        break;
                    case SmtpEvent.NeedOctets:
                    case SmtpEvent.Close:
                        Flush();
                        CheckLine(octets);
                        return;
                    default:
                        Perform(smtpEvent, octets, stamps);
                        break;
                }
            }
        }

        private void Receive()
        {
            Flush();
            if (_isSpoken)
            {
                CheckLine(null);
            }

            InputBuffer input = _session.Input;
            int room = input.MakeRoom();
            Broken(room > 0, "who needs octets has room for them");
            if (!_isSpoken || _cutter.IsLineEnd)
            {
                _stateBefore = _session.State;
                _repliesBefore = _replies.ReplyCount;
            }

            _isSpoken = true;
            input.Fill(_cutter.Next(input.Buffer, input.End, room));
        }

        private void Interrupt()
        {
            // Whether there is room for a last word would depend on what was sent before.
            Flush();
            _cutter.PassStop();
            if (_plan.Interruption == SmtpPlan.Idle)
            {
                _session.OnIdleTimeout();
            }
            else
            {
                _session.OnShutdown();
            }

            Broken(_session.State == SmtpState.Leaving, "silence and a stop end a session");
        }

        private void Perform(int smtpEvent, byte[] octets, Stamps stamps)
        {
            bool isAwaited = smtpEvent is SmtpEvent.Admit or SmtpEvent.Begin or SmtpEvent.EndOfMail or SmtpEvent.Verify;
            if (isAwaited && _plan.IsSlow)
            {
                Broken(_session.Advance() == SmtpEvent.Awaiting, "who waits for an outcome says so");
                _session.OnIdleTimeout();
                if (_plan.StopsWhileAwaiting)
                {
                    _session.OnShutdown();
                }
            }

            switch (smtpEvent)
            {
                case SmtpEvent.Admit:
                    _session.OnAdmitted(_plan.NextAdmitResult());
                    break;
                case SmtpEvent.Begin:
                    Begin();
                    break;
                case SmtpEvent.MailData:
                    Store();
                    break;
                case SmtpEvent.EndOfMail:
                    Finish(octets);
                    break;
                case SmtpEvent.Verify:
                    Verify(stamps);
                    break;
                case SmtpEvent.Abort:
                    Broken(_mail.IsOpen && !_session.HasMessage, "what is dropped was begun");
                    _mail.IsOpen = false;
                    break;
                default:
                    Broken(false, "nobody waits for an outcome that was reported");
                    break;
            }
        }

        private void Begin()
        {
            Broken(!_mail.IsOpen, "one mail at a time");
            int recipients = 0;
            foreach (int word in _session.Recipients)
            {
                recipients |= word;
            }

            Broken(recipients != 0 && _session.Envelope.RecipientCount <= _settings.RecipientsMax, "a mail has recipients, and not too many");
            Broken(_session.FrontOctetsMax > 0 && _session.FrontOctetsMax <= _front.Length, "the front is bounded");
            int result = _plan.NextBeginResult();
            _dataStart = _cutter.Given - _session.Input.Count;
            _mail.Begin(result == StoreResult.Ok);
            _session.OnBegun(result);
        }

        private void Store()
        {
            MailDataReader data = _session.Data;
            Broken(data.Count > 0 && _mail.IsOpen, "mail data belongs to a mail");
            if (_mail.Count >= _plan.DataFailsAt)
            {
                _session.OnDataFailed(StoreResult.NoRoom);
                return;
            }

            int most = Math.Min(_plan.TakeMax, _plan.DataFailsAt - _mail.Count);
            int count = Math.Min(Math.Min(data.Count, most), _mail.FrontCount < 0 ? Math.Max(1, _plan.FrontAt - _mail.Count) : int.MaxValue);
            Broken(_mail.Add(data.Buffer, data.Offset, count), "no mail is larger than the largest");
            data.Taken(count);
            if (_mail.FrontCount < 0 && _mail.Count >= _plan.FrontAt)
            {
                Compose();
            }
        }

        private void Compose()
        {
            int count = _session.ComposeFront(_front, 0, _plan.IsUtcKnown, 1795224480, 0x01234567, 0x09abcdef);
            Broken(count > 0 && count <= _session.FrontOctetsMax, "the front keeps to what it said");
            Broken(_front.AsSpan(0, 12).SequenceEqual("Return-Path:"u8) && _front.AsSpan(count - 2, 2).SequenceEqual("\r\n"u8), "the front is whole lines");
            _mail.FrontCount = count;
        }

        private void Finish(byte[] octets)
        {
            if (_mail.FrontCount < 0)
            {
                Compose();
            }

            CheckEnd(octets, _cutter.Given - _session.Input.Count);
            _mail.Check(_session.StuffedDots, _settings.MessageOctetsMax);
            int result = _plan.NextCommitResult();
            _committed += result == StoreResult.Ok ? 1 : 0;
            Mails.Add(_mail.Octets, 0, _mail.Count);
            Mails.Add(result);
            foreach (int word in _session.Recipients)
            {
                Mails.Add(word);
                Mails.Add(word >> 8);
            }

            _mail.IsOpen = false;
            _session.OnCommitted(result);
            Broken(!_session.HasMessage, "a mail is over with its outcome");
        }

        private void Verify(Stamps stamps)
        {
            bool isRight = _oracle.IsRight(_session.Attempt, stamps);
            bool isTaken = _check.Check(_session.Attempt) == LoginResult.Right;
            Broken(isRight == isTaken, "a login is right where the password is");
            _rightLogins += isTaken ? 1 : 0;
            _session.OnVerified(isTaken);
            Broken(_session.Attempt.Count == 0, "a proof is forgotten");
        }

        private void Flush()
        {
            OutputBuffer output = _session.Output;
            Sent.Add(output.Buffer, output.Start, output.Count);
            _replies.Take(output.Buffer.AsSpan(output.Start, output.Count));
            output.Sent(output.Count);
            Broken(_replies.IsBetween, "a reply goes out whole");
        }

        private void CheckStep(int smtpEvent, byte[] octets)
        {
            int state = _session.State;
            Broken(SmtpStates.Allows(state, smtpEvent), "state and event are in the table");
            Broken(_session.HasMessage == _mail.IsOpen || smtpEvent is SmtpEvent.Abort, "the session knows of its mail");
            bool isData = state is SmtpState.Data or SmtpState.Discarding;
            if (_cut == CutKind.Octets && smtpEvent == SmtpEvent.NeedOctets && _isSpoken && _dataStart >= 0)
            {
                // One octet since the state before.
                bool wasData = _stateBefore is SmtpState.Data or SmtpState.Discarding;
                Broken(!isData || !IsEnd(octets, _cutter.Given), "CRLF.CRLF ends mail data");
                if (wasData && SmtpStates.TakesLines(state))
                {
                    CheckEnd(octets, _cutter.Given);
                }

                _stateBefore = state;
            }
        }

        private void CheckEnd(byte[] octets, int end)
        {
            Broken(IsEnd(octets, end), "only CRLF.CRLF ends mail data");
        }

        // The line end of DATA is the first CRLF.
        private bool IsEnd(byte[] octets, int end)
        {
            return end - _dataStart >= 3 && octets.AsSpan(end - 3, 3).SequenceEqual(".\r\n"u8)
                && (end - 3 == _dataStart || (end - 5 >= _dataStart && octets.AsSpan(end - 5, 2).SequenceEqual("\r\n"u8)));
        }

        // Each line that is a command is answered once; a last word may follow.
        private void CheckLine(byte[]? octets)
        {
            bool isLine = _settings.Strict ? _cutter.IsCrLf : _cutter.IsLineEnd;
            if (_cut != CutKind.Lines || !_isSpoken || !SmtpStates.TakesLines(_stateBefore) || _mayBeChunk)
            {
                return;
            }

            int replies = _replies.ReplyCount - _repliesBefore;
            bool isOver = _session.State == SmtpState.Leaving;
            bool isGood = isLine ? replies == 1 || (isOver && replies is 0 or 2) : replies == 0 || isOver;
            Broken(isGood, octets == null ? "each command is answered once" : "each last command is answered once");
        }

        private void CheckWhole(byte[] octets)
        {
            int length = octets.Length;
            Broken(_replies.StoredCount == _committed, "250 is said for what is on the card");
            Broken(_replies.LoggedInCount == _rightLogins, "235 is said for what is right");
            Broken(_steps <= 64 + (12 * (length + 1)), "work is bounded by the octets");
            Broken(_session.Input.MovedOctets - _movedBefore <= (2 * length) + _settings.SmtpInputOctets, "an octet is moved once or so");
        }

        // A chunk of BDAT swallows lines.
        private static bool HasChunk(byte[] octets)
        {
            for (int at = 0; at + 4 <= octets.Length; at++)
            {
                if ((octets[at] | 0x20) == 'b' && Octets.EqualIgnoreCase(octets, at, 4, s_bdat, 0, 4))
                {
                    return true;
                }
            }

            return false;
        }

        private static void Broken(bool holds, string invariant)
        {
            if (!holds)
            {
                throw new BrokenInvariantException(invariant, "it does not hold");
            }
        }
    }
}

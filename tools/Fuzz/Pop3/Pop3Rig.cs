using System;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Login;
using MailAppliance.Pop3;
using MailAppliance.Tools.Fuzz.Inputs;
using MailAppliance.Tools.Fuzz.Login;
using MailAppliance.Tools.Fuzz.Targets;

namespace MailAppliance.Tools.Fuzz.Pop3
{
    /// <summary>A POP3 session with a loop and a maildrop around it that do what a plan says, and what must hold at each step.</summary>
    internal sealed class Pop3Rig
    {
        private readonly ApplianceSettings _settings;
        private readonly Pop3Session _session;
        private readonly Md5 _md5 = new();
        private readonly ZeroEntropy _entropy = new();
        private readonly LoginOracle _oracle;
        private readonly FuzzView _view = new();
        private readonly Pop3Plan _plan = new();
        private readonly Cutter _cutter = new();
        private LoginCheck _check = null!;
        private FeatureMap? _features;
        private CutKind _cut;
        private int _lineStart;
        private int _sentStart;
        private int _steps;
        private int _number;
        private int _lines;
        private int _pumped;
        private bool _isSpoken;
        private bool _isUpdated;

        /// <summary>Makes one.</summary>
        /// <param name="isStrict">Strict mode.</param>
        internal Pop3Rig(bool isStrict)
        {
            _settings = FuzzSettings.Make(isStrict);
            _session = new Pop3Session(_settings);
            _oracle = new LoginOracle(_settings);
        }

        /// <summary>What was sent.</summary>
        internal Transcript Sent { get; } = new(1 << 18);

        /// <summary>What was allocated while octets came in.</summary>
        internal long AllocatedOctets { get; private set; }

        /// <summary>Plays an input.</summary>
        /// <param name="input">The input.</param>
        /// <param name="cut">How it comes in.</param>
        /// <param name="features">Told what happens.</param>
        internal void Play(FuzzInput input, CutKind cut, FeatureMap features)
        {
            _features = features;
            _cut = cut;
            _plan.Begin(input.Plan);
            _cutter.Begin(input.Octets, cut, _plan.InterruptionAt);
            Sent.Clear();
            var stamps = new Stamps(_settings.Host, _entropy, _md5) { Epoch = 0x1234abcd };
            _check = new LoginCheck(_settings, null, stamps, _md5);
            _session.Stamps = stamps;
            _session.Open(false);
            _lineStart = 0;
            _sentStart = 0;
            _steps = 0;
            _pumped = 0;
            _isSpoken = false;
            _isUpdated = false;
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run(input.Octets, stamps);
            AllocatedOctets = GC.GetAllocatedBytesForCurrentThread() - before;
            Broken(_steps <= 64 + (12 * (input.Octets.Length + 1)) + _pumped, "work is bounded by the octets");
        }

        private void Run(byte[] octets, Stamps stamps)
        {
            while (true)
            {
                int pop3Event = _session.Advance();
                _steps++;
                CheckStep(pop3Event);
                _features!.Note((_session.State * 16) + pop3Event + (LastStatus() << 8));
                switch (pop3Event)
                {
                    case Pop3Event.NeedOctets when !_cutter.IsAtStop:
                        Receive(octets);
                        break;
                    case Pop3Event.NeedOctets when !_cutter.IsAtEnd:
                        Interrupt();
                        break;
                    case Pop3Event.NeedRoom:
                        Broken(_session.Output.Count > 0, "there is room in an empty output");
                        _pumped++;
                        Flush();
                        break;
                    case Pop3Event.NeedOctets:
                    case Pop3Event.Close:
                        Flush();
                        CheckAnswer(octets);
                        return;
                    default:
                        Perform(pop3Event, stamps);
                        break;
                }
            }
        }

        private void Receive(byte[] octets)
        {
            Flush();
            CheckAnswer(octets);
            InputBuffer input = _session.Input;
            int room = input.MakeRoom();
            Broken(room > 0, "who needs octets has room for them");
            if (!_isSpoken || IsLine())
            {
                _lineStart = _cutter.Given;
                _sentStart = Sent.Count;
            }

            _isSpoken = true;
            input.Fill(_cutter.Next(input.Buffer, input.End, room));
        }

        private void Interrupt()
        {
            // Whether there is room for a last word would depend on what was sent before.
            Flush();
            _cutter.PassStop();
            if (_plan.Interruption == Pop3Plan.Idle)
            {
                _session.OnIdleTimeout();
            }
            else
            {
                _session.OnShutdown();
            }

            Broken(_session.State == Pop3State.Ended, "silence and a stop end a session");
        }

        private void Perform(int pop3Event, Stamps stamps)
        {
            bool isAwaited = pop3Event is Pop3Event.OpenMaildrop or Pop3Event.Retrieve or Pop3Event.Update or Pop3Event.Verify;
            if (isAwaited && _plan.IsSlow)
            {
                Broken(_session.Advance() == Pop3Event.Awaiting, "who waits for an outcome says so");
                _session.OnIdleTimeout();
                if (_plan.StopsWhileAwaiting)
                {
                    _session.OnShutdown();
                }
            }

            switch (pop3Event)
            {
                case Pop3Event.Verify:
                    bool isRight = _oracle.IsRight(_session.Attempt, stamps);
                    bool isTaken = _check.Check(_session.Attempt) == LoginResult.Right;
                    Broken(isRight == isTaken, "a login is right where the password is");
                    _session.OnVerified(isTaken);
                    Broken(_session.Attempt.Count == 0, "a proof is forgotten");
                    break;
                case Pop3Event.OpenMaildrop:
                    int opened = _plan.NextOpenResult();
                    _view.UnmarkAll();
                    _session.OnOpened(opened, opened == Pop3OpenResult.Ok ? _view : null);
                    break;
                case Pop3Event.Retrieve:
                    _number = _session.Number;
                    _lines = _session.Lines;
                    Broken(_number >= 1 && _number <= _view.MessageCount && !_view.IsMarked(_number), "what is asked for is there");
                    _session.OnRetrieveOpened(_plan.NextRetrieveResult());
                    break;
                case Pop3Event.Retrieving:
                    Flush();
                    Pump(FuzzView.WireOf(_session.Number));
                    break;
                case Pop3Event.Update:
                    Broken(_view.MarkedCount > 0 && !_isUpdated, "an update has something to remove, once");
                    _isUpdated = true;
                    _session.OnUpdated(_plan.UpdateResult);
                    break;
                default:
                    Broken(false, "nobody waits for an outcome that was reported");
                    break;
            }
        }

        private void Pump(byte[] wire)
        {
            int sent = 0;
            for (int at = 0; at < wire.Length && !_session.IsCutDone; at += _plan.ChunkOctets)
            {
                if (_plan.Breaks && at > 0)
                {
                    _session.OnRetrieveBroken();
                    return;
                }

                int count = Math.Min(wire.Length - at, _plan.ChunkOctets);
                int cut = _session.Cut(wire, at, count);
                Broken(cut >= 0 && cut <= count, "no more is cut off than there is");
                Sent.Add(wire, at, cut);
                sent += cut;
                _pumped++;
            }

            Broken(_lines >= 0 || sent == wire.Length, "RETR sends all");
            _session.OnRetrieved();
        }

        private void Flush()
        {
            OutputBuffer output = _session.Output;
            Sent.Add(output.Buffer, output.Start, output.Count);
            output.Sent(output.Count);
        }

        // What the last whole line begins with, and how long it is: enough to tell one reply from another.
        private int LastStatus()
        {
            ReadOnlySpan<byte> sent = Sent.Octets;
            int end = sent.Length - 1;
            int start = end <= 0 ? 0 : sent.Slice(0, end).LastIndexOf((byte)'\n') + 1;
            return start >= end ? 0 : (sent[start] * 7) + end - start;
        }

        private void CheckStep(int pop3Event)
        {
            int state = _session.State;
            int allowed = pop3Event switch
            {
                Pop3Event.NeedOctets or Pop3Event.NeedRoom => Pop3State.Authorization | Pop3State.Transaction,
                Pop3Event.OpenMaildrop or Pop3Event.Verify => Pop3State.Authorization,
                Pop3Event.Retrieve or Pop3Event.Retrieving => Pop3State.Transaction,
                Pop3Event.Update => Pop3State.Update,
                Pop3Event.Close => Pop3State.Ended,
                _ => 0,
            };
            Broken((allowed & state) != 0, "state and event are in the table");
            Broken(_session.HoldsMaildrop == (state is Pop3State.Transaction or Pop3State.Update), "the lock is held in TRANSACTION and UPDATE");
        }

        private bool IsLine()
        {
            return _settings.Strict ? _cutter.IsCrLf : _cutter.IsLineEnd;
        }

        private void CheckAnswer(byte[] octets)
        {
            if (_cut != CutKind.Lines || Sent.Total > Sent.Count)
            {
                return;
            }

            ReadOnlySpan<byte> answer = Sent.Octets.Slice(_sentStart);
            bool isOver = _session.State == Pop3State.Ended;
            if (!_isSpoken)
            {
                Broken(Pop3AnswerCheck.CheckStatus(answer) == answer.Length || isOver, "a greeting is one line");
            }
            else if (isOver)
            {
                _ = answer.IsEmpty ? 0 : Pop3AnswerCheck.CheckStatus(answer);
            }
            else if (IsLine())
            {
                Pop3AnswerCheck.Check(octets.AsSpan(_lineStart, _cutter.Given - _lineStart), answer, _number, _lines);
            }
            else
            {
                Broken(answer.IsEmpty, "what is no line is not answered");
            }
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

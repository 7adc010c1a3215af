using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Login;
using MailAppliance.Store;

namespace MailAppliance.Pop3
{
    /// <summary>
    /// One POP3 connection's protocol (RFC 1939, 2449, 3206, 5034), without I/O: octets come in through <see cref="Input"/>, replies
    /// go out through <see cref="Output"/>, and whatever else is to be done is an event that <see cref="Advance"/> returns
    /// and whose outcome is reported back by an <c>On…</c> call.
    /// </summary>
    /// <remarks>
    /// The states are in <see cref="Pop3State"/>, the verbs in <see cref="Pop3CommandTable"/>, the words in
    /// <see cref="Pop3Replies"/>. Everything is allocated by the constructor, and a session is reused by <see cref="Open"/>.
    /// While an outcome is outstanding, or a message is on its way, input waits in its buffer: pipelined commands run in order.
    /// An outcome that is reported when the session has ended meanwhile (shutdown) is ignored.
    /// This file has the flow; the commands are in a file of their own, and so are the logins.
    /// </remarks>
    public sealed partial class Pop3Session
    {
        /// <summary>Octets that the session adds to a message that was cut: the loop leaves room for them in the output.</summary>
        public const int EndOctets = 3;

        // The longest reply, and some lines of a listing.
        private const int SmallOutputOctets = 320;
        private const int LargeOutputOctets = 16 * 1024;

        // Not an event: the command is done, go on with the next.
        private const int GoOn = -1;

        /// <summary>Octets of a session's input: a command line, and the begin of the next.</summary>
        internal const int InputOctets = Limits.Pop3LineOctetsMax + 16;

        private readonly byte[] _host;
        private readonly bool _strict;
        private readonly Pop3Transaction _transaction;
        private readonly Pop3CommandLine _line;
        private readonly Pop3Retrieval _retrieval;
        private int _state = Pop3State.Ended;
        private int _step;
        private int _maildropIndex;

        /// <summary>Makes a session and all its buffers; done at boot.</summary>
        /// <param name="settings">Our name, the mode, who has a maildrop.</param>
        public Pop3Session(ApplianceSettings settings)
        {
            _host = settings.Host;
            _strict = settings.Strict;
            Input = new InputBuffer(InputOctets);
            Output = new OutputBuffer(OutputOctetsOf(settings));
            _settings = settings;
            _exchange = new SaslExchange(settings, false);
            Attempt = new LoginAttempt();
            _transaction = new Pop3Transaction(Output);
            _line = new Pop3CommandLine();
            _retrieval = new Pop3Retrieval();
        }

        /// <summary>Octets of a session's output. A long listing is sent an output at a time: a larger one where room is cheap.</summary>
        /// <param name="settings">The configuration.</param>
        /// <returns>The octets.</returns>
        internal static int OutputOctetsOf(ApplianceSettings settings)
        {
            int greeting = Pop3Replies.Texts.OctetsOf(Pop3Replies.Ok) + settings.Host.Length + Pop3Replies.Texts.OctetsOf(Pop3Replies.GreetingEnd) + Pop3Replies.Texts.OctetsOf(Pop3Replies.StampBefore)
                + Stamps.OctetsMax + Octets.CrLf.Length;
            return settings.ReadOctets >= LargeOutputOctets ? LargeOutputOctets : greeting > SmallOutputOctets ? greeting : SmallOutputOctets;
        }

        /// <summary>Where the loop puts what the peer sends.</summary>
        public readonly InputBuffer Input;

        /// <summary>Where the loop takes what the peer is to get.</summary>
        public readonly OutputBuffer Output;

        /// <summary>One of <see cref="Pop3State"/>, for the log and the simulator's view.</summary>
        public int State
        {
            get { return _state; }
        }

        /// <summary>
        /// Whether the lock is the session's: from <see cref="OnOpened"/> with a view until the session has ended. It is false
        /// before the reply to QUIT can be read, so whoever gives the lock back then is in time for the next connection.
        /// </summary>
        public bool HoldsMaildrop
        {
            get { return _transaction.IsOpen; }
        }

        /// <summary>Index in <see cref="ApplianceSettings.Maildrops"/>; valid from <see cref="Pop3Event.OpenMaildrop"/>, -1 before.</summary>
        public int MaildropIndex
        {
            get { return _maildropIndex; }
        }

        /// <summary>The message-number that is retrieved; valid from <see cref="Pop3Event.Retrieve"/> until <see cref="OnRetrieved"/>.</summary>
        public int Number
        {
            get { return _transaction.Number; }
        }

        /// <summary>The lines behind the header that TOP wants; -1 for RETR. Valid as <see cref="Number"/> is.</summary>
        public int Lines
        {
            get { return _retrieval.Lines; }
        }

        /// <summary>Whether TOP has all its lines, so that nothing more of the message need be read. Always false for RETR.</summary>
        public bool IsCutDone
        {
            get { return _retrieval.IsCutDone; }
        }

        /// <summary>Begins a connection: forgets the last one and greets.</summary>
        /// <param name="isSecure">Whether the connection speaks TLS from its first octet on (RFC 8314).</param>
        public void Open(bool isSecure)
        {
            IsSecure = isSecure;
            Input.Clear();
            Output.Clear();
            ForgetLogin();
            _transaction.Close();
            _state = Pop3State.Authorization;
            _step = Pop3Step.Command;
            ForgetCommands();
            _maildropIndex = -1;
            Output.Append(Pop3Replies.Texts, Pop3Replies.Ok);
            Output.Append(_host);
            Output.Append(Pop3Replies.Texts, Pop3Replies.GreetingEnd);
            AppendStamp();
            Output.Append(Octets.CrLf);
        }

        /// <summary>Does what can be done with the octets and the room there are.</summary>
        /// <returns>One of <see cref="Pop3Event"/>: what has to happen before the next call can do more.</returns>
        public int Advance()
        {
            while (_state != Pop3State.Ended)
            {
                switch (_step)
                {
                    case Pop3Step.Listing:
                        if (!_transaction.ContinueListing())
                        {
                            return Pop3Event.NeedRoom;
                        }

                        _step = Pop3Step.Command;
                        break;
                    case Pop3Step.Retrieving:
                        return Pop3Event.Retrieving;
                    case Pop3Step.ToOpen:
                        _step = Pop3Step.Opening;
                        return Pop3Event.OpenMaildrop;
                    case Pop3Step.Securing:
                        return Pop3Event.StartTls;
                    case Pop3Step.Opening:
                    case Pop3Step.RetrieveOpening:
                    case Pop3Step.Updating:
                    case Pop3Step.Verifying:
                        return Pop3Event.Awaiting;
                    default:
                        int whatNext = _step == Pop3Step.Authenticating ? TakeResponse() : TakeCommand();
                        if (whatNext != GoOn)
                        {
                            return whatNext;
                        }

                        break;
                }
            }

            return Pop3Event.Close;
        }

        /// <summary>Reports what <see cref="Pop3Event.OpenMaildrop"/> came to.</summary>
        /// <param name="pop3OpenResult">One of <see cref="Pop3OpenResult"/>.</param>
        /// <param name="view">The maildrop where it is Ok; the loop's, used until the session has ended.</param>
        public void OnOpened(int pop3OpenResult, IMaildropView view)
        {
            if (!IsOutcomeOf(Pop3Step.Opening))
            {
                return;
            }

            _step = Pop3Step.Command;
            if (pop3OpenResult == Pop3OpenResult.Ok)
            {
                _state = Pop3State.Transaction;
                _transaction.Open(view);
            }
            else
            {
                Output.Append(Pop3Replies.Texts, pop3OpenResult == Pop3OpenResult.InUse ? Pop3Replies.InUse : Pop3Replies.NotOpened);
            }
        }

        /// <summary>Reports whether the message of <see cref="Pop3Event.Retrieve"/> can be read.</summary>
        /// <param name="storeResult">One of <see cref="StoreResult"/>; after Ok the session returns <see cref="Pop3Event.Retrieving"/>.</param>
        public void OnRetrieveOpened(int storeResult)
        {
            if (!IsOutcomeOf(Pop3Step.RetrieveOpening))
            {
                return;
            }

            _step = Pop3Step.Command;
            if (storeResult != StoreResult.Ok)
            {
                Output.Append(Pop3Replies.Texts, storeResult == StoreResult.Damaged ? Pop3Replies.Unreadable : Pop3Replies.NotNow);
                return;
            }

            _step = Pop3Step.Retrieving;
            _retrieval.Begin(Output, _transaction.MessageOctets);
        }

        /// <summary>Says how much of the next stored octets, in wire form, belongs to the reply. Each octet is asked about once.</summary>
        /// <param name="buffer">The loop's read buffer, unchanged.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">How many, cut anywhere.</param>
        /// <returns>How many to send: all for RETR, for TOP perhaps fewer, and 0 once <see cref="IsCutDone"/>.</returns>
        public int Cut(byte[] buffer, int offset, int count)
        {
            return _retrieval.Cut(buffer, offset, count);
        }

        /// <summary>
        /// Reports that the message has been sent to its end, or to the cut: what the message's own end did not bring is
        /// appended, and the next command is taken.
        /// </summary>
        public void OnRetrieved()
        {
            if (!IsOutcomeOf(Pop3Step.Retrieving))
            {
                return;
            }

            _step = Pop3Step.Command;
            _retrieval.Finish(Output);
        }

        /// <summary>
        /// Reports that the rest of a message that was begun can't be read. There is no way to say so behind +OK: the peer
        /// learns it from the connection's end, before the end of the reply.
        /// </summary>
        public void OnRetrieveBroken()
        {
            if (!IsOutcomeOf(Pop3Step.Retrieving))
            {
                return;
            }

            End();
        }

        /// <summary>Reports what <see cref="Pop3Event.Update"/> came to; the lock may be given back as soon as this returns.</summary>
        /// <param name="storeResult">One of <see cref="StoreResult"/>: Ok once the removal is on the card (RFC 1939 section 6).</param>
        public void OnUpdated(int storeResult)
        {
            if (!IsOutcomeOf(Pop3Step.Updating))
            {
                return;
            }

            if (storeResult == StoreResult.Ok)
            {
                Output.Append(Pop3Replies.Texts, Pop3Replies.Removed);
            }
            else if (storeResult != StoreResult.Unknown)
            {
                Output.Append(Pop3Replies.Texts, Pop3Replies.NotRemoved);
            }

            End();
        }

        /// <summary>
        /// The peer was silent for too long: the session ends without a word and without UPDATE (RFC 1939 section 3). Nothing
        /// happens while an outcome is outstanding, for then it is us who is slow.
        /// </summary>
        public void OnIdleTimeout()
        {
            if (_step <= Pop3Step.Listing || _step == Pop3Step.Retrieving || _step == Pop3Step.Authenticating || _step == Pop3Step.Securing)
            {
                End();
            }
        }

        /// <summary>
        /// The appliance goes down: the session ends without UPDATE, with a word where none would stand inside a reply. An
        /// update that was begun is awaited, and answered.
        /// </summary>
        public void OnShutdown()
        {
            EndWith(Pop3Replies.Shutdown);
        }

        /// <summary>The loop gives the peer up, for others who wait or since too little comes: the session ends likewise.</summary>
        public void OnGivenUp()
        {
            EndWith(Pop3Replies.Yielded);
        }

        private void EndWith(int words)
        {
            if (_state == Pop3State.Transaction || _state == Pop3State.Authorization)
            {
                if ((_step == Pop3Step.Command || _step == Pop3Step.Authenticating) && Output.Room >= Pop3Replies.ReplyOctetsMax)
                {
                    Output.Append(Pop3Replies.Texts, words);
                }

                End();
            }
        }

        // Whether an outcome is still wanted; one that nobody asked for is our own mistake.
        private bool IsOutcomeOf(int step)
        {
            if (_state != Pop3State.Ended && _step != step)
            {
                Invariant.Broken("an outcome of nothing that was asked for");
            }
            return _state != Pop3State.Ended;
        }

        // The one way out: whatever was not removed by OnUpdated stays.
        private void End()
        {
            _state = Pop3State.Ended;
            _transaction.Close();
        }
    }
}

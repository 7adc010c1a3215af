using System;
using System.Collections.Generic;
using MailAppliance.Tools.Torture.Model;
using MailAppliance.Tools.Torture.World;

namespace MailAppliance.Tools.Torture.Clients
{
    /// <summary>A mail client that lists its maildrop, fetches some of it and deletes some, and does not always stay to the end.</summary>
    internal sealed class Pop3Reader : Client
    {
        private readonly Listing _listing = new();
        private readonly List<int> _marks = new();
        private Pop3Step _step;
        private PendingRemoval? _removal;
        private int _maildrop;
        private int _since;
        private int _number;
        private bool _isListed;
        private bool _holdsLock;
        private long _openedAt;

        /// <summary>Makes it.</summary>
        internal Pop3Reader(Stage stage, string name)
            : base(stage, name)
        {
        }

        /// <inheritdoc/>
        protected override int Port
        {
            get { return Stage.Devices.Appliance.Pop3Port; }
        }

        /// <inheritdoc/>
        protected override bool IsAsking
        {
            get { return _step != Pop3Step.Nothing; }
        }

        /// <inheritdoc/>
        protected override void OnConnected()
        {
            int[] order = Layouts.OrderOf(Stage.Layout);
            _maildrop = order[Stage.Random.Next(order.Length)];
            _listing.Clear();
            _listing.MayHaveGaps = Stage.Ledger.Drops.IsOn;
            _openedAt = 0;
            _marks.Clear();
            _removal = null;
            _isListed = false;
            _holdsLock = false;
            _step = Pop3Step.Greeting;
        }

        /// <summary>Whether its session is open for certain, and has a mail among its numbers.</summary>
        internal bool Sees(SentMail mail)
        {
            return Stage.Plan.EndsAreSeen && _holdsLock && _isListed && IsConnected && _listing.Mails.Contains(mail);
        }

        /// <inheritdoc/>
        protected override void OnClosed()
        {
            if (Stage.Plan.EndsAreSeen && _openedAt != 0)
            {
                Stage.Ledger.Drops.Closed(_maildrop, _openedAt);
            }
        }

        /// <inheritdoc/>
        protected override void OnLost()
        {
            _removal = null;
            _holdsLock = false;
            _step = Pop3Step.Nothing;
        }

        /// <inheritdoc/>
        protected override void TakeReplies()
        {
            while (_step is Pop3Step.UniqueIds or Pop3Step.Octets or Pop3Step.Identify or Pop3Step.Retrieve ? TakeLong() : TakeShort())
            {
            }
        }

        /// <inheritdoc/>
        protected override void Speak()
        {
            if (_step != Pop3Step.Nothing || !_isListed)
            {
                return;
            }

            int lot = Stage.Random.Next(10);
            if (_listing.Count == 0 || lot < 1)
            {
                Quit();
            }
            else if (lot < 2)
            {
                Ask("RSET\r\n", Pop3Step.Unmark);
            }
            else
            {
                _number = 1 + Stage.Random.Next(_listing.Count);
                bool isMarked = _marks.Contains(_number);
                bool isMark = !isMarked && Stage.Random.Chance(Stage.Plan.Deleting);
                Ask(isMarked ? "NOOP\r\n" : isMark ? "DELE " : "RETR ", isMarked ? Pop3Step.User : isMark ? Pop3Step.Mark : Pop3Step.Retrieve, _number);
            }
        }

        private bool TakeShort()
        {
            if (!Replies.TakeLine(out ReadOnlySpan<byte> line))
            {
                return false;
            }

            bool isOk = line.StartsWith("+OK"u8);
            Heard(isOk);
            Pop3Step asked = _step;
            _step = Pop3Step.Nothing;
            switch (asked)
            {
                case Pop3Step.Greeting when isOk:
                    Ask("USER ", Layouts.Names[_maildrop], Pop3Step.User);
                    break;
                case Pop3Step.User when !_isListed:
                    _since = Stage.Trail.Event;
                    Ask("PASS ", Stage.Random.Next(20) == 0 ? "wrong" : "p", Pop3Step.Password);
                    break;
                case Pop3Step.Password when isOk:
                    TakeLock();

                    // Whose session has ended by now may look at somebody else's.
                    _openedAt = IsConnected ? Stage.Ledger.Drops.OpenedAt(_maildrop) : 0;
                    Ask("UIDL\r\n", Pop3Step.UniqueIds);
                    break;
                case Pop3Step.Password:
                    Ask("QUIT\r\n", Pop3Step.Quit);
                    break;
                case Pop3Step.Mark when isOk:
                    _marks.Add(_number);
                    break;
                case Pop3Step.Unmark when isOk:
                    _marks.Clear();
                    break;
                case Pop3Step.Quit when _removal != null:
                    Stage.Ledger.Answered(_removal, isOk, Stage.Trail.Event);
                    _removal = null;
                    break;
                default:
                    break;
            }

            return true;
        }

        private bool TakeLong()
        {
            if (!Replies.TakePop3(out bool isOk, out _, out ReadOnlySpan<byte> body))
            {
                return false;
            }

            Heard(isOk);
            Pop3Step asked = _step;
            _step = Pop3Step.Nothing;
            if (!isOk)
            {
                // The card may be out, or have erred: what can't be listed now is no reason to delete.
                if (asked != Pop3Step.Retrieve)
                {
                    _holdsLock = false;
                    Ask("QUIT\r\n", Pop3Step.Quit);
                }

                return true;
            }

            switch (asked)
            {
                case Pop3Step.UniqueIds:
                    _listing.TakeUniqueIds(body);
                    Ask("LIST\r\n", Pop3Step.Octets);
                    break;
                case Pop3Step.Octets:
                    _listing.TakeOctets(body);
                    Identify();
                    break;
                case Pop3Step.Identify:
                    _listing.Know(Stage.Ledger, _number, body);
                    Identify();
                    break;
                default:
                    CheckWhole(body);
                    break;
            }

            return true;
        }

        // Whoever knows every message of the listing can say whether it is right.
        private void Identify()
        {
            _number = _listing.Identify(Stage.Ledger);
            if (_number != 0)
            {
                Ask("RETR ", Pop3Step.Identify, _number);
                return;
            }

            Stage.Ledger.Check(_maildrop, _listing.Mails, _since, Stage.Trail.Event, false, Stage.Devices.Appliance.Store.Commits.IsFaulted);
            _isListed = true;
        }

        private void Quit()
        {
            if (_marks.Count > 0)
            {
                _removal = Stage.Ledger.BeginRemoval(_maildrop, Stage.Trail.Event);
                foreach (int number in _marks)
                {
                    if (_listing.MailOf(number) is SentMail mail)
                    {
                        _removal.Mails.Add(mail);
                    }
                }
            }

            _holdsLock = false;
            Ask("QUIT\r\n", Pop3Step.Quit);
        }

        private void CheckWhole(ReadOnlySpan<byte> body)
        {
            SentMail mail = _listing.MailOf(_number)
                ?? throw new BrokenPromiseException(Promise.RemovedStaysAway, $"message {_number} was gone when it was listed, and is sent");
            MailText.CheckWhole(mail, body, _listing.OctetsOf(_number));
        }

        // Where nothing ends a session that its client does not see, nobody else may have the maildrop open.
        private void TakeLock()
        {
            foreach (Client client in Stage.Clients)
            {
                if (Stage.Plan.EndsAreSeen && IsConnected && client is Pop3Reader other && other._holdsLock && other.IsConnected && other._maildrop == _maildrop)
                {
                    throw new BrokenPromiseException(Promise.LockHolds, $"{Name} opened maildrop {_maildrop} while {other.Name} has it");
                }
            }

            _holdsLock = true;
        }

        private void Ask(string text, Pop3Step step, int number = 0)
        {
            Text.Begin().Add(text);
            if (!text.EndsWith('\n'))
            {
                Text.Add(number).Add("\r\n");
            }

            _step = step;
            Send();
        }

        private void Ask(string verb, string argument, Pop3Step step)
        {
            Text.Begin().Add(verb).Add(argument).Add("\r\n");
            _step = step;
            Send();
        }

        private void Heard(bool isOk)
        {
            if (Stage.Trail.IsOn)
            {
                Note($"hears {(isOk ? "+OK" : "-ERR")} ({_step}, {Layouts.Names[_maildrop]})");
            }
        }
    }
}

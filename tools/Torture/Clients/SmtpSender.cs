using System;
using MailAppliance.Tools.Torture.Model;
using MailAppliance.Tools.Torture.World;

namespace MailAppliance.Tools.Torture.Clients
{
    /// <summary>A device that sends mail: in one go or in pieces, to one maildrop or several, and not always to the end.</summary>
    internal sealed class SmtpSender : Client
    {
        private const int RecipientsMax = 5;
        private const int NoName = -1;

        private static readonly string[] s_others = { "RSET\r\n", "NOOP\r\n", "HELP\r\n", "FNORD\r\n", "RCPT TO:<x@lan>\r\n", "VRFY alice\r\n" };

        private readonly int[] _recipients = new int[RecipientsMax];
        private SmtpStep _step;
        private SentMail? _mail;
        private int _recipientCount;
        private int _replyIndex;
        private int _accepted;
        private int _sentOctets;
        private int _transaction;
        private int _declaredOctets;
        private int _since;
        private bool _isSoiled;

        /// <summary>Makes it.</summary>
        internal SmtpSender(Stage stage, string name)
            : base(stage, name)
        {
        }

        /// <inheritdoc/>
        protected override int Port
        {
            get { return Stage.Devices.Appliance.SmtpPort; }
        }

        /// <inheritdoc/>
        protected override bool IsAsking
        {
            get { return _step is not (SmtpStep.Ready or SmtpStep.Data); }
        }

        /// <inheritdoc/>
        protected override void OnConnected()
        {
            _step = SmtpStep.Greeting;
            _isSoiled = false;
            _mail = null;
        }

        /// <inheritdoc/>
        protected override void OnLost()
        {
            if (_mail != null)
            {
                MailLedger.BrokenOff(_mail);
                _mail = null;
            }
        }

        /// <inheritdoc/>
        protected override void TakeReplies()
        {
            for (int code = Replies.TakeSmtp(); code != 0; code = Replies.TakeSmtp())
            {
                if (Stage.Trail.IsOn)
                {
                    Note($"hears {code} ({_step})");
                }

                Take(code);
            }
        }

        /// <inheritdoc/>
        protected override void Speak()
        {
            if (_step == SmtpStep.Data)
            {
                SendPiece();
            }
            else if (_step == SmtpStep.Ready)
            {
                // What was refused at DATA may leave recipients behind, who would get the next mail too.
                int lot = Stage.Random.Next(20);
                if (_isSoiled)
                {
                    _isSoiled = false;
                    Say("RSET\r\n", SmtpStep.Other);
                }
                else if (lot < 2)
                {
                    Say("QUIT\r\n", SmtpStep.Quit);
                }
                else if (lot < 3)
                {
                    Say(s_others[Stage.Random.Next(s_others.Length)], SmtpStep.Other);
                }
                else
                {
                    SendEnvelope();
                }
            }
        }

        private void Take(int code)
        {
            switch (_step)
            {
                case SmtpStep.Greeting when code == 220:
                    Say("EHLO d\r\n", SmtpStep.Hello);
                    break;
                case SmtpStep.Hello:
                case SmtpStep.Other:
                    _step = SmtpStep.Ready;
                    break;
                case SmtpStep.Envelope:
                    TakeEnvelope(code);
                    break;
                case SmtpStep.End:
                    MailLedger.Answered(_mail!, code, Stage.Trail.Event);
                    _mail = null;
                    _step = SmtpStep.Ready;
                    break;
                default:
                    // 421, or 221: the connection ends next.
                    break;
            }
        }

        private void TakeEnvelope(int code)
        {
            int recipient = _replyIndex - 1;
            if (recipient >= 0 && recipient < _recipientCount && _recipients[recipient] != NoName)
            {
                TakeRecipient(code, _recipients[recipient]);
            }

            _replyIndex++;
            if (_replyIndex < _recipientCount + 2)
            {
                return;
            }

            _step = SmtpStep.Ready;
            _isSoiled = code != 354;
            if (!_isSoiled)
            {
                BeginMail();
            }
        }

        private void TakeRecipient(int code, int maildrop)
        {
            if (code == 250)
            {
                Stage.Ledger.Quotas.Taken(maildrop, _declaredOctets, _since);
                _accepted |= 1 << maildrop;
            }
            else if (Replies.IsMaildropFull)
            {
                Stage.Ledger.Quotas.Refused(maildrop, _declaredOctets, _since);
            }
        }

        private void SendEnvelope()
        {
            int[] order = Layouts.OrderOf(Stage.Layout);
            _recipientCount = Stage.Random.Next(3) == 0 ? Stage.Random.Between(1, RecipientsMax) : 1;
            _transaction = Stage.NextTransaction();
            _since = Stage.Trail.Event;
            Text.Begin().Add("MAIL FROM:<d").Add(_transaction).Add("@lan>");
            _declaredOctets = Stage.Random.Next(4) == 0 ? Stage.Random.Next(4000) : 0;
            if (_declaredOctets > 0)
            {
                Text.Add(" SIZE=").Add(_declaredOctets);
            }

            Text.Add("\r\n");
            for (int at = 0; at < _recipientCount; at++)
            {
                bool isSomebody = Stage.Random.Next(12) != 0;
                _recipients[at] = isSomebody ? order[Stage.Random.Next(order.Length)] : NoName;
                Text.Add("RCPT TO:<").Add(isSomebody ? Layouts.Names[_recipients[at]] : "nobody").Add("@lan>\r\n");
            }

            Text.Add("DATA\r\n");
            _replyIndex = 0;
            _accepted = 0;
            _step = SmtpStep.Envelope;
            Send();
        }

        private void BeginMail()
        {
            _mail = Stage.Ledger.Begin(_accepted);
            int octets = !Stage.Random.Chance(Stage.Plan.LongMails) ? Stage.Random.Between(20, 700)
                : Stage.Random.Next(10) == 0 ? Stage.Random.Between(1_000, (RingShape.All[Stage.Plan.Shape].MessageOctets * 9 / 8) + 200)
                : Stage.Random.Between(700, 5_000);
            MailText.Compose(_mail, Stage.Random, octets);
            _mail.Transaction = _transaction;
            _mail.HoldsTail = Stage.Ledger.Drops.Room != null && Stage.Ledger.Drops.Room.IsLong(_mail);
            _sentOctets = 0;
            _step = SmtpStep.Data;
            if (Stage.Trail.IsOn)
            {
                Note($"begins mail {_mail.Number} of {_mail.WireOctets} octets for {_accepted:X}");
            }
        }

        private void SendPiece()
        {
            int left = _mail!.WireOctets - _sentOctets;
            int count = Stage.Random.Next(3) != 0 ? left : Stage.Random.Between(1, Math.Min(left, 1_500));
            Text.Begin().Add(_mail.Wire.Slice(_sentOctets, count));
            _sentOctets += count;
            if (count == left)
            {
                _mail.State = MailState.Unanswered;
                _step = SmtpStep.End;
            }

            Send();
        }

        private void Say(string text, SmtpStep next)
        {
            Text.Begin().Add(text);
            _step = next;
            Send();
        }
    }
}

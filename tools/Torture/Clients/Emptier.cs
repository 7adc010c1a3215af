using System.Buffers.Text;
using MailAppliance.Tools.Torture.Model;
using MailAppliance.Tools.Torture.World;

namespace MailAppliance.Tools.Torture.Clients
{
    /// <summary>Removes all mail there is, of an appliance that is well, and sends a mail of the largest size then: no ring is ever stuck for good.</summary>
    internal sealed class Emptier
    {
        // What a mail's last line may be longer than asked for.
        private const int OverOctets = 8;

        private readonly Stage _stage;
        private readonly Talk _talk;

        /// <summary>Makes it.</summary>
        internal Emptier(Stage stage)
        {
            _stage = stage;
            _talk = new Talk(stage);
        }

        /// <summary>Removes everything from the maildrops of the configuration.</summary>
        internal void Empty()
        {
            foreach (int maildrop in Layouts.OrderOf(_stage.Layout))
            {
                _talk.Open(_stage.Devices.Appliance.Pop3Port);
                _talk.Text.Begin().Add("USER ").Add(Layouts.Names[maildrop]).Add("\r\nPASS p\r\nSTAT\r\n");
                _talk.Ask();
                _talk.Expect("the greeting");
                _talk.Expect("USER");
                _talk.Expect("PASS");
                int count = Utf8Parser.TryParse(_talk.Expect("STAT").Slice(4), out int found, out _) ? found : 0;
                _talk.Text.Begin();
                for (int number = 1; number <= count; number++)
                {
                    _talk.Text.Add("DELE ").Add(number).Add("\r\n");
                }

                PendingRemoval removal = _stage.Ledger.BeginRemoval(maildrop, _stage.Trail.Event);
                removal.Mails.AddRange(_stage.Ledger.Mails.FindAll(mail => (mail.Live & (1 << maildrop)) != 0));
                _talk.Text.Add("QUIT\r\n");
                _talk.Ask();
                for (int number = 1; number <= count; number++)
                {
                    _talk.Expect("DELE");
                }

                _talk.Expect("QUIT");
                _stage.Ledger.Answered(removal, true, _stage.Trail.Event);
                _talk.Close();
            }
        }

        /// <summary>Sends a mail of the largest size, which has to be taken.</summary>
        internal void SendLargest()
        {
            int maildrop = Layouts.OrderOf(_stage.Layout)[0];
            SentMail mail = _stage.Ledger.Begin(1 << maildrop);
            MailText.Compose(mail, _stage.Random, RingShape.All[_stage.Plan.Shape].EmptyRingOctets - OverOctets);
            mail.Transaction = _stage.NextTransaction();
            _talk.Open(_stage.Devices.Appliance.SmtpPort);
            _talk.Text.Begin().Add("EHLO d\r\nMAIL FROM:<d").Add(mail.Transaction).Add("@lan>\r\nRCPT TO:<").Add(Layouts.Names[maildrop]).Add("@lan>\r\nDATA\r\n");
            _talk.Ask();
            Expect(220, "the greeting");
            Expect(250, "EHLO");
            Expect(250, "MAIL");
            Expect(250, "RCPT");
            Expect(354, "DATA");
            mail.State = MailState.Unanswered;
            _talk.Text.Begin().Add(mail.Wire);
            _talk.Ask();
            Expect(250, $"a mail of {mail.WireOctets} octets");
            MailLedger.Answered(mail, 250, _stage.Trail.Event);
            _talk.Close();
        }

        private void Expect(int code, string what)
        {
            int found = _talk.TakeSmtp();
            if (found != code)
            {
                throw new BrokenPromiseException(Promise.EmptyRingTakesMail, $"in an empty ring {what} was answered {found}; {_stage.Devices.Describe()}");
            }
        }
    }
}

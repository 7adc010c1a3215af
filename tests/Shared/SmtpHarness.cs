using System;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Login;
using MailAppliance.Smtp;
using MailAppliance.Store;

namespace MailAppliance.Tests
{
    /// <summary>A session with a loop and a store around it that do what a test says.</summary>
    internal sealed class SmtpHarness
    {
        public const int MessageOctetsMax = 5000;

        public readonly ApplianceSettings Settings = new ApplianceSettings();
        public readonly byte[] Stored = new byte[70000];
        public readonly StringBuilder Trace = new StringBuilder();
        public SmtpSession Session;

        // How the loop behaves.
        public int SegmentOctets = 100000;
        public int TakeOctets = 100000;
        public int FrontAfterOctets = 100000;
        public bool ClockKnown = true;

        // Whether the connection speaks TLS from its first octet on, at the next Open.
        public bool IsSecure;

        // How the store behaves.
        public int AdmitResult = StoreResult.Ok;
        public int BeginResult = StoreResult.Ok;
        public int CommitResult = StoreResult.Ok;
        public int FailDataAfter = 100000;
        public bool HoldCommit;

        // Whether a login waits for ReportLogin.
        public bool HoldLogin;
        public int Verified;
        public LoginCheck Check;
        public Stamps Stamps;

        // What the store has: the front is composed behind the data and counted apart.
        public int StoredCount;
        public byte[] Front = new byte[4000];
        public int FrontCount = -1;
        public int FrontOctetsMax;
        public int Committed;
        public int Aborted;
        public int StuffedDots;
        public int Recipients;
        public bool Closed;
        public string Mails = string.Empty;

        // What went out last before TLS began.
        public string InPlain = string.Empty;

        public SmtpHarness(bool strict)
        {
            ApplianceSettings settings = Settings;
            settings.Host = Octets.Of("mail.lan");
            settings.Strict = strict;
            settings.AddMissingFields = !strict;
            settings.MessageOctetsMax = MessageOctetsMax;
            settings.MaildropsMax = 40;
            settings.RecipientsMax = 100;
            settings.SmtpInputOctets = 1536;
            settings.DigestLogins = true;
            settings.Maildrops = new MaildropSettings[40];
            for (int index = 0; index < settings.Maildrops.Length; index++)
            {
                MaildropSettings maildrop = new MaildropSettings();
                maildrop.Name = Octets.Of(index == 0 ? "alice" : index == 1 ? "bob" : "maildrop" + index.ToString());
                maildrop.Password = Octets.Of(index == 0 ? "secret-alice" : "secret-bob");
                settings.Maildrops[index] = maildrop;
            }

            AddressBook book = new AddressBook(4, 8);
            book.AddDomain(Octets.Of("lan"));
            book.AddDomain(Octets.Of("harness.test"));
            book.Add(Octets.Of("alice"), 0);
            book.Add(Octets.Of("bob"), 1);
            book.Add(Octets.Of("carol"), 35);
            book.Add(Octets.Of("a b"), 2);
            book.Add(Octets.Of("dot."), 3);
            book.Add(Octets.Of("alerts@shop.example"), 4);
            settings.Addresses = book;
            Md5 md5 = new Md5();
            Stamps = new Stamps(settings.Host, new FixedEntropy(), md5);
            Stamps.Epoch = 0x1234abcd;
            Check = new LoginCheck(settings, null, Stamps, md5);
            Session = new SmtpSession(settings);
            Session.Stamps = Stamps;
            Open();
        }

        /// <summary>Starts a connection and forgets the greeting.</summary>
        public void Open()
        {
            Session.Open(Octets.Of("192.0.2.7"), Octets.Of("192.0.2.1"), IsSecure);
            Closed = false;
            TakeOutput();
        }

        public static byte[] Latin1(string text)
        {
            char[] chars = text.ToCharArray();
            byte[] octets = new byte[chars.Length];
            for (int index = 0; index < chars.Length; index++)
            {
                octets[index] = (byte)chars[index];
            }

            return octets;
        }

        public static string Text(byte[] octets, int offset, int count)
        {
            char[] chars = new char[count];
            for (int index = 0; index < count; index++)
            {
                chars[index] = (char)octets[offset + index];
            }

            return new string(chars);
        }

        public string StoredText()
        {
            return Text(Stored, 0, StoredCount);
        }

        public string FrontText()
        {
            return Text(Front, 0, FrontCount);
        }

        /// <summary>Sends octets and returns the replies to them.</summary>
        public string Send(string text)
        {
            return Send(Latin1(text));
        }

        public string Send(byte[] octets)
        {
            StringBuilder replies = new StringBuilder();
            int sent = 0;
            while (true)
            {
                int smtpEvent = Session.Advance();
                if (smtpEvent == SmtpEvent.NeedOctets && sent < octets.Length)
                {
                    InputBuffer input = Session.Input;
                    int room = input.MakeRoom();
                    if (room <= 0)
                    {
                        Invariant.Broken("a session that needs octets has no room for them");
                    }
                    int count = octets.Length - sent;
                    count = count < room ? count : room;
                    count = count < SegmentOctets ? count : SegmentOctets;
                    Array.Copy(octets, sent, input.Buffer, input.End, count);
                    input.Fill(count);
                    sent += count;
                }
                else if (smtpEvent == SmtpEvent.NeedRoom)
                {
                    string output = TakeOutput();
                    if (output.Length == 0)
                    {
                        Invariant.Broken("no room in an empty output");
                    }
                    replies.Append(output);
                }
                else if (!Perform(smtpEvent))
                {
                    replies.Append(TakeOutput());
                    return replies.ToString();
                }
            }
        }

        public string TakeOutput()
        {
            OutputBuffer output = Session.Output;
            string text = Text(output.Buffer, output.Start, output.Count);
            output.Sent(output.Count);
            return text;
        }

        /// <summary>Sends a command that must be answered, and returns the code and the enhanced code or first word.</summary>
        public string Code(string line)
        {
            string reply = Send(line + "\r\n");
            int end = reply.Length > 3 ? reply.IndexOf(' ', 4) : -1;
            return end < 0 ? reply : reply.Substring(0, end);
        }

        /// <summary>EHLO, MAIL, RCPT and DATA.</summary>
        public void BeginData()
        {
            Send("EHLO client.example\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<alice@lan>\r\nDATA\r\n");
            Trace.Length = 0;
        }

        private bool Perform(int smtpEvent)
        {
            switch (smtpEvent)
            {
                case SmtpEvent.Admit:
                    Trace.Append("admit ");
                    Session.OnAdmitted(AdmitResult);
                    return true;
                case SmtpEvent.Begin:
                    Trace.Append("begin ");
                    StoredCount = 0;
                    FrontCount = -1;
                    FrontOctetsMax = Session.FrontOctetsMax;
                    Session.OnBegun(BeginResult);
                    return true;
                case SmtpEvent.MailData:
                    Store();
                    return true;
                case SmtpEvent.EndOfMail:
                    Trace.Append("end ");
                    ComposeFront();
                    Mails += StoredText();
                    StuffedDots = Session.StuffedDots;
                    Recipients = Session.Recipients[0];
                    if (!HoldCommit)
                    {
                        ReportCommit();
                    }

                    return !HoldCommit;
                case SmtpEvent.Verify:
                    Trace.Append("verify ");
                    if (!HoldLogin)
                    {
                        ReportLogin();
                    }

                    return !HoldLogin;
                case SmtpEvent.StartTls:
                    Trace.Append("tls ");
                    InPlain += TakeOutput();
                    Session.OnTlsBegun();
                    return true;
                case SmtpEvent.Abort:
                    Trace.Append("abort ");
                    Aborted++;
                    return true;
                case SmtpEvent.Close:
                    Closed = true;
                    return false;
                default:
                    return false;
            }
        }

        public void ReportLogin()
        {
            bool isRight = Check.Check(Session.Attempt) == LoginResult.Right;
            Verified += isRight ? 1 : 0;
            Session.OnVerified(isRight);
        }

        public void ReportCommit()
        {
            Committed += CommitResult == StoreResult.Ok ? 1 : 0;
            Session.OnCommitted(CommitResult);
        }

        private void Store()
        {
            if (StoredCount >= FailDataAfter)
            {
                Session.OnDataFailed(StoreResult.NoRoom);
                return;
            }

            int count = Session.Data.Count < TakeOctets ? Session.Data.Count : TakeOctets;
            Array.Copy(Session.Data.Buffer, Session.Data.Offset, Stored, StoredCount, count);
            StoredCount += count;
            Session.Data.Taken(count);
            if (StoredCount >= FrontAfterOctets)
            {
                ComposeFront();
            }
        }

        private void ComposeFront()
        {
            if (FrontCount < 0)
            {
                FrontCount = Session.ComposeFront(Front, 0, ClockKnown, 1795224480, 0x01234567, unchecked((int)0x89abcdef));
            }
        }
    }
}

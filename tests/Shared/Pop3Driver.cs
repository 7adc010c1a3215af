using System;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Login;
using MailAppliance.Pop3;
using MailAppliance.Store;

namespace MailAppliance.Tests
{
    /// <summary>
    /// Does for one POP3 session what the loop does: gives it octets, performs its events on a maildrop in memory, and keeps
    /// what it sends. What the store answers can be chosen.
    /// </summary>
    public sealed class Pop3Driver
    {
        private readonly Pop3Session _session;
        private readonly LoginCheck _check;
        private readonly byte[] _sent = new byte[16 * 1024];
        private readonly int[] _events = new int[10];
        private int _sentCount;
        private int _shownCount;

        /// <summary>Makes a session with alice ("open sesame") and bob ("b"), and a maildrop with nothing in it.</summary>
        /// <param name="strict">Strict mode.</param>
        public Pop3Driver(bool strict)
            : this(MakeSettings(strict))
        {
        }

        /// <summary>Makes a session of some settings, and a maildrop with nothing in it.</summary>
        /// <param name="settings">The settings.</param>
        public Pop3Driver(ApplianceSettings settings)
        {
            Md5 md5 = new Md5();
            Stamps stamps = new Stamps(settings.Host, new FixedEntropy(), md5);
            _check = new LoginCheck(settings, null, stamps, md5);
            _session = new Pop3Session(settings);
            _session.Stamps = stamps;
            View = new Pop3FakeView(300);
        }

        /// <summary>The session.</summary>
        public Pop3Session Session
        {
            get { return _session; }
        }

        /// <summary>The maildrop that OpenMaildrop gives.</summary>
        public Pop3FakeView View { get; set; }

        /// <summary>What OpenMaildrop comes to.</summary>
        public int OpenResult { get; set; } = Pop3OpenResult.Ok;

        /// <summary>Whether a login waits for <see cref="ReportLogin"/>.</summary>
        public bool HoldLogin { get; set; }

        /// <summary>What Retrieve comes to.</summary>
        public int RetrieveResult { get; set; } = StoreResult.Ok;

        /// <summary>What Update comes to; -1 leaves it outstanding.</summary>
        public int UpdateResult { get; set; } = StoreResult.Ok;

        /// <summary>Whether the connection speaks TLS from its first octet on, at the next Open.</summary>
        public bool IsSecure { get; set; }

        /// <summary>Octets of a read from the store.</summary>
        public int ChunkOctets { get; set; } = 7;

        /// <summary>Chunk in which the message turns out to be damaged; -1 for never.</summary>
        public int DamagedChunk { get; set; } = -1;

        /// <summary>The last event.</summary>
        public int LastEvent { get; private set; }

        /// <summary>The most octets that were ever waiting in the output.</summary>
        public int OutputOctetsMax { get; private set; }

        /// <summary>Settings as every test here wants them.</summary>
        /// <param name="strict">Strict mode.</param>
        /// <returns>New settings.</returns>
        public static ApplianceSettings MakeSettings(bool strict)
        {
            ApplianceSettings settings = new ApplianceSettings();
            settings.Host = Octets.Of("mail.lan");
            settings.Strict = strict;
            settings.ReadOctets = 2048;
            settings.DigestLogins = true;
            settings.Maildrops = new MaildropSettings[2];
            settings.Maildrops[0] = MakeMaildrop("alice", "open sesame");
            settings.Maildrops[1] = MakeMaildrop("Bob", "b");
            settings.Addresses = new AddressBook(2, 4);
            settings.Addresses.AddDomain(Octets.Of("lan"));
            settings.Addresses.Add(Octets.Of("alice"), 0);
            settings.Addresses.Add(Octets.Of("alerts@shop.example"), 0);
            settings.Addresses.Add(Octets.Of("robert"), 1);
            return settings;
        }

        /// <summary>How many times an event was returned.</summary>
        /// <param name="pop3Event">One of <see cref="Pop3Event"/>.</param>
        /// <returns>The count.</returns>
        public int CountOf(int pop3Event)
        {
            return _events[pop3Event];
        }

        /// <summary>Begins a connection.</summary>
        /// <returns>The greeting.</returns>
        public string Open()
        {
            _sentCount = 0;
            _shownCount = 0;
            _session.Open(IsSecure);
            Run();
            return TakeSent();
        }

        /// <summary>Begins a connection and logs alice in.</summary>
        public void LogIn()
        {
            Open();
            Send("USER alice\r\nPASS open sesame\r\n");
        }

        /// <summary>Puts a message into the maildrop.</summary>
        /// <param name="wire">Its octets in wire form.</param>
        public void Add(string wire)
        {
            View.Add(Encoding.UTF8.GetBytes(wire));
        }

        /// <summary>Puts as many small messages into the maildrop; message n has 4 + n octets.</summary>
        /// <param name="count">How many.</param>
        public void AddMany(int count)
        {
            for (int number = 1; number <= count; number++)
            {
                byte[] wire = new byte[4 + number + 3];
                for (int index = 0; index < number; index++)
                {
                    wire[index] = (byte)'x';
                }

                Octets.Of("\r\n\r\n.\r\n").CopyTo(wire, number);
                View.Add(wire);
            }
        }

        /// <summary>Sends octets.</summary>
        /// <param name="text">ASCII.</param>
        /// <returns>All that came back.</returns>
        public string Send(string text)
        {
            byte[] octets = Encoding.UTF8.GetBytes(text);
            SendOctets(octets, 0, octets.Length);
            return TakeSent();
        }

        /// <summary>Sends octets, as many at a time as the session has room for.</summary>
        /// <param name="octets">The octets.</param>
        /// <param name="offset">The first one.</param>
        /// <param name="count">How many.</param>
        public void SendOctets(byte[] octets, int offset, int count)
        {
            while (count > 0 && LastEvent != Pop3Event.Close && LastEvent != Pop3Event.Awaiting)
            {
                int room = _session.Input.MakeRoom();
                int now = room < count ? room : count;
                Array.Copy(octets, offset, _session.Input.Buffer, _session.Input.End, now);
                _session.Input.Fill(now);
                offset += now;
                count -= now;
                Run();
            }
        }

        /// <summary>What was sent since this was last asked.</summary>
        /// <returns>The text.</returns>
        public string TakeSent()
        {
            string text = Encoding.UTF8.GetString(_sent, _shownCount, _sentCount - _shownCount);
            _shownCount = _sentCount;
            return text;
        }

        /// <summary>Forgets what was sent, without making a string of it.</summary>
        public void DropSent()
        {
            _sentCount = 0;
            _shownCount = 0;
        }

        /// <summary>Reports the outcome of a login.</summary>
        public void ReportLogin()
        {
            _session.OnVerified(_check.Check(_session.Attempt) == LoginResult.Right);
        }

        /// <summary>Performs events until the session wants octets, waits, or is over.</summary>
        public void Run()
        {
            do
            {
                LastEvent = _session.Advance();
                _events[LastEvent]++;
                Perform(LastEvent);
            }
            while (LastEvent != Pop3Event.NeedOctets && LastEvent != Pop3Event.Awaiting && LastEvent != Pop3Event.Close);
            Flush();
        }

        private void Perform(int pop3Event)
        {
            switch (pop3Event)
            {
                case Pop3Event.NeedRoom:
                    Flush();
                    break;
                case Pop3Event.Verify:
                    if (!HoldLogin)
                    {
                        ReportLogin();
                    }

                    break;
                case Pop3Event.StartTls:
                    Flush();
                    _session.OnTlsBegun();
                    break;
                case Pop3Event.OpenMaildrop:
                    _session.OnOpened(OpenResult, OpenResult == Pop3OpenResult.Ok ? View : null);
                    break;
                case Pop3Event.Retrieve:
                    _session.OnRetrieveOpened(RetrieveResult);
                    break;
                case Pop3Event.Retrieving:
                    Flush();
                    Pump(View.WireOf(_session.Number));
                    break;
                case Pop3Event.Update:
                    if (UpdateResult >= 0)
                    {
                        _session.OnUpdated(UpdateResult);
                    }

                    break;
                default:
                    break;
            }
        }

        private void Pump(byte[] wire)
        {
            int chunk = 0;
            for (int at = 0; at < wire.Length && !_session.IsCutDone; at += ChunkOctets)
            {
                if (chunk == DamagedChunk)
                {
                    _session.OnRetrieveBroken();
                    return;
                }

                int count = wire.Length - at < ChunkOctets ? wire.Length - at : ChunkOctets;
                Keep(wire, at, _session.Cut(wire, at, count));
                chunk++;
            }

            _session.OnRetrieved();
        }

        private void Flush()
        {
            OutputBuffer output = _session.Output;
            OutputOctetsMax = output.Count > OutputOctetsMax ? output.Count : OutputOctetsMax;
            Keep(output.Buffer, output.Start, output.Count);
            output.Sent(output.Count);
        }

        private void Keep(byte[] buffer, int offset, int count)
        {
            Array.Copy(buffer, offset, _sent, _sentCount, count);
            _sentCount += count;
        }

        private static MaildropSettings MakeMaildrop(string name, string password)
        {
            MaildropSettings maildrop = new MaildropSettings();
            maildrop.Name = Octets.Of(name);
            maildrop.Password = Octets.Of(password);
            return maildrop;
        }
    }
}

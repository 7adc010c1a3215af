using System;
using System.Text;
using MailAppliance.Smtp;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>Every verb in every state, both modes, against a table written by hand; and random walks through it.</summary>
    [TestClass]
    public sealed class SmtpStateTableTests
    {
        private static readonly string[] s_preludes =
            [string.Empty, "EHLO c\r\n", "EHLO c\r\nMAIL FROM:<a@b>\r\n", "EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@lan>\r\n"];

        // Verb; the reply's code and the state behind it for Connected, Ready, Mail, Recipients: C, R, M, P, D(ata), X (leaving).
        private static readonly string[][] s_table =
        [
            ["EHLO c", "250 R", "250 R", "250 R", "250 R"], // [5]
            ["HELO c", "250 R", "250 R", "250 R", "250 R"], // [5]
            ["EHLO", "501 C", "501 R", "501 M", "501 P"], // [5]
            ["MAIL FROM:<c@d>", "503 C", "250 M", "503 M", "503 P"], // [14]
            ["MAIL FROM:", "503 C", "501 R", "503 M", "503 P"],
            ["RCPT TO:<alice@lan>", "503 C", "503 R", "250 P", "250 P"], // [13]
            ["RCPT TO:<x@y.example>", "503 C", "503 R", "550 M", "550 P"], // [50]
            ["RCPT TO:<nobody@lan>", "503 C", "503 R", "550 M", "550 P"],
            ["DATA", "503 C", "503 R", "554 M", "354 D"], // [13]
            ["DATA x", "501 C", "501 R", "501 M", "501 P"], // [12]
            ["RSET", "250 C", "250 R", "250 R", "250 R"], // [15]
            ["RSET x", "501 C", "501 R", "501 M", "501 P"], // [12]
            ["NOOP", "250 C", "250 R", "250 M", "250 P"], // [7] [16]
            ["HELP", "214 C", "214 R", "214 M", "214 P"], // [7]
            ["VRFY bob", "252 C", "252 R", "252 M", "252 P"], // [7] [25]
            ["VRFY", "501 C", "501 R", "501 M", "501 P"],
            ["EXPN x", "502 C", "502 R", "502 M", "502 P"], // [7] [11]
            ["QUIT", "221 X", "221 X", "221 X", "221 X"], // [17]
            ["QUIT x", "501 C", "501 R", "501 M", "501 P"], // [12]
            ["BDAT 0 LAST", "502 C", "502 R", "502 M", "502 P"], // [63]
            ["AUTH PLAIN", "503 C", "334 A", "503 M", "503 P"], // [68]
            ["AUTH PLAIN AGJvYgBzZWNyZXQtYm9i", "503 C", "235 R", "503 M", "503 P"], // [68]
            ["AUTH PLAIN AGJvYgB3cm9uZw==", "503 C", "535 R", "503 M", "503 P"], // [69]
            ["AUTH LOGIN", "503 C", "334 A", "503 M", "503 P"],
            ["AUTH CRAM-MD5", "503 C", "334 A", "503 M", "503 P"],
            ["AUTH PLAIN =", "503 C", "501 R", "503 M", "503 P"], // [71]
            ["AUTH NTLM", "503 C", "504 R", "503 M", "503 P"], // [69]
            ["AUTH", "501 C", "501 R", "501 M", "501 P"],
            ["STARTTLS", "502 C", "502 R", "502 M", "502 P"], // [11]
            ["STARTTLS x", "501 C", "501 R", "501 M", "501 P"], // [66]
            ["ETRN x", "502 C", "502 R", "502 M", "502 P"],
            ["TURN", "502 C", "502 R", "502 M", "502 P"],
            ["SEND FROM:<a@b>", "502 C", "502 R", "502 M", "502 P"],
            ["SOML FROM:<a@b>", "502 C", "502 R", "502 M", "502 P"],
            ["SAML FROM:<a@b>", "502 C", "502 R", "502 M", "502 P"],
            ["WHAT", "500 C", "500 R", "500 M", "500 P"], // [11]
            ["", "500 C", "500 R", "500 M", "500 P"],
        ];

        // Where device mode differs (by verb and state).
        private static string Expected(int row, int state, bool strict)
        {
            string verb = s_table[row][0];
            string entry = s_table[row][state + 1];
            if (strict)
            {
                return entry;
            }

            return verb switch
            {
                "EHLO" => "250 R",
                "MAIL FROM:<c@d>" when state == 0 => "250 M",
                "MAIL FROM:" when state <= 1 => "250 M",
                "AUTH" => entry,
                _ when state == 0 && verb.StartsWith("AUTH", StringComparison.Ordinal) => s_table[row][2].Replace('R', 'C'), // [75]
                _ => entry,
            };
        }

        private static char LetterOf(SmtpSession session)
        {
            return session.State switch
            {
                SmtpState.Connected => 'C',
                SmtpState.Ready => 'R',
                SmtpState.Mail => 'M',
                SmtpState.Recipients => 'P',
                SmtpState.Data => 'D',
                SmtpState.Leaving => 'X',
                SmtpState.Authenticating => 'A',
                _ => '?',
            };
        }

        [TestMethod]
        public void EveryState_EveryVerb_IsAnsweredByTheTable()
        {
            foreach (bool strict in new[] { false, true })
            {
                for (int state = 0; state < 4; state++)
                {
                    for (int row = 0; row < s_table.Length; row++)
                    {
                        SmtpHarness smtp = new(strict);
                        smtp.Send(s_preludes[state]);
                        Assert.AreEqual(state, smtp.Session.State);
                        string code = smtp.Code(s_table[row][0])[..3];
                        string name = s_table[row][0] + " in " + state + (strict ? " strict" : " device");
                        Assert.AreEqual(Expected(row, state, strict), code + " " + LetterOf(smtp.Session), name); // [8]
                        CheckKept(smtp, state, code, name);
                    }
                }
            }
        }

        // What TLS changes in the table, where it is offered, has begun, or is wanted first.
        private static string ExpectedOf(TlsCase tls, int row, int state, bool strict)
        {
            string entry = Expected(row, state, strict);
            string verb = s_table[row][0];
            if (verb == "STARTTLS" && tls != TlsCase.None)
            {
                return tls == TlsCase.Begun || state > 1 ? "503" + entry[3..] : "220 C"; // [66]
            }

            bool leadsToTls = verb.StartsWith("EHLO", StringComparison.Ordinal) || verb.StartsWith("STARTTLS", StringComparison.Ordinal)
                || verb is "NOOP" or "QUIT" or "QUIT x" or "WHAT" or "";
            return tls == TlsCase.Wanted && !leadsToTls ? state == 0 ? "530 C" : "530 R" : entry;
        }

        [TestMethod]
        [DataRow(TlsCase.Offered)]
        [DataRow(TlsCase.Begun)]
        [DataRow(TlsCase.Wanted)]
        public void EveryState_EveryVerb_WithTls_IsAnsweredByTheTable(TlsCase tls)
        {
            foreach (bool strict in new[] { false, true })
            {
                for (int state = 0; state < (tls == TlsCase.Wanted ? 2 : 4); state++)
                {
                    for (int row = 0; row < s_table.Length; row++)
                    {
                        SmtpHarness smtp = new(strict) { IsSecure = tls == TlsCase.Begun };
                        smtp.Settings.Tls = true;
                        smtp.Settings.SmtpWantsTls = tls == TlsCase.Wanted;
                        smtp.Open();
                        smtp.Send(s_preludes[state]);
                        Assert.AreEqual(state, smtp.Session.State);
                        string reply = smtp.Send(s_table[row][0] + "\r\n");
                        string code = (reply.Length == 0 ? smtp.InPlain : reply)[..3];
                        string name = $"{s_table[row][0]} in {state}, {tls}, {(strict ? "strict" : "device")}";
                        Assert.AreEqual(ExpectedOf(tls, row, state, strict), code + " " + LetterOf(smtp.Session), name);
                        CheckKept(smtp, state, code, name);
                    }
                }
            }
        }

        /// <summary>How far TLS is.</summary>
        public enum TlsCase
        {
            /// <summary>There is none.</summary>
            None,

            /// <summary>STARTTLS is offered.</summary>
            Offered,

            /// <summary>The connection speaks TLS.</summary>
            Begun,

            /// <summary>Nothing else is taken before it.</summary>
            Wanted,
        }

        // A refused command changes nothing.
        private static void CheckKept(SmtpHarness smtp, int state, string code, string name)
        {
            if (code[0] == '5')
            {
                Assert.AreEqual(state >= 2 ? 3 : 0, smtp.Session.Envelope.ReversePathCount, name); // [14]
                Assert.AreEqual(state == 3 ? 2 : 0, smtp.Session.Recipients[0], name);
            }
        }

        [TestMethod]
        public void EveryAwaitingState_Octets_AreLeftAlone()
        {
            SmtpHarness smtp = new(true);
            smtp.Send("EHLO c\r\n");
            int[] events = new int[4];
            string input = "AUTH PLAIN AGJvYgBzZWNyZXQtYm9i\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n.\r\nNOOP\r\n";
            byte[] octets = Encoding.ASCII.GetBytes(input);
            SmtpSession session = smtp.Session;
            session.Input.MakeRoom();
            octets.CopyTo(session.Input.Buffer, session.Input.End);
            session.Input.Fill(octets.Length);
            for (int index = 0; index < events.Length; index++)
            {
                int smtpEvent = session.Advance();
                while (smtpEvent is SmtpEvent.MailData or SmtpEvent.NeedRoom)
                {
                    session.Output.Sent(smtpEvent == SmtpEvent.NeedRoom ? session.Output.Count : 0);
                    session.Data.Taken(smtpEvent == SmtpEvent.MailData ? session.Data.Count : 0);
                    smtpEvent = session.Advance();
                }

                events[index] = smtpEvent;
                int left = session.Input.Count;
                int output = session.Output.Count;
                Assert.AreEqual(SmtpEvent.Awaiting, session.Advance());
                Assert.AreEqual(SmtpEvent.Awaiting, session.Advance());
                Assert.AreEqual(left, session.Input.Count); // [55]
                Assert.AreEqual(output, session.Output.Count); // [31]
                switch (index)
                {
                    case 0:
                        session.OnVerified(true);
                        break;
                    case 1:
                        session.OnAdmitted(0);
                        break;
                    case 2:
                        session.OnBegun(0);
                        break;
                    default:
                        session.OnCommitted(0);
                        break;
                }
            }

            Assert.AreEqual("9,2,3,5", string.Join(',', events));
            Assert.AreEqual(SmtpEvent.NeedOctets, session.Advance());
        }

        [TestMethod]
        public void RandomPipelines_CutAnyhow_GiveTheSame()
        {
            for (int seed = 0; seed < 400; seed++)
            {
                Random random = new(seed);
                bool strict = random.Next(2) == 0;
                StringBuilder text = new();
                for (int count = random.Next(60); count > 0; count--)
                {
                    string line = s_table[random.Next(s_table.Length)][0];
                    line = line == "QUIT" && random.Next(3) != 0 ? "EHLO c\r\nMAIL FROM:<x@y>\r\nRCPT TO:<carol@lan>\r\nDATA\r\nz" : line;
                    text.Append(line).Append("\r\n");
                    if (random.Next(3) == 0)
                    {
                        string[] pieces =
                        [
                            "a: b", "\r\n", "\r\n\r\n", "\n", ".", "\r\n.\r\n", "\0", new string('q', random.Next(2000)),
                            "BDAT 9\r\n",
                        ];
                        text.Append(pieces[random.Next(pieces.Length)]);
                    }
                }

                string input = text.ToString();
                SmtpHarness whole = new(strict);
                string replies = whole.Send(input);
                SmtpHarness cut = new(strict) { SegmentOctets = 1 + random.Next(20), TakeOctets = 1 + random.Next(30) };
                string cutReplies = cut.Send(input);
                string name = "seed " + seed;
                Assert.AreEqual(replies, cutReplies, name); // [9] [54]
                Assert.AreEqual(whole.Committed, cut.Committed, name);
                Assert.AreEqual(whole.Mails, cut.Mails, name);
                Assert.AreEqual(whole.Aborted, cut.Aborted, name);
                Assert.AreEqual(whole.Session.State, cut.Session.State, name);
            }
        }
    }
}

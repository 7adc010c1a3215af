using System;
using System.Text;
using MailAppliance.Core;
using MailAppliance.Login;
using MailAppliance.Smtp;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>Nothing is allocated while mail flows.</summary>
    [TestClass]
    public sealed class SmtpAllocationTests
    {
        private static readonly byte[] s_front = new byte[4000];
        private static readonly byte[] s_remote = Octets.Of("192.0.2.7");
        private static readonly byte[] s_local = Octets.Of("192.0.2.1");

        private static int Deliver(SmtpSession session, LoginCheck check, byte[] octets)
        {
            int committed = 0;
            int sent = 0;
            session.Open(s_remote, s_local, false);
            while (true)
            {
                switch (session.Advance())
                {
                    case SmtpEvent.NeedOctets:
                        if (sent == octets.Length)
                        {
                            return committed;
                        }

                        int count = Math.Min(session.Input.MakeRoom(), octets.Length - sent);
                        Array.Copy(octets, sent, session.Input.Buffer, session.Input.End, count);
                        session.Input.Fill(count);
                        sent += count;
                        break;
                    case SmtpEvent.NeedRoom:
                        session.Output.Sent(session.Output.Count);
                        break;
                    case SmtpEvent.Admit:
                        session.OnAdmitted(0);
                        break;
                    case SmtpEvent.Begin:
                        session.OnBegun(0);
                        break;
                    case SmtpEvent.MailData:
                        session.Data.Taken(session.Data.Count);
                        break;
                    case SmtpEvent.EndOfMail:
                        session.ComposeFront(s_front, 0, true, 1795224480, 1, 2);
                        session.OnCommitted(0);
                        committed++;
                        break;
                    case SmtpEvent.Verify:
                        session.OnVerified(check.Check(session.Attempt) == LoginResult.Right);
                        break;
                    case SmtpEvent.Close:
                        return committed;
                    default:
                        break;
                }
            }
        }

        [TestMethod]
        public void Session_AnyTraffic_AllocatesNothing()
        {
            foreach (bool strict in new[] { false, true })
            {
                SmtpHarness smtp = new(strict);
                StringBuilder text = new("EHLO c\r\nHELO c\r\nVRFY x\r\nWHAT\r\nBDAT 3\r\nabc"
                    + "AUTH PLAIN AGJvYgB3cm9uZw==\r\nAUTH CRAM-MD5\r\nYm9iIDAxMjM=\r\nAUTH CRAM-MD5\r\n*\r\nAUTH PLAIN !\r\n"
                    + "AUTH LOGIN\r\nYm9i\r\nc2VjcmV0LWJvYg==\r\nAUTH LOGIN\r\n");
                for (int count = 0; count < 20; count++)
                {
                    string end = strict ? "\r\n" : "\n";
                    text.Append("MAIL FROM:<\"q\"@b> SIZE=100 BODY=8BITMIME\r\nRCPT TO:<nobody@lan>\r\n"
                        + "RCPT TO:<@x:alice@[127.0.0.1]>\r\nDATA\r\n");
                    text.Append("Subject: x\r\n\r\n..line").Append(end).Append('y', 2000).Append(end).Append("\r\n.\r\n");
                }

                byte[] octets = Encoding.Latin1.GetBytes(text + "QUIT\r\n");
                Assert.AreEqual(20, Deliver(smtp.Session, smtp.Check, octets));
                Assert.AreEqual(0L, Allocation.Least(() => Deliver(smtp.Session, smtp.Check, octets)));
            }
        }
    }
}

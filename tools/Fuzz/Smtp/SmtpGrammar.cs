using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using MailAppliance.Login;
using MailAppliance.Tools.Fuzz.Inputs;
using MailAppliance.Tools.Fuzz.Targets;

namespace MailAppliance.Tools.Fuzz.Smtp
{
    /// <summary>What clients say to an SMTP server, and what they should not.</summary>
    internal static class SmtpGrammar
    {
        private const string Begin = "EHLO ups\r\nMAIL FROM:<ups@shop.example>\r\nRCPT TO:<alice@lan>\r\nDATA\r\n";
        private const string End = "\r\n.\r\nQUIT\r\n";

        private static readonly string[] s_commands =
        [
            "EHLO ups\r\n", "HELO ups\r\n", "EHLO\r\n", "HELO \r\n", "EHLO [192.0.2.7]\r\n", "MAIL FROM:<a@b.example>\r\n", "MAIL FROM:<>\r\n",
            "MAIL FROM: <a@b> SIZE=100 BODY=8BITMIME\r\n", "MAIL FROM:a@b\r\n", "MAIL FROM:<a@b> AUTH=<> SMTPUTF8\r\n", "RCPT TO:<alice@lan>\r\n",
            "RCPT TO:<bob@mail.lan>\r\n", "RCPT TO: carol@lan\r\n", "RCPT TO:<\"a b\"@lan>\r\n", "RCPT TO:<x@elsewhere.example>\r\n",
            "RCPT TO:<nobody@lan>\r\n", "RCPT TO:<@a,@b:alice@lan>\r\n", "RCPT TO:<postmaster>\r\n", "RCPT TO:Bob Builder <bob@lan>\r\n", "MAIL FROM:\"A B\" <a@b> SIZE=9\r\n", "RCPT TO:<alice@[192.0.2.1]>\r\n",
            "RCPT TO:<alice@lan> NOTIFY=NEVER ORCPT=rfc822;a@b\r\n", "DATA\r\n", "RSET\r\n", "NOOP\r\n", "QUIT\r\n", "VRFY alice\r\n", "HELP\r\n", "EXPN x\r\n",
            "STARTTLS\r\n", "BDAT 5 LAST\r\nhello", "BDAT 3\r\n\r\n.", "AUTH PLAIN\r\n", "AUTH LOGIN\r\n", "AUTH CRAM-MD5\r\n", "AUTH PLAIN AGFsaWNlAHNlY3JldC1hbGljZQ==\r\n",
            "AUTH LOGIN YWxpY2U=\r\n", "YWxpY2U=\r\n", "c2VjcmV0LWFsaWNl\r\n", "*\r\n", "=\r\n", ".\r\n", "..\r\n", ".\n", "\r\n", "\n", "\r", "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r",
            "\r\n.\r", "\r\n\0.\r\n", "\r\n..\r\n", "Subject: a\r\n", "Date: Sat, 28 Nov 2026 05:00:00 +0000\r\n", "Message-ID: <a@b>\r\n", "Received: from a by b; now\r\n",
            " folded\r\n", "text\r\n", "text\n", "text\r\r\n", "\x16\x03\x01\x02\0\x01", "GET / HTTP/1.1\r\n", "\xC3\xBC@lan\r\n",
        ];

        private static readonly string[] s_tokens =
        [
            "\r\n", "\n", "\r", "\r\n.\r\n", "\n.\r\n", "\r\n.\n", "\n.\n", "\r.\r", "\r\n.\r", "\r\n..\r\n", ".", "..", "\0", "\x80", "\xFF", " ", "\t", "<", ">", "<>", "\"", "\\", "@", ":",
            "SIZE=", "SIZE=5001", "SIZE=99999999999999999999", "BODY=7BIT", "BODY=8BITMIME", "BODY=", "AUTH=", "AUTH=<>", "SMTPUTF8", "RET=HDRS", "ENVID=x", "NOTIFY=NEVER",
            "ORCPT=rfc822;a", "=", "FROM:", "TO:", "alice@lan", "dot.@lan", "dot@lan", "@lan", "alerts@shop.example", "[IPv6:::1]", "[127.0.0.1]", "[192.0.2.1]", "LAST", "+41", "\xC3\xBC",
            "\xF0\x9F\x93\xA8", "\xC0\x80", "MAIL", "RCPT", "DATA", "QUIT", "BDAT ", "Received: x\r\n", "Date:", "Message-ID:",
        ];

        /// <summary>Makes the grammar.</summary>
        /// <param name="planBits">The bits of a plan that are read.</param>
        /// <param name="drawnBits">Those that are drawn anew each time.</param>
        /// <returns>The grammar.</returns>
        internal static Grammar Make(int planBits, int drawnBits)
        {
            string digest = CramMd5();
            string[] seeds =
            [
                Begin + "Subject: a\r\n\r\ntext" + End,
                Begin + "no header" + End,
                Begin + ".." + End,
                Begin + "Subject: a\nDate: b\n\n.\n..\ntext\n" + End,
                Begin + string.Concat(Enumerable.Repeat("Received: x\r\n", 101)) + End,
                Begin + "Subject: a\r\n\r\n" + string.Concat(Enumerable.Repeat("a line of some forty octets, or so it is\r\n", 130)) + End,
                "HELO\r\nMAIL FROM: a@b\r\nRCPT TO: bob@lan\r\nDATA\r\n\r\n.\r\nMAIL FROM:<>\r\nRCPT TO:<carol@lan>\r\nDATA\r\nx\r\n.\r\n",
                "EHLO a\r\nMAIL FROM:<a@b>\r\n" + string.Concat(Enumerable.Repeat("RCPT TO:<alice@lan>\r\n", 7)) + "DATA\r\n.\r\n",
                "EHLO a\r\nAUTH PLAIN AGFsaWNlAHNlY3JldC1hbGljZQ==\r\nMAIL FROM:<a@b> AUTH=<>\r\n",
                "EHLO a\r\nAUTH LOGIN\r\nYWxpY2U=\r\nc2VjcmV0LWFsaWNl\r\nNOOP\r\n",
                "EHLO a\r\nAUTH CRAM-MD5\r\n" + digest + "NOOP\r\n",
                "EHLO a\r\nAUTH PLAIN\r\nAGFsaWNlAHg=\r\nAUTH LOGIN Ym9i\r\nYg==\r\nAUTH LOGIN\r\n*\r\n",
                "EHLO a\r\nBDAT 20\r\nMAIL FROM:<a@b>\r\n...\r\nBDAT 0 LAST\r\nNOOP\r\n",
                "\x16\x03\x01\x02\0\x01\0\x01\xFC\x03\x03",
                Begin + "Subject: smuggled\r\n\r\na\n.\r\nMAIL FROM:<evil@x>\r\nRCPT TO:<bob@lan>\r\nDATA\r\nb" + End,
                Begin + "a\r\n.\nb\r.\rc\n.\nd\r\n.\re\r\n\0.\r\nf" + End,
            ];
            return new Grammar
            {
                Seeds = Grammar.Octets(seeds),
                Lines = Grammar.Octets([.. s_commands, digest]),
                Tokens = Grammar.Octets([.. s_tokens, .. s_commands]),
                PlanBits = planBits,
                DrawnBits = drawnBits,
                HasEndlessLines = true,
            };
        }

        // The right answer to the first challenge that a rig's session makes.
        private static string CramMd5()
        {
            var settings = FuzzSettings.Make(false);
            var stamps = new Stamps(settings.Host, new ZeroEntropy(), new Md5()) { Epoch = 0x1234abcd };
            var attempt = new LoginAttempt();
            stamps.Next(attempt);
            byte[] stamp = stamps.Text.AsSpan(0, stamps.Write(attempt)).ToArray();
#pragma warning disable CA5351 // The protocol says MD5.
            byte[] digest = HMACMD5.HashData(settings.Maildrops[0].Password, stamp);
#pragma warning restore CA5351
            return Convert.ToBase64String(Encoding.ASCII.GetBytes("alice " + Convert.ToHexStringLower(digest))) + "\r\n";
        }
    }
}

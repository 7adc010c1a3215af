using System;
using System.Security.Cryptography;
using MailAppliance.Configuration;
using MailAppliance.Login;
using MailAppliance.Tools.Fuzz.Inputs;
using MailAppliance.Tools.Fuzz.Targets;

namespace MailAppliance.Tools.Fuzz.Pop3
{
    /// <summary>What clients say to a POP3 server, and what they should not.</summary>
    internal static class Pop3Grammar
    {
        private const string LogIn = "USER alice\r\nPASS secret-alice\r\n";

        private static readonly string[] s_commands =
        [
            "USER alice\r\n", "PASS secret-alice\r\n", "USER alice@lan\r\n", "USER bob\r\n", "PASS b b\r\n", "USER alerts@shop.example\r\n", "AUTH PLAIN\r\n", "AUTH PLAIN AGFsaWNlAHNlY3JldC1hbGljZQ==\r\n",
            "AUTH LOGIN\r\n", "YWxpY2U=\r\n", "c2VjcmV0LWFsaWNl\r\n", "AUTH LOGIN YWxpY2U=\r\n", "AUTH CRAM-MD5\r\n", "*\r\n", "=\r\n", "\r\n", "STAT\r\n", "LIST\r\n", "LIST 2\r\n", "UIDL\r\n", "UIDL 1\r\n",
            "RETR 1\r\n", "RETR 2\r\n", "RETR 3\r\n", "RETR 8\r\n", "RETR 7\r\n", "TOP 1 0\r\n", "TOP 6 3\r\n", "TOP 2 99999999999\r\n", "TOP 4 1\r\n", "DELE 1\r\n", "DELE 2\r\n", "RSET\r\n", "NOOP\r\n", "CAPA\r\n", "QUIT\r\n",
            "STLS\r\n", "UTF8\r\n", "LANG *\r\n", "retr 1\r\n", "RETR 1\n", "RETR  1 \r\n", "NOOP x\r\n", "XTND\r\n", "GET / HTTP/1.1\r\n", "\x16\x03\x01\x02\0\x01",
        ];

        private static readonly string[] s_tokens =
        [
            "\r\n", "\n", "\r", "\0", " ", "  ", "\t", ".", "..", "\r\n.\r\n", "0", "1", "8", "9", "-1", "+1", "2147483648", "18446744073709551617", "\x80", "\xFF", "\xC3\xBC", "=", "*", "PASS ", "USER ", "TOP ", "RETR ", "APOP ",
        ];

        /// <summary>Makes the grammar.</summary>
        /// <param name="planBits">The bits of a plan that are read.</param>
        /// <param name="drawnBits">Those that are drawn anew each time.</param>
        /// <returns>The grammar.</returns>
        internal static Grammar Make(int planBits, int drawnBits)
        {
            string apop = Apop();
            string[] seeds =
            [
                LogIn + "STAT\r\nLIST\r\nUIDL\r\nRETR 1\r\nDELE 1\r\nQUIT\r\n",
                LogIn + "TOP 1 0\r\nTOP 2 1\r\nTOP 3 5\r\nTOP 4 0\r\nTOP 5 9\r\nTOP 6 2\r\nTOP 8 1\r\n",
                LogIn + "DELE 1\r\nDELE 1\r\nRSET\r\nDELE 2\r\nLIST\r\nRETR 2\r\nQUIT\r\n",
                LogIn + "RETR 2\r\nRETR 3\r\nRETR 4\r\nRETR 5\r\nRETR 7\r\nRETR 8\r\nQUIT\r\n",
                "CAPA\r\nUSER x\r\nPASS y\r\nUSER alice\r\nPASS x\r\nPASS secret-alice\r\n" + LogIn + "NOOP\r\n",
                "AUTH PLAIN\r\nAGFsaWNlAHNlY3JldC1hbGljZQ==\r\nSTAT\r\nQUIT\r\n",
                "AUTH LOGIN\r\nYWxpY2U=\r\nc2VjcmV0LWFsaWNl\r\nSTAT\r\n",
                "AUTH LOGIN YWxpY2U=\r\n*\r\nAUTH PLAIN =\r\nAUTH PLAIN x\r\nNOOP\r\n",
                apop + "STAT\r\nQUIT\r\n",
                "APOP alice 0123456789abcdef0123456789abcdef\r\nAPOP alice\r\n" + LogIn + "QUIT\r\n",
            ];
            return new Grammar
            {
                Seeds = Grammar.Octets(seeds),
                Lines = Grammar.Octets([.. s_commands, apop, LogIn]),
                Tokens = Grammar.Octets([.. s_tokens, .. s_commands, LogIn]),
                PlanBits = planBits,
                DrawnBits = drawnBits,
                HasEndlessLines = true,
                OctetsMax = 2048,
            };
        }

        // The right answer to the greeting of a rig's session.
        private static string Apop()
        {
            ApplianceSettings settings = FuzzSettings.Make(false);
            var stamps = new Stamps(settings.Host, new ZeroEntropy(), new Md5()) { Epoch = 0x1234abcd };
            var attempt = new LoginAttempt();
            stamps.Next(attempt);
            byte[] stamp = stamps.Text.AsSpan(0, stamps.Write(attempt)).ToArray();
#pragma warning disable CA5351 // The protocol says MD5.
            byte[] digest = MD5.HashData([.. stamp, .. settings.Maildrops[0].Password]);
#pragma warning restore CA5351
            return "APOP alice " + Convert.ToHexStringLower(digest) + "\r\n";
        }
    }
}

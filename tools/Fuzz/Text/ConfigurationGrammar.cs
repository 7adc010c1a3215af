using System.Collections.Generic;
using System.Linq;
using MailAppliance.Tools.Fuzz.Inputs;

namespace MailAppliance.Tools.Fuzz.Text
{
    /// <summary>What is in configuration files, and what should not be.</summary>
    internal static class ConfigurationGrammar
    {
        private static readonly string[] s_values =
        [
            "1", "0", "25", "65535", "65536", "8M", "64M", "1G", "512", "3K", "4096", "30d", "5m", "20s", "1h", "-1", "yes", "no", "strict", "device", "reject", "drop-oldest", "small", "large", "default", "lan", "*",
            "mail.lan", "127.0.0.1", "::1", "0.0.0.0", "notice", "warning", "detail", "a, b, c", "\"quoted\"", "\"", "", "99999999999999999999", "1K5", "1 K",
        ];

        private static readonly string[] s_keys =
        [
            "host", "domains", "mode", "profile", "add-missing-fields", "ring", "message-max", "when-full", "retention", "smtp-address", "smtp-port", "pop3-address", "pop3-port", "smtp-slots", "pop3-slots",
            "waiting", "waiting-time", "messages", "maildrops", "recipients-max", "smtp-idle", "pop3-idle", "smtp-input", "record", "read", "memory-max", "notices", "log", "require-auth", "quota", "quota-messages",
            "addresses",
        ];

        /// <summary>Makes the grammar.</summary>
        /// <param name="password">A password.</param>
        /// <returns>The grammar.</returns>
        internal static Grammar Make(string password)
        {
            string maildrop = $"[maildrop alice]\npassword = {password}\naddresses = alice, a@shop.example, *\n";
            string hash = "password-hash = pbkdf2-sha256:10000:MDEyMzQ1Njc4OWFiY2RlZg==:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";
            string[] seeds =
            [
                "[appliance]\nhost = mail.lan\ndomains = lan, x.test ; c\nmode = strict\nring = 8M\nsmtp-port = 25\nsmtp-idle = 5m\nsmtp-address = 1.2.3.4\n# gr\xC3\xBC\xC3\x9F" + "e\n" + maildrop + "[maildrop bob]\npassword = b",
                maildrop,
                "[access]\n192.168.1.0/24 send fetch\n10.0.0.0/8 send\n0.0.0.0/0 refuse\nfd00::/8 = fetch\n" + maildrop,
                $"[maildrop bob]\n{hash}quota = 1M\nquota-messages = 10\n[maildrop alice]\npassword = \"{password}\" # c\n",
                "\xEF\xBB\xBF[appliance]\r\nhost = mail.lan\r\nprofile = small\r\nmemory-max = 64K\r\n" + maildrop,
                "[appliance]\nwhen-full = drop-oldest\nretention = 30d\nrequire-auth = yes\nnotices = no\nlog = warning\n" + maildrop,
            ];
            IEnumerable<string> lines = s_keys.SelectMany((key, at) => s_values.Where((_, value) => (value + at) % 3 == 0).Select(value => $"{key} = {value}\n"))
                .Concat([maildrop, hash, "[appliance]\n", "[access]\n", "[maildrop bob]\npassword = b\n", "[maildrop]\n", "[x]\n", "# c\n", "10.0.0.0/33 send\n", "::/0 refuse\n", "1.2.3.4 = send, fetch\n", "[access\n"]);
            return new Grammar
            {
                Seeds = Grammar.Octets(seeds),
                Lines = Grammar.Octets([.. lines]),
                Tokens = Grammar.Octets([.. s_values, .. s_keys, "[", "]", "=", "#", ";", " # ", " ; ", "\"", "\n", "\r\n", "\r", "\t", "\0", "\x7F", "\xC3\xBC", "\xC3", "\xED\xA0\x80", "\xF4\x90\x80\x80", "[maildrop ", "[access]", "send", "fetch", "refuse", "/", ",", "@"]),
                OctetsMax = 3000,
            };
        }
    }
}

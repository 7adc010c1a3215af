using System;
using System.Collections.Generic;
using System.Linq;
using MailAppliance.Login;

namespace MailAppliance.Tools.Fuzz.Login
{
    /// <summary>AUTH's messages as RFC 4954, 4616 and 2195 have them, read from strings, a letter an octet.</summary>
    internal sealed class SaslModel
    {
        private static readonly HashSet<string> s_domains = new(StringComparer.OrdinalIgnoreCase) { "mail.lan", "lan" };

        // What the address book of the configuration says of local-parts in our domains.
        private static readonly Dictionary<string, int> s_localParts = new(StringComparer.OrdinalIgnoreCase)
        {
            ["alice"] = 0,
            ["bob"] = 1,
            ["carol"] = 35,
            ["a b"] = 2,
            ["dot."] = 3,
            ["postmaster"] = 0,
        };

        private readonly Dictionary<string, int> _names;
        private readonly bool _hasCramMd5;
        private string _mechanism = string.Empty;
        private bool _isNamed;

        /// <summary>Makes one.</summary>
        /// <param name="names">Whose maildrop is whose.</param>
        /// <param name="hasCramMd5">Whether CRAM-MD5 is offered.</param>
        internal SaslModel(Dictionary<string, int> names, bool hasCramMd5)
        {
            _names = names;
            _hasCramMd5 = hasCramMd5;
        }

        /// <summary>The maildrop that is claimed; <see cref="LoginAttempt.Nobody"/> for none.</summary>
        internal int Maildrop { get; private set; }

        /// <summary>What is to prove it.</summary>
        internal string Proof { get; private set; } = string.Empty;

        /// <summary>Takes AUTH's argument.</summary>
        /// <returns>One of <see cref="SaslStep"/>.</returns>
        internal int Begin(string argument)
        {
            string[] words = argument.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            _mechanism = words.Length == 0 ? string.Empty : words[0].ToUpperInvariant();
            if (!(_mechanism is "PLAIN" or "LOGIN" || (_mechanism == "CRAM-MD5" && _hasCramMd5)))
            {
                return SaslStep.UnknownMechanism;
            }

            if (words.Length == 1)
            {
                return _mechanism == "PLAIN" ? SaslStep.AskMessage : _mechanism == "LOGIN" ? SaslStep.AskName : SaslStep.AskDigest;
            }

            return words.Length > 2 ? SaslStep.BadArgument
                : _mechanism == "CRAM-MD5" ? SaslStep.InitialResponseForbidden
                : TakeMessage(words[1] == "=" ? string.Empty : words[1]);
        }

        /// <summary>Takes a response.</summary>
        /// <returns>One of <see cref="SaslStep"/>.</returns>
        internal int Take(string line)
        {
            string response = line.TrimEnd(' ', '\t');
            return response == "*" ? SaslStep.Cancelled : TakeMessage(response);
        }

        private int TakeMessage(string response)
        {
            byte[] room = new byte[response.Length];
            if (!Convert.TryFromBase64String(response, room, out int count) || Convert.ToBase64String(room, 0, count) != response)
            {
                return SaslStep.Malformed;
            }

            string message = string.Concat(room.Take(count).Select(octet => (char)octet));
            return _mechanism switch
            {
                "PLAIN" => TakePlain(message.Split('\0')),
                "LOGIN" => TakeLogin(message),
                _ => TakeDigest(message),
            };
        }

        private int TakePlain(string[] parts)
        {
            if (parts.Length != 3)
            {
                return SaslStep.Malformed;
            }

            int maildrop = Find(parts[1]);
            bool isHimself = parts[0].Length == 0 || Find(parts[0]) == maildrop;
            return Claim(isHimself ? maildrop : LoginAttempt.Nobody, parts[2]);
        }

        private int TakeLogin(string message)
        {
            if (message.Contains('\0', StringComparison.Ordinal))
            {
                return SaslStep.Malformed;
            }

            if (_isNamed)
            {
                return Claim(Maildrop, message);
            }

            _isNamed = true;
            Maildrop = Find(message);
            return SaslStep.AskPassword;
        }

        private int TakeDigest(string message)
        {
            int space = message.LastIndexOf(' ');
            return space < 0 ? SaslStep.Malformed : Claim(Find(message[..space]), message[(space + 1)..]);
        }

        private int Claim(int maildrop, string proof)
        {
            Maildrop = maildrop;
            Proof = proof;
            return SaslStep.Verify;
        }

        private int Find(string name)
        {
            if (_names.TryGetValue(name, out int maildrop))
            {
                return maildrop;
            }

            int at = name.LastIndexOf('@');
            if (at <= 0 || at == name.Length - 1)
            {
                return LoginAttempt.Nobody;
            }

            return name.Equals("alerts@shop.example", StringComparison.OrdinalIgnoreCase) ? 4
                : s_domains.Contains(name[(at + 1)..]) && s_localParts.TryGetValue(name[..at], out maildrop) ? maildrop
                : LoginAttempt.Nobody;
        }
    }
}

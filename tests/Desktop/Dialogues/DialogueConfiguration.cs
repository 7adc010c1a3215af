using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace MailAppliance.Tests.Dialogues
{
    /// <summary>The configuration that dialogues are played with, and what one of them changes in it.</summary>
    public sealed class DialogueConfiguration
    {
        // A small ring: each dialogue gets a fresh one, three times.
        private readonly List<(string Key, string Value)> _keys =
        [
            ("host", "mail.lan"), ("domains", "lan, harness.test"), ("ring", "4M"), ("message-max", "1M"),
        ];

        private readonly StringBuilder _sections = new();

        /// <summary>Sets a key of the [appliance] section.</summary>
        /// <param name="key">The key.</param>
        /// <param name="value">Its value.</param>
        public void Set(string key, string value)
        {
            _keys.RemoveAll(entry => entry.Key == key);
            _keys.Add((key, value));
        }

        /// <summary>Adds a line to sections of the dialogue's own, which replace the two default maildrops.</summary>
        /// <param name="line">A section's head, or a line behind one.</param>
        public void AddSectionLine(string line)
        {
            _sections.Append(line).Append('\n');
        }

        /// <summary>The file.</summary>
        /// <returns>Its text.</returns>
        public override string ToString()
        {
            string keys = string.Concat(_keys.Select(entry => $"{entry.Key} = {entry.Value}\n"));
            const string Maildrops = "[maildrop alice]\npassword = secret-alice\naddresses = alice, postmaster, alerts@shop.example, *\n"
                + "[maildrop bob]\npassword = secret-bob\naddresses = bob\n";
            return "[appliance]\n" + keys + (_sections.Length > 0 ? _sections.ToString() : Maildrops);
        }
    }
}

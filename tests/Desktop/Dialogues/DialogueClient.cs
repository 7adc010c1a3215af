using System;
using System.Collections.Generic;
using System.Text;

namespace MailAppliance.Tests.Dialogues
{
    /// <summary>A connection of a dialogue that is being played: what is still to be sent, and how far its answers were read.</summary>
    /// <param name="connection">The target's end of it.</param>
    public sealed class DialogueClient(IDialogueConnection connection)
    {
        private int _readCount;

        /// <summary>The connection.</summary>
        public IDialogueConnection Connection { get; } = connection;

        /// <summary>Octets of the steps that are played together.</summary>
        public List<byte> Outgoing { get; } = [];

        /// <summary>What is expected once they are sent.</summary>
        public List<DialogueStep> Expected { get; } = [];

        /// <summary>The octets that no step has looked at, for messages; empty where there are none.</summary>
        public string Unread => Encoding.Latin1.GetString(Connection.Received[_readCount..]);

        /// <summary>Takes the next line.</summary>
        /// <returns>The line without CRLF, an octet a character; null where no whole line is there.</returns>
        public string? ReadLine()
        {
            ReadOnlySpan<byte> rest = Connection.Received[_readCount..];
            int count = rest.IndexOf("\r\n"u8);
            if (count < 0)
            {
                return null;
            }

            _readCount += count + 2;
            return Encoding.Latin1.GetString(rest[..count]);
        }
    }
}

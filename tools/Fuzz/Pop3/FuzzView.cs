using System;
using MailAppliance.Core;
using MailAppliance.Pop3;
using MailAppliance.Tools.Fuzz.Inputs;

namespace MailAppliance.Tools.Fuzz.Pop3
{
    /// <summary>A maildrop in RAM whose messages never change. Allocates nothing.</summary>
    internal sealed class FuzzView : IMaildropView
    {
        private const int EndOctets = 3;

        private static readonly byte[][] s_messages =
        [
            .. Grammar.Octets(
                "Subject: a\r\n\r\ntext\r\n.\r\n",
                "Subject: dots\r\n\r\n..\r\n..a\r\n...\r\n.\r\n",
                ".\r\n",
                "\r\n.\r\n",
                "Subject: header only\r\nX: y\r\n.\r\n",
                "Subject: b\r\n\r\n1\r\n2\r\n3\r\n4\r\n5\r\n\r\n.\r\n",
                "Subject: gone\r\n\r\n.\r\n"),
            .. Grammar.Octets("Subject: long\r\n\r\n" + new string('x', 1500) + "\r\n" + new string('y', 40) + "\r\n.\r\n"),
        ];

        private const int GoneNumber = 7;

        private readonly bool[] _marks = new bool[s_messages.Length];

        /// <inheritdoc/>
        public int MessageCount
        {
            get { return s_messages.Length; }
        }

        /// <inheritdoc/>
        public int UnmarkedCount { get; private set; }

        /// <inheritdoc/>
        public long UnmarkedOctets { get; private set; }

        /// <summary>Messages that are marked.</summary>
        internal int MarkedCount
        {
            get { return s_messages.Length - 1 - UnmarkedCount; }
        }

        /// <summary>A message in wire form.</summary>
        /// <param name="number">Its message-number.</param>
        /// <returns>The octets; not to be changed.</returns>
        internal static byte[] WireOf(int number)
        {
            return s_messages[number - 1];
        }

        /// <inheritdoc/>
        public int OctetsOf(int number)
        {
            if (number == GoneNumber)
            {
                return -1;
            }

            byte[] wire = s_messages[number - 1];
            int octets = wire.Length - EndOctets;
            for (int at = 0; at < wire.Length - EndOctets; at++)
            {
                octets -= wire[at] == '.' && (at == 0 || wire[at - 1] == '\n') ? 1 : 0;
            }

            return octets;
        }

        /// <inheritdoc/>
        public bool IsMarked(int number)
        {
            return _marks[number - 1];
        }

        /// <inheritdoc/>
        public void Mark(int number)
        {
            if (_marks[number - 1] || number == GoneNumber)
            {
                throw new BrokenInvariantException("only what is there and not marked is marked", "message " + number.ToString());
            }

            _marks[number - 1] = true;
            UnmarkedCount--;
            UnmarkedOctets -= OctetsOf(number);
        }

        /// <inheritdoc/>
        public void UnmarkAll()
        {
            Array.Clear(_marks);
            UnmarkedCount = s_messages.Length - 1;
            UnmarkedOctets = 0;
            for (int number = 1; number <= s_messages.Length; number++)
            {
                UnmarkedOctets += Math.Max(0, OctetsOf(number));
            }
        }

        /// <inheritdoc/>
        public int WriteUniqueId(int number, byte[] buffer, int offset)
        {
            Octets.WriteHex(number, buffer, offset);
            Octets.WriteHex(-number, buffer, offset + 8);
            return 16;
        }
    }
}

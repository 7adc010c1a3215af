using System;
using MailAppliance.Pop3;

namespace MailAppliance.Tests
{
    /// <summary>A maildrop in memory, for the tests of the POP3 session.</summary>
    public sealed class Pop3FakeView : IMaildropView
    {
        private readonly byte[][] _messages;
        private readonly bool[] _marks;
        private readonly bool[] _gone;
        private int _count;

        /// <summary>Makes an empty maildrop.</summary>
        /// <param name="messagesMax">Messages it has room for.</param>
        public Pop3FakeView(int messagesMax)
        {
            _messages = new byte[messagesMax][];
            _marks = new bool[messagesMax];
            _gone = new bool[messagesMax];
        }

        /// <summary>Messages in the view.</summary>
        public int MessageCount
        {
            get { return _count; }
        }

        /// <summary>Messages that are not marked.</summary>
        public int UnmarkedCount
        {
            get
            {
                int count = 0;
                for (int index = 0; index < _count; index++)
                {
                    count += _marks[index] || _gone[index] ? 0 : 1;
                }

                return count;
            }
        }

        /// <summary>Octets of the messages that are not marked.</summary>
        public long UnmarkedOctets
        {
            get
            {
                long octets = 0;
                for (int index = 0; index < _count; index++)
                {
                    octets += _marks[index] || _gone[index] ? 0 : OctetsOf(index + 1);
                }

                return octets;
            }
        }

        /// <summary>Puts a message in.</summary>
        /// <param name="wire">Its octets in wire form, with stuffed dots and the final ".\r\n".</param>
        public void Add(byte[] wire)
        {
            _messages[_count] = wire;
            _count++;
        }

        /// <summary>Says that a message is gone.</summary>
        /// <param name="number">Its message-number.</param>
        public void Lose(int number)
        {
            _gone[number - 1] = true;
        }

        /// <summary>A message's octets in wire form.</summary>
        /// <param name="number">Its message-number.</param>
        /// <returns>The view's own array.</returns>
        public byte[] WireOf(int number)
        {
            return _messages[number - 1];
        }

        /// <summary>Octets as RFC 1939 section 11 counts them: the wire's, less the end and the stuffed dots.</summary>
        /// <param name="number">The message-number.</param>
        /// <returns>The octets, or -1.</returns>
        public int OctetsOf(int number)
        {
            if (_gone[number - 1])
            {
                return -1;
            }

            byte[] wire = _messages[number - 1];
            int octets = wire.Length - 3;
            for (int index = 0; index < wire.Length - 3; index++)
            {
                if (wire[index] == '.' && (index == 0 || wire[index - 1] == '\n'))
                {
                    octets--;
                }
            }

            return octets;
        }

        /// <summary>Whether a message is marked as deleted.</summary>
        /// <param name="number">The message-number.</param>
        /// <returns>True where it is.</returns>
        public bool IsMarked(int number)
        {
            return _marks[number - 1];
        }

        /// <summary>Marks a message as deleted.</summary>
        /// <param name="number">The message-number of one that is not marked.</param>
        public void Mark(int number)
        {
            if (_marks[number - 1])
            {
                throw new InvalidOperationException();
            }

            _marks[number - 1] = true;
        }

        /// <summary>Unmarks all messages.</summary>
        public void UnmarkAll()
        {
            for (int index = 0; index < _count; index++)
            {
                _marks[index] = false;
            }
        }

        /// <summary>Writes "uid-" and the number.</summary>
        /// <param name="number">The message-number.</param>
        /// <param name="buffer">Where to.</param>
        /// <param name="offset">Its first octet.</param>
        /// <returns>The octets written.</returns>
        public int WriteUniqueId(int number, byte[] buffer, int offset)
        {
            buffer[offset] = (byte)'u';
            buffer[offset + 1] = (byte)'-';
            return 2 + Core.Octets.WriteDecimal(1000 + number, buffer, offset + 2);
        }
    }
}

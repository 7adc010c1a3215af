using System;
using System.Text;

namespace MailAppliance.Core
{
    /// <summary>
    /// Texts that are there from boot on, all in one array: on the board each array of its own would take 28 octets beside its
    /// text. Those that are not said all the time stay in the program's flash there, where a literal is; to find one costs a walk
    /// over the literal, so what every mail needs is in the array.
    /// </summary>
    public sealed class Phrases
    {
        // In no text of ours. NUL would end the literal on the board.
        private const byte Separator = (byte)'|';

        private static readonly Encoding s_ascii = Encoding.UTF8;

        private readonly string _literal;
        private readonly byte[] _text;
        private readonly short[] _starts;

        /// <summary>Makes them; done at boot.</summary>
        /// <param name="hot">The texts that are said all the time, or looked for with <see cref="Is"/>, in ASCII, each with a <c>|</c> behind it.</param>
        /// <param name="cold">The others, which come behind them, likewise.</param>
        public Phrases(string hot, string cold)
        {
            string text = hot + cold;
            byte[] octets = Octets.Of(text);
            _starts = new short[text.Split((char)Separator).Length];
            int next = 1;
            for (int at = 0; at < octets.Length; at++)
            {
                if (octets[at] == Separator)
                {
                    _starts[next] = (short)(at + 1);
                    next++;
                }
            }

            _literal = cold;
            _text = Octets.Of(hot);
        }

        /// <summary>How many there are.</summary>
        public int Count
        {
            get { return _starts.Length - 1; }
        }

        /// <summary>The octets of a text.</summary>
        /// <param name="phrase">Its place among the others.</param>
        /// <returns>The octets.</returns>
        public int OctetsOf(int phrase)
        {
            return _starts[phrase + 1] - _starts[phrase] - 1;
        }

        /// <summary>Whether a range holds a text, without case.</summary>
        /// <param name="phrase">Its place among the others.</param>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">How many.</param>
        /// <returns>True where it does.</returns>
        public bool Is(int phrase, byte[] buffer, int offset, int count)
        {
            return Octets.EqualIgnoreCase(buffer, offset, count, _text, _starts[phrase], OctetsOf(phrase));
        }

        /// <summary>Writes a text.</summary>
        /// <param name="phrase">Its place among the others.</param>
        /// <param name="buffer">Has room for it.</param>
        /// <param name="offset">Where the first octet goes.</param>
        /// <returns>Index behind it.</returns>
        public int Write(int phrase, byte[] buffer, int offset)
        {
            int start = _starts[phrase];
            int octets = _starts[phrase + 1] - start - 1;
            int behind = start - _text.Length;
            if (behind >= 0)
            {
                s_ascii.GetBytes(_literal, behind, octets, buffer, offset);
            }
            else
            {
                Array.Copy(_text, start, buffer, offset, octets);
            }

            return offset + octets;
        }
    }
}

using MailAppliance.Core;

namespace MailAppliance.Boards
{
    /// <summary>The lines of a page, in buffers that are made once. What is not printable ASCII becomes a question mark, a letter each.</summary>
    internal sealed class PageText
    {
        /// <summary>Lines of a page: those of a display of 64 dots.</summary>
        internal const int LineCount = 8;

        /// <summary>Letters of a line: those of a display of 128 dots.</summary>
        internal const int ColumnCount = 21;

        private const byte Space = 32;

        private readonly byte[][] _lines = new byte[LineCount][];
        private readonly byte[] _number = new byte[20];
        private int _line;
        private int _column;

        /// <summary>Makes an empty page.</summary>
        internal PageText()
        {
            for (int line = 0; line < LineCount; line++)
            {
                _lines[line] = new byte[ColumnCount];
            }

            Clear();
        }

        /// <summary>A line's letters, filled up with spaces.</summary>
        /// <param name="line">The line.</param>
        /// <returns>The buffer, which the next page overwrites.</returns>
        internal byte[] LineAt(int line)
        {
            return _lines[line];
        }

        /// <summary>Empties the page.</summary>
        internal void Clear()
        {
            for (int line = 0; line < LineCount; line++)
            {
                byte[] letters = _lines[line];
                for (int column = 0; column < ColumnCount; column++)
                {
                    letters[column] = Space;
                }
            }
        }

        /// <summary>Goes to the begin of a line.</summary>
        /// <param name="line">The line.</param>
        /// <returns>This.</returns>
        internal PageText At(int line)
        {
            _line = line;
            _column = 0;
            return this;
        }

        /// <summary>Adds words of ours; what does not fit the line is left out.</summary>
        /// <param name="words">ASCII.</param>
        /// <returns>This.</returns>
        internal PageText Add(string words)
        {
            int count = words.Length;
            for (int at = 0; at < count && _column < ColumnCount; at++)
            {
                Put((byte)words[at]);
            }

            return this;
        }

        /// <summary>Adds a name in UTF-8; what does not fit is left out.</summary>
        /// <param name="name">The octets.</param>
        /// <param name="columnsMax">Letters at most.</param>
        /// <returns>This.</returns>
        internal PageText Add(byte[] name, int columnsMax)
        {
            int end = _column + columnsMax;
            for (int at = 0; at < name.Length && _column < end; at++)
            {
                // Of a letter of several octets, the first.
                if ((name[at] & 0xC0) != 0x80)
                {
                    Put(name[at]);
                }
            }

            return this;
        }

        /// <summary>Adds a number.</summary>
        /// <param name="value">Not negative.</param>
        /// <returns>This.</returns>
        internal PageText Add(long value)
        {
            int count = Octets.WriteDecimal(value, _number, 0);
            for (int at = 0; at < count; at++)
            {
                Put(_number[at]);
            }

            return this;
        }

        /// <summary>Puts a number at the end of the line, with a space before it, over what stands there.</summary>
        /// <param name="value">Not negative.</param>
        /// <param name="unit">What follows it.</param>
        /// <returns>This.</returns>
        internal PageText AddRight(long value, string unit)
        {
            int count = Octets.WriteDecimal(value, _number, 0);
            _column = ColumnCount - count - unit.Length - 1;
            _column = _column < 0 ? 0 : _column;
            Put(Space);
            return Add(value).Add(unit);
        }

        /// <summary>Adds a text from the current line on, broken at spaces; what does not fit the lines is left out.</summary>
        /// <param name="text">ASCII.</param>
        /// <param name="lastLine">The last line that it may take.</param>
        internal void AddWrapped(string text, int lastLine)
        {
            int length = text.Length;
            int at = 0;
            while (at < length && _line <= lastLine)
            {
                int end = at + ColumnCount;
                if (end < length)
                {
                    int space = end;
                    while (space > at && text[space] != ' ')
                    {
                        space--;
                    }

                    end = space > at ? space : end;
                }

                end = end < length ? end : length;
                for (; at < end; at++)
                {
                    Put((byte)text[at]);
                }

                while (at < length && text[at] == ' ')
                {
                    at++;
                }

                At(_line + 1);
            }
        }

        private void Put(byte letter)
        {
            if (_column < ColumnCount)
            {
                _lines[_line][_column] = letter >= Space && letter < 127 ? letter : (byte)'?';
                _column++;
            }
        }
    }
}

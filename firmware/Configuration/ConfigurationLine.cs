using MailAppliance.Core;

namespace MailAppliance.Configuration
{
    /// <summary>Walks over the lines of a configuration file and takes each apart. Octets stay where they are.</summary>
    internal sealed class ConfigurationLine
    {
        /// <summary>Nothing but white space and comment.</summary>
        internal const int Blank = 0;

        /// <summary><c>[WORD NAME]</c>: <see cref="NameOffset"/> is the word, <see cref="ValueOffset"/> the name behind it.</summary>
        internal const int Section = 1;

        /// <summary><c>NAME = VALUE</c>.</summary>
        internal const int Pair = 2;

        /// <summary>None of these; <see cref="Problem"/> says what was expected.</summary>
        internal const int Wrong = 3;

        private readonly byte[] _buffer;
        private readonly int _first;
        private readonly int _end;
        private int _next;
        private int _lineEnd;

        internal ConfigurationLine(byte[] buffer, int offset, int count)
        {
            _buffer = buffer;
            _end = offset + count;
            bool hasMark = count >= 3 && buffer[offset] == 0xEF && buffer[offset + 1] == 0xBB && buffer[offset + 2] == 0xBF;
            _first = hasMark ? offset + 3 : offset;
            Restart();
        }

        /// <summary>The line's number, from 1.</summary>
        internal int Number;

        /// <summary>One of the constants above.</summary>
        internal int Kind;

        /// <summary>First octet of the key, or of the section's word.</summary>
        internal int NameOffset;

        /// <summary>Its octets.</summary>
        internal int NameCount;

        /// <summary>First octet of the value without its quotes, or of the section's name.</summary>
        internal int ValueOffset;

        /// <summary>Its octets.</summary>
        internal int ValueCount;

        /// <summary>Whether white space parts name and value where there is no <c>=</c>; kept for the lines to come.</summary>
        internal bool TakesWords;

        /// <summary>What was expected, where the line is wrong.</summary>
        internal string Problem;

        /// <summary>Whether the key, or the section's word, is this one, without case.</summary>
        internal bool IsName(string word)
        {
            return ConfigurationText.IsWord(_buffer, NameOffset, NameCount, word);
        }

        /// <summary>The key, or the section's word, for messages.</summary>
        internal string ShowName()
        {
            return ConfigurationText.Show(_buffer, NameOffset, NameCount);
        }

        /// <summary>What stands for the key, for the end of a message.</summary>
        internal string FoundName()
        {
            return ConfigurationText.Found(_buffer, NameOffset, NameCount);
        }

        /// <summary>What stands for the value, for the end of a message.</summary>
        internal string FoundValue()
        {
            return ConfigurationText.Found(_buffer, ValueOffset, ValueCount);
        }

        /// <summary>Reads the value into a key; see <see cref="ConfigurationValue.Parse"/>.</summary>
        /// <returns>What is wrong with it; null where nothing is.</returns>
        internal string ParseValue(ConfigurationKey key)
        {
            return ConfigurationValue.Parse(key, _buffer, ValueOffset, ValueCount) ? null
                : key.Name + ": expected " + ConfigurationValue.Expected(key) + FoundValue();
        }

        /// <summary>A copy of the value.</summary>
        internal byte[] CopyValue()
        {
            return ConfigurationText.Copy(_buffer, ValueOffset, ValueCount);
        }

        /// <summary>Begins again before the first line.</summary>
        internal void Restart()
        {
            _next = _first;
            Number = 0;
            TakesWords = false;
        }

        /// <summary>Takes the next line.</summary>
        /// <returns>False where there is none.</returns>
        internal bool Next()
        {
            if (_next >= _end)
            {
                return false;
            }

            int start = _next;
            int end = start;
            while (end < _end && _buffer[end] != Octets.Lf)
            {
                end++;
            }

            _next = end + 1;
            Number++;
            _lineEnd = end > start && _buffer[end - 1] == Octets.Cr ? end - 1 : end;
            NameCount = 0;
            ValueCount = 0;
            if (!Utf8.IsValid(_buffer, start, _lineEnd - start))
            {
                Fail("expected UTF-8");
            }
            else if (HasControl(start))
            {
                Fail("expected no control characters");
            }
            else
            {
                Parse(SkipSpace(start));
            }

            return true;
        }

        private bool HasControl(int start)
        {
            for (int index = start; index < _lineEnd; index++)
            {
                int octet = _buffer[index];
                if ((octet < Octets.Space && octet != Octets.Tab) || octet == 0x7F)
                {
                    return true;
                }
            }

            return false;
        }

        private void Parse(int start)
        {
            if (IsOver(start))
            {
                Kind = Blank;
            }
            else if (_buffer[start] == '[')
            {
                ParseSection(start + 1);
            }
            else
            {
                ParsePair(start);
            }
        }

        private void ParseSection(int start)
        {
            int close = Find(start, ']');
            if (close < 0)
            {
                Fail("expected ] at the end of the section's name");
                return;
            }

            Kind = Section;
            NameOffset = SkipSpace(start);
            int end = FindSpace(NameOffset, close);
            NameCount = end - NameOffset;
            ValueOffset = SkipSpace(end);
            ValueCount = TrimEnd(ValueOffset, close) - ValueOffset;
            CheckEnd(close + 1, "]");
        }

        private void ParsePair(int start)
        {
            int equals = Find(start, '=');
            if (equals < 0 && TakesWords)
            {
                equals = FindSpace(start, _lineEnd);
            }

            if (equals <= start)
            {
                Fail("expected a [section] or \"key = value\"");
                return;
            }

            Kind = Pair;
            NameOffset = start;
            NameCount = TrimEnd(start, equals) - start;
            ValueOffset = SkipSpace(equals + 1);
            if (ValueOffset < _lineEnd && _buffer[ValueOffset] == '"')
            {
                ParseQuoted();
                return;
            }

            int end = ValueOffset;
            while (end < _lineEnd && !BeginsComment(end))
            {
                end++;
            }

            ValueCount = TrimEnd(ValueOffset, end) - ValueOffset;
        }

        private void ParseQuoted()
        {
            ValueOffset++;
            int close = Find(ValueOffset, '"');
            if (close < 0)
            {
                Fail("expected a second quote at the end of the value");
                return;
            }

            ValueCount = close - ValueOffset;
            CheckEnd(close + 1, "the second quote");
        }

        private void CheckEnd(int at, string what)
        {
            if (!IsOver(SkipSpace(at)) || (at < _lineEnd && !ConfigurationText.IsSpace(_buffer[at])))
            {
                Fail("expected nothing behind " + what + " but a comment after white space");
            }
        }

        /// <summary>Whether nothing but a comment is left.</summary>
        private bool IsOver(int at)
        {
            return at >= _lineEnd || _buffer[at] == '#' || _buffer[at] == ';';
        }

        /// <summary>A comment follows white space; otherwise # and ; are part of the value.</summary>
        private bool BeginsComment(int at)
        {
            return (_buffer[at] == '#' || _buffer[at] == ';') && ConfigurationText.IsSpace(_buffer[at - 1]);
        }

        private int Find(int start, char what)
        {
            for (int index = start; index < _lineEnd; index++)
            {
                if (_buffer[index] == what)
                {
                    return index;
                }
            }

            return -1;
        }

        private int FindSpace(int at, int end)
        {
            while (at < end && !ConfigurationText.IsSpace(_buffer[at]))
            {
                at++;
            }

            return at;
        }

        private int SkipSpace(int at)
        {
            while (at < _lineEnd && ConfigurationText.IsSpace(_buffer[at]))
            {
                at++;
            }

            return at;
        }

        private int TrimEnd(int start, int end)
        {
            while (end > start && ConfigurationText.IsSpace(_buffer[end - 1]))
            {
                end--;
            }

            return end < start ? start : end;
        }

        private void Fail(string problem)
        {
            Kind = Wrong;
            Problem = problem;
        }
    }
}

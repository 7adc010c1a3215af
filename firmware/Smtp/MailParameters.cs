using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <summary>Reads the parameters behind the path of MAIL and RCPT (RFC 5321 section 4.1.2).</summary>
    /// <remarks>
    /// MAIL: SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), AUTH, which nobody here has any use for (RFC 4954 section 5). RCPT: none.
    /// Device mode also takes, and ignores, what cameras and printers send without being asked: RET, ENVID on MAIL; NOTIFY, ORCPT on RCPT;
    /// and whatever AUTH says.
    /// </remarks>
    public sealed class MailParameters
    {
        private const int SizeDigitsMax = 20;

        private const int Size = 0;
        private const int Body = 1;
        private const int SmtpUtf8 = 2;
        private const int SevenBit = 3;
        private const int EightBitMime = 4;
        private const int Auth = 5;
        private const int Nobody = 6;
        private const int Ret = 7;
        private const int Envid = 8;
        private const int Notify = 9;
        private const int Orcpt = 10;

        private static readonly Phrases s_words = new Phrases("SIZE|BODY|SMTPUTF8|7BIT|8BITMIME|AUTH|<>|RET|ENVID|NOTIFY|ORCPT|", "");

        private readonly bool _strict;

        // The parameter at hand: where its keyword and its value begin and end. An absent value begins at -1.
        private byte[] _buffer;
        private int _keyOffset;
        private int _keyCount;
        private int _valueOffset;
        private int _valueCount;
        private bool _hasBody;
        private bool _hasAuth;

        /// <summary>Makes a parser; done at boot.</summary>
        /// <param name="strict">Whether parameters that were not offered are refused.</param>
        public MailParameters(bool strict)
        {
            _strict = strict;
        }

        /// <summary>What SIZE declares; -1 where it was not given.</summary>
        public long DeclaredOctets;

        /// <summary>Whether SMTPUTF8 was given.</summary>
        public bool IsUtf8;

        /// <summary>Reads what stands behind a path.</summary>
        /// <param name="buffer">The line's buffer.</param>
        /// <param name="offset">Behind the path.</param>
        /// <param name="end">Behind the line's last octet.</param>
        /// <param name="onRcpt">Whether the command is RCPT.</param>
        /// <returns>One of <see cref="ParameterResult"/>.</returns>
        public int Parse(byte[] buffer, int offset, int end, bool onRcpt)
        {
            DeclaredOctets = -1;
            IsUtf8 = false;
            _hasBody = false;
            _hasAuth = false;
            _buffer = buffer;
            int at = OctetClass.SkipWhite(buffer, offset, end);
            while (at < end)
            {
                at = ReadOne(at, end);
                if (at < 0)
                {
                    return ParameterResult.Malformed;
                }

                int result = onRcpt ? TakeOnRcpt() : TakeOnMail();
                if (result != ParameterResult.Ok)
                {
                    return result;
                }

                at = OctetClass.SkipWhite(buffer, at, end);
            }

            return ParameterResult.Ok;
        }

        // keyword [ "=" value ], up to white space; the index behind it, or -1.
        private int ReadOne(int offset, int end)
        {
            byte[] buffer = _buffer;
            int at = offset;
            while (at < end && (OctetClass.Is(buffer[at], OctetClass.LetterOrDigit) || (buffer[at] == '-' && at > offset)))
            {
                at++;
            }

            _keyOffset = offset;
            _keyCount = at - offset;
            _valueOffset = -1;
            _valueCount = 0;
            if (at < end && buffer[at] == '=')
            {
                _valueOffset = at + 1;
                int classes = _strict ? OctetClass.ParameterValue : OctetClass.ParameterValue | OctetClass.High;
                at = OctetClass.Skip(buffer, at + 1, end, classes);
                _valueCount = at - _valueOffset;
            }

            bool ended = at == end || buffer[at] == Octets.Space || buffer[at] == Octets.Tab;
            return ended && _keyCount > 0 && (_valueOffset < 0 || _valueCount > 0) ? at : -1;
        }

        private int TakeOnMail()
        {
            if (IsKey(Size))
            {
                bool repeated = DeclaredOctets >= 0;
                DeclaredOctets = _valueCount <= SizeDigitsMax ? Octets.ParseDecimal(_buffer, _valueOffset, _valueCount) : -1;
                return repeated || DeclaredOctets < 0 ? ParameterResult.Malformed : ParameterResult.Ok;
            }

            if (IsKey(Body))
            {
                bool repeated = _hasBody;
                _hasBody = true;
                return repeated || !(IsValue(SevenBit) || IsValue(EightBitMime)) ? ParameterResult.Malformed : ParameterResult.Ok;
            }

            if (IsKey(SmtpUtf8))
            {
                bool repeated = IsUtf8;
                IsUtf8 = true;
                return repeated || _valueOffset >= 0 ? ParameterResult.Malformed : ParameterResult.Ok;
            }

            if (IsKey(Auth))
            {
                bool repeated = _hasAuth;
                _hasAuth = true;
                return _strict && (repeated || !(IsValue(Nobody) || IsXtext())) ? ParameterResult.Malformed : ParameterResult.Ok;
            }

            return Ignored(Ret, Envid);
        }

        private int TakeOnRcpt()
        {
            return Ignored(Notify, Orcpt);
        }

        private int Ignored(int one, int other)
        {
            return !_strict && (IsKey(one) || IsKey(other)) ? ParameterResult.Ok : ParameterResult.Unknown;
        }

        // What stands for another octet is a plus sign and two upper-case hexadecimal digits (RFC 3461 section 4).
        private bool IsXtext()
        {
            byte[] buffer = _buffer;
            int end = _valueOffset + _valueCount;
            for (int at = _valueOffset; at < end; at++)
            {
                if (buffer[at] == '+')
                {
                    if (end - at < 3 || !IsHexDigit(buffer[at + 1]) || !IsHexDigit(buffer[at + 2]))
                    {
                        return false;
                    }

                    at += 2;
                }
            }

            return _valueCount > 0;
        }

        private static bool IsHexDigit(int octet)
        {
            return (octet >= '0' && octet <= '9') || (octet >= 'A' && octet <= 'F');
        }

        private bool IsKey(int word)
        {
            return s_words.Is(word, _buffer, _keyOffset, _keyCount);
        }

        private bool IsValue(int word)
        {
            return _valueCount > 0 && s_words.Is(word, _buffer, _valueOffset, _valueCount);
        }
    }
}

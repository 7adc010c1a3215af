using System;
using MailAppliance.Hal.Desktop.Simulated;

namespace MailAppliance.Tools.Fuzz.Inputs
{
    /// <summary>Makes an input of another one: a few changes, drawn by lot.</summary>
    internal sealed class Mutator
    {
        private const int EndlessOctets = 80_000;
        private const int Room = EndlessOctets + (1 << 14);
        private static readonly byte[] s_interesting = [0, (byte)'\r', (byte)'\n', (byte)'.', (byte)' ', (byte)'\t', (byte)'<', (byte)'>', (byte)'"', (byte)'\\', (byte)'@', (byte)':', (byte)'=', 0x7F, 0x80, 0xC3, 0xFF, (byte)'0', (byte)'9'];

        private readonly SeededRandom _random;
        private readonly Grammar _grammar;
        private readonly byte[] _work = new byte[Room];
        private readonly byte[] _held = new byte[Room];
        private int _count;

        /// <summary>Makes one.</summary>
        /// <param name="random">The lots.</param>
        /// <param name="grammar">What inputs are made of.</param>
        internal Mutator(SeededRandom random, Grammar grammar)
        {
            _random = random;
            _grammar = grammar;
        }

        /// <summary>Makes an input.</summary>
        /// <param name="parent">What it is made of.</param>
        /// <param name="other">Another one, of which it may take a part.</param>
        /// <returns>A new input.</returns>
        internal FuzzInput Next(FuzzInput parent, FuzzInput other)
        {
            Take(parent.Octets);
            int plan = parent.Plan;
            if (_grammar.Lines.Count > 0 && _random.Chance(150))
            {
                Compose();
            }

            int changes = 1;
            while (changes < 12 && _random.Chance(550))
            {
                changes++;
            }

            for (; changes > 0; changes--)
            {
                Change(other.Octets);
            }

            if (_random.Chance(250))
            {
                plan = _random.Chance(300) ? 0 : plan ^ (1 << _random.Next(31)) ^ (_random.Chance(300) ? (int)_random.NextInt64() : 0);
            }

            plan = (plan & ~_grammar.DrawnBits) | ((int)_random.NextInt64() & _grammar.DrawnBits);
            if (_count > _grammar.OctetsMax && _count < EndlessOctets)
            {
                _count = _grammar.OctetsMax;
            }

            return new FuzzInput(_work.AsSpan(0, _count).ToArray(), plan & _grammar.PlanBits);
        }

        private void Take(byte[] octets)
        {
            _count = Math.Min(octets.Length, _grammar.OctetsMax);
            octets.AsSpan(0, _count).CopyTo(_work);
        }

        private void Compose()
        {
            _count = 0;
            for (int lines = 1 + _random.Next(12); lines > 0; lines--)
            {
                Replace(_count, 0, _grammar.Lines[_random.Next(_grammar.Lines.Count)]);
            }
        }

        private void Change(byte[] other)
        {
            int at = _random.Next(_count + 1);
            int length = Math.Min(_count - at, _random.Chance(700) ? 1 + _random.Next(8) : 1 + _random.Next(1 + _count));
            switch (_random.Next(16))
            {
                case 0 when at < _count:
                    _work[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1 when at < _count:
                    _work[at] = (byte)_random.Next(256);
                    break;
                case 2 when at < _count:
                    _work[at] = s_interesting[_random.Next(s_interesting.Length)];
                    break;
                case 3:
                    Replace(at, 0, [s_interesting[_random.Next(s_interesting.Length)]]);
                    break;
                case 4 or 5:
                    Replace(at, 0, Token());
                    break;
                case 6:
                    Replace(at, length, Token());
                    break;
                case 7:
                    Replace(at, length, []);
                    break;
                case 8:
                    Replace(_random.Next(_count + 1), 0, _work.AsSpan(at, length).ToArray());
                    break;
                case 9:
                    ChangeLines();
                    break;
                case 10 when other.Length > 0:
                    int from = _random.Next(other.Length);
                    Replace(at, _random.Chance(500) ? length : 0, other.AsSpan(from, 1 + _random.Next(Math.Min(other.Length - from, 400))));
                    break;
                case 11:
                    Repeat(at);
                    break;
                case 12 when at < _count:
                    _work[at] ^= (byte)(char.IsAsciiLetter((char)_work[at]) ? 0x20 : 1);
                    break;
                case 13:
                    ChangeNumber(at);
                    break;
                case 14 when _random.Chance(200):
                    _count = at;
                    break;
                default:
                    Replace(LineStart(at), 0, _grammar.Lines.Count > 0 ? _grammar.Lines[_random.Next(_grammar.Lines.Count)] : Token());
                    break;
            }
        }

        private byte[] Token()
        {
            return _grammar.Tokens[_random.Next(_grammar.Tokens.Count)];
        }

        // A line twice, away, or in another's place.
        private void ChangeLines()
        {
            int start = LineStart(_random.Next(_count + 1));
            int end = LineEnd(start);
            byte[] line = _work.AsSpan(start, end - start).ToArray();
            int lot = _random.Next(3);
            if (lot > 0)
            {
                Replace(start, line.Length, []);
            }

            if (lot < 2)
            {
                Replace(LineStart(_random.Next(_count + 1)), 0, line);
            }
        }

        private void Repeat(int at)
        {
            byte octet = at < _count && _random.Chance(500) ? _work[at] : _random.Chance(500) ? (byte)'a' : s_interesting[_random.Next(s_interesting.Length)];
            bool isEndless = _grammar.HasEndlessLines && _random.Chance(4);
            int[] lengths = [3, 40, 64, 65, 255, 256, 500, 512, 998, 1000, 1024, 1100, 1536, 2048];
            int count = isEndless ? EndlessOctets : Math.Max(1, lengths[_random.Next(lengths.Length)] + _random.Next(5) - 2);
            _held.AsSpan(0, count).Fill(octet);
            Replace(at, 0, _held.AsSpan(0, count).ToArray());
        }

        private void ChangeNumber(int at)
        {
            while (at < _count && !char.IsAsciiDigit((char)_work[at]))
            {
                at++;
            }

            int end = at;
            while (end < _count && char.IsAsciiDigit((char)_work[end]))
            {
                end++;
            }

            string[] numbers = ["0", "1", "2", "9", "00", "010", "127", "128", "255", "256", "999", "32768", "65535", "65536", "2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "99999999999999999999", "-1", ""];
            Replace(at, end - at, System.Text.Encoding.ASCII.GetBytes(numbers[_random.Next(numbers.Length)]));
        }

        private int LineStart(int at)
        {
            while (at > 0 && _work[at - 1] != '\n')
            {
                at--;
            }

            return at;
        }

        private int LineEnd(int at)
        {
            while (at < _count && _work[at] != '\n')
            {
                at++;
            }

            return Math.Min(_count, at + 1);
        }

        private void Replace(int at, int length, ReadOnlySpan<byte> by)
        {
            int rest = _count - at - length;
            if (at + by.Length + rest > Room)
            {
                return;
            }

            _work.AsSpan(at + length, rest).CopyTo(_held);
            by.CopyTo(_work.AsSpan(at));
            _held.AsSpan(0, rest).CopyTo(_work.AsSpan(at + by.Length));
            _count = at + by.Length + rest;
        }
    }
}

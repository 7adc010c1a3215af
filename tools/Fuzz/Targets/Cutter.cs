using System;
using MailAppliance.Hal.Desktop.Simulated;

namespace MailAppliance.Tools.Fuzz.Targets
{
    /// <summary>Hands out an input piece by piece. Allocates nothing while it does.</summary>
    internal sealed class Cutter
    {
        private const int PieceMax = 90;

        private readonly SeededRandom _random = new(0);
        private byte[] _octets = [];
        private CutKind _kind;
        private int _stop;

        /// <summary>Octets handed out.</summary>
        internal int Given { get; private set; }

        /// <summary>Whether the last piece ended where a line feed is.</summary>
        internal bool IsLineEnd
        {
            get { return Given > 0 && _octets[Given - 1] == (byte)'\n'; }
        }

        /// <summary>Whether the last piece ended where CR LF is.</summary>
        internal bool IsCrLf
        {
            get { return Given > 1 && IsLineEnd && _octets[Given - 2] == (byte)'\r'; }
        }

        /// <summary>Whether all is handed out, or all up to where something else comes first.</summary>
        internal bool IsAtStop
        {
            get { return Given == _stop; }
        }

        /// <summary>Whether all is handed out.</summary>
        internal bool IsAtEnd
        {
            get { return Given == _octets.Length; }
        }

        /// <summary>Begins.</summary>
        /// <param name="octets">The input.</param>
        /// <param name="kind">How to cut it.</param>
        /// <param name="stop">Where something else comes first; beyond the end for nowhere.</param>
        internal void Begin(byte[] octets, CutKind kind, int stop)
        {
            _octets = octets;
            _kind = kind;
            _stop = Math.Min(stop, octets.Length);
            Given = 0;
            _random.Reset(octets.Length * 31L);
        }

        /// <summary>Goes on to the end.</summary>
        internal void PassStop()
        {
            _stop = _octets.Length;
        }

        /// <summary>Hands out the next piece.</summary>
        /// <param name="buffer">Copied to.</param>
        /// <param name="offset">Where the first octet goes.</param>
        /// <param name="room">The most.</param>
        /// <returns>How many octets.</returns>
        internal int Next(byte[] buffer, int offset, int room)
        {
            int count = Math.Min(room, _stop - Given);
            switch (_kind)
            {
                case CutKind.Octets:
                    count = Math.Min(count, 1);
                    break;
                case CutKind.Lines:
                    int lf = Array.IndexOf(_octets, (byte)'\n', Given, count);
                    count = lf < 0 ? count : lf + 1 - Given;
                    break;
                case CutKind.Pieces:
                    count = Math.Min(count, 1 + _random.Next(_random.Chance(500) ? 4 : PieceMax));
                    break;
                default:
                    break;
            }

            Array.Copy(_octets, Given, buffer, offset, count);
            Given += count;
            return count;
        }
    }
}

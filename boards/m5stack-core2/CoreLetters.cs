using System;

namespace MailAppliance.Boards.M5StackCore2
{
    /// <summary>
    /// The letters of a line as the dots of a display of 320 by 240: which dots they are, and where on the display they belong. Of all letters the
    /// dots are made once, so that a line is copied together, a letter a copy, and no dot is looked at while mail comes.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A dot of the font is two dots wide and three high here; a letter takes 14 by 21, 290 of 320 dots of the width and 30 of the height a line.
    /// </para>
    /// <para>
    /// The display takes dots downwards first, a column after the other: so a letter's are in one piece, and so are those of letters that stand
    /// side by side. A dot is two octets, RGB565, the high one first.
    /// </para>
    /// </remarks>
    internal sealed class CoreLetters
    {
        /// <summary>Dots of the display, from left to right.</summary>
        internal const int ScreenWidth = 320;

        /// <summary>Dots of the display, from top to bottom.</summary>
        internal const int ScreenHeight = 240;

        /// <summary>Dots that a letter is wide, with the gap behind it.</summary>
        internal const int Width = (Font.Columns * AcrossOfADot) + Gap;

        /// <summary>Dots that a letter is high.</summary>
        internal const int Height = FontRows * DownOfADot;

        /// <summary>Octets of a dot.</summary>
        internal const int DotOctets = 2;

        /// <summary>Letters that are sent at once. The firmware copies a transfer into memory of the chip's own, of which it has little.</summary>
        internal const int PieceLetters = 7;

        /// <summary>Octets of them.</summary>
        internal const int PieceOctets = PieceLetters * LetterOctets;

        /// <summary>Octets that all letters take.</summary>
        internal const int Octets = Font.Count * LetterOctets;

        // What a dot of the font becomes.
        private const int AcrossOfADot = 2;
        private const int DownOfADot = 3;
        private const int FontRows = 7;

        // Two dots of the font between two letters.
        private const int Gap = 4;

        private const int ColumnOctets = Height * DotOctets;
        private const int LetterOctets = Width * ColumnOctets;

        private const int LinePitch = ScreenHeight / PageText.LineCount;
        private const int TopMargin = (LinePitch - Height) / 2;
        private const int LeftMargin = (ScreenWidth - (PageText.ColumnCount * Width) + Gap) / 2;

        private readonly byte[] _letters = new byte[Octets];

        /// <summary>Makes them all. What is no letter is black.</summary>
        /// <param name="ink">The letters' colour, RGB565.</param>
        internal CoreLetters(int ink)
        {
            byte[] font = Font.Make();
            int at = 0;
            for (int letter = 0; letter < Font.Count; letter++)
            {
                for (int column = 0; column < Font.Columns; column++)
                {
                    Draw(font[(letter * Font.Columns) + column], ink, at);
                    Array.Copy(_letters, at, _letters, at + ColumnOctets, ColumnOctets);
                    at += AcrossOfADot * ColumnOctets;
                }

                at += Gap * ColumnOctets;
            }
        }

        /// <summary>Copies the dots of some letters together.</summary>
        /// <param name="text">A line: printable ASCII.</param>
        /// <param name="first">The first of <see cref="PieceLetters"/> letters of it.</param>
        /// <param name="dots">Takes <see cref="PieceOctets"/>.</param>
        internal void Compose(byte[] text, int first, byte[] dots)
        {
            byte[] letters = _letters;
            for (int at = 0; at < PieceOctets; at += LetterOctets)
            {
                Array.Copy(letters, (text[first] - Font.First) * LetterOctets, dots, at, LetterOctets);
                first++;
            }
        }

        /// <summary>The place of a line, as the display's commands want it: the first and the last dot, each two octets, the high one first.</summary>
        /// <param name="line">Its index.</param>
        /// <param name="across">Takes those from left to right.</param>
        /// <param name="down">Takes those from top to bottom.</param>
        /// <param name="offset">Where in both.</param>
        internal static void PutWindow(int line, byte[] across, byte[] down, int offset)
        {
            PutEnds(across, offset, LeftMargin, PageText.ColumnCount * Width);
            PutEnds(down, offset, (line * LinePitch) + TopMargin, Height);
        }

        /// <summary>The place of all there is.</summary>
        /// <param name="across">Takes the first and the last dot from left to right.</param>
        /// <param name="down">Takes those from top to bottom.</param>
        /// <param name="offset">Where in both.</param>
        internal static void PutScreen(byte[] across, byte[] down, int offset)
        {
            PutEnds(across, offset, 0, ScreenWidth);
            PutEnds(down, offset, 0, ScreenHeight);
        }

        private static void PutEnds(byte[] octets, int offset, int first, int count)
        {
            int last = first + count - 1;
            octets[offset] = (byte)(first >> 8);
            octets[offset + 1] = (byte)first;
            octets[offset + 2] = (byte)(last >> 8);
            octets[offset + 3] = (byte)last;
        }

        // One column of dots; the lowest bit is at the top.
        private void Draw(int rows, int ink, int at)
        {
            for (int row = 0; row < FontRows; row++)
            {
                for (int dot = 0; dot < DownOfADot; dot++)
                {
                    if (((rows >> row) & 1) != 0)
                    {
                        _letters[at] = (byte)(ink >> 8);
                        _letters[at + 1] = (byte)ink;
                    }

                    at += DotOctets;
                }
            }
        }
    }
}

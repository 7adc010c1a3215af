using System;
using System.Linq;
using System.Text;
using MailAppliance.Boards;
using MailAppliance.Boards.M5StackCore2;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Boards
{
    /// <summary>The Core2's display as far as it needs no board: which dots are sent for a line, and to which place.</summary>
    [TestClass]
    public class CoreLettersTests
    {
        private const int Ink = 0x1234;
        private const int Black = 0;

        // What a letter is, in words of its own: each of the font's 5 by 7 dots is 2 by 3, and 4 columns are left behind it.
        private const int AcrossOfADot = 2;
        private const int DownOfADot = 3;
        private const int Gap = 4;

        private static readonly byte[] s_font = Font.Make();

        [TestMethod]
        public void Compose_EveryLetterAtEveryPlace_HasTheDotsOfTheFont()
        {
            CoreLetters letters = new(Ink);
            byte[] dots = new byte[CoreLetters.PieceOctets];
            for (int letter = Font.First; letter < Font.First + Font.Count; letter++)
            {
                for (int place = 0; place < PageText.ColumnCount; place++)
                {
                    byte[] text = Line(string.Empty);
                    text[place] = (byte)letter;
                    int first = place / CoreLetters.PieceLetters * CoreLetters.PieceLetters;
                    letters.Compose(text, first, dots);
                    for (int index = 0; index < CoreLetters.PieceLetters; index++)
                    {
                        AssertLetter(text[first + index], dots, index);
                    }
                }
            }
        }

        [TestMethod]
        public void Compose_ADot_IsItsHighOctetFirst()
        {
            CoreLetters letters = new(Ink);
            byte[] dots = new byte[CoreLetters.PieceOctets];
            letters.Compose(Line("|"), 0, dots);

            // The bar is the font's column in the middle, from top to bottom.
            int bar = 2 * AcrossOfADot * CoreLetters.Height * CoreLetters.DotOctets;
            Assert.AreEqual(0x12, dots[bar]);
            Assert.AreEqual(0x34, dots[bar + 1]);
        }

        [TestMethod]
        public void Compose_AfterAnotherLine_LeavesNothingOfIt()
        {
            CoreLetters letters = new(Ink);
            byte[] dots = new byte[CoreLetters.PieceOctets];
            letters.Compose(Line("@@@@@@@"), 0, dots);
            letters.Compose(Line(string.Empty), 0, dots);

            Assert.IsTrue(dots.All(octet => octet == 0));
        }

        [TestMethod]
        public void Compose_White_IsOfOctetsThatAreNoCommandToACard()
        {
            // A command's first octet begins with the bits 01. Select lines keep a card out of it; this is for one whose line has a loose contact.
            CoreLetters letters = new(0xFFFF);
            byte[] dots = new byte[CoreLetters.PieceOctets];
            for (int letter = Font.First; letter < Font.First + Font.Count; letter++)
            {
                letters.Compose(Line(new string((char)letter, PageText.ColumnCount)), 0, dots);
                Assert.IsTrue(dots.All(octet => octet is 0x00 or 0xFF));
            }
        }

        [TestMethod]
        public void Pieces_TakeAWholeLine()
        {
            for (int line = 0; line < PageText.LineCount; line++)
            {
                (int left, int right, int top, int bottom) = WindowOf(line);
                int windowOctets = (right - left + 1) * (bottom - top + 1) * CoreLetters.DotOctets;
                Assert.AreEqual(PageText.ColumnCount / CoreLetters.PieceLetters * CoreLetters.PieceOctets, windowOctets);
            }
        }

        [TestMethod]
        public void Page_PaintedAsTheDisplayDoes_ShowsEachLetterOnceAndWithinTheScreen()
        {
            string[] page = Enumerable.Range(0, PageText.LineCount).Select(line => new string((char)('A' + line), PageText.ColumnCount)).ToArray();
            int[] screen = Paint(page);

            Assert.AreEqual(string.Join('\n', page), Read(screen));
            Assert.AreEqual(PageText.LineCount * PageText.ColumnCount * CoreLetters.Width * CoreLetters.Height, screen.Count(dot => dot >= 0));
        }

        [TestMethod]
        public void Page_OfEveryLetter_IsReadBack()
        {
            string all = string.Concat(Enumerable.Range(Font.First, Font.Count).Select(letter => (char)letter)).PadRight(PageText.LineCount * PageText.ColumnCount);
            string[] page = all.Chunk(PageText.ColumnCount).Select(letters => new string(letters)).ToArray();

            Assert.AreEqual(string.Join('\n', page), Read(Paint(page)));
        }

        [TestMethod]
        public void Page_IsInTheMiddleOfTheScreen()
        {
            string[] page = Enumerable.Repeat(new string('#', PageText.ColumnCount), PageText.LineCount).ToArray();
            int[] screen = Paint(page);
            int[] lit = Enumerable.Range(0, screen.Length).Where(at => screen[at] == Ink).ToArray();
            int left = lit.Min(at => at % CoreLetters.ScreenWidth);
            int right = CoreLetters.ScreenWidth - 1 - lit.Max(at => at % CoreLetters.ScreenWidth);
            int top = lit.Min(at => at / CoreLetters.ScreenWidth);
            int bottom = CoreLetters.ScreenHeight - 1 - lit.Max(at => at / CoreLetters.ScreenWidth);

            Assert.IsLessThanOrEqualTo(1, Math.Abs(left - right));

            // The font's last row is below the line, and # has nothing there.
            Assert.IsLessThanOrEqualTo(1 + (2 * DownOfADot), Math.Abs(top - bottom));
        }

        [TestMethod]
        public void PutScreen_IsAllThereIs()
        {
            byte[] across = new byte[5];
            byte[] down = new byte[5];
            CoreLetters.PutScreen(across, down, 1);

            CollectionAssert.AreEqual(new byte[] { 0, 0, 0, 0x01, 0x3F }, across);
            CollectionAssert.AreEqual(new byte[] { 0, 0, 0, 0x00, 0xEF }, down);
        }

        [TestMethod]
        public void Line_OnceItIsMade_AllocatesNothing()
        {
            CoreLetters letters = new(Ink);
            byte[] text = Line("mail waiting       12");
            byte[] dots = new byte[CoreLetters.PieceOctets];
            byte[] across = new byte[5];
            byte[] down = new byte[5];
            long before = 0;
            for (int round = 0; round < 3; round++)
            {
                // The first round compiles.
                before = GC.GetAllocatedBytesForCurrentThread();
                for (int line = 0; line < PageText.LineCount; line++)
                {
                    CoreLetters.PutWindow(line, across, down, 1);
                    for (int first = 0; first < PageText.ColumnCount; first += CoreLetters.PieceLetters)
                    {
                        letters.Compose(text, first, dots);
                    }
                }

                before = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Assert.AreEqual(0, before);
        }

        private static byte[] Line(string text)
        {
            return Encoding.ASCII.GetBytes(text.PadRight(PageText.ColumnCount));
        }

        private static void AssertLetter(int letter, byte[] dots, int index)
        {
            for (int x = 0; x < CoreLetters.Width; x++)
            {
                for (int y = 0; y < CoreLetters.Height; y++)
                {
                    int at = ((((index * CoreLetters.Width) + x) * CoreLetters.Height) + y) * CoreLetters.DotOctets;
                    int dot = (dots[at] << 8) | dots[at + 1];
                    if (dot != (IsInk(letter, x, y) ? Ink : Black))
                    {
                        Assert.Fail($"'{(char)letter}' at {index}, dot {x},{y}: {dot:X4}");
                    }
                }
            }
        }

        private static bool IsInk(int letter, int x, int y)
        {
            int column = x / AcrossOfADot;
            return column < Font.Columns && ((s_font[((letter - Font.First) * Font.Columns) + column] >> (y / DownOfADot)) & 1) != 0;
        }

        private static (int Left, int Right, int Top, int Bottom) WindowOf(int line)
        {
            byte[] across = new byte[5];
            byte[] down = new byte[5];
            CoreLetters.PutWindow(line, across, down, 1);
            return ((across[1] << 8) | across[2], (across[3] << 8) | across[4], (down[1] << 8) | down[2], (down[3] << 8) | down[4]);
        }

        // As the display does: dots go downwards, and then to the next column of the window. A dot that was not sent is -1.
        private static int[] Paint(string[] page)
        {
            CoreLetters letters = new(Ink);
            byte[] dots = new byte[CoreLetters.PieceOctets];
            int[] screen = Enumerable.Repeat(-1, CoreLetters.ScreenWidth * CoreLetters.ScreenHeight).ToArray();
            for (int line = 0; line < page.Length; line++)
            {
                (int left, int right, int top, int bottom) = WindowOf(line);
                Assert.IsInRange(0, CoreLetters.ScreenWidth - 1, left);
                Assert.IsInRange(left, CoreLetters.ScreenWidth - 1, right);
                Assert.IsInRange(0, CoreLetters.ScreenHeight - 1, top);
                Assert.IsInRange(top, CoreLetters.ScreenHeight - 1, bottom);
                int x = left;
                int y = top;
                for (int first = 0; first < PageText.ColumnCount; first += CoreLetters.PieceLetters)
                {
                    letters.Compose(Line(page[line]), first, dots);
                    for (int at = 0; at < dots.Length; at += CoreLetters.DotOctets)
                    {
                        Assert.AreEqual(-1, screen[(y * CoreLetters.ScreenWidth) + x], "a dot that is another letter's");
                        screen[(y * CoreLetters.ScreenWidth) + x] = (dots[at] << 8) | dots[at + 1];
                        y++;
                        if (y > bottom)
                        {
                            y = top;
                            x++;
                        }
                    }
                }

                Assert.AreEqual(right + 1, x);
            }

            return screen;
        }

        // Finds at each place the letter whose dots are there.
        private static string Read(int[] screen)
        {
            return string.Join('\n', Enumerable.Range(0, PageText.LineCount).Select(line => string.Concat(
                Enumerable.Range(0, PageText.ColumnCount).Select(column => ReadLetter(screen, line, column)))));
        }

        private static char ReadLetter(int[] screen, int line, int column)
        {
            (int left, _, int top, _) = WindowOf(line);
            left += column * ((Font.Columns * AcrossOfADot) + Gap);
            for (int letter = Font.First; letter < Font.First + Font.Count; letter++)
            {
                bool isSame = true;
                for (int x = 0; x < CoreLetters.Width && isSame; x++)
                {
                    for (int y = 0; y < CoreLetters.Height && isSame; y++)
                    {
                        isSame = screen[((top + y) * CoreLetters.ScreenWidth) + left + x] == (IsInk(letter, x, y) ? Ink : Black);
                    }
                }

                if (isSame)
                {
                    return (char)letter;
                }
            }

            return '\0';
        }
    }
}

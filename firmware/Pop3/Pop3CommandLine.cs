using System;
using MailAppliance.Core;

namespace MailAppliance.Pop3
{
    /// <summary>A command line taken apart: the verb's row in <see cref="Pop3CommandTable"/>, and where its argument is.</summary>
    /// <remarks>Fields, and ranges of the input instead of copies: valid until the input is filled again.</remarks>
    public sealed class Pop3CommandLine
    {
        /// <summary>The buffer of the line.</summary>
        public byte[] Buffer;

        /// <summary>The verb's row, or <see cref="Pop3CommandTable.NotFound"/>.</summary>
        public int Row;

        /// <summary>One of <see cref="Pop3Command"/>.</summary>
        public int Command;

        /// <summary>The argument's first octet.</summary>
        public int Argument;

        /// <summary>The argument's octets; 0 where there is none.</summary>
        public int ArgumentCount;

        private static readonly object s_boxedSpace = Octets.Space;

        /// <summary>Takes a line apart.</summary>
        /// <param name="buffer">The line's buffer; kept.</param>
        /// <param name="offset">The line's first octet.</param>
        /// <param name="count">Its octets, without its line end.</param>
        public void Parse(byte[] buffer, int offset, int count)
        {
            int space = Array.IndexOf(buffer, s_boxedSpace, offset, count);
            int verbCount = space < 0 ? CountWithoutBlanks(buffer, offset, count) : space - offset;
            Buffer = buffer;
            Row = Pop3CommandTable.Find(buffer, offset, verbCount);
            Command = Row == Pop3CommandTable.NotFound ? Pop3Command.Unknown : Pop3CommandTable.CommandOf(Row);
            Argument = space + 1;
            ArgumentCount = space < 0 ? 0 : count - verbCount - 1;

            // PASS's argument is all of the line behind one space: passwords may hold spaces, also at their end.
            if (Command != Pop3Command.Pass && ArgumentCount > 0)
            {
                TrimArgument();
            }
        }

        /// <summary>Reads the argument, or its first word, as a number.</summary>
        /// <param name="isWhole">Whether the whole argument is the number; else what stands before its first space is.</param>
        /// <returns>The number as <see cref="Octets.ParseDecimal"/> gives it: -1 where it is none.</returns>
        public long ParseFirst(bool isWhole)
        {
            int space = isWhole ? -1 : Array.IndexOf(Buffer, s_boxedSpace, Argument, ArgumentCount);
            return Octets.ParseDecimal(Buffer, Argument, space < 0 ? ArgumentCount : space - Argument);
        }

        /// <summary>Whether the argument has a second word.</summary>
        /// <returns>True where it has.</returns>
        public bool HasSecond()
        {
            return Array.IndexOf(Buffer, s_boxedSpace, Argument, ArgumentCount) >= 0;
        }

        /// <summary>Reads what stands behind the argument's first word as a number.</summary>
        /// <returns>The number as <see cref="Octets.ParseDecimal"/> gives it: -1 where it is none.</returns>
        public long ParseSecond()
        {
            int end = Argument + ArgumentCount;
            int at = Array.IndexOf(Buffer, s_boxedSpace, Argument, ArgumentCount);
            while (at >= 0 && at < end && Buffer[at] == Octets.Space)
            {
                at++;
            }

            return at < 0 ? -1 : Octets.ParseDecimal(Buffer, at, end - at);
        }

        private void TrimArgument()
        {
            byte[] buffer = Buffer;
            int at = Argument;
            int end = at + ArgumentCount;
            while (at < end && buffer[at] == Octets.Space)
            {
                at++;
            }

            Argument = at;
            ArgumentCount = CountWithoutBlanks(buffer, at, end - at);
        }

        private static int CountWithoutBlanks(byte[] buffer, int offset, int count)
        {
            int end = offset + count - 1;
            while (end >= offset && (buffer[end] == Octets.Space || buffer[end] == Octets.Tab))
            {
                end--;
            }

            return end + 1 - offset;
        }
    }
}

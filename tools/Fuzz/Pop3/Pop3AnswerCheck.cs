using System;
using MailAppliance.Tools.Fuzz.Inputs;

namespace MailAppliance.Tools.Fuzz.Pop3
{
    /// <summary>Reads the answer to one command as a client that believes nothing (RFC 1939 section 3). Allocates nothing where all is well.</summary>
    internal static class Pop3AnswerCheck
    {
        private const int LineOctetsMax = 512;

        /// <summary>Checks an answer.</summary>
        /// <param name="line">The command's line with its line end.</param>
        /// <param name="answer">All that was sent for it.</param>
        /// <param name="number">The message that was asked for last.</param>
        /// <param name="lines">The lines behind its header that TOP wanted; -1 for RETR.</param>
        internal static void Check(ReadOnlySpan<byte> line, ReadOnlySpan<byte> answer, int number, int lines)
        {
            int first = CheckStatus(answer);
            ReadOnlySpan<byte> rest = answer.Slice(first);
            if (!answer.StartsWith("+OK"u8))
            {
                Require(rest.IsEmpty, "what is no +OK has one line", answer);
                return;
            }

            if (IsVerb(line, "RETR"u8))
            {
                Require(lines < 0 && rest.SequenceEqual(FuzzView.WireOf(number)), "RETR sends what is stored", answer);
            }
            else if (IsVerb(line, "TOP"u8))
            {
                Require(lines >= 0 && IsTop(rest, FuzzView.WireOf(number), lines), "TOP sends header and lines", answer);
            }
            else if (!rest.IsEmpty)
            {
                bool mayBeLong = IsVerb(line, "CAPA"u8) || IsVerb(line, "LIST"u8) || IsVerb(line, "UIDL"u8);
                Require(mayBeLong && (rest.SequenceEqual(".\r\n"u8) || rest.EndsWith("\r\n.\r\n"u8)), "a long answer has its end", answer);
                Require(rest.IndexOf("\r\n.\r\n"u8) is var end && (end < 0 || end + 5 == rest.Length), "a long answer ends once", answer);
            }
        }

        /// <summary>Checks a status line.</summary>
        /// <param name="answer">Begins with one.</param>
        /// <returns>Its octets.</returns>
        internal static int CheckStatus(ReadOnlySpan<byte> answer)
        {
            int first = answer.IndexOf((byte)'\n') + 1;
            bool isStatus = first > 1 && first <= LineOctetsMax && answer[first - 2] == '\r'
                && !answer.Slice(0, first - 2).ContainsAnyExceptInRange((byte)' ', (byte)'~')
                && (answer.StartsWith("+OK"u8) || answer.StartsWith("-ERR "u8) || answer.StartsWith("+ "u8));
            Require(isStatus, "a status line is well formed", answer);
            return first;
        }

        private static bool IsVerb(ReadOnlySpan<byte> line, ReadOnlySpan<byte> verb)
        {
            if (line.Length <= verb.Length || char.IsAsciiLetterOrDigit((char)line[verb.Length]))
            {
                return false;
            }

            for (int at = 0; at < verb.Length; at++)
            {
                if ((line[at] & ~0x20) != verb[at])
                {
                    return false;
                }
            }

            return true;
        }

        // The header with the empty line behind it, and as many lines of the body, by the letter.
        private static bool IsTop(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> wire, int lines)
        {
            ReadOnlySpan<byte> content = wire.Slice(0, wire.Length - 3);
            bool isHeader = true;
            int at = 0;
            while (at < content.Length && (isHeader || lines > 0))
            {
                int octets = content.Slice(at).IndexOf((byte)'\n') + 1;
                lines -= isHeader ? 0 : 1;
                isHeader &= octets != 2;
                at += octets;
            }

            return sent.Length == at + 3 && sent.StartsWith(content.Slice(0, at)) && sent.EndsWith(".\r\n"u8);
        }

        private static void Require(bool holds, string invariant, ReadOnlySpan<byte> seen)
        {
            if (!holds)
            {
                throw new BrokenInvariantException(invariant, EscapedText.Of(seen.Slice(0, Math.Min(300, seen.Length))));
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace MailAppliance.Tests.Dialogues
{
    /// <summary>
    /// What stands behind an arrow: octets and names of variables. Text is UTF-8; escapes are <c>\r \n \t \0 \s \\ \{ \xNN</c>
    /// (<c>\s</c> is a space that an editor can't trim), <c>{1000*text}</c> repeats, <c>{name}</c> is a variable.
    /// </summary>
    public sealed class DialogueText
    {
        private readonly List<(string? Variable, byte[] Octets)> _pieces = [];

        private DialogueText()
        {
        }

        /// <summary>Nothing.</summary>
        public static DialogueText Empty { get; } = new DialogueText();

        /// <summary>The pieces in their order: a variable's name, or octets.</summary>
        public IReadOnlyList<(string? Variable, byte[] Octets)> Pieces => _pieces;

        /// <summary>The variables that occur.</summary>
        public IEnumerable<string> Variables => _pieces.Where(piece => piece.Variable != null).Select(piece => piece.Variable!);

        /// <summary>Reads the notation.</summary>
        /// <param name="notation">As it stands in the file.</param>
        /// <returns>The text.</returns>
        /// <exception cref="DialogueException">The notation is wrong; the message says where.</exception>
        public static DialogueText Parse(string notation)
        {
            DialogueText text = new();
            List<byte> octets = [];
            int at = 0;
            while (at < notation.Length)
            {
                if (notation[at] == '{')
                {
                    int end = FindBrace(notation, at);
                    string inside = notation[(at + 1)..end];
                    int star = inside.IndexOf('*', StringComparison.Ordinal);
                    if (star > 0 && int.TryParse(inside[..star], NumberStyles.None, CultureInfo.InvariantCulture, out int count))
                    {
                        byte[] repeated = Parse(inside[(star + 1)..]).Resolve(new Dictionary<string, string>());
                        for (; count > 0; count--)
                        {
                            octets.AddRange(repeated);
                        }
                    }
                    else if (inside.Length > 0 && inside.All(char.IsAsciiLetterOrDigit))
                    {
                        text.AddOctets(octets);
                        text._pieces.Add((inside, []));
                    }
                    else
                    {
                        throw new DialogueException($"expected {{name}} or {{count*text}}, found {{{inside}}}");
                    }

                    at = end + 1;
                }
                else
                {
                    at = AddCharacter(octets, notation, at);
                }
            }

            text.AddOctets(octets);
            return text;
        }

        /// <summary>The octets, with the variables' values.</summary>
        /// <param name="variables">The values.</param>
        /// <returns>New octets.</returns>
        /// <exception cref="DialogueException">A variable has no value.</exception>
        public byte[] Resolve(IReadOnlyDictionary<string, string> variables)
        {
            List<byte> octets = [];
            foreach ((string? variable, byte[] piece) in _pieces)
            {
                if (variable != null && !variables.ContainsKey(variable))
                {
                    throw new DialogueException($"nothing has given {{{variable}}} a value");
                }

                octets.AddRange(variable == null ? piece : Encoding.Latin1.GetBytes(variables[variable]));
            }

            return [.. octets];
        }

        private static int FindBrace(string notation, int at)
        {
            int depth = 0;
            for (int index = at; index < notation.Length; index++)
            {
                if (notation[index] == '\\')
                {
                    index++;
                }
                else if (notation[index] == '{')
                {
                    depth++;
                }
                else if (notation[index] == '}' && --depth == 0)
                {
                    return index;
                }
            }

            throw new DialogueException("a { has no }; write \\{ for the octet");
        }

        private static int AddCharacter(List<byte> octets, string notation, int at)
        {
            if (notation[at] != '\\')
            {
                int count = char.IsHighSurrogate(notation[at]) && at + 1 < notation.Length ? 2 : 1;
                octets.AddRange(Encoding.UTF8.GetBytes(notation.Substring(at, count)));
                return at + count;
            }

            char escape = at + 1 < notation.Length ? notation[at + 1] : ' ';
            if (escape == 'x' && at + 4 <= notation.Length
                && byte.TryParse(notation.AsSpan(at + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte octet))
            {
                octets.Add(octet);
                return at + 4;
            }

            int index = "rnt0s\\{".IndexOf(escape, StringComparison.Ordinal);
            if (index < 0)
            {
                throw new DialogueException($"expected one of \\r \\n \\t \\0 \\s \\\\ \\{{ \\xNN, found \\{escape}");
            }

            octets.Add((byte)"\r\n\t\0 \\{"[index]);
            return at + 2;
        }

        private void AddOctets(List<byte> octets)
        {
            if (octets.Count > 0)
            {
                _pieces.Add((null, [.. octets]));
                octets.Clear();
            }
        }
    }
}

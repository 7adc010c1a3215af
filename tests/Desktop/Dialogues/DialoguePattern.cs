using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace MailAppliance.Tests.Dialogues
{
    /// <summary>
    /// A line that is expected: equal octets, <c>...</c> at the end for any rest, and <c>{name}</c> for printable octets without
    /// a space, which the first match gives the variable as its value and every later one must repeat.
    /// </summary>
    public static class DialoguePattern
    {
        private const string Rest = "...";

        /// <summary>Compares a received line, and gives variables their values where it matches.</summary>
        /// <param name="pattern">What is expected.</param>
        /// <param name="line">Received, without CRLF, an octet a character.</param>
        /// <param name="variables">Values so far.</param>
        /// <returns>True where it matches.</returns>
        public static bool Matches(DialogueText pattern, string line, IDictionary<string, string> variables)
        {
            StringBuilder expression = new("\\A");
            List<string> unknown = [];
            for (int index = 0; index < pattern.Pieces.Count; index++)
            {
                (string? variable, byte[] octets) = pattern.Pieces[index];
                if (variable == null)
                {
                    string text = Encoding.Latin1.GetString(octets);
                    bool anyRest = index == pattern.Pieces.Count - 1 && text.EndsWith(Rest, System.StringComparison.Ordinal);
                    expression.Append(Regex.Escape(anyRest ? text[..^Rest.Length] : text)).Append(anyRest ? ".*" : "");
                }
                else if (variables.TryGetValue(variable, out string? value))
                {
                    expression.Append(Regex.Escape(value));
                }
                else
                {
                    unknown.Add(variable);
                    expression.Append(unknown.Count(name => name == variable) == 1 ? $"(?<{variable}>[!-~]+)" : $"\\k<{variable}>");
                }
            }

            Match match = Regex.Match(line, expression.Append("\\z").ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant);
            foreach (string variable in match.Success ? unknown.Distinct() : [])
            {
                variables[variable] = match.Groups[variable].Value;
            }

            return match.Success;
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace MailAppliance.Tools.Fuzz.Inputs
{
    /// <summary>Octets as text that a person reads and a shell takes in single quotes: what is not printable ASCII is \r, \n or \x and two digits.</summary>
    internal static class EscapedText
    {
        /// <summary>Escapes octets.</summary>
        /// <param name="octets">The octets.</param>
        /// <returns>The text.</returns>
        internal static string Of(ReadOnlySpan<byte> octets)
        {
            var text = new StringBuilder(octets.Length + 16);
            foreach (byte octet in octets)
            {
                _ = octet switch
                {
                    (byte)'\r' => text.Append("\\r"),
                    (byte)'\n' => text.Append("\\n"),
                    (byte)'\\' or (byte)'\'' or < 0x20 or > 0x7E => text.Append("\\x").Append(octet.ToString("x2", CultureInfo.InvariantCulture)),
                    _ => text.Append((char)octet),
                };
            }

            return text.ToString();
        }

        /// <summary>Takes such a text back.</summary>
        /// <param name="text">The text.</param>
        /// <returns>The octets; null where it is none.</returns>
        internal static byte[]? ToOctets(string text)
        {
            var octets = new List<byte>(text.Length);
            for (int at = 0; at < text.Length; at++)
            {
                if (text[at] != '\\')
                {
                    if (text[at] > 0x7E)
                    {
                        return null;
                    }

                    octets.Add((byte)text[at]);
                }
                else if (at + 1 < text.Length && text[at + 1] is 'r' or 'n')
                {
                    octets.Add((byte)(text[at + 1] == 'r' ? '\r' : '\n'));
                    at++;
                }
                else if (at + 3 < text.Length && text[at + 1] == 'x'
                    && byte.TryParse(text.AsSpan(at + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte octet))
                {
                    octets.Add(octet);
                    at += 3;
                }
                else
                {
                    return null;
                }
            }

            return [.. octets];
        }
    }
}

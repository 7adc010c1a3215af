using System;
using System.Text;

namespace MailAppliance.Tools.Card
{
    /// <summary>Looks for a field in the header of a message.</summary>
    internal static class HeaderFields
    {
        /// <summary>The value of the first field of a name, unfolded.</summary>
        /// <param name="message">The message, or its beginning.</param>
        /// <param name="name">The field's name.</param>
        /// <returns>The value; empty where there is none.</returns>
        public static string Value(ReadOnlySpan<byte> message, string name)
        {
            var value = new StringBuilder();
            bool isFound = false;
            while (message.Length > 0)
            {
                int end = message.IndexOf((byte)'\n');
                string line = Encoding.UTF8.GetString(end < 0 ? message : message.Slice(0, end)).TrimEnd('\r');
                message = end < 0 ? [] : message.Slice(end + 1);
                bool isFolded = line.StartsWith(' ') || line.StartsWith('\t');
                if (line.Length == 0 || (isFound && !isFolded))
                {
                    break;
                }

                if (isFound)
                {
                    value.Append(' ').Append(line.Trim());
                }
                else if (line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                {
                    isFound = true;
                    value.Append(line.AsSpan(name.Length + 1).Trim());
                }
            }

            return value.ToString().Trim();
        }
    }
}

using System;
using System.Globalization;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>Turns a constant, as a list writes it, into the value that metadata holds.</summary>
    internal static class ConstantText
    {
        /// <summary>How the lists write null, and the default of a struct.</summary>
        private const string Null = "\"null\"";

        /// <summary>Reads a constant.</summary>
        /// <param name="text">Its text.</param>
        /// <param name="typeId">Its type; for an enumeration the type below.</param>
        /// <returns>A primitive, a string, or null.</returns>
        /// <exception cref="FormatException">Not a value of that type.</exception>
        public static object? Parse(string text, string typeId)
        {
            CultureInfo culture = CultureInfo.InvariantCulture;
            return typeId switch
            {
                _ when text == Null => null,
                "System.Boolean" => bool.Parse(text),
                "System.Char" => ParseChar(text),
                "System.SByte" => sbyte.Parse(text, culture),
                "System.Byte" => byte.Parse(text, culture),
                "System.Int16" => short.Parse(text, culture),
                "System.UInt16" => ushort.Parse(text, culture),
                "System.Int32" => int.Parse(text, culture),
                "System.UInt32" => uint.Parse(text, culture),
                "System.Int64" => long.Parse(text, culture),
                "System.UInt64" => ulong.Parse(text, culture),
                "System.Single" => float.Parse(text, culture),
                "System.Double" => double.Parse(text, culture),
                "System.String" when text.Length >= 2 && text[0] == '"' && text[^1] == '"' => text[1..^1],
                _ => throw new FormatException($"nano-api: not a constant of {typeId}: {text}"),
            };
        }

        // 0x0041, or the character itself.
        private static char ParseChar(string text)
        {
            return text.StartsWith("0x", StringComparison.Ordinal)
                ? (char)ushort.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                : char.Parse(text);
        }
    }
}

using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace MailAppliance.Tools.Card
{
    /// <summary>A message as a part of an mbox file, of the kind called mboxrd: its lines end in LF, and every line that begins with
    /// From, behind any number of &gt;, gets one &gt; more, so that a reader can take it away again.</summary>
    internal static class MboxText
    {
        /// <summary>Writes a message.</summary>
        /// <param name="message">As its sender wrote it, lines ending in CRLF.</param>
        /// <param name="arrival">When it arrived.</param>
        /// <param name="target">Written to.</param>
        public static void Write(ReadOnlySpan<byte> message, Arrival arrival, Stream target)
        {
            string date = arrival.Time.ToString("ddd MMM ", CultureInfo.InvariantCulture)
                + arrival.Time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2)
                + arrival.Time.ToString(" HH:mm:ss yyyy", CultureInfo.InvariantCulture);
            target.Write(Encoding.UTF8.GetBytes($"From {Sender(message)} {date}\n"));
            while (message.Length > 0)
            {
                int end = message.IndexOf((byte)'\n');
                ReadOnlySpan<byte> line = end < 0 ? message : message.Slice(0, end);
                message = end < 0 ? [] : message.Slice(end + 1);
                line = line.EndsWith("\r"u8) ? line.Slice(0, line.Length - 1) : line;
                if (line.TrimStart((byte)'>').StartsWith("From "u8))
                {
                    target.WriteByte((byte)'>');
                }

                target.Write(line);
                target.WriteByte((byte)'\n');
            }

            target.WriteByte((byte)'\n');
        }

        private static string Sender(ReadOnlySpan<byte> message)
        {
            string path = HeaderFields.Value(message, "Return-Path");
            string address = path.StartsWith('<') && path.EndsWith('>') ? path[1..^1] : path;
            return address.Length > 0 && !address.Contains(' ', StringComparison.Ordinal) ? address : "MAILER-DAEMON";
        }
    }
}

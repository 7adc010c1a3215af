using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>The trace of one connection: a line of text for each line of the wire. It allocates; it is for looking.</summary>
    /// <remarks>
    /// Masked is the argument of PASS and APOP, and of AUTH with whatever the client sends until the server has answered with
    /// something else than a challenge; behind a challenge it begins again, since the answer may have been to an earlier command.
    /// Masking errs on the side of hiding: a mail whose text begins a line so is masked too.
    /// </remarks>
    internal sealed class WireTrace
    {
        /// <summary>Octets of a line that are shown.</summary>
        private const int LineOctetsMax = 1000;

        private readonly TextWriter _writer;
        private readonly string _name;
        private readonly StringBuilder _client = new();
        private readonly StringBuilder _server = new();
        private bool _inAuth;
        private bool _isClosed;

        internal WireTrace(TextWriter writer, string name)
        {
            _writer = writer;
            _name = name;
        }

        /// <summary>Takes octets that the client sent.</summary>
        internal void FromClient(byte[] buffer, int offset, int count)
        {
            Take(_client, "->", buffer, offset, count);
        }

        /// <summary>Takes octets that we sent.</summary>
        internal void FromUs(byte[] buffer, int offset, int count)
        {
            Take(_server, "<-", buffer, offset, count);
        }

        /// <summary>Notes an event of the connection.</summary>
        internal void Note(string what)
        {
            Print("--", what);
        }

        /// <summary>Prints what is left of unfinished lines, and that TLS begins: nothing of what was said before goes on in it.</summary>
        internal void BeginTls()
        {
            FlushRest(_client, "->");
            FlushRest(_server, "<-");
            _inAuth = false;
            Note("TLS begins; what follows is shown as it is within");
        }

        /// <summary>Prints what is left of unfinished lines.</summary>
        internal void Close()
        {
            if (!_isClosed)
            {
                _isClosed = true;
                Flush(_client, "->", string.Empty);
                Flush(_server, "<-", string.Empty);
                Note("closed");
            }
        }

        private void FlushRest(StringBuilder line, string arrow)
        {
            if (line.Length > 0)
            {
                Flush(line, arrow, string.Empty);
            }
        }

        private void Take(StringBuilder line, string arrow, byte[] buffer, int offset, int count)
        {
            for (int index = offset; index < offset + count; index++)
            {
                byte octet = buffer[index];
                if (octet == '\n')
                {
                    bool hasCr = line.Length >= 2 && line[^2] == '\\' && line[^1] == 'r';
                    line.Length -= hasCr ? 2 : 0;
                    Flush(line, arrow, hasCr ? string.Empty : "\\n");
                }
                else if (line.Length < LineOctetsMax)
                {
                    Append(line, octet);
                }
            }
        }

        private void Flush(StringBuilder line, string arrow, string end)
        {
            if (line.Length == 0 && end.Length == 0 && _isClosed)
            {
                return;
            }

            string text = line.ToString();
            line.Clear();
            if (ReferenceEquals(line, _client))
            {
                text = Mask(text);
            }
            else
            {
                _inAuth = text.StartsWith("334", StringComparison.Ordinal) || text.StartsWith("+ ", StringComparison.Ordinal);
            }

            Print(arrow, text + end);
        }

        private string Mask(string text)
        {
            if (_inAuth)
            {
                return "****";
            }

            string verb = text.TrimStart();
            bool isAuth = verb.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase);
            bool isSecret = isAuth || verb.StartsWith("PASS", StringComparison.OrdinalIgnoreCase) || verb.StartsWith("APOP", StringComparison.OrdinalIgnoreCase);
            if (!isSecret)
            {
                return text;
            }

            if (verb.Length == 4)
            {
                return text;
            }

            if (verb[4] != ' ' && verb[4] != '\\')
            {
                return text;
            }

            _inAuth = isAuth;
            return string.Concat(verb.AsSpan(0, 4), " ****");
        }

        private void Print(string arrow, string text)
        {
            try
            {
                _writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss.fff} {_name} {arrow} {text}"));
            }
            catch (IOException)
            {
                // Whoever read the trace has gone.
            }
        }

        private static void Append(StringBuilder line, byte octet)
        {
            switch (octet)
            {
                case (byte)'\r':
                    line.Append("\\r");
                    break;
                case (byte)'\\':
                    line.Append("\\\\");
                    break;
                case >= 0x20 and < 0x7F:
                    line.Append((char)octet);
                    break;
                default:
                    line.Append(CultureInfo.InvariantCulture, $"\\x{octet:X2}");
                    break;
            }
        }
    }
}

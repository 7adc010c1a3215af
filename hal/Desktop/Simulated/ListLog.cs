using System;
using System.Collections.Generic;
using System.Text;

namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>Keeps log lines for a test to read.</summary>
    public sealed class ListLog : ILog
    {
        private static readonly string[] s_severities = { "error", "warning", "notice", "detail" };

        private readonly List<string> _lines = new();

        /// <summary>The lines so far, each as <c>severity: text</c>.</summary>
        public IReadOnlyList<string> Lines
        {
            get { return _lines; }
        }

        /// <inheritdoc/>
        public void Write(int severity, byte[] line, int count)
        {
            _lines.Add(s_severities[severity] + ": " + Encoding.UTF8.GetString(line, 0, count));
        }

        /// <summary>Whether some line holds a text.</summary>
        /// <param name="text">The text, as it is.</param>
        /// <returns>True where one does.</returns>
        public bool Contains(string text)
        {
            return _lines.Exists(line => line.Contains(text, StringComparison.Ordinal));
        }

        /// <summary>Forgets the lines.</summary>
        public void Clear()
        {
            _lines.Clear();
        }
    }
}

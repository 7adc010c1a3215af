using System;
using System.Text;

namespace MailAppliance.Hal.Nano
{
    /// <summary>Log lines to <c>Console.WriteLine</c>, which a serial port or a debugger shows.</summary>
    /// <remarks>
    /// A line that is written makes a string, the one thing that allocates while mail flows: the console takes nothing else. With
    /// <c>log = warning</c> nothing is written, and nothing allocated, as long as nothing is wrong.
    /// </remarks>
    public sealed class ConsoleLog : ILog
    {
        private static readonly string[] s_severities = new string[] { "error   ", "warning ", "notice  ", "detail  " };

        private readonly int _severityMax;

        /// <summary>Makes a log.</summary>
        /// <param name="severityMax">The most that is written, one of <see cref="LogSeverity"/>.</param>
        public ConsoleLog(int severityMax)
        {
            _severityMax = severityMax;
        }

        /// <inheritdoc/>
        public void Write(int severity, byte[] line, int count)
        {
            if (severity <= _severityMax && count > 0)
            {
                Console.WriteLine(s_severities[severity] + Encoding.UTF8.GetString(line, 0, count));
            }
        }
    }
}

using System;
using System.Diagnostics;
using System.Threading;

namespace MailAppliance.Tests
{
    /// <summary>
    /// Kills a process that a test waits for in vain, such as a simulator that starts where it has to refuse: its output then ends, and
    /// the test fails at what it compares instead of standing still.
    /// </summary>
    internal sealed class ProcessWatchdog : IDisposable
    {
        private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

        private readonly Process _process;
        private readonly Timer _timer;

        /// <summary>Starts the time.</summary>
        /// <param name="process">The process; the caller's.</param>
        public ProcessWatchdog(Process process)
        {
            _process = process;
            _timer = new Timer(_ => Kill(), null, s_patience, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _timer.Dispose();
        }

        private void Kill()
        {
            try
            {
                _process.Kill(true);
            }
            catch (InvalidOperationException)
            {
                // It has ended, or its test has disposed of it.
            }
        }
    }
}

using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace MailAppliance.Tools
{
    /// <summary>Ctrl-C, SIGTERM and SIGHUP ask for a stop in order; a second one ends the process as it would without us.</summary>
    public sealed class StopSignal : IDisposable
    {
        private readonly PosixSignalRegistration[] _registrations;
        private int _asked;

        /// <summary>Begins to listen.</summary>
        public StopSignal()
        {
            _registrations =
            [
                PosixSignalRegistration.Create(PosixSignal.SIGINT, Take),
                PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take),
                PosixSignalRegistration.Create(PosixSignal.SIGHUP, Take),
            ];
        }

        /// <summary>Whether a stop was asked for.</summary>
        public bool IsAsked
        {
            get { return Volatile.Read(ref _asked) != 0; }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            foreach (PosixSignalRegistration registration in _registrations)
            {
                registration.Dispose();
            }
        }

        private void Take(PosixSignalContext context)
        {
            context.Cancel = Interlocked.Increment(ref _asked) == 1;
        }
    }
}

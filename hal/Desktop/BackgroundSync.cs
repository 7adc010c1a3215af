using System;
using System.IO;
using System.Threading;
using Microsoft.Win32.SafeHandles;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>
    /// A thread that syncs a file while the appliance goes on: a large mail's sync takes as long as to receive a part of the next.
    /// It does nothing else, and touches nothing but the file and its own state. It starts at its first sync.
    /// </summary>
    internal sealed class BackgroundSync : IDisposable
    {
        private readonly Action _ended;
        private readonly AutoResetEvent _wanted = new(false);
        private readonly ManualResetEvent _done = new(true);
        private Thread? _thread;
        private SafeFileHandle? _handle;
        private volatile int _state = SyncState.Done;
        private volatile bool _stops;

        /// <summary>Makes one, at rest.</summary>
        /// <param name="ended">Called by the thread whenever a sync has ended.</param>
        internal BackgroundSync(Action ended)
        {
            _ended = ended;
        }

        /// <summary>How the sync is doing; one of <see cref="SyncState"/>.</summary>
        internal int State
        {
            get { return _state; }
        }

        /// <summary>Begins a sync; none may be under way.</summary>
        /// <param name="handle">The file; the caller's, who keeps it open until the end.</param>
        internal void Begin(SafeFileHandle handle)
        {
            if (_thread == null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "card" };
                _thread.Start();
            }

            _handle = handle;
            _state = SyncState.Busy;
            _done.Reset();
            _wanted.Set();
        }

        /// <summary>Waits for the end of the sync under way.</summary>
        /// <returns>Done or Failed; Done also where none is under way.</returns>
        internal int Wait()
        {
            _done.WaitOne();
            int state = _state;
            _state = SyncState.Done;
            return state;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _stops = true;
            _wanted.Set();
            _thread?.Join();
            _wanted.Dispose();
            _done.Dispose();
        }

        private void Run()
        {
            while (true)
            {
                _wanted.WaitOne();
                if (_stops)
                {
                    return;
                }

                _state = TrySync(_handle!) ? SyncState.Done : SyncState.Failed;
                _done.Set();
                _ended();
            }
        }

        private static bool TrySync(SafeFileHandle handle)
        {
            try
            {
                FileSync.ToDisk(handle);
                return true;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                return false;
            }
        }
    }
}

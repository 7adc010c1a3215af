using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>
    /// Lets the disk begin with what was written to a file while the appliance goes on, so that a sync behind a large mail finds
    /// most of it done. A hint: what is durable is the sync's business alone.
    /// </summary>
    internal sealed partial class WriteBehind
    {
        /// <summary>Octets that are started at once: fewer, and each start costs more than it saves.</summary>
        private const int PieceOctets = 512 * 1024;

        // SYNC_FILE_RANGE_WRITE of Linux: start, and wait for nothing.
        private const uint StartWriting = 2;

        private readonly SafeFileHandle _handle;
        private readonly bool _isSupported = OperatingSystem.IsLinux();
        private long _start;
        private long _end;

        /// <summary>Makes one.</summary>
        /// <param name="handle">The file; the caller's.</param>
        internal WriteBehind(SafeFileHandle handle)
        {
            _handle = handle;
        }

        /// <summary>Notes a write.</summary>
        /// <param name="position">Its first octet.</param>
        /// <param name="octets">Its octets.</param>
        internal void Written(long position, int octets)
        {
            if (position != _end)
            {
                _start = position;
            }

            _end = position + octets;
            if (_isSupported && _end - _start >= PieceOctets)
            {
                // Where it fails, the sync does all of it, as it would without this.
                _ = SyncFileRange(_handle, _start, _end - _start, StartWriting);
                _start = _end;
            }
        }

        /// <summary>Notes that everything was synced.</summary>
        internal void Synced()
        {
            _start = _end;
        }

        [LibraryImport("libc", EntryPoint = "sync_file_range")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static partial int SyncFileRange(SafeFileHandle file, long offset, long octets, uint flags);
    }
}

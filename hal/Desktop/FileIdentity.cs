using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>
    /// Tells whether a path still leads to the file that was opened by it. Where files can be moved and replaced while they are open,
    /// a handle goes on reading and writing what is no longer on the card. Allocates nothing once made.
    /// </summary>
    internal sealed partial class FileIdentity
    {
        // statx(2): the layout is the same on every Linux.
        private const int WorkingFolder = -100;
        private const int EmptyPath = 0x1000;
        private const uint WantsInode = 0x100;
        private const int InodeAt = 32;
        private const int DeviceAt = 136;

        private static readonly byte[] s_noPath = new byte[1];

        private readonly string _path;
        private readonly byte[] _octets;
        private readonly byte[] _ofPath = new byte[256];
        private readonly byte[] _ofHandle = new byte[256];
        private bool _isAsked;

        internal FileIdentity(string path)
        {
            _path = path;
            _octets = Encoding.UTF8.GetBytes(path + "\0");
        }

        /// <summary>Takes note of a file that has just been opened: a system that does not know it by its path can't be asked.</summary>
        /// <param name="handle">The open file.</param>
        internal void Opened(SafeFileHandle handle)
        {
            try
            {
                _isAsked = OperatingSystem.IsLinux() && Asks(handle);
            }
            catch (EntryPointNotFoundException)
            {
                _isAsked = false;
            }
        }

        /// <summary>Whether the path leads to the open file. Where the system can't be asked: whether it leads to any.</summary>
        /// <param name="handle">The open file.</param>
        /// <returns>False where it leads elsewhere, or nowhere.</returns>
        internal bool IsOf(SafeFileHandle handle)
        {
            if (_isAsked)
            {
                return Asks(handle);
            }

            // Windows moves and replaces no open file.
            return File.Exists(_path);
        }

        private bool Asks(SafeFileHandle handle)
        {
            return Statx(WorkingFolder, ref _octets[0], 0, WantsInode, ref _ofPath[0]) == 0
                && Statx((int)handle.DangerousGetHandle(), ref s_noPath[0], EmptyPath, WantsInode, ref _ofHandle[0]) == 0
                && BitConverter.ToInt64(_ofPath, InodeAt) == BitConverter.ToInt64(_ofHandle, InodeAt)
                && BitConverter.ToInt64(_ofPath, DeviceAt) == BitConverter.ToInt64(_ofHandle, DeviceAt);
        }

        [LibraryImport("libc", EntryPoint = "statx")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static partial int Statx(int folder, ref byte path, int flags, uint mask, ref byte found);
    }
}

using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>
    /// The one way to sync a file, and to see what a sync has left on the disk. .NET's own, <c>RandomAccess.FlushToDisk</c> and <c>Flush(true)</c>, asks the system and then loses
    /// the answer: on Linux and macOS its native part makes 1 of the -1 that fsync failed with, and looks for less than 0. What was
    /// not written to the disk would be answered 250.
    /// </summary>
    public static partial class FileSync
    {
        private const int ErrnoInterrupted = 4;
        private const int AdviceDontNeed = 4;

        /// <summary>Makes everything that was written to a file survive a power cut. Allocates nothing where that is done.</summary>
        /// <param name="file">The file; the caller's.</param>
        /// <exception cref="IOException">It failed: any of what was written since the last sync may be lost, also after a later one
        /// that is done.</exception>
        public static void ToDisk(SafeFileHandle file)
        {
            if (!OperatingSystem.IsWindows())
            {
                while (Sync(file) != 0)
                {
                    int error = Marshal.GetLastPInvokeError();
                    if (error != ErrnoInterrupted)
                    {
                        throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
                    }
                }
            }

            // On Windows it tells of errors. On macOS fsync does, and this empties the drive's own cache, which fsync does not.
            if (!OperatingSystem.IsLinux())
            {
                RandomAccess.FlushToDisk(file);
            }
        }

        /// <summary>
        /// Lets what the system has of a file in RAM, and takes for written, be read from the disk again. Linux counts as written what an
        /// fsync could not write: a program that ended behind such a failure would find it when it comes back, and believe it.
        /// </summary>
        /// <param name="file">The file; the caller's.</param>
        public static void ForgetCached(SafeFileHandle file)
        {
            if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
            {
                // Advice: where it is not taken, the file is read as it would have been.
                _ = Advise(file, 0, 0, AdviceDontNeed);
            }
        }

        [LibraryImport("libc", EntryPoint = "posix_fadvise")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static partial int Advise(SafeFileHandle file, long offset, long octets, int advice);

        [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static partial int Sync(SafeFileHandle file);
    }
}

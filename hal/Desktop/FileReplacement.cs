using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>
    /// Replaces a file by another in one step: the new one is made beside it, synced, and takes its name. Whatever fails on the
    /// way, or whenever the process is killed or the power goes, under the name is the old file, whole, or the new one, whole.
    /// </summary>
    /// <remarks>As far as the file system renames in one step: FAT does so for a killed process, but not for a power cut.</remarks>
    public sealed partial class FileReplacement : IDisposable
    {
        /// <summary>What the new file's name ends in until it takes the old one's.</summary>
        public const string Suffix = ".new";

        private bool _isOurs;

        /// <summary>Prepares to replace a file. What a killed process left of an earlier try is removed.</summary>
        /// <param name="path">The file, which may not exist yet; of a link, what it leads to is replaced.</param>
        /// <exception cref="IOException">Another process is about to replace it, or the folder refuses.</exception>
        /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
        public FileReplacement(string path)
        {
            var file = new FileInfo(path);
            Path = file.LinkTarget == null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            NewPath = Path + Suffix;
            RemoveLeftOver();
            _isOurs = true;
        }

        /// <summary>The file that is replaced.</summary>
        public string Path { get; }

        /// <summary>Where the new file is to be made; nothing is there yet.</summary>
        public string NewPath { get; }

        /// <summary>Puts the new file in the old one's place; the caller has closed it. It keeps the old one's rights.</summary>
        /// <exception cref="IOException">It could not be done: the old one is as it was.</exception>
        /// <exception cref="UnauthorizedAccessException">This user may not: likewise.</exception>
        public void Commit()
        {
            if (!OperatingSystem.IsWindows() && File.Exists(Path))
            {
                File.SetUnixFileMode(NewPath, File.GetUnixFileMode(Path));
            }

            using (SafeFileHandle handle = File.OpenHandle(NewPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
                FileSync.ToDisk(handle);
            }

            File.Move(NewPath, Path, overwrite: true);
            _isOurs = false;
            SyncFolder();
        }

        /// <summary>Removes the new file where it has not taken the old one's place.</summary>
        public void Dispose()
        {
            if (!_isOurs)
            {
                return;
            }

            _isOurs = false;
            try
            {
                File.Delete(NewPath);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The next try removes it.
            }
        }

        private void RemoveLeftOver()
        {
            if (!File.Exists(NewPath))
            {
                return;
            }

            // Held for the look: one that is in use is another process's.
            using SafeFileHandle handle = File.OpenHandle(NewPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            if (OperatingSystem.IsWindows())
            {
                handle.Dispose();
            }

            File.Delete(NewPath);
        }

        // Else the rename may be lost with the power, which leaves the old file whole: so no error where a file system can't.
        private void SyncFolder()
        {
            if (OperatingSystem.IsWindows())
            {
                return;
            }

            int folder = Open(System.IO.Path.GetDirectoryName(Path) ?? "/", 0);
            if (folder >= 0)
            {
                _ = Sync(folder);
                _ = Close(folder);
            }
        }

        [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static partial int Open(string path, int flags);

        [LibraryImport("libc", EntryPoint = "fsync")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static partial int Sync(int file);

        [LibraryImport("libc", EntryPoint = "close")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static partial int Close(int file);
    }
}

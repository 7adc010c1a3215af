using System;
using System.IO;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>Puts into words what a file system says no with.</summary>
    internal static class CardError
    {
        // HResult of an IOException: the errno on Unix, 0x8007 and the Win32 code on Windows.
        private const int ErrnoLinuxAgain = 11;
        private const int ErrnoMacAgain = 35;
        private const int ErrnoExists = 17;
        private const int ErrnoNoSpace = 28;
        private const int ErrnoReadOnly = 30;
        private const int ErrnoTooLarge = 27;
        private const int Win32SharingViolation = 32;
        private const int Win32LockViolation = 33;
        private const int Win32Exists = 80;
        private const int Win32DiskFull = 112;
        private const int Win32WriteProtect = 19;

        /// <summary>Whether another program has the file.</summary>
        internal static bool IsSharing(Exception error)
        {
            return Is(error, OperatingSystem.IsMacOS() ? ErrnoMacAgain : ErrnoLinuxAgain, Win32SharingViolation)
                || Is(error, -1, Win32LockViolation);
        }

        /// <summary>Says in words for a person why the file can't be opened or made.</summary>
        /// <param name="error">What the library threw.</param>
        /// <param name="folder">The card's folder.</param>
        /// <param name="path">The ring's file.</param>
        /// <param name="octets">The size it was to be made at; 0 where it was to be opened.</param>
        internal static string Describe(Exception error, string folder, string path, long octets)
        {
            if (error is UnauthorizedAccessException)
            {
                // .NET says so of a missing right, of a directory in the file's place and of a file marked read-only.
                return Directory.Exists(path)
                    ? $"{path} is a folder, not a file"
                    : File.Exists(path) ? $"{path} can't be read and written by this user" : $"the folder {folder} can't be written by this user";
            }

            if (Is(error, ErrnoExists, Win32Exists))
            {
                return $"{path} exists already";
            }

            if (Is(error, ErrnoNoSpace, Win32DiskFull) || Is(error, ErrnoTooLarge, Win32DiskFull) || !HasRoom(folder, octets))
            {
                return $"there is not enough room for {path} ({octets} octets)";
            }

            return Is(error, ErrnoReadOnly, Win32WriteProtect)
                ? $"the folder {folder} is on a read-only volume"
                : $"{path} can't be used: {error.Message}";
        }

        /// <summary>Asked because the library's "disk was full" has no code of its own where room is reserved at creation.</summary>
        private static bool HasRoom(string folder, long octets)
        {
            try
            {
                return octets == 0 || new DriveInfo(folder).AvailableFreeSpace >= octets;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return true;
            }
        }

        private static bool Is(Exception error, int errno, int win32)
        {
            if (error is not IOException)
            {
                return false;
            }

            return OperatingSystem.IsWindows()
                ? error.HResult == unchecked((int)0x80070000 | win32)
                : error.HResult == errno;
        }
    }
}

using System;
using System.IO;
using MailAppliance.Hal.Desktop;

namespace MailAppliance.Tools.Simulator
{
    /// <summary>A file with a secret in it: for this user's eyes, and never half written.</summary>
    internal static class PrivateFile
    {
        /// <summary>Writes one, in place of any that is there, and its folder where there is none.</summary>
        /// <param name="path">The file.</param>
        /// <param name="octets">What is in it.</param>
        /// <exception cref="IOException">It can't be written.</exception>
        /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
        public static void Write(string path, ReadOnlySpan<byte> octets)
        {
            MakeFolder(Path.GetDirectoryName(path) ?? ".");
            string half = path + ".new";
            File.Delete(half);
            var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var stream = new FileStream(half, how))
            {
                stream.Write(octets);
                stream.Flush();
                FileSync.ToDisk(stream.SafeFileHandle);
            }

            File.Move(half, path, overwrite: true);
        }

        private static void MakeFolder(string folder)
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }
}

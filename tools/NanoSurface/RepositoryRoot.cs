using System.IO;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>Finds the repository from a folder inside it.</summary>
    internal static class RepositoryRoot
    {
        /// <summary>Only the repository's own folder has this file at this place.</summary>
        private const string Landmark = "tools/NanoSurface/MailAppliance.NanoSurface.csproj";

        /// <summary>The nearest folder upwards that is the repository's.</summary>
        /// <param name="start">Where to begin.</param>
        /// <returns>Its path; null where there is none.</returns>
        public static string? Find(string start)
        {
            DirectoryInfo? folder = new(start);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Landmark)))
            {
                folder = folder.Parent;
            }

            return folder?.FullName;
        }
    }
}

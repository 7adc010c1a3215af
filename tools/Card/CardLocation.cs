using System.IO;
using MailAppliance.Hal.Desktop;

namespace MailAppliance.Tools.Card
{
    /// <summary>Which file holds the ring: the one named, the one in the folder named, or the one that the simulator takes.</summary>
    internal static class CardLocation
    {
        /// <summary>Finds the file; touches nothing.</summary>
        /// <param name="card">What the command line names; null for nothing.</param>
        /// <returns>Its full path.</returns>
        /// <exception cref="ToolException">Nothing is named, and this user has no data directory.</exception>
        public static string Find(string? card)
        {
            string path = Path.GetFullPath(card ?? Path.Combine(UserFiles.Home(), UserFiles.Card));
            bool isFolder = card == null || Directory.Exists(path) || Path.EndsInDirectorySeparator(card);
            return isFolder ? Path.Combine(path, FolderCard.FileName) : path;
        }
    }
}

using System;
using System.IO;

namespace MailAppliance.Tools
{
    /// <summary>Where a user's own configuration and card are, unless the command line names others.</summary>
    public static class UserFiles
    {
        /// <summary>The configuration's name in <see cref="Home"/>.</summary>
        public const string Configuration = "appliance.ini";

        /// <summary>The card's folder, beside the configuration.</summary>
        public const string Card = "card";

        /// <summary>The folder of the user's own files.</summary>
        /// <returns>Its path; it may not exist yet.</returns>
        /// <exception cref="ToolException">The user has none.</exception>
        public static string Home()
        {
            string data = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return data.Length > 0
                ? Path.Combine(data, "MailAppliance")
                : throw new ToolException("this user has no data directory (is HOME set?): name the files with --config and --card");
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace MailAppliance.Tests.Tidy
{
    /// <summary>The repository around the tests, and the files in it that people write.</summary>
    internal static class Repository
    {
        // The repository's own file: what other tools put beside it is none of ours.
        private const string Landmark = "Directory.Build.props";

        private static readonly string[] s_foreignFolders = ["bin", "obj", "packages", "TestResults", "node_modules"];

        private static readonly string[] s_extensions =
        [
            ".cs", ".md", ".dialogue", ".ini", ".props", ".targets", ".csproj", ".nfproj", ".projitems", ".sln", ".config", ".runsettings",
            ".txt", ".yml", ".json", ".sh", ".py",
        ];

        private static readonly string[] s_otherFiles = [".editorconfig", ".gitignore", ".gitattributes", "run"];

        /// <summary>The repository's folder.</summary>
        internal static string Root { get; } = FindRoot();

        /// <summary>All files that people write, in order.</summary>
        internal static IReadOnlyList<SourceText> Files { get; } =
            [.. Enumerate(new DirectoryInfo(Root)).OrderBy(file => file.Path, StringComparer.Ordinal)];

        /// <summary>Those of them that hold C#.</summary>
        internal static IEnumerable<SourceText> CodeFiles => Files.Where(file => file.IsCode);

        /// <summary>One of them.</summary>
        /// <param name="path">From the root, with slashes.</param>
        internal static SourceText File(string path)
        {
            return Files.SingleOrDefault(file => file.Path == path) ?? throw new FileNotFoundException($"{path} is not in the repository");
        }

        private static string FindRoot()
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, Landmark)))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} has {Landmark}");
        }

        private static IEnumerable<SourceText> Enumerate(DirectoryInfo folder)
        {
            foreach (FileInfo file in folder.EnumerateFiles())
            {
                if (s_extensions.Contains(file.Extension) || s_otherFiles.Contains(file.Name))
                {
                    string path = Path.GetRelativePath(Root, file.FullName).Replace('\\', '/');
                    yield return new SourceText(path, System.IO.File.ReadAllText(file.FullName));
                }
            }

            foreach (DirectoryInfo inner in folder.EnumerateDirectories())
            {
                bool isHidden = inner.Name.StartsWith('.') && inner.Name != ".ci";
                if (isHidden || s_foreignFolders.Contains(inner.Name))
                {
                    continue;
                }

                foreach (SourceText file in Enumerate(inner))
                {
                    yield return file;
                }
            }
        }
    }
}

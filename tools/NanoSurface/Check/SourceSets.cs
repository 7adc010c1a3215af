using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>Finds what the board's tools compile: one application for each board, and the tests on the device.</summary>
    internal sealed class SourceSets
    {
        /// <summary>The board that must be there: no pins, any hardware.</summary>
        private const string RequiredBoard = "boards/virtual";

        private const string MainFile = "Program.cs";

        /// <summary>What ESP32 boards have in common; a board has it where its project imports it.</summary>
        private const string SharedFolder = "boards/Shared";

        private const string SharedImport = @"..\Shared\shared.projitems";

        /// <summary>Firmware and hal as an assembly of their own, for whoever references its project: else they are part of his.</summary>
        public const string LibraryFolder = "boards/Firmware";

        private const string LibraryReference = @"Firmware\Firmware.nfproj";

        private readonly string _root;

        private SourceSets(string root)
        {
            _root = root;
        }

        /// <summary>Finds them.</summary>
        /// <param name="root">The repository's folder.</param>
        /// <returns>The source sets; each tells what it lacks, and nothing that is absent is passed over.</returns>
        public static IReadOnlyList<SourceSet> Find(string root)
        {
            SourceSets sets = new(root);
            SourceSet? library = sets.Library();
            IEnumerable<SourceSet> first = library == null ? [] : [library];
            return [.. first, .. sets.Boards().Select(board => sets.Application(board, library)), sets.DeviceTests(library)];
        }

        private IEnumerable<string> Boards()
        {
            string folder = Path.Combine(_root, "boards");
            IEnumerable<string> found = Directory.Exists(folder)
                ? Directory.GetDirectories(folder).Where(IsBoard).Select(board => "boards/" + Path.GetFileName(board))
                : [];
            return found.Append(RequiredBoard).Distinct().Order(StringComparer.Ordinal);
        }

        private static bool IsBoard(string folder)
        {
            return Path.GetFileName(folder) != Path.GetFileName(LibraryFolder)
                && (File.Exists(Path.Combine(folder, MainFile)) || Directory.EnumerateFiles(folder, "*.nfproj").Any());
        }

        private SourceSet? Library()
        {
            if (!Directory.Exists(Path.Combine(_root, LibraryFolder)))
            {
                return null;
            }

            List<Finding> missing = [];
            return new SourceSet(LibraryFolder, IsApplication: true, [.. Firmware(missing), .. Read(LibraryFolder, SearchOption.AllDirectories)], missing);
        }

        private SourceSet Application(string board, SourceSet? library)
        {
            List<Finding> missing = [];
            SourceSet? referenced = ProjectHas(board, LibraryReference) ? library : null;
            List<SourceFile> files = referenced == null ? Firmware(missing) : [];
            files.AddRange(Required("hal/Nano", missing));
            if (ProjectHas(board, SharedImport))
            {
                files.AddRange(Required(SharedFolder, missing));
            }

            files.AddRange(Read(board, SearchOption.AllDirectories));
            string main = board + "/" + MainFile;
            if (!files.Any(file => file.Path == main))
            {
                missing.Add(Finding.Of(Rules.Missing, SourcePlace.Whole(main)));
            }

            return new SourceSet(board, IsApplication: true, files, missing, referenced);
        }

        private bool ProjectHas(string set, string text)
        {
            string folder = Path.Combine(_root, set);
            return Directory.Exists(folder)
                && Directory.EnumerateFiles(folder, "*.nfproj").Any(project => File.ReadAllText(project).Contains(text, StringComparison.Ordinal));
        }

        private SourceSet DeviceTests(SourceSet? library)
        {
            List<Finding> missing = [];
            SourceSet? referenced = ProjectHas("tests/Device", LibraryReference) ? library : null;
            List<SourceFile> files = referenced == null ? Firmware(missing) : [];
            files.AddRange(Required("tests/Shared", missing));
            files.AddRange(Read("tests/Device", SearchOption.AllDirectories));
            return new SourceSet("tests/Device", IsApplication: false, files, missing, referenced);
        }

        private List<SourceFile> Firmware(List<Finding> missing)
        {
            return [.. Required("firmware", missing), .. Required("hal", missing, SearchOption.TopDirectoryOnly)];
        }

        private IReadOnlyList<SourceFile> Required(string folder, List<Finding> missing, SearchOption depth = SearchOption.AllDirectories)
        {
            IReadOnlyList<SourceFile> files = Read(folder, depth);
            if (files.Count == 0)
            {
                missing.Add(Finding.Of(Rules.Missing, SourcePlace.Whole(folder)));
            }

            return files;
        }

        private IReadOnlyList<SourceFile> Read(string folder, SearchOption depth)
        {
            string path = Path.Combine(_root, folder);
            if (!Directory.Exists(path))
            {
                return [];
            }

            return
            [
                .. Directory.EnumerateFiles(path, "*.cs", depth)
                    .Select(file => (Path: Path.GetRelativePath(_root, file).Replace('\\', '/'), File: file))
                    .Where(item => !item.Path.Split('/').Any(part => part is "bin" or "obj"))
                    .OrderBy(item => item.Path, StringComparer.Ordinal)
                    .Select(item => new SourceFile(item.Path, File.ReadAllText(item.File))),
            ];
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tools.NanoSurface.Tests
{
    /// <summary>What nobody builds here and would be noticed late: project, packages, solution and words of each board agree.</summary>
    [TestClass]
    public sealed class BoardProjectTests
    {
        private static readonly string[] s_boards =
        [
            "esp32-s3-sd",
            "esp32-sd-spi",
            "esp32-wrover-kit",
            "m5stack-core2",
            "olimex-esp32-poe",
            "virtual",
            "wt32-eth01",
        ];

        private static readonly Regex s_hintPath = new(@"^\.\.\\\.\.\\packages\\(?<id>[A-Za-z0-9.]+?)\.(?<version>\d+\.\d+\.\d+)\\lib\\(?<assembly>.+)\.dll$");

        /// <summary>The folders under <c>boards</c> that have to be there.</summary>
        internal static IReadOnlyList<string> Boards
        {
            get { return s_boards; }
        }

        private static string Root
        {
            get { return RepositoryRoot.Find(AppContext.BaseDirectory)!; }
        }

        [TestMethod]
        public void EveryFolder_IsAKnownBoard()
        {
            string[] found = [.. Directory.GetDirectories(Path.Combine(Root, "boards")).Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("Shared" or "Firmware")).Order(StringComparer.Ordinal)];

            Assert.AreSequenceEqual(s_boards, found);
        }

        [TestMethod]
        public void Solution_HasEveryBoard()
        {
            string solution = File.ReadAllText(Path.Combine(Root, "MailAppliance.sln"));
            foreach (string board in s_boards.Append("Firmware"))
            {
                Assert.Contains($"\"{board}\", \"boards\\{board}\\{board}.nfproj\", \"{{{Value(Project(board), "ProjectGuid").ToUpperInvariant()}}}\"", solution);
            }
        }

        [TestMethod]
        public void Project_ReferencesItsPackages()
        {
            foreach (string board in s_boards.Append("Firmware"))
            {
                string[] references = [.. Elements(Project(board), "Reference").Select(reference => Reference(board, reference)).Order(StringComparer.Ordinal)];
                string[] packages = [.. Packages($"boards/{board}").Select(package => package.Key + " " + package.Value).Order(StringComparer.Ordinal)];
                Assert.AreSequenceEqual(packages, references, board);
            }
        }

        [TestMethod]
        public void Packages_AreOneSet()
        {
            Dictionary<string, string> all = [];
            foreach (string project in s_boards.Append("Firmware").Select(board => $"boards/{board}").Append("tests/Device"))
            {
                foreach (KeyValuePair<string, string> package in Packages(project))
                {
                    Assert.AreEqual(all.GetValueOrDefault(package.Key, package.Value), package.Value, $"{project}: {package.Key}");
                    all[package.Key] = package.Value;
                }
            }
        }

        [TestMethod]
        public void Project_CompilesEveryFileOfItsFolder()
        {
            foreach (string board in s_boards.Append("Firmware"))
            {
                string[] named = [.. Elements(Project(board), "Compile").Select(item => item.Attribute("Include")!.Value).Order(StringComparer.Ordinal)];
                string[] there = [.. Directory.GetFiles(Folder(board), "*.cs").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
                Assert.AreSequenceEqual(there, named, board);
            }
        }

        [TestMethod]
        public void Project_WithoutItsTools_IsPassedOver()
        {
            foreach (string board in s_boards)
            {
                string[] imports = [.. Elements(Project(board), "Import").Select(import => import.Attribute("Project")!.Value)];
                Assert.Contains(@"..\..\boards\absent.targets", imports, board);
                Assert.AreEqual(board != "virtual", imports.Contains(@"..\Shared\shared.projitems"), board);

                // Either the firmware is compiled into it, or its assembly is referenced.
                bool references = Elements(Project(board), "ProjectReference").Any(reference => reference.Attribute("Include")!.Value == @"..\Firmware\Firmware.nfproj");
                Assert.AreEqual(board != "virtual", references, board);
                Assert.AreEqual(!references, imports.Contains(@"..\..\firmware\firmware.projitems"), board);
                Assert.AreEqual(!references, imports.Contains(@"..\..\hal\hal.projitems"), board);
            }
        }

        [TestMethod]
        public void Readme_SaysHowToWireAndToFlash()
        {
            string choice = File.ReadAllText(Path.Combine(Root, "boards/README.md"));
            foreach (string board in s_boards)
            {
                Assert.Contains($"]({board}/README.md)", choice, board);
                string readme = File.ReadAllText(Path.Combine(Folder(board), "README.md"));
                Assert.Contains("nanoff --target ", readme, board);
                if (board != "virtual")
                {
                    Assert.Contains("## Wiring", readme, board);
                    Assert.Contains("nanoff --update --target ", readme, board);
                    Assert.Contains("## From the box to the first mail", readme, board);
                }
            }
        }

        [TestMethod]
        public void Workflow_BuildsEveryBoard()
        {
            string workflow = File.ReadAllText(Path.Combine(Root, ".github/workflows/build.yml"));

            Assert.Contains($"board: [{string.Join(", ", s_boards)}]", workflow);
        }

        private static string Folder(string board)
        {
            return Path.Combine(Root, "boards", board);
        }

        private static XDocument Project(string board)
        {
            return XDocument.Load(Path.Combine(Folder(board), board + ".nfproj"));
        }

        private static IEnumerable<XElement> Elements(XDocument project, string name)
        {
            return project.Descendants(XName.Get(name, "http://schemas.microsoft.com/developer/msbuild/2003"));
        }

        private static string Value(XDocument project, string name)
        {
            return Elements(project, name).Single().Value;
        }

        private static Dictionary<string, string> Packages(string project)
        {
            return XDocument.Load(Path.Combine(Root, project, "packages.config"))
                .Descendants("package")
                .ToDictionary(package => package.Attribute("id")!.Value, package => package.Attribute("version")!.Value);
        }

        private static string Reference(string board, XElement reference)
        {
            Match match = s_hintPath.Match(reference.Elements().Single(element => element.Name.LocalName == "HintPath").Value);
            Assert.IsTrue(match.Success, $"{board}: {reference}");
            string include = reference.Attribute("Include")!.Value;
            Assert.StartsWith($"{match.Groups["assembly"].Value}, Version={match.Groups["version"].Value}.0, ", include, board);
            return match.Groups["id"].Value + " " + match.Groups["version"].Value;
        }
    }
}

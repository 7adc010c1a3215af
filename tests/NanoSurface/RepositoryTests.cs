using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tools.NanoSurface.Tests
{
    /// <summary>The check of a whole repository: this one's, and small ones that lack something.</summary>
    [TestClass]
    public sealed class RepositoryTests
    {
        /// <summary>The board check itself: everything that goes onto a board compiles there and can run there.</summary>
        [TestMethod]
        public void BoardSources_UseOnlyWhatTheBoardHas()
        {
            string? root = RepositoryRoot.Find(AppContext.BaseDirectory);
            Assert.IsNotNull(root);

            IReadOnlyList<SetReport> reports = BoardCheck.Run(root);
            IReadOnlyList<Finding> findings = BoardCheck.Distinct(reports.SelectMany(report => report.Findings));

            foreach (string board in BoardProjectTests.Boards)
            {
                Assert.Contains("boards/" + board, reports.Select(report => report.Set.Name));
            }

            Assert.Contains("tests/Device", reports.Select(report => report.Set.Name));
            if (findings.Any(finding => finding.IsError))
            {
                Assert.Fail("The board can't run this:\n" + string.Join('\n', findings.Where(finding => finding.IsError)));
            }
        }

        [TestMethod]
        public void Whole_Passes()
        {
            using ScratchRepository repository = new();
            (int exitCode, string output) = repository.Check();

            Assert.AreEqual(0, exitCode, output);
            Assert.MatchesRegex(@"boards/virtual: 4 files, \d+ octets of code, passed", output);
            Assert.MatchesRegex(@"tests/Device: 3 files, \d+ octets of code, passed", output);
        }

        [TestMethod]
        [DataRow("firmware/Core/Octets.cs", "firmware: error NANO000")]
        [DataRow("hal/ICard.cs", "hal: error NANO000")]
        [DataRow("hal/Nano/NanoCard.cs", "hal/Nano: error NANO000")]
        [DataRow("boards/virtual/Program.cs", "boards/virtual/Program.cs: error NANO000")]
        [DataRow("tests/Shared/OctetsTests.cs", "tests/Shared: error NANO000")]
        public void PartMissing_Fails(string path, string message)
        {
            using ScratchRepository repository = new();
            repository.Delete(path);
            (int exitCode, string output) = repository.Check();

            Assert.AreEqual(1, exitCode);
            Assert.Contains(message, output);
        }

        [TestMethod]
        public void NoBoardAtAll_Fails()
        {
            using ScratchRepository repository = new();
            Directory.Delete(Path.Combine(repository.Root, "boards"), recursive: true);

            Assert.AreEqual(1, repository.Check().ExitCode);
        }

        [TestMethod]
        public void FaultInFirmware_NamedOnceWithLineAndColumn()
        {
            using ScratchRepository repository = new();
            repository.Write(
                "firmware/Core/Octets.cs",
                """
                namespace N
                {
                    public static class Octets
                    {
                        public const int Lf = 10;
                        public static int[,] Table;
                    }
                }
                """);
            (int exitCode, string output) = repository.Check();

            Assert.AreEqual(1, exitCode);
            const string Message = "firmware/Core/Octets.cs(6,30): error NANO003: multi-dimensional array 'System.Int32[,]': ";
            Assert.HasCount(2, output.Split(Message), "both source sets have the file, one message is enough");
            Assert.Contains("NanoSurface: 1 place to change.", output);
        }

        [TestMethod]
        public void ApiThatTheBoardLacks_NamedWithLineAndColumn()
        {
            using ScratchRepository repository = new();
            repository.Write(
                "hal/Nano/NanoCard.cs",
                """
                namespace N { public sealed class NanoCard : ICard { public bool Sync() {
                return System.IO.File.ReadAllLines("x") != null; } } }
                """);
            (int exitCode, string output) = repository.Check();

            Assert.AreEqual(1, exitCode);
            Assert.Contains("hal/Nano/NanoCard.cs(2,23): error CS0117: 'File' does not contain a definition for 'ReadAllLines'", output);
        }

        [TestMethod]
        public void SecondBoard_IsCheckedToo()
        {
            using ScratchRepository repository = new();
            repository.Write(
                "boards/esp32/Program.cs",
                "public static class Program { public static void Main() { System.Func<int> f = () => 1; f(); } }");
            repository.Write("boards/unfinished/unfinished.nfproj", "<Project />");
            repository.Write("boards/notes/README.md", "no board");
            (int exitCode, string output) = repository.Check();

            Assert.AreEqual(1, exitCode);
            Assert.Contains("boards/esp32/Program.cs(1,", output);
            Assert.Contains("boards/unfinished/Program.cs: error NANO000", output);
            Assert.DoesNotContain("boards/notes", output);
        }

        [TestMethod]
        public void SharedSources_GoToTheBoardsThatImportThem()
        {
            using ScratchRepository repository = new();
            repository.Write("boards/Shared/BoardHost.cs", "public static class BoardHost { public static int[,] Table; }");
            repository.Write("boards/esp32/Program.cs", "public static class Program { public static void Main() { BoardHost.Table = null; } }");
            repository.Write("boards/esp32/esp32.nfproj", @"<Project><Import Project=""..\Shared\shared.projitems"" /></Project>");
            (int exitCode, string output) = repository.Check();

            Assert.AreEqual(1, exitCode);
            Assert.Contains("boards/Shared/BoardHost.cs(1,54): error NANO003", output);
            Assert.MatchesRegex(@"boards/esp32: 5 files, \d+ octets of code, FAILED", output);
            Assert.MatchesRegex(@"boards/virtual: 4 files, \d+ octets of code, passed", output);
        }

        [TestMethod]
        public void Library_IsCheckedOnce_AndCompiledAgainstByWhoReferencesIt()
        {
            using ScratchRepository repository = new();
            repository.Write("boards/Firmware/AssemblyInfo.cs", "");
            repository.Write("firmware/Core/Octets.cs", "namespace N { public static class Octets { public const int Lf = 10; } internal static class Own { } }");
            repository.Write("boards/esp32/Program.cs", "public static class Program { public static void Main() { object o = typeof(N.Own); } }");
            repository.Write("boards/esp32/esp32.nfproj", @"<Project><ProjectReference Include=""..\Firmware\Firmware.nfproj"" /></Project>");
            (int exitCode, string output) = repository.Check();

            Assert.AreEqual(1, exitCode);
            Assert.MatchesRegex(@"boards/Firmware: 3 files, \d+ octets of code, passed", output);
            Assert.MatchesRegex(@"boards/esp32: 2 files, \d+ octets of code, FAILED", output);
            Assert.Contains("boards/esp32/Program.cs(1,", output);
            Assert.Contains("error CS0122: 'Own' is inaccessible due to its protection level", output);
            Assert.MatchesRegex(@"boards/virtual: 4 files, \d+ octets of code, passed", output);
        }

        [TestMethod]
        public void CodeOfMoreThanAnAssemblyCanHave_Fails()
        {
            using ScratchRepository repository = new();
            string statements = string.Concat(Enumerable.Repeat("n = Twice(n); ", 1000));
            string methods = string.Concat(Enumerable.Range(0, 12).Select(number => $"public static int M{number}(int n) {{ {statements} return n; }} "));
            repository.Write("boards/virtual/Program.cs", "public static class Program { static int Twice(int n) { return n + n; } " + methods + "public static void Main() { } }");
            (int exitCode, string output) = repository.Check();

            // Each statement is ldarg.0 (1), call (1 + 2), starg.s (1 + 1).
            Assert.AreEqual(1, exitCode, output);
            Assert.Contains("boards/virtual: error NANO017: assembly too large '720", output);
        }

        [TestMethod]
        public void SharedSourcesMissing_Fails()
        {
            using ScratchRepository repository = new();
            repository.Write("boards/esp32/Program.cs", "public static class Program { public static void Main() { } }");
            repository.Write("boards/esp32/esp32.nfproj", @"<Project><Import Project=""..\Shared\shared.projitems"" /></Project>");

            Assert.Contains("boards/Shared: error NANO000", repository.Check().Output);
        }

        [TestMethod]
        public void BuildOutput_IsNotRead()
        {
            using ScratchRepository repository = new();
            repository.Write("firmware/obj/Debug/Generated.cs", "this is no C#");
            repository.Write("boards/virtual/bin/Generated.cs", "nor is this");

            Assert.AreEqual(0, repository.Check().ExitCode);
        }

        [TestMethod]
        public void WarningAlone_Passes()
        {
            using ScratchRepository repository = new();
            repository.Write(
                "boards/virtual/Program.cs",
                "public static class Program { public static void Main() { System.Console.WriteLine($\"{new N.NanoCard().Sync()}\"); } }");
            (int exitCode, string output) = repository.Check();

            Assert.AreEqual(0, exitCode, output);
            Assert.Contains("warning NANO013", output);
        }

        [TestMethod]
        public void NoRepository_SaysSo()
        {
            using StringWriter error = new();

            Assert.AreEqual(1, Program.Run(null, TextWriter.Null, error));
            Assert.Contains("--root", error.ToString());
        }
    }
}

using System;
using System.IO;

namespace MailAppliance.Tools.NanoSurface.Tests
{
    /// <summary>A small repository in a temporary folder, whole and without a fault until a test changes it.</summary>
    internal sealed class ScratchRepository : IDisposable
    {
        public ScratchRepository()
        {
            Root = Directory.CreateTempSubdirectory("nanosurface").FullName;
            Write("firmware/Core/Octets.cs", "namespace N { public static class Octets { public const int Lf = 10; } }");
            Write("hal/ICard.cs", "namespace N { public interface ICard { bool Sync(); } }");
            Write("hal/Nano/NanoCard.cs", "namespace N { public sealed class NanoCard : ICard { public bool Sync() { return true; } } }");
            Write("hal/Desktop/FileCard.cs", "public class FileCard { private System.Collections.Generic.List<int> _notForTheBoard; }");
            Write("boards/virtual/Program.cs", "public static class Program { public static void Main() { new N.NanoCard().Sync(); } }");
            Write(
                "tests/Shared/OctetsTests.cs",
                """
                using nanoFramework.TestFramework;

                [TestClass]
                public class OctetsTests
                {
                    [TestMethod]
                    [DataRow(1)]
                    [DataRow(2)]
                    public void Lf_Is10(int turn)
                    {
                        Assert.AreEqual(10, N.Octets.Lf);
                    }
                }
                """);
        }

        public string Root { get; }

        public void Write(string path, string text)
        {
            string file = Path.Combine(Root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        public void Delete(string path) => File.Delete(Path.Combine(Root, path));

        /// <summary>Runs the command on it.</summary>
        public (int ExitCode, string Output) Check()
        {
            using StringWriter output = new();
            int exitCode = Program.Run(Root, output, output);
            return (exitCode, output.ToString());
        }

        public void Dispose() => Directory.Delete(Root, recursive: true);
    }
}

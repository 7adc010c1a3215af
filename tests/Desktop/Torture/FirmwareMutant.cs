using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using MailAppliance.Hal;
using MailAppliance.Tests.Tidy;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Torture
{
    /// <summary>
    /// The firmware with a fault put into its source, compiled beside the true one, and the torture or the fuzzer run on it. The true sources
    /// have no hooks for this: what is compiled is their text with a few words changed.
    /// </summary>
    internal sealed class FirmwareMutant : AssemblyLoadContext
    {
        private const string FirmwareName = "MailAppliance.Firmware";
        private const string TortureName = "MailAppliance.Torture";
        private const string FuzzName = "MailAppliance.Fuzz";

        private static readonly Lazy<CSharpCompilation> s_firmware = new(Compile);

        private readonly byte[] _image;

        private FirmwareMutant(byte[] image)
            : base(isCollectible: true)
        {
            _image = image;
        }

        /// <summary>Runs the torture on a faulty firmware.</summary>
        /// <param name="patches">The faults; none for the firmware as it is.</param>
        /// <param name="runs">The most runs.</param>
        /// <param name="cutsEach">1, or 2 for a second cut in each recovery.</param>
        /// <returns>What was broken first; null where nothing was.</returns>
        internal static string? Torture(IEnumerable<SourcePatch> patches, int runs, int cutsEach)
        {
            return Run(patches, TortureName, "MailAppliance.Tools.Torture.Torturer", "FirstFailure", [1L, runs, cutsEach]);
        }

        /// <summary>Feeds a faulty firmware.</summary>
        /// <param name="patches">The faults.</param>
        /// <param name="target">What is fed.</param>
        /// <param name="inputs">The most inputs.</param>
        /// <returns>What was found first; null where nothing was.</returns>
        internal static string? Fuzz(IEnumerable<SourcePatch> patches, string target, int inputs)
        {
            return Run(patches, FuzzName, "MailAppliance.Tools.Fuzz.Fuzzer", "FirstFinding", [target, 1L, inputs]);
        }

        private static string? Run(IEnumerable<SourcePatch> patches, string tool, string type, string method, object[] arguments)
        {
            var mutant = new FirmwareMutant(Emit(patches));
            try
            {
                MethodInfo found = mutant.LoadFromAssemblyName(new AssemblyName(tool)).GetType(type, throwOnError: true)!
                    .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static, Type.GetTypeArray(arguments))!;
                return (string?)found.Invoke(null, arguments);
            }
            finally
            {
                mutant.Unload();
            }
        }

        /// <inheritdoc/>
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            return assemblyName.Name switch
            {
                FirmwareName => LoadFromStream(new MemoryStream(_image)),
                TortureName or FuzzName => LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll")),
                _ => null,
            };
        }

        private static byte[] Emit(IEnumerable<SourcePatch> patches)
        {
            CSharpCompilation compilation = s_firmware.Value;
            foreach (SourcePatch patch in patches)
            {
                SyntaxTree tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == patch.Path);
                string patched = patch.ApplyTo(tree.ToString());
                compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(patched, (CSharpParseOptions)tree.Options, tree.FilePath));
            }

            using MemoryStream image = new();
            EmitResult result = compilation.Emit(image);
            Assert.IsTrue(result.Success, string.Join('\n', result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error)));
            return image.ToArray();
        }

        private static CSharpCompilation Compile()
        {
            var parse = new CSharpParseOptions(LanguageVersion.CSharp9);
            var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true);
            string libraries = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
            return CSharpCompilation.Create(
                FirmwareName,
                Repository.CodeFiles.Where(file => file.IsIn("firmware")).Select(file => CSharpSyntaxTree.ParseText(file.Text, parse, file.Path)),
                libraries.Split(Path.PathSeparator).Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
                    .Append(typeof(ICard).Assembly.Location)
                    .Select(path => MetadataReference.CreateFromFile(path)),
                options);
        }
    }
}

using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>Compiles a source set as the board's tools do: C# 9, a release, and nothing but the board's assemblies in sight.</summary>
    internal static class BoardCompiler
    {
        /// <summary>The language that the board's tools speak; see NANO015 for what later ones add.</summary>
        public const LanguageVersion BoardLanguage = LanguageVersion.CSharp9;

        private const string BoardSymbol = "NANOFRAMEWORK_1_0";
        private const int WarningLevel = 4;

        /// <summary>Parses the set and binds it to the board's assemblies.</summary>
        /// <param name="set">The sources.</param>
        /// <param name="language">Another language version, for tests of the check itself.</param>
        public static CSharpCompilation Compile(SourceSet set, LanguageVersion language = BoardLanguage)
        {
            CSharpParseOptions parseOptions = new(language, preprocessorSymbols: [BoardSymbol]);
            // Unsafe code is let through to get a rule's message, which says what to do, instead of a compiler option's name.
            CSharpCompilationOptions options = new(
                HasMain(set) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                allowUnsafe: true,
                generalDiagnosticOption: ReportDiagnostic.Error,
                warningLevel: WarningLevel,
                deterministic: true);
            IEnumerable<MetadataReference> references = set.IsApplication ? ReferenceAssemblies.Application : ReferenceAssemblies.Tests;
            if (set.Library != null)
            {
                // As it will be read: its errors are its own set's.
                references = references.Append(Compile(set.Library, language).ToMetadataReference());
            }

            return CSharpCompilation.Create(
                set.Name == SourceSets.LibraryFolder ? "MailAppliance.Firmware" : set.IsApplication ? "MailAppliance" : "NFUnitTest",
                set.Files.Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Text, Encoding.UTF8), parseOptions, file.Path)),
                references,
                options);
        }

        /// <summary>Emits the assembly with its symbols.</summary>
        /// <param name="compilation">The compilation.</param>
        /// <param name="setName">Stands for a file where a diagnostic has none.</param>
        /// <param name="findings">Takes the compiler's errors, and its warnings, which are errors.</param>
        /// <returns>The assembly; null where it did not compile.</returns>
        public static EmittedAssembly? Emit(CSharpCompilation compilation, string setName, ICollection<Finding> findings)
        {
            using MemoryStream image = new();
            using MemoryStream symbols = new();
            EmitOptions options = new(debugInformationFormat: DebugInformationFormat.PortablePdb);
            EmitResult result = compilation.Emit(image, symbols, options: options, cancellationToken: CancellationToken.None);
            foreach (Diagnostic diagnostic in result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning))
            {
                SourcePlace place = SourcePlace.Of(diagnostic.Location, setName);
                findings.Add(new Finding(place, IsError: true, diagnostic.Id, diagnostic.GetMessage() + Note(diagnostic.Id)));
            }

            return result.Success ? new EmittedAssembly(image.ToArray(), symbols.ToArray()) : null;
        }

        /// <summary>A set that lacks files is compiled as a library: a Main that is known to be absent is not reported twice.</summary>
        private static bool HasMain(SourceSet set) => set.IsApplication && set.Name != SourceSets.LibraryFolder && set.Missing.Count == 0;

        /// <summary>What a message may mean here that says nothing like it elsewhere, since the desktop's build passed.</summary>
        private static string Note(string id)
        {
            return id switch
            {
                "CS0103" or "CS0117" or "CS0234" or "CS0246" or "CS0518" or "CS0656" or "CS1061" or "CS1501" or "CS1503" =>
                    " (the board's libraries are those of tools/NanoSurface/nano-api)",
                "CS1739" => " (tools/NanoSurface/nano-api holds no parameter names: give the board's libraries their arguments in order)",
                _ => string.Empty,
            };
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>The board's assemblies as the compiler takes them.</summary>
    internal static class ReferenceAssemblies
    {
        /// <summary>Only the tests on the device have this assembly.</summary>
        public const string TestFrameworkName = "nanoFramework.TestFramework";

        private static readonly Lazy<IReadOnlyList<MetadataReference>> s_tests = new(() => References(_ => true));
        private static readonly Lazy<IReadOnlyList<MetadataReference>> s_application =
            new(() => References(name => name != TestFrameworkName));

        /// <summary>What an application on the board can use.</summary>
        public static IReadOnlyList<MetadataReference> Application => s_application.Value;

        /// <summary>What a test on the board can use: all of that, and the test framework.</summary>
        public static IReadOnlyList<MetadataReference> Tests => s_tests.Value;

        private static IReadOnlyList<MetadataReference> References(Func<string, bool> isWanted)
        {
            return
            [
                .. NanoApi.Board.Assemblies
                    .Where(assembly => isWanted(assembly.Name))
                    .Select(assembly => MetadataReference.CreateFromImage(
                        ReferenceAssemblyWriter.Write(assembly, NanoApi.Board), filePath: assembly.Name + ".dll")),
            ];
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace MailAppliance.Tools.NanoSurface.Tests
{
    [TestClass]
    public sealed class ReferenceAssemblyTests
    {
        private const int ListCount = 21;
        private const int LineCount = 4370;

        public static IEnumerable<object[]> AssemblyNames => NanoApi.Board.Assemblies.Select(assembly => new object[] { assembly.Name });

        [TestMethod]
        public void Lists_AllAreBuiltIn()
        {
            Assert.HasCount(ListCount, NanoApi.Board.Assemblies);
            Assert.AreEqual(LineCount, NanoApi.Board.Assemblies.Sum(assembly => assembly.Lines.Count));
        }

        [TestMethod]
        [DynamicData(nameof(AssemblyNames))]
        public void RoundTrip_EveryListedLineAndNoOther(string name)
        {
            ApiAssembly assembly = NanoApi.Board.Assemblies.Single(candidate => candidate.Name == name);
            using MemoryStream file = new(ReferenceAssemblyWriter.Write(assembly, NanoApi.Board));
            using ModuleDefinition module = ModuleDefinition.ReadModule(file);

            List<string> expected = [.. assembly.Lines.Select(line => line.TrimEnd()).Order(StringComparer.Ordinal)];
            List<string> actual = [.. SurfacePrinter.Print(module).Select(line => line.TrimEnd()).Order(StringComparer.Ordinal)];

            Assert.AreEqual(name, module.Assembly.Name.Name);
            Assert.AreEqual(string.Empty, string.Join('\n', expected.Except(actual)), "listed and not in the assembly");
            Assert.AreEqual(string.Empty, string.Join('\n', actual.Except(expected)), "in the assembly and not listed");
            Assert.HasCount(expected.Count, actual);
        }

        [TestMethod]
        [DynamicData(nameof(AssemblyNames))]
        public void References_OnlyAssembliesThatHaveAList(string name)
        {
            ApiAssembly assembly = NanoApi.Board.Assemblies.Single(candidate => candidate.Name == name);
            using MemoryStream file = new(ReferenceAssemblyWriter.Write(assembly, NanoApi.Board));
            using ModuleDefinition module = ModuleDefinition.ReadModule(file);

            foreach (AssemblyNameReference reference in module.AssemblyReferences)
            {
                Assert.Contains(reference.Name, NanoApi.Board.Assemblies.Select(candidate => candidate.Name).ToList());
            }
        }

        [TestMethod]
        public void Compiler_BindsEveryTypeAndMember()
        {
            CSharpCompilation compilation = CSharpCompilation.Create("Empty", references: ReferenceAssemblies.Tests);
            foreach (ApiType type in NanoApi.Board.Assemblies.SelectMany(assembly => assembly.Types))
            {
                ISymbol? symbol = DocumentationCommentId.GetFirstSymbolForDeclarationId("T:" + type.Id, compilation);
                INamedTypeSymbol bound = Assert.IsInstanceOfType<INamedTypeSymbol>(symbol, type.Id);
                Assert.AreNotEqual(TypeKind.Error, bound.TypeKind, type.Id);
                Assert.IsFalse(bound.GetMembers().Any(RefersToNothing), type.Id);
            }
        }

        [TestMethod]
        public void Compiler_SeesTheCoreLibrary()
        {
            CSharpCompilation compilation = CSharpCompilation.Create("Empty", references: ReferenceAssemblies.Application);

            Assert.AreEqual("mscorlib", compilation.GetSpecialType(SpecialType.System_Object).ContainingAssembly.Name);
            Assert.AreEqual(TypeKind.Error, compilation.GetSpecialType(SpecialType.System_Nullable_T).TypeKind);
            Assert.IsTrue(compilation.GetTypeByMetadataName("System.SpanByte")!.IsRefLikeType);
            Assert.IsNull(compilation.GetTypeByMetadataName("nanoFramework.TestFramework.Assert"), "only tests have the test framework");
        }

        [TestMethod]
        public void Write_SameLists_SameOctets()
        {
            ApiAssembly assembly = NanoApi.Board.Assemblies.Single(candidate => candidate.Name == "System.Net");

            byte[] once = ReferenceAssemblyWriter.Write(assembly, NanoApi.Board);
            byte[] again = ReferenceAssemblyWriter.Write(assembly, NanoApi.Board);

            Assert.IsTrue(once.AsSpan().SequenceEqual(again));
        }

        private static bool RefersToNothing(ISymbol member)
        {
            return member switch
            {
                IMethodSymbol method => IsError(method.ReturnType) || method.Parameters.Any(parameter => IsError(parameter.Type)),
                IFieldSymbol field => IsError(field.Type),
                IPropertySymbol property => IsError(property.Type),
                IEventSymbol @event => IsError(@event.Type),
                _ => false,
            };
        }

        private static bool IsError(ITypeSymbol type)
        {
            return type is IArrayTypeSymbol array ? IsError(array.ElementType) : type.TypeKind == TypeKind.Error;
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Tidy
{
    /// <summary>The house rules that no analyzer sees, over every file that people write; and each rule on a file that breaks it.</summary>
    [TestClass]
    public partial class TidyTests
    {
        [TestMethod]
        public void Files_All_KeepTheRulesOfText()
        {
            Assert.IsGreaterThan(200, Repository.Files.Count, Repository.Root);
            ExpectNone(Repository.Files.SelectMany(TextRules.Check));
        }

        [TestMethod]
        public void Code_All_KeepsTheRulesOfCode()
        {
            Assert.IsGreaterThan(150, Repository.CodeFiles.Count());
            ExpectNone(Repository.CodeFiles.SelectMany(CodeRules.Check));
        }

        [TestMethod]
        public void Code_ProtocolStoreAndDevice_AreApart()
        {
            LayerRules rules = new(Repository.CodeFiles);
            ExpectNone(Repository.CodeFiles.SelectMany(rules.Check));
        }

        [TestMethod]
        public void Documentation_OfFirmwareAndHal_IsCheckedByTheCompiler()
        {
            string props = Repository.File("Directory.Build.props").Text;
            Assert.Contains("<GenerateDocumentationFile>true</GenerateDocumentationFile>", props);
            Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", props);
            SourceText[] rules =
            [
                .. Repository.Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal) && (file.IsIn("firmware") || file.IsIn("hal"))),
                Repository.File(".editorconfig"), Repository.File("Directory.Build.props"),
            ];
            Assert.IsGreaterThanOrEqualTo(5, rules.Length);
            foreach (SourceText file in rules)
            {
                Assert.IsFalse(DocumentationOff().IsMatch(file.Text), $"{file.Path} switches CS1591 or the documentation off");
            }
        }

        [TestMethod]
        [DataRow("a.cs", "class a\n{\n}", "ends with a line end")]
        [DataRow("a.cs", "class a\n{\n}\n\n", "not with empty lines")]
        [DataRow("a.cs", "class a\r\n{\n}\n", "end in LF")]
        [DataRow("a.cs", "class a\n{\n\t// text\n}\n", "no tabs")]
        [DataRow("a.md", "text \n", "no white space")]
        [DataRow("a.cs", "class a\n{\n    // TO" + "DO: more\n}\n", "finish it")]
        [DataRow("a.ini", "# X" + "XX\n", "finish it")]
        public void TextRule_Trespass_IsFound(string path, string text, string expected)
        {
            ExpectOne(TextRules.Check(new SourceText(path, text)), expected);
        }

        [TestMethod]
        public void TextRule_FileOfManyLines_IsFoundFromOneTooMany()
        {
            string most = string.Concat(Enumerable.Repeat("text\n", TextRules.LinesMax));
            ExpectNone(TextRules.Check(new SourceText("a.md", most)));
            ExpectOne(TextRules.Check(new SourceText("a.md", most + "text\n")), "no file has over 500 lines");
        }

        [TestMethod]
        [DataRow("tools/A.cs", "class A { } class B { }", "one type to a file")]
        [DataRow("tools/A.cs", "namespace N { enum B { } }", "named like its type, B")]
        [DataRow("tools/A.cs", "class A {\n#pragma warning disable CA1031\n}", "the reason behind it")]
        [DataRow("firmware/A.cs", "class A { void M() { System.Console.WriteLine(); } }", "no console")]
        [DataRow("tools/A.cs", "class A { void B(Handle c) { RandomAccess.FlushToDisk(c); } }", "loses the error")]
        [DataRow("tools/A.cs", "class A { void B(Stream c) { c.Flush(true); } }", "loses the error")]
        [DataRow("tools/A.cs", "class A { void B(Stream c) { c.Flush(flushToDisk: true); } }", "loses the error")]
        [DataRow("hal/A.cs", "public class A { }", "/// comment")]
        [DataRow("hal/Nano/A.cs", "/// <summary>A.</summary>\npublic class A { public int B; }", "/// comment")]
        [DataRow("hal/A.cs", "/// <summary>A.</summary>\npublic interface A { int B(); }", "/// comment")]
        [DataRow("firmware/A.cs", "/// <summary>A.</summary>\npublic enum A { B }", "/// comment")]
        [DataRow("boards/virtual/A.cs", "/// <summary>A.</summary>\npublic class A { protected A() { } }", "/// comment")]
        [DataRow("firmware/Smtp/A.cs", "class A { object B = (System.Threading.ThreadStart)(() => { }); }", "no lambda")]
        [DataRow("firmware/Pop3/A.cs", "class A { object B = (System.Threading.ThreadStart)delegate { }; }", "no lambda")]
        [DataRow("firmware/Loop/A.cs", "class A { void B() { void C() { } } }", "no local function")]
        [DataRow("firmware/Store/A.cs", "class A { List<int> B; }", "no generic")]
        [DataRow("firmware/Store/A.cs", "class A<T> { }", "no generic")]
        [DataRow("firmware/Loop/A.cs", "class A { void B(int[] c) { foreach (int d in c) { } } }", "no foreach")]
        [DataRow("firmware/Core/A.cs", "class A { void B(params int[] c) { } }", "no params")]
        [DataRow("firmware/Core/A.cs", "class A { string B(int c) { return $\"{c}\"; } }", "no string interpolation")]
        public void CodeRule_Trespass_IsFound(string path, string text, string expected)
        {
            ExpectOne(CodeRules.Check(new SourceText(path, text)), expected);
        }

        [TestMethod]
        [DataRow("tools/A.cs", "class A { void B(Stream c) { c.Flush(); c.Flush(false); } }")]
        [DataRow("tools/A.B.cs", "partial class A { class Inner { } }")]
        [DataRow("tools/A.cs", "class A {\n#pragma warning disable CA1031 // an exception anywhere is printed\n}")]
        [DataRow("tests/Desktop/A.cs", "public class A { public int[] B(params int[] c) { foreach (int d in c) { } return c; } }")]
        [DataRow("firmware/A.cs", "/// <summary>A.</summary>\npublic partial class A { int B; internal int C; class D { public int E; } }")]
        [DataRow("firmware/A.cs", "/// <summary>A.</summary>\npublic class A { /// <inheritdoc/>\n public override int M() { return 1; } }")]
        public void CodeRule_WhatIsFine_IsLeftAlone(string path, string text)
        {
            ExpectNone(CodeRules.Check(new SourceText(path, text)));
        }

        [TestMethod]
        [DataRow("firmware/Smtp/A.cs", "class A { ICard _card; }", "knows nothing of hal/ (ICard)")]
        [DataRow("firmware/Pop3/A.cs", "using System.Net.Sockets;\nclass A { }", "does no I/O (System.Net.Sockets)")]
        [DataRow("firmware/Smtp/A.cs", "class A { object B() { return new FileStream(); } }", "no socket, file")]
        [DataRow("firmware/Smtp/A.cs", "class A { MailStore _store; }", "of the store only its results")]
        [DataRow("firmware/Store/A.cs", "class A { SmtpSession _session; }", "the store knows no protocol")]
        [DataRow("firmware/Store/A.cs", "class A { IConnection _connection; }", "the store knows no network")]
        [DataRow("firmware/Core/A.cs", "class A { MailStore _store; }", "neither protocol nor store")]
        [DataRow("firmware/Loop/A.cs", "class A { Ring _ring; }", "only the doors (Ring)")]
        [DataRow("firmware/Loop/A.cs", "class A { Ring Ring; }", "only the doors (Ring)")]
        [DataRow("firmware/Loop/A.cs", "class A { int B = Superblock.Octets; }", "only the doors (Superblock)")]
        [DataRow("firmware/Loop/A.cs", "class A { PathParser _path; }", "only the doors (PathParser)")]
        [DataRow("hal/Nano/A.cs", "class A { MailStore _store; }", "hal/ knows nothing")]
        public void LayerRule_Trespass_IsFound(string path, string text, string expected)
        {
            LayerRules rules = new(Repository.CodeFiles);
            ExpectOne(rules.Check(new SourceText(path, text)), expected);
        }

        [TestMethod]
        [DataRow("firmware/Loop/A.cs", "class A { int Ring; int B() { return Ring + other.Ring; } }")]
        [DataRow("firmware/Pop3/A.cs", "class A { IMaildropView _view; int _result = StoreResult.Ok; }")]
        [DataRow("firmware/Store/A.cs", "class A : IMaildropView { ICard _card; }")]
        [DataRow("firmware/Loop/A.cs", "class A { SmtpSession _session; MailStore _store; IConnection _connection; }")]
        public void LayerRule_WhatIsFine_IsLeftAlone(string path, string text)
        {
            ExpectNone(new LayerRules(Repository.CodeFiles).Check(new SourceText(path, text)));
        }

        private static void ExpectNone(IEnumerable<Finding> findings)
        {
            string[] all = [.. findings.Select(finding => finding.ToString())];
            Assert.IsEmpty(all, string.Join('\n', all.Prepend($"{all.Length} places to change:")));
        }

        private static void ExpectOne(IEnumerable<Finding> findings, string expected)
        {
            Finding[] all = [.. findings];
            Assert.HasCount(1, all, string.Join('\n', all.Select(finding => finding.ToString())));
            Assert.Contains(expected, all[0].ToString());
            Assert.IsGreaterThan(0, all[0].Line);
        }

        [GeneratedRegex(@"CS1591|<GenerateDocumentationFile>\s*false|<TreatWarningsAsErrors>\s*false|<NoWarn>[^<]*1591")]
        private static partial Regex DocumentationOff();
    }
}

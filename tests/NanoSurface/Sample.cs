using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tools.NanoSurface.Tests
{
    /// <summary>A small source that says what is to be found in it: <c>//! ID</c> at the end of each line to be refused.</summary>
    internal static class Sample
    {
        /// <summary>Where a sample pretends to be.</summary>
        public const string FirmwarePath = "firmware/Core/Sample.cs";

        private const string Mark = "//! ";

        /// <summary>Checks a sample as a part of the firmware.</summary>
        public static IReadOnlyList<Finding> Check(
            string source, string path = FirmwarePath, LanguageVersion language = BoardCompiler.BoardLanguage)
        {
            return BoardCheck.Check(new SourceSet("sample", IsApplication: false, [new SourceFile(path, source)], []), language);
        }

        /// <summary>Fails unless exactly the marked lines are refused, each with the marked id.</summary>
        public static void RefusesMarkedLines(string source, string path = FirmwarePath)
        {
            IReadOnlyList<Finding> findings = Check(source, path);
            List<string> expected = [.. Marks(source, path).Order(StringComparer.Ordinal)];
            List<string> actual = [.. findings.Select(Brief).Order(StringComparer.Ordinal)];

            Assert.AreNotEqual(0, expected.Count, "a sample without a mark proves nothing");
            Assert.AreEqual(string.Join('\n', expected), string.Join('\n', actual), string.Join('\n', findings));
            Assert.IsTrue(findings.All(finding => finding.IsError && finding.Place.Column > 0), string.Join('\n', findings));
        }

        /// <summary>Fails where anything is found.</summary>
        public static void Accepts(string source) => Assert.AreEqual(string.Empty, string.Join('\n', Check(source)));

        private static string Brief(Finding finding) => $"{finding.Place.Path}({finding.Place.Line}) {finding.Id}";

        private static IEnumerable<string> Marks(string source, string path)
        {
            string[] lines = source.Split('\n');
            for (int index = 0; index < lines.Length; index++)
            {
                int mark = lines[index].IndexOf(Mark, StringComparison.Ordinal);
                if (mark >= 0)
                {
                    foreach (string id in lines[index][(mark + Mark.Length)..].TrimEnd().Split(' '))
                    {
                        yield return $"{path}({index + 1}) {id}";
                    }
                }
            }
        }
    }
}

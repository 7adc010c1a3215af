using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Tidy
{
    /// <summary>CONFORMANCE.md and the marks in the tests say the same, in both directions.</summary>
    [TestClass]
    public class ConformanceTests
    {
        private const int Clauses = 98;
        private const int Devices = 16;

        [TestMethod]
        public void List_OfThisRepository_IsTrue()
        {
            Proofs proofs = new(Repository.Files);
            Assert.IsGreaterThan(300, proofs.Places.Count);
            Assert.IsGreaterThan(400, proofs.Marks.Count);
            Finding[] findings = [.. Check(Repository.File(Clause.File), proofs)];
            Assert.IsEmpty(findings, string.Join('\n', findings.Select(finding => finding.ToString())));
        }

        [TestMethod]
        [DataRow("", "", "clause 3 is missing")]
        [DataRow("| 3 | x | done | `ATests.B` |\n| 3 | x | done | `ATests.B` |", "3", "clause 3 is there twice")]
        [DataRow("| 3 | x | perhaps | |", "", "'perhaps' is no status")]
        [DataRow("| 3 | x | done | |", "", "names nothing that proves it")]
        [DataRow("| 3 | x | done | `ATests.Gone` |", "", "ATests.Gone is no test")]
        [DataRow("| 3 | x | partly | `tests/Dialogues/gone.dialogue` |", "", "gone.dialogue is no test")]
        [DataRow("| 3 | x | done | `ATests.B` |", "", "ATests.B has no [3] in it")]
        [DataRow("| 3 | x | not yet | planned |", "3", "clause 3 does not name ATests.B, which has a [3]")]
        [DataRow("| 3 | x | not yet | planned |", "99", "there is no clause 99")]
        public void List_ThatIsNotTrue_IsFound(string line, string mark, string expected)
        {
            Proofs proofs = new([new SourceText("tests/Shared/ATests.cs", Test(mark.Length == 0 ? string.Empty : $"// [{mark}]"))]);
            Finding[] findings = [.. Check(new SourceText(Clause.File, AllBut3(line)), proofs)];
            Assert.Contains(expected, string.Join('\n', findings.Select(finding => finding.ToString())));
        }

        [TestMethod]
        public void Marks_AroundATestAndInADialogue_AreFound()
        {
            SourceText test = new("tests/Shared/ATests.cs", Test("// [3] [D4]") + "// [5] a helper's\n// x[6]\n");
            SourceText dialogue = new("tests/Dialogues/a.dialogue", "# [7] [8] text\na -> # [9]\n");
            IReadOnlyList<Mark> marks = new Proofs([test, dialogue]).Marks;
            Assert.AreEqual("3 D4 5 7 8", string.Join(' ', marks.Select(mark => mark.Clause)));
            string[] places = ["ATests.B", "ATests.B", "ATests.", "tests/Dialogues/a.dialogue", "tests/Dialogues/a.dialogue"];
            CollectionAssert.AreEqual(places, marks.Select(mark => mark.Place).ToArray());
        }

        private static IEnumerable<Finding> Check(SourceText list, Proofs proofs)
        {
            Clause[] clauses = [.. Clause.Read(list)];
            return CheckIds(clauses, list)
                .Concat(clauses.SelectMany(clause => CheckProofs(clause, proofs)))
                .Concat(CheckMarks(clauses, proofs));
        }

        private static IEnumerable<Finding> CheckIds(Clause[] clauses, SourceText list)
        {
            IEnumerable<string> devices = Enumerable.Range(1, Devices).Select(number => "D" + Text(number));
            IEnumerable<string> ids = Enumerable.Range(1, Clauses).Select(Text).Concat(devices);
            foreach (string id in ids)
            {
                int count = clauses.Count(clause => clause.Id == id);
                if (count != 1)
                {
                    yield return new Finding(list.Path, 1, $"clause {id} is {(count == 0 ? "missing" : "there twice")}");
                }
            }
        }

        private static IEnumerable<Finding> CheckProofs(Clause clause, Proofs proofs)
        {
            if (!Clause.Statuses.Contains(clause.Status))
            {
                string statuses = string.Join(", ", Clause.Statuses);
                yield return new Finding(Clause.File, clause.Line, $"'{clause.Status}' is no status; there are: {statuses}");
            }

            if (clause.NeedsProof && clause.Proofs.Count == 0)
            {
                yield return new Finding(Clause.File, clause.Line, $"clause {clause.Id} names nothing that proves it");
            }

            foreach (string proof in clause.Proofs)
            {
                if (!proofs.Places.Contains(proof))
                {
                    yield return new Finding(Clause.File, clause.Line, $"{proof} is no test or dialogue in the sources");
                }
                else if (!proofs.Marks.Any(mark => mark.Clause == clause.Id && mark.Place.Length > 0 && IsAt(mark, proof)))
                {
                    yield return new Finding(Clause.File, clause.Line, $"{proof} has no [{clause.Id}] in it");
                }
            }
        }

        private static IEnumerable<Finding> CheckMarks(Clause[] clauses, Proofs proofs)
        {
            foreach (Mark mark in proofs.Marks)
            {
                Clause? clause = clauses.FirstOrDefault(clause => clause.Id == mark.Clause);
                if (clause is null)
                {
                    yield return new Finding(mark.Path, mark.Line, $"there is no clause {mark.Clause}");
                }
                else if (!clause.Proofs.Any(proof => IsAt(mark, proof)))
                {
                    string place = mark.Place.TrimEnd('.');
                    string rule = $"clause {clause.Id} does not name {place}, which has a [{clause.Id}] in line {mark.Line}";
                    yield return new Finding(Clause.File, clause.Line, rule);
                }
            }
        }

        // A mark in a table or a helper belongs to whichever test of its class is named; one in a class without tests, to any test.
        private static bool IsAt(Mark mark, string proof)
        {
            return mark.Place.Length == 0 || mark.Place.EndsWith('.') ? proof.StartsWith(mark.Place, System.StringComparison.Ordinal) : proof == mark.Place;
        }

        private static string Test(string comment)
        {
            return $"public class ATests\n{{\n[TestMethod]\npublic void B()\n{{\nAssert.IsTrue(true); {comment}\n}}\n}}\n";
        }

        private static string AllBut3(string line)
        {
            IEnumerable<int> others = Enumerable.Range(1, Clauses).Where(number => number != 3);
            return string.Concat(others.Select(number => $"| {number} | x | not yet | planned |\n")) + line + "\n";
        }

        private static string Text(int number)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }
    }
}

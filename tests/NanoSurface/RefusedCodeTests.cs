using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil.Cil;

namespace MailAppliance.Tools.NanoSurface.Tests
{
    /// <summary>Code that compiles and that the board can't run, or runs otherwise. NANO006 to NANO009, NANO011 to NANO015.</summary>
    [TestClass]
    public sealed class RefusedCodeTests
    {
        [TestMethod]
        public void Stackalloc_Refused() => Sample.RefusesMarkedLines("""
            public static class C
            {
                public static unsafe int Go(int count) //! NANO005
                {
                    int before = count + 1;
                    byte* buffer = stackalloc byte[count]; //! NANO006
                    return buffer[before];
                }
            }
            """);

        [TestMethod]
        public void Checked_Refused() => Sample.RefusesMarkedLines("""
            public static class C
            {
                public static int Go(int one, long other)
                {
                    int sum = checked(one + 1); //! NANO007
                    checked
                    {
                        sum *= one; //! NANO007
                        sum -= (int)other; //! NANO007
                        sum += (byte)one; //! NANO007
                    }

                    return sum;
                }
            }
            """);

        [TestMethod]
        public void LongAsArrayLength_Refused() => Sample.RefusesMarkedLines("""
            public static class C
            {
                public static byte[] Go(long length)
                {
                    return new byte[length]; //! NANO007
                }
            }
            """);

        [TestMethod]
        public void FunctionPointer_Refused() => Sample.RefusesMarkedLines("""
            public static class C
            {
                public static unsafe int Go(int value) //! NANO005
                {
                    delegate*<int, int> pointer = &Twice; //! NANO005
                    return pointer(value); //! NANO008
                }

                private static int Twice(int value)
                {
                    return value * 2;
                }
            }
            """);

        [TestMethod]
        public void Volatile_Refused() => Sample.RefusesMarkedLines("""
            public class C
            {
                private volatile int _state = 1; //! NANO009

                public int Get()
                {
                    return _state; //! CS0518
                }
            }
            """);

        [TestMethod]
        public void EnumToString_Refused() => Sample.RefusesMarkedLines("""
            using System.Text;

            public enum Colour
            {
                Red,
                Green,
            }

            public static class C
            {
                public static string Name(Colour colour)
                {
                    return colour.ToString(); //! NANO011
                }

                public static string Join(Colour colour)
                {
                    return "colour " + colour; //! NANO011
                }

                public static void Append(StringBuilder builder, System.DayOfWeek day)
                {
                    builder.Append(day); //! NANO011
                }

                public static string Number(Colour colour)
                {
                    return ((int)colour).ToString();
                }
            }
            """);

        [TestMethod]
        public void SocketConnected_Refused() => Sample.RefusesMarkedLines("""
            using System.Net.Sockets;

            public static class C
            {
                public static bool IsOpen(Socket socket)
                {
                    return socket.Connected; //! NANO012
                }
            }
            """);

        [TestMethod]
        public void Formatting_InFirmware_Refused() => Sample.RefusesMarkedLines(FormattingSource);

        [TestMethod]
        [DataRow("boards/virtual/Program.cs")]
        [DataRow("hal/Nano/NanoCard.cs")]
        [DataRow("tests/Shared/SomeTests.cs")]
        public void Formatting_Elsewhere_OnlyWarns(string path)
        {
            IReadOnlyList<Finding> findings = Sample.Check(FormattingSource, path);

            Assert.HasCount(2, findings);
            Assert.IsTrue(findings.All(finding => finding.Id == "NANO013" && !finding.IsError));
            Assert.StartsWith(path + "(5,9): warning NANO013: ", findings[0].ToString());
        }

        [TestMethod]
        public void DebugAssert_Refused() => Sample.RefusesMarkedLines("""
            using System.Diagnostics;
            using static System.Diagnostics.Debug;

            public static class C
            {
                public static void Go(int value)
                {
                    Debug.Assert(value > 0); //! NANO014
                    Assert(value > 1, "more"); //! NANO014
                    Own.Assert(value > 2);
                }
            }

            public static class Own
            {
                public static void Assert(bool condition)
                {
                    Debug.WriteLine(condition.ToString());
                }
            }
            """);

        [TestMethod]
        public void ExternMethod_Refused() => Sample.RefusesMarkedLines("""
            using System.Runtime.CompilerServices;

            public static class C
            {
                [MethodImpl(MethodImplOptions.InternalCall)]
                public static extern int Fast(byte[] buffer); //! NANO016
            }
            """);

        [TestMethod]
        public void RefSafetyRules_OfALaterLanguage_Refused()
        {
            const string Source = "public static class C { public static int Go(ref int value) { return value; } }";

            Assert.IsEmpty(Sample.Check(Source));
            Assert.AreEqual("NANO015", Sample.Check(Source, language: LanguageVersion.CSharp11).Single().Id);
        }

        [TestMethod]
        [DataRow("tail.", "NANO008")]
        [DataRow("jmp", "NANO008")]
        [DataRow("cpblk", "NANO008")]
        [DataRow("initblk", "NANO008")]
        [DataRow("ckfinite", "NANO008")]
        [DataRow("readonly.", "NANO008")]
        [DataRow("unaligned.", "NANO008")]
        [DataRow("calli", "NANO008")]
        [DataRow("volatile.", "NANO009")]
        [DataRow("localloc", "NANO006")]
        [DataRow("refanytype", "NANO010")]
        [DataRow("add.ovf.un", "NANO007")]
        [DataRow("conv.ovf.u2.un", "NANO007")]
        public void Opcode_ThatNoCSharpBringsAbout_Refused(string name, string id)
        {
            OpCode opcode = AllOpcodes().Single(code => code.Name == name);

            Assert.AreEqual(id, Opcodes.Broken(opcode)?.Id);
        }

        [TestMethod]
        public void Opcode_Ordinary_Accepted()
        {
            List<string> ordinary =
                ["add", "conv.i4", "ldelem.ref", "stind.i4", "ldftn", "endfilter", "constrained.", "box", "switch", "ldtoken"];
            foreach (OpCode opcode in AllOpcodes().Where(code => ordinary.Contains(code.Name)))
            {
                Assert.IsNull(Opcodes.Broken(opcode), opcode.Name);
            }
        }

        [TestMethod]
        public void EveryRule_IsInTheReadme()
        {
            string? root = RepositoryRoot.Find(System.AppContext.BaseDirectory);
            string readme = File.ReadAllText(Path.Combine(root!, "tools/NanoSurface/README.md"));
            foreach (Rule rule in Rules.All)
            {
                Assert.Contains($"| {rule.Id} | {rule.What} |", readme);
            }

            Assert.HasCount(Rules.All.Count, Rules.All.Select(rule => rule.Id).Distinct());
        }

        private static IEnumerable<OpCode> AllOpcodes()
        {
            return typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!);
        }

        private const string FormattingSource = """
            public static class C
            {
                public static string Two(int one, int other)
                {
                    return string.Format("{0} {1}", one, other); //! NANO013
                }

                public static string Text(int number)
                {
                    return $"number {number}"; //! NANO013
                }
            }
            """;
    }
}

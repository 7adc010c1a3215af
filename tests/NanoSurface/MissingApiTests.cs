using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tools.NanoSurface.Tests
{
    /// <summary>What the desktop has and the board lacks fails to compile, at its line.</summary>
    [TestClass]
    public sealed class MissingApiTests
    {
        [TestMethod]
        public void Members_Refused() => Sample.RefusesMarkedLines("""
            using System;
            using System.Net.Sockets;
            using System.Text;
            using System.Threading;

            public static class C
            {
                public static void Go(Socket socket, byte[] buffer, string text)
                {
                    socket.Shutdown(SocketShutdown.Both); //! CS1061 CS0103
                    socket.Blocking = false; //! CS1061
                    Array.Clear(buffer); //! CS7036
                    Array.Sort(buffer); //! CS0117
                    Buffer.BlockCopy(buffer, 0, buffer, 1, 2); //! CS0103
                    text.Replace("a", "b"); //! CS1061
                    string.Join(",", "a", "b"); //! CS0117
                    Encoding.ASCII.GetBytes(text); //! CS0117
                    Thread.Yield(); //! CS0117
                    Environment.Exit(1); //! CS0117
                    char.IsDigit(text[0]); //! CS0117
                }
            }
            """);

        [TestMethod]
        public void GenericCollectionsAndLinq_Refused() => Sample.RefusesMarkedLines("""
            using System.Collections.Generic;
            using System.Linq; //! CS0234

            public class C
            {
                private readonly List<int> _items = new List<int>(); //! CS0246

                public IEnumerable<int> Go() //! CS0246
                {
                    return _items;
                }
            }
            """);

        [TestMethod]
        public void SpanAndU8_Refused() => Sample.RefusesMarkedLines("""
            using System;

            public static class C
            {
                public static int Go(Span<byte> buffer) //! CS0246
                {
                    return buffer.Length + "EHLO"u8.Length; //! CS8773 CS0518
                }
            }
            """);

        [TestMethod]
        public void SpanByteInAField_Refused() => Sample.RefusesMarkedLines("""
            public class C
            {
                public System.SpanByte Rest; //! CS8345
            }
            """);

        [TestMethod]
        public void NullableAndTuple_Refused() => Sample.RefusesMarkedLines("""
            public static class C
            {
                public static int? Maybe(int value) //! CS0518
                {
                    return value;
                }

                public static (int, int) Two(int value) //! CS8179
                {
                    return (value, value); //! CS8179
                }
            }
            """);

        [TestMethod]
        public void RangeAndIndexFromEnd_Refused() => Sample.RefusesMarkedLines("""
            public static class C
            {
                public static byte Last(byte[] buffer)
                {
                    return buffer[^1]; //! CS0518 CS0656
                }
            }
            """);

        [TestMethod]
        public void TaskAndDecimal_Refused() => Sample.RefusesMarkedLines("""
            using System.Threading.Tasks; //! CS0234

            public static class C
            {
                public static decimal Price() //! CS0518
                {
                    return 1;
                }
            }
            """);

        [TestMethod]
        public void Yield_Refused() => Sample.RefusesMarkedLines("""
            using System.Collections;

            public static class C
            {
                public static IEnumerable Numbers()
                { //! CS0518 CS0656
                    yield return 1;
                }
            }
            """);

        [TestMethod]
        public void AnonymousType_RefusedAtItsLine()
        {
            // The compiler's own message has no line: a type that nobody wrote lacks a method that nobody called.
            IReadOnlyList<Finding> findings = Sample.Check("""
                public static class C
                {
                    public static object Go(int value)
                    {
                        return new { value };
                    }
                }
                """);

            Assert.Contains("firmware/Core/Sample.cs(5,16): error NANO002: ", string.Join('\n', findings));
        }

        [TestMethod]
        public void UnassignedStruct_Refused() => Sample.RefusesMarkedLines("""
            public static class C
            {
                public static long Go()
                {
                    System.DateTime time;
                    return time.Ticks; //! CS0165
                }
            }
            """);

        [TestMethod]
        public void LaterLanguage_Refused() => Sample.RefusesMarkedLines("""
            namespace N; //! CS8773

            public class C
            {
            }
            """);

        [TestMethod]
        public void RecordStruct_Refused() => Sample.RefusesMarkedLines("""
            namespace N
            {
                public readonly record struct Point(int X, int Y); //! CS8773 CS0518 CS0656
            }
            """);

        [TestMethod]
        public void Warning_IsAnError() => Sample.RefusesMarkedLines("""
            public static class C
            {
                public static void Go()
                {
                    int unused = 3; //! CS0219
                }
            }
            """);

        [TestMethod]
        public void TestFrameworkInAnApplication_Refused()
        {
            const string Source =
                "using nanoFramework.TestFramework; public static class Program { public static void Main() { Assert.IsTrue(true); } }";
            SourceSet application = new("boards/virtual", IsApplication: true, [new SourceFile("boards/virtual/Program.cs", Source)], []);
            SourceSet tests = application with { IsApplication = false };

            Assert.Contains("CS0234", BoardCheck.Check(application).Select(finding => finding.Id));
            Assert.IsEmpty(BoardCheck.Check(tests));
        }
    }
}

using System;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tools.NanoSurface.Tests
{
    [TestClass]
    public sealed class ApiListParserTests
    {
        [TestMethod]
        public void Parse_MethodWithEverything_KeepsAllMarks()
        {
            ApiMember method = Member(
                "M:N.T.Go(System.Byte[],System.Int32@out,System.Boolean)~System.Void"
                + " [protected] [static] [optional:3=True] [conditional:DEBUG]");

            Assert.AreEqual("Go", method.Name);
            Assert.IsTrue(method.IsProtected && method.IsStatic);
            Assert.AreEqual("DEBUG", method.ConditionalSymbol);
            Assert.AreEqual(new ApiParameter("System.Byte[]", IsByReference: false, IsOut: false, DefaultText: null), method.Parameters[0]);
            Assert.AreEqual(new ApiParameter("System.Int32", IsByReference: true, IsOut: true, DefaultText: null), method.Parameters[1]);
            Assert.AreEqual("True", method.Parameters[2].DefaultText);
        }

        [TestMethod]
        public void Parse_StringConstant_KeepsBrackets()
        {
            Assert.AreEqual("\"a] [static]\"", Member("F:N.T.Text~System.String [const]=\"a] [static]\"").ConstantText);
        }

        [TestMethod]
        public void Parse_NestedType_KnowsWhatIsAroundIt()
        {
            ApiAssembly assembly = ApiListParser.Parse("A", ["T:N.T.Inner [enum] : System.Enum", "T:N.T [class] : System.Object"]);

            Assert.AreEqual("N.T", assembly.Types[0].Id, "what is around comes first");
            Assert.AreSame(assembly.Types[0], assembly.Types[1].DeclaringType);
            Assert.AreEqual("Inner", assembly.Types[1].Name);
        }

        [TestMethod]
        [DataRow("M:N.T.Go~System.Void [unheard-of]")]
        [DataRow("M:N.T.Go~System.Void [static")]
        [DataRow("M:N.T.Go(System.Int32~System.Void")]
        [DataRow("M:N.T.Go")]
        [DataRow("M:N.Other.Go~System.Void")]
        [DataRow("X:N.T.Go~System.Void")]
        [DataRow("T:N.U [union] : System.Object")]
        [DataRow("T:N.U")]
        public void Parse_LineNotUnderstood_IsRefused(string line)
        {
            Assert.ThrowsExactly<FormatException>(() => ApiListParser.Parse("A", ["T:N.T [class] : System.Object", line]));
        }

        [TestMethod]
        public void Write_TypeInNoList_IsRefused()
        {
            ApiAssembly assembly = ApiListParser.Parse("A", ["T:N.T [class] : N.Nowhere"]);

            Assert.ThrowsExactly<FormatException>(() => ReferenceAssemblyWriter.Write(assembly, new NanoApi([assembly])));
        }

        private static ApiMember Member(string line)
        {
            return ApiListParser.Parse("A", ["T:N.T [class] : System.Object", line]).Types.Single().Members.Single();
        }
    }
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Torture
{
    /// <summary>The torture itself is tested by what it finds: faults put into the store, one at a time.</summary>
    [TestClass]
    public sealed class MutationTests
    {
        private const int RunsMax = 10_000;

        public static IEnumerable<object[]> FaultNames
        {
            get { return Faults.All.Keys.Select(name => new object[] { name }); }
        }

        public TestContext TestContext { get; set; } = null!;

        [TestMethod]
        [DynamicData(nameof(FaultNames))]
        public void Fault_InTheStore_IsFound(string fault)
        {
            string? found = FirmwareMutant.Torture(Faults.All[fault], RunsMax, 1) ?? FirmwareMutant.Torture(Faults.All[fault], RunsMax, 2);
            TestContext.WriteLine(found ?? "nothing");
            Assert.IsNotNull(found, $"{fault}: {RunsMax} runs have not found it");
        }

        [TestMethod]
        public void Firmware_AsItIs_IsFoundRight()
        {
            Assert.IsNull(FirmwareMutant.Torture([], 300, 1));
        }
    }
}

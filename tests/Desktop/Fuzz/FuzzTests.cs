using System.Collections.Generic;
using System.Linq;
using MailAppliance.Tools.Fuzz;
using MailAppliance.Tools.Fuzz.Inputs;
using MailAppliance.Tools.Fuzz.Targets;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Fuzz
{
    /// <summary>A slice of what tools/Fuzz feeds by the million, and what has to be true of it for that to mean anything.</summary>
    [TestClass]
    public sealed class FuzzTests
    {
        private const int SliceInputs = 30_000;

        public static IEnumerable<object[]> TargetNames
        {
            get { return TargetList.Names.Select(name => new object[] { name }); }
        }

        [TestMethod]
        [DynamicData(nameof(TargetNames))]
        public void Inputs_OfATarget_BreakNoInvariant(string target)
        {
            int inputs = target == "ring" ? 4_000 : SliceInputs * TargetList.ShareOf(target) / 100;
            string? found = Fuzzer.FirstFinding(target, 1, inputs);
            Assert.IsNull(found, found);
        }

        [TestMethod]
        [DynamicData(nameof(TargetNames))]
        public void Batch_RunElsewhereUpToAnInput_IsTheSame(string target)
        {
            var first = new Batch(target);
            Assert.IsNull(first.Run(7, 3, 500, () => true));
            int features = first.FeatureCount;
            var second = new Batch(target);
            second.Run(8, 0, 100, () => true);
            Assert.IsNull(second.Run(7, 3, 500, () => true));
            Assert.AreEqual(features, second.FeatureCount);
            Assert.IsGreaterThan(10, features);
        }

        [TestMethod]
        public void Fuzzer_TwoThreads_FeedsWhatWasAskedFor()
        {
            var fuzzer = new Fuzzer(new FuzzOptions { Seed = 5, Inputs = 20_000, Threads = 2, Targets = ["smtp", "base64"] });
            fuzzer.Run(() => { });
            Assert.IsEmpty(fuzzer.Findings);
            Assert.AreEqual(fuzzer.Done, fuzzer.Progress.Values.Sum(target => target.Done));
            Assert.IsGreaterThanOrEqualTo(20_000, fuzzer.Done);
            Assert.IsLessThan(20_010, fuzzer.Done);
        }

        [TestMethod]
        public void EscapedText_AnyOctets_AreTakenBack()
        {
            byte[] all = [.. Enumerable.Range(0, 256).Select(octet => (byte)octet)];
            CollectionAssert.AreEqual(all, EscapedText.ToOctets(EscapedText.Of(all)));
            Assert.IsNull(EscapedText.ToOctets("\\q"));
            Assert.IsNull(EscapedText.ToOctets("\u00FC"));
        }

        [TestMethod]
        public void Shrinker_AnInput_LeavesWhatBreaks()
        {
            var input = new FuzzInput([.. Enumerable.Repeat((byte)'x', 300), (byte)'!', .. Enumerable.Repeat((byte)'y', 100), (byte)'?'], 0x55);
            FuzzInput small = Shrinker.Shrink(input, candidate => candidate.Octets.Contains((byte)'!') && candidate.Octets.Contains((byte)'?') && (candidate.Plan & 4) != 0);
            Assert.AreEqual("!?", EscapedText.Of(small.Octets));
            Assert.AreEqual(4, small.Plan);
        }
    }
}

using System.Collections.Generic;
using MailAppliance.Tools.Fuzz;
using MailAppliance.Tools.Fuzz.Inputs;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Fuzz
{
    /// <summary>What the fuzzer has found, each as the smallest input that showed it.</summary>
    [TestClass]
    public sealed class FoundByFuzzTests
    {
        public static IEnumerable<object[]> Inputs
        {
            get
            {
                string tooLong = new('a', 512);

                // In the midst of a line that is too long, two octets of a TLS hello ended the session, where they came first in a segment.
                yield return ["pop3", 268435456, tooLong + "\\x16\\x03\\n"];
                yield return ["pop3-strict", 268435456, tooLong + "\\x16\\x03\\r\\n"];
                yield return ["smtp", 536870912, new string('a', 1536) + "\\x16\\x03\\nNOOP\\n"];

                // A removal that rotted gave back a message to who had removed it, until the tail had passed its first place.
                yield return ["ring", 0, "*aaaaaaaaa\\x00\\ndaaaa"];

                // Mail waited for room for ever: no record was where the first message should begin.
                yield return ["ring", 0, "\\x03aaaaaaaa\\x09a\\x05\\x0b\\x00daaa\\x00\\x07\\x02aaaaaa4aaaaa"];
                yield return ["ring", 0, "\\x06aaaaaaaa\\na\\naa\\x07aaaa\\x00a\\x07aaaaa\\x07\\x00aaaa"];
                yield return ["ring", 0, "+aaaaaaaa\\x09\\x00\\x07aaaaa\\n\\x00daaaaa"];

                // Blocks in each other's places: a message was shown as another one, and what lay between was skipped.
                yield return ["ring", 0, "*aaaaaaaa\\x09\\x00\\n\\x09\\x00\\x07aa"];
                yield return ["ring", 0, "\\x03aaaaaaaa\\x09\\x00\\x18\\x00\\x00\\xffaaa\\x03\\x00aaaaa\\x09\\x00\\x07\\x09\\x00\\naa"];
                yield return ["ring", 0, "\\x03a\\x09\\x00aaaaaa\\x00\\x01\\x00aaaa\\x09\\x00\\x05\\x00\\x14aaa"];
            }
        }

        [TestMethod]
        [DynamicData(nameof(Inputs))]
        public void Input_FoundOnce_BreaksNothingAnyMore(string target, int plan, string octets)
        {
            BrokenInvariantException? broken = new Batch(target).Try(new FuzzInput(EscapedText.ToOctets(octets)!, plan));
            Assert.IsNull(broken, $"{broken?.Invariant}: {broken?.Message}");
        }
    }
}

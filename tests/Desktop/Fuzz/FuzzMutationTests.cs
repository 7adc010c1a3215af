using System.Collections.Generic;
using System.Linq;
using MailAppliance.Tests.Torture;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Fuzz
{
    /// <summary>The fuzzer itself is tested by what it finds: faults put into what it feeds, one at a time.</summary>
    [TestClass]
    public sealed class FuzzMutationTests
    {
        private const int InputsMax = 100_000;
        private const int RingInputsMax = 10_000;

        private static readonly Dictionary<string, (string Target, SourcePatch Patch)> s_faults = new()
        {
            ["LF.CRLF ends mail data"] =
                ("smtp", new SourcePatch("firmware/Smtp/MailDataScanner.cs", "LookAtDot(buffer, start, end) : Edit(s_dot, 0, InLine);", "LookAtDot(buffer, start, end) : LookAtDot(buffer, start, end);")),
            ["a CR at a segment's end is passed on"] =
                ("smtp-strict", new SourcePatch("firmware/Smtp/MailDataScanner.cs", "                return last;\n            }\n\n            if (buffer[last - 1] == Octets.Cr)", "                return last + 1;\n            }\n\n            if (buffer[last - 1] == Octets.Cr)")),
            ["a line that is too long is answered in each of its parts"] =
                ("smtp", new SourcePatch("firmware/Core/InputBuffer.cs", "return _skipped > Limits.SkippedLineOctetsMax ? LineResult.Endless : LineResult.NeedOctets;", "return _skipped > Limits.SkippedLineOctetsMax ? LineResult.Endless : LineResult.TooLong;")),
            ["an empty authorization identity is nobody"] =
                ("sasl", new SourcePatch("firmware/Login/SaslExchange.cs", "bool isSame = first == offset ||", "bool isSame =")),
            ["bits that are left over are taken for base64"] =
                ("base64", new SourcePatch("firmware/Core/Base64.cs", "return bits == 0 ? at - targetOffset : Bad;", "return at - targetOffset;")),
            ["a digest is compared up to its first difference only"] =
                ("pop3", new SourcePatch("firmware/Login/LoginCheck.cs", "for (int index = 0; index < count; index++)\n            {\n                int nibble", "for (int index = 0; index < count - 1; index++)\n            {\n                int nibble")),
            ["TOP counts the empty line"] =
                ("pop3", new SourcePatch("firmware/Pop3/Pop3Session.Commands.cs", "lines > int.MaxValue ? int.MaxValue : (int)lines", "lines > int.MaxValue ? int.MaxValue : (int)lines + 1")),
            ["the shortest prefix decides"] =
                ("access", new SourcePatch("firmware/Configuration/AccessList.cs", "_entries[at + BitsAt] > longest && Holds(at, address)", "(longest < 0 || _entries[at + BitsAt] < longest) && Holds(at, address)")),
            ["an IPv6 address may have a group too many"] =
                ("access", new SourcePatch("firmware/Core/IpAddress.cs", "to < OctetCount && OpenGap", "to <= OctetCount && OpenGap")),
            ["a salt may have any length"] =
                ("password-hash", new SourcePatch("firmware/Configuration/PasswordHash.cs", "salt.Length >= SaltOctetsMin + BlockNumberOctets && ", "")),
            ["CRLF is not as good as LF"] =
                ("configuration", new SourcePatch("firmware/Configuration/ConfigurationLine.cs", "_lineEnd = end > start && _buffer[end - 1] == Octets.Cr ? end - 1 : end;", "_lineEnd = end;")),
            ["a record counts wherever it lies"] =
                ("ring", new SourcePatch("firmware/Store/RecordHeader.cs", "(place == block || place == 0) && ", "")),
            ["a payload that rotted is handed out"] =
                ("ring", new SourcePatch("firmware/Store/MessageReader.cs", "if (blocksRead >= _recordBlocks && !RecordHeader.IsPayloadValid(Buffer, Front, _checksum))", "if (blocksRead < 0)")),
            ["a copy leaves its message to who had removed it"] =
                ("ring", new SourcePatch("firmware/Store/Recovery.cs", "if ((header[RecordHeader.Recipients + (bit >> 3)] & (1 << (bit & 7))) == 0)", "if (header == null)")),
            ["what is damaged at the tail is waited for"] =
                ("ring", new SourcePatch("firmware/Store/Room.cs", "            if (_isBlocked)\n", "            if (_isBlocked && _isStuck)\n")),
        };

        public static IEnumerable<object[]> FaultNames
        {
            get { return s_faults.Keys.Select(name => new object[] { name }); }
        }

        public TestContext TestContext { get; set; } = null!;

        [TestMethod]
        [DynamicData(nameof(FaultNames))]
        public void Fault_InWhatIsFed_IsFound(string fault)
        {
            (string target, SourcePatch patch) = s_faults[fault];
            int inputs = target == "ring" ? RingInputsMax : InputsMax;
            string? found = FirmwareMutant.Fuzz([patch], target, inputs);
            TestContext.WriteLine(found ?? "nothing");
            Assert.IsNotNull(found, $"{fault}: {inputs} inputs have not found it");
        }
    }
}

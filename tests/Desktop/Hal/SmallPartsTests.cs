using System;
using System.IO;
using System.Text;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>Clocks, entropy and logs.</summary>
    [TestClass]
    public sealed class SmallPartsTests
    {
        [TestMethod]
        public void DesktopClock_KnowsTheDateAndNeverGoesBack()
        {
            var clock = new DesktopClock();
            Assert.IsTrue(clock.IsUtcKnown);
            Assert.IsLessThan(5, Math.Abs(clock.UtcSeconds - DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
            long last = clock.MonotonicMilliseconds;
            for (int turn = 0; turn < 1000; turn++)
            {
                long now = clock.MonotonicMilliseconds;
                Assert.IsGreaterThanOrEqualTo(last, now);
                last = now;
            }
        }

        [TestMethod]
        public void ManualClock_JumpOfTheDate_LeavesTheMonotonicTime()
        {
            var clock = new ManualClock();
            Assert.AreEqual(new DateTimeOffset(2026, 11, 21, 1, 28, 0, TimeSpan.Zero).ToUnixTimeSeconds(), clock.UtcSeconds);
            clock.Advance(1500);
            clock.UtcSeconds = 10;
            clock.Advance(500);
            Assert.AreEqual(2000, clock.MonotonicMilliseconds);
            Assert.AreEqual(10, clock.UtcSeconds);
            clock.Advance(500);
            Assert.AreEqual(11, clock.UtcSeconds);
        }

        [TestMethod]
        public void SeededEntropy_SameSeed_SameOctets()
        {
            byte[] first = new byte[40];
            byte[] second = new byte[40];
            byte[] other = new byte[40];
            new SeededEntropy(5).Fill(first, 0, 40);
            var again = new SeededEntropy(5);
            again.Fill(second, 0, 13);
            again.Fill(second, 13, 27);
            new SeededEntropy(6).Fill(other, 0, 40);
            Assert.AreEqual(Convert.ToHexString(first), Convert.ToHexString(second));
            Assert.AreNotEqual(Convert.ToHexString(first), Convert.ToHexString(other));
        }

        [TestMethod]
        public void DesktopEntropy_FillsItsRangeOnly()
        {
            byte[] octets = new byte[100];
            new DesktopEntropy().Fill(octets, 10, 80);
            Assert.AreEqual(0, octets[9] | octets[90]);
            Assert.IsGreaterThan(20, new System.Collections.Generic.HashSet<byte>(octets).Count);
        }

        [TestMethod]
        public void StreamLog_WritesTimeSeverityAndText_UpToItsSeverity()
        {
            using var stream = new MemoryStream();
            var log = new StreamLog(stream, LogSeverity.Notice);
            log.Write(LogSeverity.Notice, "mail x"u8.ToArray(), 4);
            log.Write(LogSeverity.Detail, "hidden"u8.ToArray(), 6);
            log.Write(LogSeverity.Error, new byte[5000], 5000);
            string text = Encoding.UTF8.GetString(stream.ToArray());
            StringAssert.Matches(text, new System.Text.RegularExpressions.Regex(
                "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z notice  mail\n[^\n]{20,30} error   \0{1024}\n$"));
        }

        [TestMethod]
        public void StreamLog_Line_AllocatesNothing()
        {
            var log = new StreamLog(Stream.Null, LogSeverity.Detail);
            byte[] line = "mail came"u8.ToArray();
            Assert.AreEqual(0, Allocation.Least(() => log.Write(LogSeverity.Notice, line, line.Length)));
        }

        [TestMethod]
        public void ListLog_KeepsLines()
        {
            var log = new ListLog();
            log.Write(LogSeverity.Warning, "abc"u8.ToArray(), 2);
            Assert.AreEqual("warning: ab", log.Lines[0]);
            Assert.IsTrue(log.Contains("ab"));
            Assert.IsFalse(log.Contains("abc"));
            log.Clear();
            Assert.IsEmpty(log.Lines);
        }
    }
}

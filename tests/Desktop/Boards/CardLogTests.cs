using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using MailAppliance.Boards;
using MailAppliance.Hal;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Boards
{
    /// <summary>The log on the card: when it is written, what a power cut and a card that refuses cost, and that the tool reads all of it.</summary>
    [TestClass]
    public class CardLogTests
    {
        [TestMethod]
        public void Lines_OfTwoStarts_AreReadInOrderWithTimeAndCause()
        {
            var rig = new CardLogRig();
            rig.Clock.IsUtcKnown = false;
            rig.Write("before the date");
            rig.Turn();
            rig.Clock.Advance(65_000);
            rig.Clock.IsUtcKnown = true;
            rig.Write("mail", LogSeverity.Warning);
            rig.Log.Flush();
            rig.Clock.Advance(3_600_000);
            rig.Start(StartCause.Standstill);
            rig.Write("again", LogSeverity.Error);
            rig.Log.Flush();
            string[] expected =
            [
                "2026-11-21T01:28:00Z  notice   before the date",
                "2026-11-21T01:29:05Z  warning  mail",
                "2026-11-21T02:29:05Z  error    again",
                "starts: 2, 1 by power or reset, 1 after the loop stood still",
                "2 blocks, nothing is missing",
            ];
            CollectionAssert.AreEqual(expected, rig.Read());
            Assert.AreEqual(0, rig.ExitCode);
            Assert.AreEqual(2, rig.Log.StartNumber);
            Assert.AreEqual(1, rig.Log.StartsOf(StartCause.Standstill));
        }

        [TestMethod]
        public void Date_NeverKnown_LinesAreCountedFromTheStart()
        {
            var rig = new CardLogRig();
            rig.Clock.IsUtcKnown = false;
            rig.Clock.Advance(90_100);
            rig.Write("mail");
            rig.Log.Flush();
            Assert.AreEqual("start 1 +90 s         notice   mail", rig.Read()[0]);
        }

        [TestMethod]
        [DataRow(LogSeverity.Notice, 10_000)]
        [DataRow(LogSeverity.Warning, 1_000)]
        public void Block_NotFull_IsWrittenOnceItsTimeHasCome(int severity, int milliseconds)
        {
            var rig = new CardLogRig();
            rig.Turn();
            rig.Write("first", severity);
            rig.Clock.Advance(milliseconds - 1);
            rig.Write("second");
            rig.Turn();
            Assert.AreEqual(0, rig.Card.Writes);
            rig.Clock.Advance(1);
            rig.Turn();
            Assert.AreEqual(1, rig.Card.Writes);
            rig.Clock.Advance(1_000_000);
            rig.Turn();
            Assert.AreEqual(1, rig.Card.Writes);

            // More lines for the same block: in its place, and none of it twice.
            rig.Write("third");
            rig.Clock.Advance(10_000);
            rig.Turn();
            Assert.AreEqual(2, rig.Card.Writes);
            CollectionAssert.AreEqual(new[] { "first", "second", "third" }, rig.Lines());
        }

        [TestMethod]
        public void Block_Full_IsWrittenByTheNextTurn_OneATurn()
        {
            var rig = new CardLogRig();
            rig.Turn();
            for (int line = 0; line < 4; line++)
            {
                rig.Write(new string('x', 200));
            }

            rig.Write(new string('y', 200));
            rig.Log.Turn();
            Assert.AreEqual(1, rig.Card.Writes);
            rig.Log.Turn();
            Assert.AreEqual(2, rig.Card.Writes);
            rig.Turn();
            Assert.AreEqual(2, rig.Card.Writes, "the last one is not full");
            rig.Log.Flush();
            Assert.HasCount(5, rig.Lines());
            Assert.AreEqual(3, rig.Card.BlocksWritten);
        }

        [TestMethod]
        public void Reads_WhileTheNewestIsSought_AreEightATurn()
        {
            var rig = new CardLogRig();
            rig.Log.Turn();
            for (int turn = 0; turn < CardLog.FileBlocks / 8; turn++)
            {
                long before = rig.Card.Reads;
                rig.Log.Turn();
                Assert.AreEqual(8, rig.Card.Reads - before);
            }

            rig.Turn();
            Assert.AreEqual(CardLog.FileBlocks, rig.Card.Reads);
        }

        [TestMethod]
        public void LongLine_IsCut_AndNoLineIsInTwoBlocks()
        {
            var rig = new CardLogRig();
            rig.Write("begin " + new string('z', 300));
            rig.Write(new string('w', 255));
            rig.Log.Flush();
            List<string> lines = rig.Lines();
            Assert.AreEqual("begin " + new string('z', 249), lines[0]);
            Assert.AreEqual(new string('w', 255), lines[1]);
            Assert.AreEqual(2, rig.Card.Writes);
        }

        [TestMethod]
        public void TornBlock_CostsItsOwnLines_AndTheRestIsFound()
        {
            var rig = new CardLogRig();
            for (int block = 1; block <= 6; block++)
            {
                rig.Write(Text(block));
                rig.Write(Text(block));
                rig.Log.Flush();
            }

            // Its sequence 3 stands in block 3.
            rig.Card.Damage((3 * 512) + 100, 1);
            string[] read = rig.Read();
            CollectionAssert.AreEqual(new[] { 1, 1, 2, 2, 4, 4, 5, 5, 6, 6 }, rig.Lines().Select(Number).ToArray());
            Assert.Contains("-- block 3 can't be read: what was in there is missing", read);
            Assert.AreEqual("5 blocks, 1 missing", read[^1]);
            Assert.AreEqual(1, rig.ExitCode);

            // The newest one, and what is written behind it afterwards.
            rig.Card.Damage((6 * 512) + 100, 1);
            rig.Start();
            rig.Write("later");
            rig.Log.Flush();
            Assert.AreEqual("later", rig.Lines()[^1]);
            Assert.AreEqual(5, Number(rig.Lines()[^2]));
        }

        [TestMethod]
        public void Laps_TheNewestAreThere_AndNothingIsMissing()
        {
            var rig = new CardLogRig();
            rig.Turn();
            for (int line = 0; line < 2_000; line++)
            {
                rig.Write(Text(line));
                rig.Turn(2);
                if (line == 1_500)
                {
                    rig.Log.Flush();
                    rig.Start();
                    rig.Turn();
                }
            }

            rig.Log.Flush();
            string[] read = rig.Read();
            Assert.AreEqual($"{CardLog.FileBlocks} blocks, nothing is missing", read[^1]);
            int[] lines = [.. rig.Lines().Select(Number)];
            Assert.IsGreaterThan(2 * (CardLog.FileBlocks - 2), lines.Length);
            CollectionAssert.AreEqual(Enumerable.Range(2_000 - lines.Length, lines.Length).ToArray(), lines);
        }

        [TestMethod]
        public void CardRefuses_MailIsNotHeldUp_AndWhatWasLostIsCounted()
        {
            var rig = new CardLogRig();
            rig.Write("before");
            rig.Log.Flush();
            rig.Card.FailingWrites = int.MaxValue;
            for (int line = 0; line < 20; line++)
            {
                rig.Write(Text(line));
                rig.Turn(1);
            }

            rig.Clock.Advance(59_000);
            long reads = rig.Card.Reads;
            long writes = rig.Card.Writes;
            rig.Turn();
            Assert.AreEqual(reads, rig.Card.Reads, "it is asked again each minute");
            Assert.AreEqual(writes, rig.Card.Writes);
            rig.Card.FailingWrites = 0;
            rig.Clock.Advance(1_000);
            rig.Turn();
            rig.Write("well again");
            rig.Log.Flush();
            string[] read = rig.Read();
            List<string> lines = rig.Lines();
            Assert.AreEqual("before", lines[0]);
            Assert.AreEqual("well again", lines[^1]);
            CollectionAssert.AreEqual(Enumerable.Range(0, lines.Count - 2).ToArray(), lines.Skip(1).SkipLast(1).Select(Number).ToArray());
            int lost = 20 - (lines.Count - 2);
            Assert.IsGreaterThan(0, lost);
            Assert.Contains($"-- {lost} lines were lost, for want of room while the card took none", read);
            Assert.AreEqual(1, rig.Log.StartsOf(StartCause.Power), "it was one start");
        }

        [TestMethod]
        public void CardPutInAgain_GoesOn_AndAnotherOneHasItsOwn()
        {
            var rig = new CardLogRig();
            rig.Write("one");
            rig.Log.Flush();
            rig.Card.Close();
            rig.Turn();
            rig.Write("two");
            rig.Log.Flush();
            CollectionAssert.AreEqual(new[] { "one", "two" }, rig.Lines());
            Assert.AreEqual(1, rig.Log.StartNumber);

            // Another card, which has a start 1 of its own.
            var other = new CardLogRig();
            other.Write("other");
            other.Write(Text(1));
            other.Write(Text(2));
            other.Write(Text(3));
            other.Log.Flush();
            other.Card.Sync();
            rig.Slot.Put(other.Card);
            rig.Turn();
            rig.Write("three");
            rig.Log.Flush();
            Assert.AreEqual(2, rig.Log.StartNumber);
            Assert.AreEqual("three", other.Lines()[^1]);
            Assert.AreEqual("other", other.Lines()[0]);
            Assert.AreEqual("3 blocks, nothing is missing", other.Read()[^1]);
        }

        [TestMethod]
        public void NoRoomForTheFile_IsTriedAgainLater()
        {
            var rig = new CardLogRig();
            rig.Card.BlockCountMax = 100;
            rig.Write("kept");
            rig.Turn();
            rig.Card.BlockCountMax = 10_000;
            rig.Turn();
            Assert.AreEqual(0, rig.Card.Writes);
            rig.Clock.Advance(3_600_000);
            rig.Turn();
            rig.Log.Flush();
            CollectionAssert.AreEqual(new[] { "kept" }, rig.Lines());
        }

        [TestMethod]
        public void FileThatHeldSomethingElse_IsReadAsIfItWereNew()
        {
            var rig = new CardLogRig();
            rig.Card.Create(CardLog.FileBlocks);
            byte[] garbage = new byte[512 * CardLog.FileBlocks];
            new Random(7).NextBytes(garbage);
            "MLOG"u8.CopyTo(garbage.AsSpan(512));
            Assert.IsTrue(rig.Card.Write(0, garbage, 0, CardLog.FileBlocks));
            rig.Write("first");
            rig.Log.Flush();
            CollectionAssert.AreEqual(new[] { "first" }, rig.Lines());
            Assert.AreEqual(0, rig.ExitCode);
        }

        [TestMethod]
        public void Starts_EachCause_IsCountedOnce()
        {
            var rig = new CardLogRig();
            int[] causes = [StartCause.Power, StartCause.Fault, StartCause.Memory, StartCause.Fault, StartCause.Network, StartCause.Refusal, StartCause.Owner];
            foreach (int cause in causes)
            {
                rig.Start(cause);
                Assert.IsFalse(rig.Log.IsStartWritten);
                rig.Write("start");
                rig.Turn();
                rig.Log.Flush();
                Assert.IsTrue(rig.Log.IsStartWritten);
                rig.Write(new string('x', 250));
                rig.Write(new string('x', 250));
                rig.Log.Flush();
            }

            Assert.AreEqual(
                "starts: 7, 1 by power or reset, 2 after a fault, 1 out of memory, 1 for want of a network, 1 after a refused start, 1 as the owner wanted",
                rig.Read()[^2]);
        }

        [TestMethod]
        public void Stack_OfAFault_IsWrittenAtOnceLineByLine()
        {
            var rig = new CardLogRig();
            rig.Log.Write(LogSeverity.Error, "stopped: System.OutOfMemoryException: none\n   at A\r\n   at B " + new string('b', 300));
            rig.Log.Flush();
            List<string> lines = rig.Lines();
            Assert.AreEqual("stopped: System.OutOfMemoryException: none", lines[0]);
            Assert.AreEqual("   at A", lines[1]);
            Assert.AreEqual("   at B " + new string('b', 247), lines[2]);
            Assert.AreEqual(new string('b', 53), lines[3]);
        }

        [TestMethod]
        public void LinesAndTurns_AllocateNothing()
        {
            var rig = new CardLogRig();
            rig.Turn();
            byte[] line = new byte[120];
            Array.Fill(line, (byte)'x');
            Assert.AreEqual(0, Allocation.Least(() =>
            {
                for (int number = 0; number < 20; number++)
                {
                    rig.Log.Write(LogSeverity.Notice, line, line.Length);
                    rig.Clock.Advance(3_000);
                    rig.Log.Turn();
                }

                rig.Card.Sync();
            }));
        }

        [TestMethod]
        public void PowerCuts_AtAnyBlock_LoseOnlyWhatWasNotSynced()
        {
            for (int seed = 0; seed < 200; seed++)
            {
                var random = new Random(seed);
                var rig = new CardLogRig();
                int next = 0;
                var safe = new HashSet<int>();
                for (int cut = 0; cut < 4; cut++)
                {
                    rig.Turn();
                    int first = next;
                    int lines = random.Next(30);
                    for (int line = 0; line < lines; line++)
                    {
                        rig.Write(Text(next++));
                        rig.Clock.Advance(random.Next(12_000));
                        rig.Turn(3);
                    }

                    rig.Log.Flush();
                    if (random.Next(2) == 0)
                    {
                        rig.Card.Sync();
                        safe.UnionWith(Enumerable.Range(first, next - first));
                    }

                    // A block that is lost for good takes no later one with it; what the card had before in its place is older lines of the same block.
                    rig.Card.PowerCut(_ => random.Next(3) != 0);
                    rig.Start();
                }

                int[] read = [.. rig.Lines().Select(Number)];
                CollectionAssert.AreEqual(read.Order().Distinct().ToArray(), read, $"seed {seed}");
                Assert.IsEmpty(safe.Except(read), $"seed {seed}");
            }
        }

        private static string Text(int number)
        {
            return number.ToString("D6", CultureInfo.InvariantCulture) + new string('-', 190);
        }

        private static int Number(string line)
        {
            return int.Parse(line.AsSpan(0, 6), CultureInfo.InvariantCulture);
        }
    }
}

using System;
using System.Linq;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Dialogues
{
    [TestClass]
    public class DialoguePlayerTests
    {
        private const string Good = """
            # A dialogue with a bit of everything.
            mode = strict
            a = smtp
            a <- 220 smtp
            a -> ECHO one two
            a <- one two
            a >> ECHO th
            a >> ree\r\nECHO four\x21\r\n
            a <- three
            a <- fou...
            b = pop3
            b <- 220...
            b -> LINES 1:abc 2:def 3:abc
            b <- 1:{first}
            b <* 3:{first}
            b -> ECHO {first}
            b <- abc
            b -> LINES a ..b .
            b << {size}
            b -> LINES {size} 7
            b <- {size}
            b <- 7
            wait 9s
            b is silent
            wait 999ms
            a -> {2*ECHO x\r\n}QUIT
            a <- x
            a <- x
            a <- bye
            a is closed
            wait 1ms
            b <- 421 idle
            b is closed
            c = smtp
            c <- 220 smtp
            c -> MARK
            c <- ok 1
            restart
            c <- 421 down
            c is closed
            d = smtp
            d <- 220 smtp
            d -> MARK
            d <- ok 2
            power cut
            d is closed
            e = smtp
            e <- 220 smtp
            e -> COUNT
            e <- ok...
            e hangs up
            f = smtp
            f <- 220 smtp
            f -> COUNT
            f <- ok 1
            """;

        [TestMethod]
        [DataRow(DialogueWay.Whole)]
        [DataRow(DialogueWay.Octets)]
        [DataRow(DialogueWay.Pipelined)]
        public void Play_GoodDialogue_Passes(DialogueWay way)
        {
            using FakeDialogueTarget target = new();
            DialoguePlayer.Play(DialogueParser.Parse("good", Good), way, target);
            Assert.Contains("mode = strict\n", target.Configuration);
            Assert.Contains("[maildrop bob]\n", target.Configuration);
            Assert.AreEqual(way == DialogueWay.Octets, target.OctetsAtOnceMax == 1);
        }

        [TestMethod]
        public void Play_Pipelined_SendsAllThatOneConnectionSaysAtOnce()
        {
            using FakeDialogueTarget target = new();
            Play("a = smtp\na <- 220...\na -> ECHO a\na <- a\na -> ECHO b\na <- b", DialogueWay.Pipelined, target);
            Assert.AreEqual("ECHO a\r\nECHO b\r\nNOOP\r\n".Length, target.OctetsAtOnceMax);
        }

        [TestMethod]
        [DataRow("a = smtp\na <- 220...\na -> ECHO a\na <- b")]
        [DataRow("a = smtp\na <- 220...\na -> ECHO a\na <- a\na <- a")]
        [DataRow("a = smtp\na <- 220...\na -> LINES a b\na <- a")]
        [DataRow("a = smtp\na <- 220...\na -> LINES a b\na <- a\na -> ECHO c\na <- c")]
        [DataRow("a = smtp\na <- 220...\na -> LINES a b\na <* c")]
        [DataRow("a = smtp\na <- 220...\na -> ECHO a\na <- a...b")]
        [DataRow("a = smtp\na <- 220...\na -> ECHO a\na <- a\na is closed")]
        [DataRow("a = smtp\na <- 220...\na -> QUIT\na <- bye\na is silent")]
        [DataRow("a = smtp\na -> ECHO a\na <- a")]
        [DataRow("a = smtp\na <- 220...\na -> LINES ..a .\na << {size}\na -> ECHO {size}\na <- 5")]
        [DataRow("a = smtp\na <- 220...\na -> LINES 1 2\na <- {n}\na <- {n}")]
        [DataRow("a = smtp\na <- 220...\na -> LINES 1 2\na << {n}")]
        [DataRow("a = smtp\na <- 220...\na -> ECHO {n}\na <- {n}")]
        [DataRow("a = smtp\na <- 220...\nwait 10s\nb = smtp\nb <- 220...")]
        public void Play_OtherwiseThanWritten_FailsEveryWay(string text)
        {
            foreach (DialogueWay way in Enum.GetValues<DialogueWay>())
            {
                using FakeDialogueTarget target = new();
                Assert.ThrowsExactly<DialogueException>(() => Play(text, way, target));
            }
        }

        [TestMethod]
        public void Play_QuitIsNotTheEnd_FailsPipelined()
        {
            const string Text = "a = smtp\na <- 220...\na -> QUIT\na <- bye\na is closed";
            using FakeDialogueTarget good = new();
            Play(Text, DialogueWay.Pipelined, good);
            using FakeDialogueTarget bad = new() { GoesOnAfterQuit = true };
            Assert.ThrowsExactly<DialogueException>(() => Play(Text, DialogueWay.Pipelined, bad));
        }

        [TestMethod]
        public void Play_PipelinedInputIsLost_FailsPipelinedOnly()
        {
            const string Text = "a = smtp\na <- 220...\na -> ECHO a\na <- a";
            using FakeDialogueTarget bad = new() { LosesPipelinedInput = true };
            Play(Text, DialogueWay.Whole, bad);
            Play(Text, DialogueWay.Octets, bad);
            Assert.ThrowsExactly<DialogueException>(() => Play(Text, DialogueWay.Pipelined, bad));
        }

        [TestMethod]
        public void Play_AnswerBeforeTheLineEnd_FailsOctetByOctet()
        {
            const string Text = "a = smtp\na <- 220...\na -> ECHO early\na <- early";
            using FakeDialogueTarget bad = new() { AnswersEarly = true };
            Play(Text, DialogueWay.Whole, bad);
            Assert.ThrowsExactly<DialogueException>(() => Play(Text, DialogueWay.Octets, bad));
        }

        [TestMethod]
        public void Play_Failure_NamesFileLineWayAndBothTexts()
        {
            using FakeDialogueTarget target = new();
            DialogueException exception = Assert.ThrowsExactly<DialogueException>(
                () => Play("a = smtp\n\na <- 220...\na -> ECHO \\x01x\na <- y", DialogueWay.Whole, target));
            Assert.StartsWith("test(5), Whole: expected a <- y, found \"\\x01x\"", exception.Message);
        }

        [TestMethod]
        [DataRow(@"a\r\n\t\0\s\\\{\x00\xff", "a\r\n\t\0 \\{\0\u00ff")]
        [DataRow("{3*ab}c", "abababc")]
        [DataRow(@"{2*\x41{2*b}\r\n}", "Abb\r\nAbb\r\n")]
        [DataRow("{0*a}", "")]
        [DataRow("\u00e9", "\u00c3\u00a9")]
        [DataRow("\ud83d\ude00", "\u00f0\u009f\u0098\u0080")]
        public void Text_Escapes_AreResolved(string notation, string octets)
        {
            byte[] resolved = DialogueText.Parse(notation).Resolve(new System.Collections.Generic.Dictionary<string, string>());
            Assert.AreEqual(octets, Encoding.Latin1.GetString(resolved));
        }

        [TestMethod]
        [DataRow("a = smtp\na <- x\na -> {", 3)]
        [DataRow("a = smtp\na <- x\na -> {-}", 3)]
        [DataRow("a = smtp\na <- x\na -> \\q", 3)]
        [DataRow("a = smtp\na <- x\na -> \\x4", 3)]
        [DataRow("a = smtp\na <- x\nb -> x", 3)]
        [DataRow("a = smtp\na <- x\na = smtp", 3)]
        [DataRow("a = smtp\na <- x\nmode = strict", 3)]
        [DataRow("a = smtp\na <- x\na << 3", 3)]
        [DataRow("a = smtp\na <- x\na is sleeping", 3)]
        [DataRow("a = smtp\na <- x\nwait 3", 3)]
        [DataRow("play = backwards", 1)]
        [DataRow("nonsense", 1)]
        [DataRow("a = smtp\na -> x", 2)]
        public void Parse_BadDialogue_NamesTheLine(string text, int line)
        {
            DialogueException exception = Assert.ThrowsExactly<DialogueException>(() => DialogueParser.Parse("bad", text));
            Assert.StartsWith($"bad({line}): ", exception.Message);
        }

        [TestMethod]
        public void Parse_Settings_BecomeConfiguration()
        {
            const string Text = "smtp-slots = 1\nhost = other.lan\nplay = whole, octets\n[maildrop carol]\npassword = x\na = smtp\na <- 220...";
            Dialogue dialogue = DialogueParser.Parse("settings", Text);
            Assert.AreEqual(
                "[appliance]\ndomains = lan, harness.test\nring = 4M\nmessage-max = 1M\nsmtp-slots = 1\nhost = other.lan\n[maildrop carol]\npassword = x\n",
                dialogue.Configuration);
            Assert.IsTrue(dialogue.Ways.SequenceEqual([DialogueWay.Whole, DialogueWay.Octets]));
        }

        private static void Play(string text, DialogueWay way, FakeDialogueTarget target)
        {
            DialoguePlayer.Play(DialogueParser.Parse("test", text), way, target);
        }
    }
}

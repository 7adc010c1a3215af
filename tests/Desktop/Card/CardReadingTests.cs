using System;
using System.IO;
using System.Linq;
using System.Text;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Card
{
    /// <summary>What the card tool shows of a ring: ls, show, export, verify. None of them changes an octet.</summary>
    [TestClass]
    public sealed class CardReadingTests : IDisposable
    {
        private readonly CardRig _rig = new();

        public void Dispose()
        {
            _rig.Dispose();
        }

        private string Path(string name)
        {
            return System.IO.Path.Combine(_rig.Folder, name);
        }

        [TestMethod]
        public void List_LiveMessages_ALineEach()
        {
            _rig.FillUsual();
            Assert.AreEqual(0, _rig.Run("ls"), _rig.Errors);
            string[] lines = _rig.Text.TrimEnd().Split(Environment.NewLine);
            Assert.HasCount(5, lines, _rig.Text);
            StringAssert.EndsWith(lines[1], "one", StringComparison.Ordinal);
            StringAssert.Contains(lines[2], "2023-11-14T22:13:20Z  alice,bob", StringComparison.Ordinal);
            StringAssert.StartsWith(lines[4], "3 messages, ", StringComparison.Ordinal);
            StringAssert.EndsWith(lines[4], "maildrops: alice, bob", StringComparison.Ordinal);
            Assert.AreEqual(0, _rig.Run("ls", "--maildrop", "BOB"), _rig.Errors);
            Assert.HasCount(3, _rig.Text.TrimEnd().Split(Environment.NewLine));
            _rig.Refuses("there is no maildrop carol on this card; it has alice, bob", "ls", "--maildrop", "carol");
        }

        [TestMethod]
        public void List_SubjectThatCommandsTheTerminal_IsDisarmed()
        {
            _rig.Fill(rig => rig.Store1(CardRig.Mail("\u001b[2J\u009bred")));
            Assert.AreEqual(0, _rig.Run("ls"));
            Assert.IsFalse(_rig.Text.Any(letter => char.IsControl(letter) && letter is not '\n' and not '\r'), _rig.Text);
        }

        [TestMethod]
        public void Show_Message_IsItsOctets()
        {
            _rig.FillUsual();
            string[] ids = _rig.Ids();
            Assert.AreEqual(0, _rig.Run("show", ids[1].ToUpperInvariant()), _rig.Errors);
            CollectionAssert.AreEqual(CardRig.Plain(CardRig.Mail("two", 2000)), _rig.Octets);
            Assert.AreEqual(string.Empty, _rig.Text);
            _rig.Refuses("there is no message 0000000000000000 on this card", "show", "0000000000000000");
        }

        [TestMethod]
        public void Export_Files_HoldTheMessagesAndAreNotOverwritten()
        {
            _rig.FillUsual();
            string[] ids = _rig.Ids();
            Assert.AreEqual(0, _rig.Run("export", "--eml", Path("out")), _rig.Errors);
            string[] names = [.. Directory.GetFiles(Path("out")).Select(path => System.IO.Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
            CollectionAssert.AreEqual(new[] { $"alice-{ids[0]}.eml", $"alice-{ids[1]}.eml", $"alice-{ids[2]}.eml", $"bob-{ids[1]}.eml" }, names);
            CollectionAssert.AreEqual(CardRig.Plain(CardRig.Mail("one")), File.ReadAllBytes(Path($"out/{names[0]}")));

            File.WriteAllText(Path($"out/{names[3]}"), "mine");
            File.Delete(Path($"out/{names[0]}"));
            _rig.Refuses("exists already; nothing was written", "export", "--eml", Path("out"));
            Assert.AreEqual(0, _rig.Run("export", "--eml", Path("out"), "--force", "--maildrop", "bob"), _rig.Errors);
            CollectionAssert.AreEqual(CardRig.Plain(CardRig.Mail("two", 2000)), File.ReadAllBytes(Path($"out/{names[3]}")));
            Assert.IsFalse(File.Exists(Path($"out/{names[0]}")));
        }

        [TestMethod]
        public void Export_Mbox_QuotesFromLines()
        {
            _rig.FillUsual();
            string file = _rig.Write("a.eml", "Subject: x\n\nFrom me\n>From you\nfrom us\n");
            Assert.AreEqual(0, _rig.Run("import", file, "--to", "bob,alice"), _rig.Errors);
            Assert.AreEqual(0, _rig.Run("export", "--mbox", Path("all.mbox"), "--maildrop", "bob"), _rig.Errors);
            string text = File.ReadAllText(Path("all.mbox"), Encoding.Latin1);
            StringAssert.StartsWith(text, "From ups@x.example Tue Nov 14 22:13:20 2023\nReturn-Path: <ups@x.example>\nSubject: two\n\ntext ", StringComparison.Ordinal);
            StringAssert.Contains(text, "\n\nFrom MAILER-DAEMON ", StringComparison.Ordinal);
            StringAssert.EndsWith(text, "\nSubject: x\n\n>From me\n>>From you\nfrom us\n\n", StringComparison.Ordinal);
            _rig.Refuses("all.mbox exists already", "export", "--mbox", Path("all.mbox"));
        }

        [TestMethod]
        public void Export_DamagedMessage_IsLeftOutAndNamed()
        {
            _rig.FillUsual();
            string[] ids = _rig.Ids();
            _rig.Damage("Subject: one");
            Assert.AreEqual(1, _rig.Run("export", "--eml", Path("out"), "--mbox", Path("mbox")));
            Assert.AreEqual($"error: message {ids[0]} is damaged, and was left out" + Environment.NewLine, _rig.Errors);
            Assert.HasCount(3, Directory.GetFiles(Path("out")));
            Assert.IsFalse(File.ReadAllText(Path("mbox")).Contains("Subject: one", StringComparison.Ordinal));
            _rig.Refuses($"message {ids[0]} is damaged", "show", ids[0]);
            Assert.AreEqual(0, _rig.Run("ls"));
            StringAssert.Contains(_rig.Text, " damaged ", StringComparison.Ordinal);
        }

        [TestMethod]
        public void Verify_WholeRing_CountsAndSaysSo()
        {
            _rig.FillUsual();
            Assert.AreEqual(0, _rig.Run("verify"), _rig.Text + _rig.Errors);
            foreach (string line in new[]
            {
                "superblock A   block 0: in use, generation ", "maildrops      alice, bob",
                "records        ", "last fragments 4, removals 1, tables of maildrops 1",
                "live           3 messages, ", "dead           1 messages that were removed; ", "damaged        0 messages, 0 other", "free           ",
            })
            {
                StringAssert.Contains(_rig.Text, line, StringComparison.Ordinal);
            }

            Assert.AreEqual(0, _rig.RunAsked(null, "verify", "--card", _rig.Ring), "the file itself may be named");
        }

        [TestMethod]
        public void Verify_PayloadDamaged_NamesMessageBlockAndFault()
        {
            _rig.FillUsual();
            string[] ids = _rig.Ids();
            _rig.Damage("Subject: two");
            Assert.AreEqual(1, _rig.Run("verify"));
            StringAssert.Contains(_rig.Text, "damaged        1 messages, 0 other", StringComparison.Ordinal);
            StringAssert.Matches(_rig.Text, new System.Text.RegularExpressions.Regex($"message {ids[1]} at block (\\d+): fragment 1 of \\d+ \\(blocks \\1 to \\d+ do not match their checksum\\)"));
        }

        [TestMethod]
        public void Verify_HeaderSuperblockAndRemovalDamaged_EachIsNamed()
        {
            _rig.FillUsual();
            string[] ids = _rig.Ids();
            byte[] whole = File.ReadAllBytes(_rig.Ring);
            int header = whole.AsSpan().IndexOf("Subject: one"u8) / 512 * 512;
            _rig.Damage(header + 30);
            Assert.AreEqual(1, _rig.Run("verify"));
            StringAssert.Contains(_rig.Text, $"1 record at block {header / 512}: no header that proves itself, message {ids[0]} is lost unless it was removed", StringComparison.Ordinal);

            File.WriteAllBytes(_rig.Ring, whole);
            _rig.Damage(whole.Length - 512 + 300);
            Assert.AreEqual(1, _rig.Run("verify"));
            StringAssert.Contains(_rig.Text, "superblock at block 2047 (damaged)", StringComparison.Ordinal);
            StringAssert.Contains(_rig.Text, "live           3 messages, ", StringComparison.Ordinal);
            _rig.Damage(300);
            _rig.Refuses("holds no ring that can be read: neither superblock is valid", "verify");

            File.WriteAllBytes(_rig.Ring, whole);
            for (int at = 512; at < whole.Length; at += 512)
            {
                if (whole.AsSpan(at, 4).SequenceEqual("MREC"u8) && whole[at + 36] == RecordKind.Removal)
                {
                    _rig.Damage(at + 112);
                }
            }

            Assert.AreEqual(1, _rig.Run("verify"));
            StringAssert.Contains(_rig.Text, "what it removed is back", StringComparison.Ordinal);
            StringAssert.Contains(_rig.Text, "live           4 messages, ", StringComparison.Ordinal);
        }

        [TestMethod]
        public void Reading_AnyCommand_ChangesNoOctetAndNeedsNoRightToWrite()
        {
            // A mail without an end behind the last one: recovery would write a superblock, and more.
            _rig.FillUsual();
            _rig.Fill(rig =>
            {
                rig.Store.Begin(rig.Writer(0), 0);
                rig.Write(0, CardRig.Mail("cut", 5000));
                rig.Rest();
            });
            string id = _rig.Ids()[1];
            File.SetAttributes(_rig.Ring, FileAttributes.ReadOnly);
            string before = Convert.ToHexString(File.ReadAllBytes(_rig.Ring));
            foreach (string[] command in new[] { new[] { "ls" }, ["verify"], ["show", id], ["export", "--eml", Path("o"), "--mbox", Path("m")] })
            {
                Assert.AreEqual(0, _rig.Run(command), _rig.Text + _rig.Errors);
            }

            Assert.AreEqual(before, Convert.ToHexString(File.ReadAllBytes(_rig.Ring)));
            File.SetAttributes(_rig.Ring, FileAttributes.Normal);
        }

        [TestMethod]
        public void RingInUse_EveryCommand_SaysSoInALineAndTouchesNothing()
        {
            _rig.FillUsual();
            string file = _rig.Write("a.eml", "Subject: x\n\n");
            string before = _rig.Snapshot();
            using (var card = new FolderCard(_rig.Folder))
            {
                Assert.AreEqual(CardStatus.Ready, card.Open());
                foreach (string[] command in new[]
                {
                    new[] { "ls" }, ["verify"], ["show", "0"], ["export", "--mbox", Path("m")], ["import", file], ["resize", "2M"], ["format", "--yes"],
                })
                {
                    Assert.AreEqual(1, _rig.Run(command));
                    Assert.AreEqual(
                        $"error: {_rig.Ring} is in use by another program: stop the simulator, or whatever runs on it, first" + Environment.NewLine, _rig.Errors);
                    Assert.AreEqual(string.Empty, _rig.Text);
                }
            }

            Assert.AreEqual(before, _rig.Snapshot());
        }

        [TestMethod]
        public void NoRing_EveryCommand_IsRefused()
        {
            _rig.Refuses("there is no " + _rig.Ring, "ls");
            File.WriteAllBytes(_rig.Ring, new byte[100]);
            _rig.Refuses("is too small for a ring", "ls");
            _rig.Refuses("is too small for a ring", "verify");
            File.WriteAllBytes(_rig.Ring, new byte[1 << 20]);
            _rig.Refuses("holds no ring that can be read", "ls");
            _rig.Refuses("holds no ring that can be read", "resize", "2M");
            _rig.Refuses("holds no ring that can be read", "verify");
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("bogus")]
        [DataRow("show")]
        [DataRow("import")]
        [DataRow("export")]
        [DataRow("resize")]
        [DataRow("resize 1000")]
        [DataRow("resize 63K")]
        [DataRow("format --size many")]
        public void CommandLine_Wrong_IsALineAndExitCode2(string line)
        {
            Assert.AreEqual(2, _rig.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            StringAssert.StartsWith(_rig.Errors, "error: ", StringComparison.Ordinal);
            Assert.AreEqual(1, _rig.Errors.Count(letter => letter == '\n'), _rig.Errors);
        }

        [TestMethod]
        [DataRow("--help", "verify")]
        [DataRow("ls --help", "--maildrop")]
        [DataRow("export --help", "--mbox")]
        [DataRow("import --help", "--to")]
        [DataRow("resize --help", "SIZE")]
        [DataRow("format --help", "--yes")]
        [DataRow("verify --help", "--card")]
        public void Help_EveryCommand_NamesItsOptions(string line, string option)
        {
            Assert.AreEqual(0, _rig.RunAsked(null, line.Split(' ')));
            StringAssert.Contains(_rig.Text, option, StringComparison.Ordinal);
        }
    }
}

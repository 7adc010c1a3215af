using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using MailAppliance.Hal.Desktop;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Card
{
    /// <summary>What the card tool changes: import, resize, format.</summary>
    [TestClass]
    public sealed class CardWritingTests : IDisposable
    {
        private readonly CardRig _rig = new();

        public void Dispose()
        {
            _rig.Dispose();
        }

        private void Verifies()
        {
            Assert.AreEqual(0, _rig.Run("verify"), _rig.Text + _rig.Errors);
        }

        [TestMethod]
        public void Import_FilesOfAnyLineEnds_AreMailInWireForm()
        {
            _rig.FillUsual();
            string[] before = _rig.Ids();
            string unix = _rig.Write("a.eml", "Subject: a\n\n.dot\n..two\nno end");
            string windows = _rig.Write("b.eml", "Subject: b\r\n\r\n.\r\n.\rx\r\n");
            Assert.AreEqual(0, _rig.Run("import", unix, windows), _rig.Errors);
            Assert.AreEqual("2 messages imported; the card holds 5" + Environment.NewLine, _rig.Text);
            string[] after = _rig.Ids();
            CollectionAssert.AreEqual(before, after[..3]);
            Verifies();
            Assert.AreEqual(0, _rig.Run("show", after[4]));
            Assert.AreEqual("Subject: b\r\n\r\n.\r\n.\rx\r\n", Encoding.Latin1.GetString(_rig.Octets));
            CollectionAssert.DoesNotContain(before, after[3]);
            byte[][] mails = [.. FetchOctets(0)];
            Assert.AreEqual("Subject: a\r\n\r\n..dot\r\n...two\r\nno end\r\n.\r\n", Encoding.Latin1.GetString(mails[3]));
            Assert.AreEqual("Subject: b\r\n\r\n..\r\n..\rx\r\n.\r\n", Encoding.Latin1.GetString(mails[4]));
        }

        // Without the rig's own check of sizes, which knows of no dots.
        private List<byte[]> FetchOctets(int maildrop)
        {
            List<byte[]> mails = [];
            _rig.Fill(rig =>
            {
                MaildropView view = rig.Views[0];
                Assert.IsTrue(rig.Store.OpenView(view, maildrop));
                for (int number = 1; number <= view.MessageCount; number++)
                {
                    mails.Add(rig.Read(view, number));
                    string text = Encoding.Latin1.GetString(mails[^1]);
                    int dots = text.Split("\r\n").Count(line => line.StartsWith("..", StringComparison.Ordinal));
                    Assert.AreEqual(text.Length - 3 - dots, view.OctetsOf(number));
                }

                view.Close();
            });
            return mails;
        }

        [TestMethod]
        public void Import_SeveralMaildrops_OneCopy()
        {
            _rig.FillUsual();
            string file = _rig.Write("a.eml", "Subject: a\r\n\r\n");
            Assert.AreEqual(0, _rig.Run("import", "--to", "BOB, alice", file), _rig.Errors);
            Assert.HasCount(4, _rig.Ids());
            Assert.HasCount(4, _rig.Fetch(0));
            Assert.HasCount(2, _rig.Fetch(1));
            _rig.Refuses("there is no maildrop carol on this card; it has alice, bob", "import", "--to", "bob,carol", file);
        }

        [TestMethod]
        public void Import_MoreThanFits_IsRefusedBeforeAnythingIsWritten()
        {
            _rig.FillUsual();
            string[] files = [.. Enumerable.Range(0, 5).Select(index => _rig.Write($"{index}.eml", $"Subject: {index}\r\n\r\n" + new string('x', 150_000) + "\r\n"))];
            _rig.Refuses("there is no room for " + files[4], ["import", .. files]);
            Assert.AreEqual(0, _rig.Run(["import", .. files[..4]]), _rig.Errors);
            Assert.HasCount(7, _rig.Ids());
            Verifies();
        }

        [TestMethod]
        public void Import_FileThatIsNoMail_IsRefusedBeforeAnythingIsWritten()
        {
            _rig.FillUsual();
            string right = _rig.Write("a.eml", "Subject: a\r\n\r\n");
            _rig.Refuses("b.eml can't be read", "import", right, Path.Combine(_rig.Folder, "b.eml"));
            _rig.Refuses("can't be read", "import", right, _rig.Folder);
            _rig.Refuses("c.eml is empty", "import", right, _rig.Write("c.eml", string.Empty));
            _rig.Refuses("and a quarter of the ring is 262144: no message may be larger", "import", right, _rig.Write("d.eml", new string('x', 262_144)));
        }

        [TestMethod]
        public void Import_WhatWasExported_IsTheSameMail()
        {
            _rig.FillUsual();
            string folder = Path.Combine(_rig.Folder, "out");
            Assert.AreEqual(0, _rig.Run("export", "--eml", folder, "--maildrop", "alice"), _rig.Errors);
            string[] files = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
            Assert.AreEqual(0, _rig.Run(["import", "--to", "bob", .. files]), _rig.Errors);
            CollectionAssert.AreEqual(
                _rig.Fetch(0).Values.Select(Convert.ToHexString).ToArray(), _rig.Fetch(1).Values.Skip(1).Select(Convert.ToHexString).ToArray());
        }

        [TestMethod]
        [DataRow("3M")]
        [DataRow("256K")]
        public void Resize_LiveMail_IsMovedWithAllThatBelongsToIt(string size)
        {
            _rig.FillUsual();
            Assert.AreEqual(0, _rig.Run("ls"));
            string listed = _rig.Text;
            SortedDictionary<string, byte[]> alice = _rig.Fetch(0);
            SortedDictionary<string, byte[]> bob = _rig.Fetch(1);
            Assert.AreEqual(0, _rig.Run("resize", size), _rig.Errors);
            Assert.AreEqual(Path.GetFileName(_rig.Ring), string.Join(' ', Directory.GetFiles(_rig.Folder).Select(Path.GetFileName)));
            Assert.AreEqual(0, _rig.Run("ls"));
            Assert.AreEqual(listed, _rig.Text);
            Verifies();
            Assert.AreEqual(size == "3M" ? 3 << 20 : 256 << 10, new FileInfo(_rig.Ring).Length);
            if (size == "3M")
            {
                Same(alice, _rig.Fetch(0));
                Same(bob, _rig.Fetch(1));
                _rig.Fill(rig => Assert.AreEqual(StoreResult.Ok, rig.Store1(CardRig.Mail("new"))));
                Same(alice, new(_rig.Fetch(0).Where(mail => alice.ContainsKey(mail.Key)).ToDictionary()));
                Assert.HasCount(4, _rig.Fetch(0));
            }
        }

        private static void Same(SortedDictionary<string, byte[]> expected, SortedDictionary<string, byte[]> found)
        {
            CollectionAssert.AreEqual(
                expected.Select(mail => mail.Key + Convert.ToHexString(mail.Value)).ToArray(),
                found.Select(mail => mail.Key + Convert.ToHexString(mail.Value)).ToArray());
        }

        [TestMethod]
        public void Resize_MailOfAMaildropThatIsNoLongerConfigured_StaysItsOwn()
        {
            _rig.FillUsual();
            _rig.Fill(rig => rig.RemoveAll(0));
            Assert.AreEqual(0, _rig.Run("resize", "2M"), _rig.Errors);
            Assert.AreEqual(0, _rig.Run("ls", "--maildrop", "bob"), _rig.Errors);
            StringAssert.StartsWith(_rig.Text.Split(Environment.NewLine)[^2], "1 message, ", StringComparison.Ordinal);
        }

        [TestMethod]
        public void Resize_MailThatDoesNotFit_IsRefusedWithFigures()
        {
            _rig.Fill(rig =>
            {
                for (int count = 0; count < 3; count++)
                {
                    Assert.AreEqual(StoreResult.Ok, rig.Store1(CardRig.Mail("large", 4000)));
                }
            });
            _rig.Refuses("the mail does not fit: 3 messages take ", "resize", "64K");

            // Two thirds would do, but not with what has to be kept free.
            _rig.Refuses("there is no room for message ", "resize", "160K");
        }

        [TestMethod]
        public void Resize_DamagedMessage_IsRefusedUnlessItMayBeLeftBehind()
        {
            _rig.FillUsual();
            string[] ids = _rig.Ids();
            _rig.Damage("Subject: one");
            _rig.Refuses($"damaged: {ids[0]}; --drop-damaged leaves them behind", "resize", "2M");
            Assert.AreEqual(0, _rig.Run("resize", "2M", "--drop-damaged"), _rig.Errors);
            CollectionAssert.AreEqual(ids[1..], _rig.Ids());
            Verifies();
        }

        [TestMethod]
        public void Resize_BehindOneThatWasKilled_GoesOn()
        {
            _rig.FillUsual();
            string[] ids = _rig.Ids();
            _rig.Write(FolderCard.FileName + FileReplacement.Suffix, "half a ring");
            CollectionAssert.AreEqual(ids, _rig.Ids());
            Assert.AreEqual(0, _rig.Run("resize", "2M"), _rig.Errors);
            CollectionAssert.AreEqual(ids, _rig.Ids());
            Assert.HasCount(1, Directory.GetFiles(_rig.Folder));
        }

        [TestMethod]
        public void Format_NobodyToAsk_NeedsYes()
        {
            _rig.FillUsual();
            _rig.Refuses("--yes says so. Nothing was touched", "format");
            Assert.AreEqual(0, _rig.Run("format", "--yes"), _rig.Errors);
            Assert.AreEqual(1 << 20, new FileInfo(_rig.Ring).Length);
            Assert.IsEmpty(_rig.Ids());
            Verifies();
            Assert.IsEmpty(_rig.Fetch(0));
        }

        [TestMethod]
        public void Format_Asked_DoesWhatTheAnswerSays()
        {
            _rig.FillUsual();
            string before = _rig.Snapshot();
            Assert.AreEqual(1, _rig.RunAsked("no\n", "format", "--card", _rig.Folder));
            StringAssert.Contains(_rig.Text, "Its 3 messages will be gone. [yes/no]", StringComparison.Ordinal);
            Assert.AreEqual("error: not formatted; nothing was touched" + Environment.NewLine, _rig.Errors);
            Assert.AreEqual(before, _rig.Snapshot());
            Assert.AreEqual(0, _rig.RunAsked("yes\n", "format", "--size", "128K", "--card", _rig.Folder), _rig.Errors);
            Assert.AreEqual(128 << 10, new FileInfo(_rig.Ring).Length);
        }

        [TestMethod]
        public void Format_NoFileYet_MakesAUsableRing()
        {
            Assert.AreEqual(0, _rig.Run("format", "--size", "1M", "--yes"), _rig.Errors);
            string file = _rig.Write("a.eml", "Subject: a\n\n");
            _rig.Refuses("the ring knows no maildrop yet: name one with --to", "import", file);
            _rig.Refuses("\"a b\" can't be a maildrop's name", "import", file, "--to", "a b");
            Assert.AreEqual(0, _rig.Run("import", file, "--to", "bob"), _rig.Errors);

            // The store knows the name when it comes.
            Assert.HasCount(1, _rig.Fetch(1));
            Assert.IsEmpty(_rig.Fetch(0));
        }
    }
}

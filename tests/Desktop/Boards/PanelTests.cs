using System;
using System.Linq;
using System.Text;
using MailAppliance.Boards;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Boards
{
    /// <summary>What light and display say of the appliance, and what a press does.</summary>
    [TestClass]
    public class PanelTests
    {
        [TestMethod]
        public void Display_AtRest_SaysWhoAndWhereAndThatAllIsWell()
        {
            PanelRig rig = new PanelRig().Pass(1_000);
            string[] expected = ["mail.lan", "192.168.2.1", "mail waiting        0", "ring              0 %", "senders             0", "readers             0", "all is well", "page 1 of 2"];
            Assert.AreEqual(string.Join('\n', expected), rig.Display);
        }

        [TestMethod]
        public void Display_AfterMail_ShowsItForEachMaildropOnTheNextPage()
        {
            PanelRig rig = new PanelRig(maildrops: 8).Mail().Mail().Mail("user7").Pass(2_000);
            StringAssert.Contains(rig.Display, "mail waiting        3", StringComparison.Ordinal);
            rig.Press(200).Pass(1_000);
            string[] second = ["mail waiting for", "user0               2", "user1               0", "user2               0", "user3               0", "user4               0", "user5               0", "page 2 of 3"];
            Assert.AreEqual(string.Join('\n', second), rig.Display);
            rig.Press(200).Pass(1_000);
            string[] third = ["mail waiting for", "user6               0", "user7               1", "", "", "", "", "page 3 of 3"];
            Assert.AreEqual(string.Join('\n', third), rig.Display);
            rig.Press(200).Pass(1_000);
            StringAssert.EndsWith(rig.Display, "page 1 of 3", StringComparison.Ordinal);
        }

        [TestMethod]
        public void Page_NobodyTurnsOn_GoesBackToTheFirst()
        {
            PanelRig rig = new PanelRig().Press(200).Pass(58_000);
            Assert.AreEqual(1, rig.Panel.Page);
            rig.Pass(3_000);
            Assert.AreEqual(0, rig.Panel.Page);
        }

        [TestMethod]
        public void CardGone_IsSaidInWords_AndNoLongerOnceItIsBack()
        {
            PanelRig rig = new PanelRig().Mail();
            rig.Slot.Pull();
            rig.Pass(3_000);
            StringAssert.Contains(rig.Display, "FAULT: see last page", StringComparison.Ordinal);
            StringAssert.EndsWith(rig.Display, "page 1 of 3", StringComparison.Ordinal);
            rig.Press(200).Press(200).Pass(1_000);
            string[] lines = rig.Display.Split('\n');
            Assert.AreEqual("FAULT", lines[0]);
            Assert.AreEqual(rig.Appliance.CardWatch.Trouble.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines[1..7]).Replace(" ", "", StringComparison.Ordinal));
            rig.Slot.Put(rig.Card);
            rig.Pass(3_000);
            Assert.AreEqual(0, rig.Panel.Page, "the page of a fault that is over is gone");
            StringAssert.Contains(rig.Display, "all is well", StringComparison.Ordinal);
        }

        [TestMethod]
        public void Light_EachState_HasItsPattern()
        {
            PanelRig rig = new PanelRig().Pass(5_000);
            CheckPattern("x...............", rig.Light());
            rig.Mail();
            Assert.AreEqual(LightPattern.Receiving, rig.Panel.PatternAt(rig.Clock.MonotonicMilliseconds));
            rig.Pass(2_000);
            CheckPattern("xxxx....xxxx....", rig.Light());
            rig.Slot.Pull();
            rig.Pass(3_000);
            CheckPattern("xx.xx.xx........", rig.Light());
        }

        [TestMethod]
        public void Receiving_ForAsLongAsItComes_BlinksQuickly()
        {
            PanelRig rig = new PanelRig().Pass(1_000);
            var light = new StringBuilder();
            for (int mail = 0; mail < 32; mail++)
            {
                rig.Mail().Pass(LightPattern.StepMilliseconds - 50);
                light.Append(rig.IsLit ? 'x' : '.');
            }

            StringAssert.Contains(light.ToString(), "x.x.x.x.x.x.x.x.", StringComparison.Ordinal);
        }

        [TestMethod]
        public void LongPress_AcknowledgesTheLight_UntilSomethingIsNew()
        {
            PanelRig rig = new PanelRig().Mail().Pass(3_000).Press(1_500);
            CheckPattern("x...............", rig.Light());
            rig.Mail().Pass(2_000);
            CheckPattern("xxxx....xxxx....", rig.Light());
            rig.Press(1_500);
            rig.Slot.Pull();
            rig.Pass(3_000).Press(1_500);
            CheckPattern("x...............", rig.Light());
            rig.Slot.Put(rig.Card);
            rig.Pass(3_000);
            rig.Slot.Pull();
            rig.Pass(3_000);
            CheckPattern("xx.xx.xx........", rig.Light());
        }

        [TestMethod]
        public void NoAddress_IsAFault()
        {
            var rig = new PanelRig();
            rig.Condition.SetAddress(null);
            rig.Pass(1_000);
            StringAssert.Contains(rig.Display, "\nno address\n", StringComparison.Ordinal);
            rig.Press(100).Press(100).Pass(1_000);
            StringAssert.Contains(rig.Display, "no network: is the\ncable in, is Wi-Fi\nthere?", StringComparison.Ordinal);
        }

        [TestMethod]
        public void Lines_OneATurn_AndOnlyWhatChanged()
        {
            PanelRig rig = new PanelRig().Pass(5);
            for (int turn = 1; turn <= PageText.LineCount; turn++)
            {
                rig.Pass(5);
                Assert.AreEqual(turn, rig.LinesShown);
            }

            rig.Pass(5_000);
            Assert.AreEqual(PageText.LineCount, rig.LinesShown);
            rig.Mail().Pass(2_000);
            int changed = rig.LinesShown - PageText.LineCount;
            Assert.IsTrue(changed is >= 1 and <= 4, $"{changed}");
        }

        [TestMethod]
        public void DisplayAway_IsAskedOnceAMinute_AndShowsAllWhenItIsBack()
        {
            PanelRig rig = new PanelRig { IsAway = true }.Pass(30_000);
            Assert.AreEqual(1, rig.LinesShown);
            rig.IsAway = false;
            rig.Pass(40_000);
            StringAssert.Contains(rig.Display, "all is well\npage 1 of 2", StringComparison.Ordinal);
        }

        [TestMethod]
        public void NoDisplay_LightAndButtonWork()
        {
            PanelRig rig = new PanelRig(hasDisplay: false).Mail().Pass(3_000);
            CheckPattern("xxxx....xxxx....", rig.Light());
            rig.Press(200).Press(1_500);
            CheckPattern("x...............", rig.Light());
            Assert.AreEqual(0, rig.LinesShown);
        }

        [TestMethod]
        public void Turns_AllocateNothing()
        {
            PanelRig rig = new PanelRig().Mail().Pass(1_000);
            long now = rig.Clock.MonotonicMilliseconds;
            Assert.AreEqual(0, Allocation.Least(() =>
            {
                for (int turn = 0; turn < 500; turn++)
                {
                    now += 5;
                    rig.Panel.Turn(now);
                }
            }));
        }

        [TestMethod]
        public void Stopped_LightAndDisplay_SayWhy()
        {
            var rig = new PanelRig();
            StopPage.Show(rig, "D:\\appliance.ini, line 3: there is no key smpt-port");
            Assert.IsTrue(rig.IsLit);
            Assert.AreEqual("STOPPED\nD:\\appliance.ini,\nline 3: there is no\nkey smpt-port\n\n\n\n", rig.Display);
            var light = new PanelRig(hasDisplay: false);
            StopPage.Show(light, "x");
            Assert.IsTrue(light.IsLit);
            Assert.AreEqual(0, light.LinesShown);
        }

        [TestMethod]
        public void PageText_NamesOfAnyLength_StayInTheirLine()
        {
            var text = new PageText();
            text.At(0).Add(Encoding.UTF8.GetBytes("J\u00f6rg-\u20ac\u0001-with-a-very-long-name"), 15).AddRight(1_234_567, "");
            Assert.AreEqual("J?rg-??-with- 1234567", Line(text, 0));
            text.At(1).Add("a text that is longer than any line").Add(7);
            Assert.AreEqual("a text that is longer", Line(text, 1));
            text.At(2).AddWrapped("onewordthatislongerthanaline and more words of it that do not fit all", 4);
            Assert.AreEqual("onewordthatislongerth", Line(text, 2));
            Assert.AreEqual("analine and more", Line(text, 3).TrimEnd());
            Assert.AreEqual("words of it that do", Line(text, 4).TrimEnd());
            Assert.AreEqual(string.Empty, Line(text, 5).Trim());
        }

        [TestMethod]
        public void Font_EveryLetter_IsThereAndUnlikeTheOthers()
        {
            byte[] table = Font.Make();
            string[] letters = [.. Enumerable.Range(0, Font.Count).Select(letter => Convert.ToHexString(table, letter * Font.Columns, Font.Columns))];
            Assert.HasCount(Font.Count, letters.Distinct());
            Assert.AreEqual("0000000000", letters[0]);
            Assert.IsTrue(table.All(column => column < 0x80), "the eighth dot is the space between two lines");

            // A few, as a person sees them.
            Assert.AreEqual("####.\n#...#\n#...#\n####.\n#.#..\n#..#.\n#...#", Picture(table, 'R'));
            Assert.AreEqual(".###.\n#...#\n....#\n...#.\n..#..\n.#...\n#####", Picture(table, '2'));
            Assert.AreEqual("..#..\n.....\n.##..\n..#..\n..#..\n..#..\n.###.", Picture(table, 'i'));
        }

        private static string Picture(byte[] table, char letter)
        {
            int at = (letter - Font.First) * Font.Columns;
            return string.Join('\n', Enumerable.Range(0, 7).Select(row => string.Concat(Enumerable.Range(0, Font.Columns).Select(column => (table[at + column] & (1 << row)) != 0 ? '#' : '.'))));
        }

        private static string Line(PageText text, int line)
        {
            return Encoding.ASCII.GetString(text.LineAt(line));
        }

        // Wherever the two seconds began.
        private static void CheckPattern(string expected, string seen)
        {
            StringAssert.Contains(expected + expected, seen, StringComparison.Ordinal);
        }
    }
}

using MailAppliance.Boards;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Boards
{
    /// <summary>What a board writes down before it restarts by itself, it has to read again.</summary>
    [TestClass]
    public class RestartNoteTests
    {
        [TestMethod]
        public void Next_OfOneRestartAndAnother_IsReadWithItsCount()
        {
            var first = new RestartNote(new RestartNote(string.Empty).Next(61, "the loop stood still\n  at Poll"));
            var second = new RestartNote(first.Next(7, "no network"));

            Assert.AreEqual(1, first.Count);
            Assert.AreEqual(61, first.RanSeconds);
            Assert.AreEqual("the loop stood still\n  at Poll", first.Reason);
            Assert.AreEqual(2, second.Count);
            Assert.AreEqual(7, second.RanSeconds);
            Assert.AreEqual("no network", second.Reason);
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("1")]
        [DataRow("1 2")]
        [DataRow("0 2 x")]
        [DataRow("a 2 x")]
        [DataRow("1 b x")]
        [DataRow(" 2 x")]
        [DataRow("1  x")]
        [DataRow("1234567890 2 x")]
        public void Text_WhatAPowerCutOrSomebodyElseLeft_IsNone(string text)
        {
            Assert.AreEqual(0, new RestartNote(text).Count);
        }
    }
}

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
            var first = new RestartNote(new RestartNote(string.Empty).Next(61, StartCause.Fault, "the loop ended\n  at Poll"));
            var second = new RestartNote(first.Next(7, StartCause.Network, "no network"));

            Assert.AreEqual(1, first.Count);
            Assert.AreEqual(61, first.RanSeconds);
            Assert.AreEqual(StartCause.Fault, first.Cause);
            Assert.AreEqual("the loop ended\n  at Poll", first.Reason);
            Assert.AreEqual(2, second.Count);
            Assert.AreEqual(7, second.RanSeconds);
            Assert.AreEqual(StartCause.Network, second.Cause);
            Assert.AreEqual("no network", second.Reason);
        }

        [TestMethod]
        public void Note_IsDone_OnceTheOwnerWasToldAndTheCardHasCounted()
        {
            var note = new RestartNote(new RestartNote(string.Empty).Next(61, StartCause.Fault, "why"));
            var told = new RestartNote(note.Told());
            var counted = new RestartNote(note.Counted());

            Assert.IsFalse(note.IsDone || told.IsDone || counted.IsDone);
            Assert.AreEqual(0, told.Count);
            Assert.AreEqual(StartCause.Fault, told.Cause);
            Assert.AreEqual(1, counted.Count);
            Assert.AreEqual("why", counted.Reason);
            Assert.IsTrue(new RestartNote(told.Counted()).IsDone);
            Assert.IsTrue(new RestartNote(counted.Told()).IsDone);
        }

        [TestMethod]
        public void Next_AsTheOwnerWanted_IsCountedAndNotTold()
        {
            var owner = new RestartNote(new RestartNote(string.Empty).Next(5, StartCause.Owner, "a card"));
            var both = new RestartNote(new RestartNote(new RestartNote(string.Empty).Next(61, StartCause.Fault, "why")).Next(5, StartCause.Owner, "a card"));

            Assert.AreEqual(0, owner.Count);
            Assert.AreEqual(StartCause.Owner, owner.Cause);
            Assert.IsFalse(owner.IsDone);

            // What he is owed stays.
            Assert.AreEqual(1, both.Count);
            Assert.AreEqual("why", both.Reason);
            Assert.AreEqual(StartCause.Owner, both.Cause);
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("1")]
        [DataRow("1 2")]
        [DataRow("1 2 1")]
        [DataRow("0 2 0 x")]
        [DataRow("a 2 1 x")]
        [DataRow("1 b 1 x")]
        [DataRow("1 2 x y")]
        [DataRow("1 2 7 x")]
        [DataRow(" 2 1 x")]
        [DataRow("1  1 x")]
        [DataRow("1234567890 2 1 x")]
        public void Text_WhatAPowerCutOrSomebodyElseLeft_IsNone(string text)
        {
            var note = new RestartNote(text);
            Assert.AreEqual(0, note.Count);
            Assert.IsTrue(note.IsDone);
        }
    }
}

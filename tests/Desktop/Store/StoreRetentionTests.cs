using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>retention: what is too old goes, and nothing else does, whatever the date does.</summary>
    [TestClass]
    public class StoreRetentionTests
    {
        private const long Hour = 3_600;
        private const long Day = 24 * Hour;

        private readonly StoreRig _rig = new(1_024);
        private long _now = 5;
        private int _mails;

        [TestInitialize]
        public void Boot()
        {
            _rig.Settings.RetentionMilliseconds = 3 * Day * 1000;
            _rig.Boot();
        }

        // Time passes for both clocks, a turn of the housekeeping a minute.
        private void Pass(long seconds)
        {
            for (long minute = 0; minute < seconds / 60; minute++)
            {
                _now += 60_000;
                _rig.UtcSeconds += 60;
                for (int turns = 0; _rig.Store.Retire(_now, _rig.UtcSeconds != null, _rig.UtcSeconds ?? 0); turns++)
                {
                    Assert.IsLessThan(10_000, turns, "the housekeeping never rests");
                }
            }
        }

        private void Store(int count, int octets = 700)
        {
            for (int mail = 0; mail < count; mail++)
            {
                Assert.AreEqual(StoreResult.Ok, _rig.Store1(StoreRig.Mail(octets, ++_mails), 3));
            }
        }

        private void Holds(int count)
        {
            Assert.HasCount(count, _rig.Fetch(0));
            Assert.HasCount(count, _rig.Fetch(1));
        }

        [TestMethod]
        public void TooOld_IsRemovedForGood_AndTheRestStays()
        {
            Store(3);
            Pass(Day);
            Store(2);
            Pass((2 * Day) - Hour);
            Holds(5);
            Pass(2 * Hour);
            Holds(2);
            Assert.AreEqual(3, _rig.Store.Disposal.ExpiredCount);
            Assert.AreEqual(0, _rig.Store.Disposal.DroppedCount);
            _rig.Card.PowerCut();
            _rig.Boot();
            Holds(2);
            Assert.AreEqual(0, _rig.Opening.LostCount);
        }

        [TestMethod]
        public void LargeMail_IsDatedByItsLastRecord()
        {
            // Two of them, their fragments interleaved.
            Assert.AreEqual(StoreResult.Ok, _rig.Store.Begin(_rig.Writer(0), 0));
            Assert.AreEqual(StoreResult.Ok, _rig.Store.Begin(_rig.Writer(1), 0));
            for (int piece = 0; piece < 12; piece++)
            {
                Assert.AreEqual(StoreResult.Ok, _rig.Write(0, new byte[3_000]));
                Assert.AreEqual(StoreResult.Ok, _rig.Write(1, new byte[1_000]));
            }

            Assert.AreEqual(StoreResult.Ok, _rig.Finish(0, 3));
            _rig.Rest();
            _rig.UtcSeconds += Day;
            Assert.AreEqual(StoreResult.Ok, _rig.Finish(1, 3));
            _rig.Rest();
            Pass((3 * Day) - Hour);
            Assert.AreEqual(1, _rig.Store.Index.Count);
            Pass(Day);
            Assert.AreEqual(0, _rig.Store.Index.Count);
        }

        [TestMethod]
        public void DateUnknownThenOrNow_RemovesNothing()
        {
            _rig.UtcSeconds = null;
            Store(1);
            Pass(5 * Day);
            Holds(1);
            _rig.UtcSeconds = 1_700_000_000;
            Store(1);
            Pass(4 * Day);

            // The second one, behind the first that has no date.
            Holds(1);
            Assert.AreEqual(1, _rig.Store.Disposal.ExpiredCount);
            Pass(10 * Day);
            Holds(1);
        }

        [TestMethod]
        public void DateThatJumpsForward_RemovesNothing_BeforeOurOwnTimeAgrees()
        {
            Pass(2 * Day);
            Store(3);
            Pass(Hour);
            _rig.UtcSeconds += 100 * Day;
            Store(1);
            Pass((3 * Day) - (2 * Hour));
            Holds(4);
            Pass(4 * Hour);
            Holds(0);
        }

        [TestMethod]
        public void DateThatJumpsAgainAndAgain_RemovesNothing()
        {
            Store(3);
            for (int jump = 0; jump < 20; jump++)
            {
                Pass(2 * Day);
                _rig.UtcSeconds += jump % 3 == 0 ? -50 * Day : 60 * Day;
            }

            Holds(3);
        }

        [TestMethod]
        public void DateThatIsPutBack_RemovesNothing()
        {
            Store(2);
            Pass(Day);
            _rig.UtcSeconds -= 10 * Day;
            Pass(8 * Day);
            Holds(2);
            Pass(10 * Day);
            Holds(0);
        }

        [TestMethod]
        public void BootWithADateFarAhead_RemovesNothing_BeforeOurOwnTimeAgrees()
        {
            Store(3);
            _rig.UtcSeconds += 400 * Day;
            _rig.Boot();
            Pass((3 * Day) - Hour);
            Holds(3);
            Pass(2 * Hour);
            Holds(0);
        }

        [TestMethod]
        public void BootThatYoungerMailSpeaksFor_TakesADay()
        {
            Store(2);
            _rig.UtcSeconds += 2 * Day;
            Store(1);
            _rig.UtcSeconds += Hour;
            _rig.Boot();
            Pass(Day - Hour);
            Holds(3);
            Pass(3 * Hour);
            Holds(1);
        }

        [TestMethod]
        public void WhatAnOpenSessionSees_StaysUntilItLeaves()
        {
            Store(2);
            Pass((3 * Day) - Hour);
            Assert.IsTrue(_rig.Store.OpenView(_rig.Views[1], 1));
            Pass(2 * Day);
            Assert.HasCount(2, _rig.Fetch(0));
            Assert.AreEqual(2, _rig.Views[1].UnmarkedCount);
            _rig.Views[1].Close();
            Pass(Hour);
            Holds(0);
        }

        [TestMethod]
        public void NoRetention_RemovesNothing()
        {
            _rig.Settings.RetentionMilliseconds = 0;
            _rig.Boot();
            Store(1);
            Pass(30 * Day);
            Holds(1);
        }

        [TestMethod]
        public void CardThatFails_IsAskedAgainLater()
        {
            Store(2);
            Pass((3 * Day) - Hour);
            for (int tries = 0; tries < 6; tries++)
            {
                _rig.Card.FailingReads = 3;
                _rig.Card.FailingWrites = 2;
                Pass(Hour);
            }

            _rig.Card.FailingReads = 0;
            _rig.Card.FailingWrites = 0;
            Assert.AreEqual(StoreResult.Ok, _rig.Store.Admit(-1));
            Pass(Hour);
            Holds(0);
            Assert.AreEqual(2, _rig.Store.Disposal.ExpiredCount);
        }
    }
}

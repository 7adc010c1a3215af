#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using MailAppliance.Hal;
using MailAppliance.Loop;

namespace MailAppliance.Tests
{
    /// <summary>How long a connection on its way out is kept, and how much is read from it.</summary>
    [TestClass]
    public class FarewellTests
    {
        [TestMethod]
        public void Poll_PeerIsToldAndSilent_ClosesAfterTwoSeconds()
        {
            Farewell farewell = new Farewell(2, 128);
            Leaving leaving = new Leaving(true);
            farewell.Poll(1000);
            farewell.Take(leaving);
            farewell.Poll(2999);
            Assert.IsFalse(leaving.IsClosed);
            farewell.Poll(3000);
            Assert.IsTrue(leaving.IsClosed);
            Assert.AreEqual(0, farewell.Count);
        }

        [TestMethod]
        public void Poll_PeerCannotBeToldAndIsSilent_ClosesSoon()
        {
            Farewell farewell = new Farewell(2, 128);
            Leaving leaving = new Leaving(false);
            farewell.Poll(1000);
            farewell.Take(leaving);
            farewell.Poll(1199);
            Assert.IsFalse(leaving.IsClosed);
            farewell.Poll(1200);
            Assert.IsTrue(leaving.IsClosed);
        }

        // A close with input unread is a reset, and the last reply may be lost with it.
        [TestMethod]
        public void Poll_PeerCannotBeToldAndSends_ReadsOnUntilHeIsSilent()
        {
            Farewell farewell = new Farewell(2, 128);
            Leaving leaving = new Leaving(false);
            farewell.Poll(1000);
            farewell.Take(leaving);
            for (long now = 1000; now < 2500; now += 100)
            {
                leaving.Waiting = 5;
                Assert.IsFalse(farewell.Poll(now));
                Assert.AreEqual(0, leaving.Waiting);
                Assert.IsFalse(leaving.IsClosed);
            }

            farewell.Poll(2600);
            Assert.IsTrue(leaving.IsClosed);
        }

        [TestMethod]
        public void Poll_PeerNeverStops_ClosesAfterTwoSeconds()
        {
            Farewell farewell = new Farewell(2, 128);
            Leaving leaving = new Leaving(false);
            leaving.Waiting = 1000000;
            farewell.Poll(1000);
            farewell.Take(leaving);
            Assert.IsTrue(farewell.Poll(2999));
            Assert.AreEqual(1000000 - 12, leaving.Waiting);
            Assert.IsFalse(leaving.IsClosed);
            farewell.Poll(3000);
            Assert.IsTrue(leaving.IsClosed);
        }

        [TestMethod]
        public void Poll_PeerIsGone_ClosesAtOnce()
        {
            Farewell farewell = new Farewell(2, 128);
            Leaving leaving = new Leaving(true);
            leaving.IsGone = true;
            farewell.Take(leaving);
            Assert.IsFalse(farewell.Poll(0));
            Assert.IsTrue(leaving.IsClosed);
        }

        [TestMethod]
        public void Take_NoRoom_ClosesTheOldest()
        {
            Farewell farewell = new Farewell(2, 128);
            Leaving[] leaving = new Leaving[] { new Leaving(true), new Leaving(false), new Leaving(true) };
            farewell.Take(leaving[0]);
            farewell.Take(leaving[1]);
            Assert.IsFalse(farewell.HasRoom);
            farewell.Take(leaving[2]);
            Assert.IsTrue(leaving[0].IsClosed);
            Assert.IsFalse(leaving[1].IsClosed);

            // What is kept of each went along.
            farewell.Poll(200);
            Assert.IsTrue(leaving[1].IsClosed);
            Assert.IsFalse(leaving[2].IsClosed);
            farewell.CloseAll();
            Assert.IsTrue(leaving[2].IsClosed);
        }

        private sealed class Leaving : IConnection
        {
            private static readonly byte[] s_address = new byte[0];
            private readonly bool _isTold;

            internal Leaving(bool isTold)
            {
                _isTold = isTold;
            }

            // Receives that find something.
            internal int Waiting;
            internal bool IsGone;
            internal bool IsClosed;

            public byte[] RemoteAddress
            {
                get { return s_address; }
            }

            public byte[] LocalAddress
            {
                get { return s_address; }
            }

            public bool IsTls
            {
                get { return false; }
            }

            public IConnection StartTls()
            {
                return this;
            }

            public int Receive(byte[] buffer, int offset, int count)
            {
                if (IsGone)
                {
                    return HalResult.Gone;
                }

                if (Waiting == 0)
                {
                    return 0;
                }

                Waiting--;
                return count;
            }

            public int Send(byte[] buffer, int offset, int count)
            {
                return 0;
            }

            public bool EndSend()
            {
                return _isTold;
            }

            public void Close()
            {
                IsClosed = true;
            }
        }
    }
}

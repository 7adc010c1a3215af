#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Tests
{
    /// <summary>The table of who is connected: places, minutes, and what a source may do.</summary>
    [TestClass]
    public class SourcesTests
    {
        private const int Capacity = 8;

        [TestMethod]
        public void Connections_MoreThanTheBound_AreABurstForTwoSeconds()
        {
            Sources sources = Make();
            int source = 0;
            for (int connection = 0; connection < 5; connection++)
            {
                source = Open(sources, "10.0.0.1");
                Assert.AreEqual(Bound.None, sources.Over(source, false));
            }

            sources.SetTime(1999);
            Assert.AreEqual(Bound.None, sources.Over(source, false));
            sources.SetTime(2000);
            Assert.AreEqual(Bound.Connections, sources.Over(source, false));
            Assert.AreEqual(Bound.Connections, sources.Over(source, true));
            Assert.AreEqual(2, sources.CountOf(Bound.Connections));
            Assert.AreEqual(Bound.None, sources.Over(Open(sources, "10.0.0.2"), false));

            // One that is refused is closed: the others are as many as before.
            sources.Close(Open(sources, "10.0.0.1"));
            Assert.AreEqual(Bound.Connections, sources.Over(source, false));
            sources.Close(source);
            Assert.AreEqual(Bound.None, sources.Over(source, false));

            // One more for each that ends is the same pile, as long as not half of them have ended.
            Assert.AreEqual(Bound.Connections, sources.Over(Open(sources, "10.0.0.1"), false));
            for (int connection = 0; connection < 3; connection++)
            {
                sources.Close(source);
            }

            for (int connection = 0; connection < 3; connection++)
            {
                Assert.AreEqual(Bound.None, sources.Over(Open(sources, "10.0.0.1"), false));
            }
        }

        [TestMethod]
        public void Connections_ThatAreOfUse_DoNotPileUp()
        {
            Sources sources = Make();
            int source = 0;
            for (int connection = 0; connection < 5; connection++)
            {
                source = Open(sources, "10.0.0.1");
            }

            for (int second = 1; second < 100; second++)
            {
                sources.SetTime(second * 1000);
                sources.NoteUse(source);
                Assert.AreEqual(Bound.None, sources.Over(source, false));
            }

            sources.SetTime(102000);
            Assert.AreEqual(Bound.Connections, sources.Over(source, false));
        }

        [TestMethod]
        public void Mails_MoreThanTheBoundInAMinute_AreRefusedUntilItIsOver()
        {
            Sources sources = Make();
            sources.SetTime(500000);
            int source = Open(sources, "10.0.0.1");
            int other = Open(sources, "10.0.0.2");
            for (int mail = 0; mail < 5; mail++)
            {
                Assert.AreEqual(Bound.None, sources.Over(source, false));
                Assert.IsTrue(sources.TakeMail(source));
            }

            Assert.AreEqual(Bound.Mails, sources.Over(source, false));
            Assert.AreEqual(Bound.None, sources.Over(source, true));
            Assert.IsFalse(sources.TakeMail(source));
            Assert.IsTrue(sources.TakeMail(other));
            sources.SetTime(559999);
            Assert.IsFalse(sources.TakeMail(source));
            sources.SetTime(560000);
            Assert.AreEqual(Bound.None, sources.Over(source, false));
            Assert.IsTrue(sources.TakeMail(source));
        }

        [TestMethod]
        public void BadCommands_MoreThanTheBoundInAMinute_CloseBothDoors()
        {
            Sources sources = Make();
            int source = Open(sources, "10.0.0.1");
            for (int command = 0; command < 6; command++)
            {
                Assert.IsTrue(sources.TakeBadCommand(source));
            }

            Assert.AreEqual(Bound.None, sources.Over(source, false));
            Assert.IsFalse(sources.TakeBadCommand(source));
            Assert.AreEqual(Bound.BadCommands, sources.Over(source, false));
            Assert.AreEqual(Bound.BadCommands, sources.Over(source, true));
            sources.SetTime(60000);
            Assert.AreEqual(Bound.None, sources.Over(source, true));
        }

        [TestMethod]
        public void WrongLogins_FromTheSeventhOn_DoubleTheWaitUpToTheBound()
        {
            Sources sources = Make();
            int source = Open(sources, "10.0.0.1");
            for (int login = 0; login < 6; login++)
            {
                sources.NoteLogin(source, false);
                Assert.IsTrue(sources.TakeLogin(source));
            }

            int now = 0;
            int[] waits = new int[] { 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60 };
            for (int at = 0; at < waits.Length; at++)
            {
                sources.NoteLogin(source, false);
                sources.SetTime((now + waits[at] - 1) * 1000);
                Assert.IsFalse(sources.TakeLogin(source));
                Assert.AreEqual(Bound.Logins, sources.Over(source, true));
                Assert.AreEqual(Bound.None, sources.Over(source, false));
                now += waits[at];
                sources.SetTime(now * 1000);
                Assert.IsTrue(sources.TakeLogin(source));
            }

            sources.NoteLogin(source, true);
            sources.NoteLogin(source, false);
            Assert.IsTrue(sources.TakeLogin(source));
        }

        [TestMethod]
        public void Bounds_ThatAreOff_StopNobody()
        {
            Sources sources = new Sources(new ApplianceSettings(), Capacity);
            int source = 0;
            for (int round = 0; round < 1000; round++)
            {
                source = Open(sources, "10.0.0.1");
                Assert.IsTrue(sources.TakeMail(source));
                Assert.IsTrue(sources.TakeBadCommand(source));
                sources.NoteLogin(source, false);
                Assert.IsTrue(sources.TakeLogin(source));
            }

            sources.SetTime(50000);
            Assert.AreEqual(Bound.None, sources.Over(source, false));
            Assert.AreEqual(Bound.None, sources.Over(source, true));
            Assert.AreEqual(0, sources.TotalCount);
        }

        [TestMethod]
        public void Source_LongestAway_GivesItsPlace_AndWhoIsConnectedOrSlowKeepsIt()
        {
            Sources sources = Make();
            int stays = Open(sources, "10.0.1.1");
            Assert.IsTrue(sources.TakeMail(stays));
            sources.SetTime(1000);
            int guesser = Open(sources, "10.0.1.2");
            for (int login = 0; login < 20; login++)
            {
                sources.NoteLogin(guesser, false);
            }

            sources.Close(guesser);
            for (int device = 0; device < 50; device++)
            {
                sources.SetTime(2000 + (device * 100));
                int source = Open(sources, "10.0.2." + device.ToString());
                Assert.IsFalse(source == stays);
                Assert.IsTrue(sources.TakeMail(source));
                Assert.AreEqual(Bound.None, sources.Over(source, false));
                sources.Close(source);
            }

            Assert.AreEqual(guesser, Open(sources, "10.0.1.2"));
            Assert.IsFalse(sources.TakeLogin(guesser));
            Assert.AreEqual(stays, Open(sources, "10.0.1.1"));
        }

        [TestMethod]
        public void Source_Ipv6_IsANetworkOf64Bits_AndNoIpv4Address()
        {
            Sources sources = Make();
            int source = Open(sources, "IPv6:2001:db8::1");
            Assert.AreEqual(source, Open(sources, "IPv6:2001:db8::ffff:1:2:3"));
            Assert.IsFalse(source == Open(sources, "IPv6:2001:db8:0:1::1"));
            int loopback = Open(sources, "IPv6:::1");
            Assert.IsFalse(loopback == Open(sources, "127.0.0.1"));
            Assert.AreEqual(Open(sources, "127.0.0.1"), Open(sources, "IPv6:::ffff:127.0.0.1"));
            Assert.IsFalse(Open(sources, "127.0.0.1") == Open(sources, "127.0.0.2"));
        }

        private static Sources Make()
        {
            ApplianceSettings settings = new ApplianceSettings();
            settings.ConnectionsEach = 4;
            settings.MailsEach = 5;
            settings.BadCommandsEach = 6;
            settings.LoginDelayMilliseconds = 60000;
            Sources sources = new Sources(settings, Capacity);
            sources.SetTime(0);
            return sources;
        }

        private static int Open(Sources sources, string address)
        {
            byte[] text = Octets.Of(address);
            byte[] octets = new byte[IpAddress.OctetCount];
            Assert.IsTrue(IpAddress.Parse(text, 0, text.Length, octets));
            return sources.Open(octets, text);
        }
    }
}

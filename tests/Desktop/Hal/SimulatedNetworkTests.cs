using System;
using System.Text;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    [TestClass]
    public sealed class SimulatedNetworkTests
    {
        private readonly MemoryNetwork _network = new();
        private readonly byte[] _buffer = new byte[100];

        [TestMethod]
        public void Connected_OctetsBothWays_ArriveInOrder()
        {
            IListener listener = _network.Listen("0.0.0.0", 25, 2);
            MemoryClient client = _network.Connect(25, "203.0.113.9");
            client.Send("EHLO x\r\n");
            Assert.IsFalse(client.IsAccepted);
            IConnection connection = listener.Accept();
            Assert.IsTrue(client.IsAccepted);
            Assert.IsNull(listener.Accept());
            Assert.AreEqual("203.0.113.9", Encoding.ASCII.GetString(connection.RemoteAddress));
            Assert.AreEqual("192.168.2.1", Encoding.ASCII.GetString(connection.LocalAddress));
            Assert.AreEqual(4, connection.Receive(_buffer, 0, 4));
            _network.ReceiveOctetsMax = 1;
            Assert.AreEqual(1, connection.Receive(_buffer, 4, 90));
            _network.ReceiveOctetsMax = 100;
            Assert.AreEqual(3, connection.Receive(_buffer, 5, 90));
            Assert.AreEqual("EHLO x\r\n", Encoding.ASCII.GetString(_buffer, 0, 8));
            Assert.AreEqual(0, connection.Receive(_buffer, 0, 90));
            Assert.AreEqual(4, connection.Send(_buffer, 0, 4));
            Assert.AreEqual("EHLO", client.TakeText());
            Assert.AreEqual(string.Empty, client.TakeText());
        }

        [TestMethod]
        public void BoundedWindow_SendTakesWhatFits()
        {
            IListener listener = _network.Listen("0.0.0.0", 25, 2);
            MemoryClient client = _network.Connect(25);
            client.WindowOctets = 10;
            IConnection connection = listener.Accept();
            Assert.AreEqual(10, connection.Send(_buffer, 0, 30));
            Assert.AreEqual(0, connection.Send(_buffer, 10, 20));
            Assert.AreEqual(4, client.Receive(_buffer.AsSpan(0, 4)));
            Assert.AreEqual(4, connection.Send(_buffer, 10, 20));
            client.WindowOctets = 0;
            Assert.AreEqual(0, connection.Send(_buffer, 10, 20));
            Assert.AreEqual(10, client.Available);
        }

        [TestMethod]
        public void ClientEndsItsSide_InputIsGivenOutFirst()
        {
            IListener listener = _network.Listen("0.0.0.0", 25, 2);
            MemoryClient client = _network.Connect(25);
            IConnection connection = listener.Accept();
            client.Send("ab");
            client.EndSend();
            Assert.AreEqual(2, connection.Receive(_buffer, 0, 10));
            Assert.AreEqual(HalResult.EndOfInput, connection.Receive(_buffer, 0, 10));
            Assert.AreEqual(1, connection.Send(_buffer, 0, 1));
            Assert.IsTrue(connection.EndSend());
            Assert.IsTrue(client.IsEndOfInput);
            Assert.IsFalse(client.IsClosed);
            connection.Close();
            Assert.IsTrue(client.IsClosed);
            Assert.IsFalse(client.IsReset);
            Assert.AreEqual(1, client.Available);
            Assert.AreEqual(HalResult.Gone, connection.Receive(_buffer, 0, 10));
        }

        [TestMethod]
        public void ClosedWithInputUnread_TheClientIsResetAndLosesTheLastWords()
        {
            IListener listener = _network.Listen("0.0.0.0", 25, 2);
            MemoryClient client = _network.Connect(25);
            IConnection connection = listener.Accept();
            client.Send("QUIT\r\nmore");
            connection.Receive(_buffer, 0, 6);
            connection.Send(_buffer, 0, 4);
            connection.Close();
            Assert.IsTrue(client.IsReset);
            Assert.AreEqual(string.Empty, client.TakeText());
        }

        [TestMethod]
        public void ClientResets_ConnectionIsGone()
        {
            IListener listener = _network.Listen("0.0.0.0", 25, 2);
            MemoryClient client = _network.Connect(25);
            IConnection connection = listener.Accept();
            client.Send("lost");
            client.Reset();
            Assert.AreEqual(HalResult.Gone, connection.Receive(_buffer, 0, 10));
            Assert.AreEqual(HalResult.Gone, connection.Send(_buffer, 0, 10));
        }

        [TestMethod]
        public void ClosedByTheAppliance_SendingOn_Resets()
        {
            IListener listener = _network.Listen("0.0.0.0", 25, 2);
            MemoryClient client = _network.Connect(25);
            listener.Accept().Close();
            Assert.IsFalse(client.IsReset);
            client.Send("x");
            Assert.IsTrue(client.IsReset);
        }

        [TestMethod]
        public void ListenerClosed_WhoeverWaitsIsReset()
        {
            IListener listener = _network.Listen("0.0.0.0", 25, 2);
            MemoryClient waiting = _network.Connect(25);
            listener.Close();
            Assert.IsTrue(waiting.IsReset);
            Assert.ThrowsExactly<InvalidOperationException>(() => _network.Connect(25));
            Assert.IsNotNull(_network.Listen("0.0.0.0", 25, 2));
        }

        [TestMethod]
        public void QueueFull_Connect_IsRefused()
        {
            _network.Listen("0.0.0.0", 25, 1);
            _network.Connect(25);
            Assert.ThrowsExactly<InvalidOperationException>(() => _network.Connect(25));
        }

        [TestMethod]
        public void PortTaken_Listen_SaysSo()
        {
            Assert.AreEqual(25, _network.Listen("127.0.0.1", 25, 1).Port);
            Assert.IsNull(_network.Listen("127.0.0.1", 25, 1));
            Assert.AreEqual("127.0.0.1:25 is in use by another program", _network.LastError);
            Assert.AreNotEqual(_network.Listen("127.0.0.1", 0, 1).Port, _network.Listen("127.0.0.1", 0, 1).Port);
        }

        [TestMethod]
        public void Wait_MovesTheClockItWasGiven()
        {
            _network.Wait(5);
            var clock = new ManualClock();
            _network.Clock = clock;
            long utc = clock.UtcSeconds;
            _network.Wait(2000);
            Assert.AreEqual(2000, clock.MonotonicMilliseconds);
            Assert.AreEqual(utc + 2, clock.UtcSeconds);
            Assert.AreEqual(2, _network.Waits);
            Assert.AreEqual(2000, _network.LastWaitMilliseconds);
        }

        [TestMethod]
        public void Warm_SendAndReceive_AllocateNothing()
        {
            IListener listener = _network.Listen("0.0.0.0", 25, 2);
            MemoryClient client = _network.Connect(25);
            IConnection connection = listener.Accept();
            Assert.AreEqual(0, Allocation.Least(() =>
            {
                client.Send(_buffer.AsSpan());
                connection.Receive(_buffer, 0, 90);
                connection.Receive(_buffer, 0, 90);
                connection.Send(_buffer, 0, 100);
                client.Receive(_buffer);
            }));
        }

        [TestMethod]
        public void OctetQueue_RandomPutAndTake_KeepsTheOrder()
        {
            const int seed = 11;
            var random = new Random(seed);
            var queue = new OctetQueue();
            byte put = 0;
            byte taken = 0;
            byte[] octets = new byte[9000];
            for (int round = 0; round < 2000; round++)
            {
                int count = random.Next(octets.Length);
                for (int index = 0; index < count; index++)
                {
                    octets[index] = put++;
                }

                queue.Put(octets.AsSpan(0, count));
                count = queue.Take(octets.AsSpan(0, random.Next(octets.Length)));
                for (int index = 0; index < count; index++)
                {
                    Assert.AreEqual(taken++, octets[index], $"seed {seed}");
                }
            }

            Assert.AreEqual(queue.Count % 256, (byte)(put - taken));
        }

        [TestMethod]
        public void Tls_ClientBegins_CarriesOctetsAndNothingBefore()
        {
            var network = new MemoryNetwork { ReceiveOctetsMax = 3 };
            IListener listener = network.Listen("0.0.0.0", 25, 4);
            MemoryClient client = network.Connect(25);
            byte[] buffer = new byte[10];
            IConnection connection = listener.Accept();
            client.Send("STLS\r\n");
            client.StartTls();
            client.Send("ab");
            Assert.IsFalse(connection.IsTls);
            Assert.AreEqual(3, connection.Receive(buffer, 0, 10));
            Assert.AreEqual(3, connection.Receive(buffer, 0, 10));
            connection = connection.StartTls();
            Assert.IsTrue(connection.IsTls);
            Assert.AreEqual(2, connection.Receive(buffer, 0, 10));
            Assert.AreEqual(1, connection.Send(buffer, 0, 1));
            Assert.AreEqual("a", client.TakeText());
        }

        [TestMethod]
        public void Tls_ClientHasNotBegun_WaitsAndTakesOctetsInPlainForGarbage()
        {
            var network = new MemoryNetwork();
            IListener listener = network.Listen("0.0.0.0", 25, 4);
            MemoryClient client = network.Connect(25);
            byte[] buffer = new byte[10];
            IConnection connection = listener.Accept().StartTls();
            Assert.AreEqual(0, connection.Receive(buffer, 0, 10));
            Assert.AreEqual(0, connection.Send(buffer, 0, 10));
            client.Send("x");
            client.StartTls();
            Assert.AreEqual(HalResult.Gone, connection.Receive(buffer, 0, 10));
            Assert.IsTrue(client.IsReset);
        }
    }
}

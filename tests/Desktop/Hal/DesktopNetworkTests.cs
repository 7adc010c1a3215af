using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>Real sockets on loopback, once for each way to look at them.</summary>
    [TestClass]
    public sealed class DesktopNetworkTests
    {
        private const int PatienceMilliseconds = 10_000;

        private readonly byte[] _buffer = new byte[64 * 1024];

        private static DesktopNetwork Network(bool poll)
        {
            return new DesktopNetwork(poll ? new PollWatch() : new SelectWatch());
        }

        private static Socket Connect(IListener listener)
        {
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            client.Connect(IPAddress.Loopback, listener.Port);
            client.ReceiveTimeout = PatienceMilliseconds;
            return client;
        }

        private static IConnection Accept(DesktopNetwork network, IListener listener)
        {
            for (int turn = 0; turn < 1000; turn++)
            {
                IConnection connection = listener.Accept();
                if (connection != null)
                {
                    return connection;
                }

                network.Wait(PatienceMilliseconds);
            }

            throw new AssertFailedException("nobody came");
        }

        private int Receive(DesktopNetwork network, IConnection connection)
        {
            for (int turn = 0; turn < 1000; turn++)
            {
                int taken = connection.Receive(_buffer, 0, _buffer.Length);
                if (taken != 0)
                {
                    return taken;
                }

                network.Wait(PatienceMilliseconds);
            }

            throw new AssertFailedException("nothing came");
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void Connected_OctetsBothWays_Arrive(bool poll)
        {
            DesktopNetwork network = Network(poll);
            IListener listener = network.Listen("127.0.0.1", 0, 4);
            Assert.IsNull(listener.Accept());
            using Socket client = Connect(listener);
            IConnection connection = Accept(network, listener);
            Assert.AreEqual("127.0.0.1", Encoding.ASCII.GetString(connection.RemoteAddress));
            Assert.AreEqual("127.0.0.1", Encoding.ASCII.GetString(connection.LocalAddress));
            Assert.AreEqual(0, connection.Receive(_buffer, 0, 10));

            client.Send("hello"u8);
            Assert.AreEqual(5, Receive(network, connection));
            Assert.AreEqual(2, connection.Send("+OK"u8.ToArray(), 1, 2));
            Assert.AreEqual(2, client.Receive(_buffer));
            Assert.AreEqual("OK", Encoding.ASCII.GetString(_buffer, 0, 2));
            connection.Close();
            connection.Close();
            Assert.AreEqual(0, client.Receive(_buffer));
            Assert.AreEqual(HalResult.Gone, connection.Send(_buffer, 0, 1));
            listener.Close();
            listener.Close();
            Assert.IsNull(listener.Accept());
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void InputLongerThanBuffer_ReceivedInPieces_IsWhole(bool poll)
        {
            DesktopNetwork network = Network(poll);
            IListener listener = network.Listen("127.0.0.1", 0, 4);
            using Socket client = Connect(listener);
            IConnection connection = Accept(network, listener);
            client.Send(new byte[10_000]);
            int total = 0;
            while (total < 10_000)
            {
                int taken = connection.Receive(_buffer, 0, 100);
                Assert.IsGreaterThanOrEqualTo(0, taken);
                total += taken;
                if (taken == 0)
                {
                    network.Wait(PatienceMilliseconds);
                }
            }

            Assert.AreEqual(10_000, total);
            connection.Close();
            listener.Close();
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void ClientEndsItsSide_ReceiveTellsAndSendGoesOn(bool poll)
        {
            DesktopNetwork network = Network(poll);
            IListener listener = network.Listen("127.0.0.1", 0, 4);
            using Socket client = Connect(listener);
            IConnection connection = Accept(network, listener);
            client.Send("x"u8);
            client.Shutdown(SocketShutdown.Send);
            Assert.AreEqual(1, Receive(network, connection));
            Assert.AreEqual(HalResult.EndOfInput, Receive(network, connection));
            Assert.AreEqual(HalResult.EndOfInput, connection.Receive(_buffer, 0, 1));
            Assert.AreEqual(3, connection.Send("bye"u8.ToArray(), 0, 3));
            Assert.IsTrue(connection.EndSend());
            Assert.AreEqual(3, client.Receive(_buffer));
            Assert.AreEqual(0, client.Receive(_buffer));
            connection.Close();
            listener.Close();
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void ClientResets_BothCallsSayGone(bool poll)
        {
            DesktopNetwork network = Network(poll);
            IListener listener = network.Listen("127.0.0.1", 0, 4);
            Socket client = Connect(listener);
            IConnection connection = Accept(network, listener);
            client.LingerState = new LingerOption(true, 0);
            client.Dispose();
            Assert.AreEqual(HalResult.Gone, Receive(network, connection));
            Assert.AreEqual(HalResult.Gone, connection.Send(_buffer, 0, 1));
            Assert.AreEqual(HalResult.Gone, connection.Receive(_buffer, 0, 1));
            connection.Close();
            listener.Close();
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void PeerThatDoesNotRead_SendTakesWhatFits_AndEachTakenOctetArrives(bool poll)
        {
            DesktopNetwork network = Network(poll);
            IListener listener = network.Listen("127.0.0.1", 0, 4);
            using Socket client = Connect(listener);
            IConnection connection = Accept(network, listener);
            byte[] octets = new byte[32 << 20];
            new Random(1).NextBytes(octets);
            int sent = 0;
            for (int taken = 1; taken > 0; sent += taken)
            {
                taken = connection.Send(octets, sent, octets.Length - sent);
                Assert.IsGreaterThanOrEqualTo(0, taken);
            }

            Assert.IsGreaterThan(0, sent);
            Assert.IsLessThan(octets.Length, sent);
            byte[] received = new byte[octets.Length];
            int total = 0;
            while (total < octets.Length)
            {
                total += client.Receive(received, total, octets.Length - total, SocketFlags.None);
                if (sent < octets.Length)
                {
                    network.Wait(1);
                    int taken = connection.Send(octets, sent, octets.Length - sent);
                    Assert.IsGreaterThanOrEqualTo(0, taken);
                    sent += taken;
                }
            }

            Assert.IsTrue(octets.AsSpan().SequenceEqual(received));
            connection.Close();
            listener.Close();
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void FoundAndNotTaken_WaitRests(bool poll)
        {
            DesktopNetwork network = Network(poll);
            IListener listener = network.Listen("127.0.0.1", 0, 4);
            using Socket client = Connect(listener);
            IConnection connection = Accept(network, listener);
            using Socket waiting = Connect(listener);
            client.Send("x"u8);
            network.Wait(200);
            network.Wait(200);

            // By now both were found, and nobody has taken them: a loop that waits for something else must not spin.
            long start = Stopwatch.GetTimestamp();
            network.Wait(100);
            Assert.IsGreaterThanOrEqualTo(90, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Assert.AreEqual(1, connection.Receive(_buffer, 0, 10));
            Assert.IsNotNull(listener.Accept());
            connection.Close();
            listener.Close();
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void EndedAndResetConnections_WaitRests(bool poll)
        {
            DesktopNetwork network = Network(poll);
            IListener listener = network.Listen("127.0.0.1", 0, 4);
            using Socket ended = Connect(listener);
            IConnection first = Accept(network, listener);
            Socket reset = Connect(listener);
            IConnection second = Accept(network, listener);
            ended.Shutdown(SocketShutdown.Send);
            Assert.AreEqual(HalResult.EndOfInput, Receive(network, first));
            reset.LingerState = new LingerOption(true, 0);
            reset.Dispose();
            Assert.AreEqual(HalResult.Gone, Receive(network, second));
            long start = Stopwatch.GetTimestamp();
            network.Wait(100);
            Assert.IsGreaterThanOrEqualTo(90, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            first.Close();
            second.Close();
            listener.Close();
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void Waiting_ANewcomer_EndsTheRest(bool poll)
        {
            DesktopNetwork network = Network(poll);
            IListener listener = network.Listen("127.0.0.1", 0, 4);
            Socket? client = null;
            var thread = new Thread(() => client = Connect(listener));
            thread.Start();
            long start = Stopwatch.GetTimestamp();
            network.Wait(60_000);
            Assert.IsLessThan(60_000, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Assert.IsNotNull(listener.Accept());
            thread.Join();
            client!.Dispose();
            listener.Close();
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void Wake_BeforeOrDuringARest_EndsItAndNoOther(bool poll)
        {
            DesktopNetwork network = Network(poll);
            Assert.IsTrue(network.TryMakeWakeable());
            IListener listener = network.Listen("127.0.0.1", 0, 4);
            network.Wake();
            network.Wake();
            Assert.IsNull(listener.Accept());
            Thread.Sleep(1);
            Assert.IsNull(listener.Accept());
            Assert.IsLessThan(60_000, Rest(network, 60_000));
            Assert.IsGreaterThanOrEqualTo(40, Rest(network, 50));
            var thread = new Thread(() =>
            {
                Thread.Sleep(20);
                network.Wake();
            });
            thread.Start();
            Assert.IsLessThan(60_000, Rest(network, 60_000));
            thread.Join();
            Assert.IsGreaterThanOrEqualTo(40, Rest(network, 50));
            listener.Close();
        }

        private static double Rest(DesktopNetwork network, int milliseconds)
        {
            long start = Stopwatch.GetTimestamp();
            network.Wait(milliseconds);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        [TestMethod]
        [DataRow(true, 150)]
        [DataRow(false, 20)]
        public void ManyConnections_ReceiveSendAndWait_AllocateNothing(bool poll, int count)
        {
            DesktopNetwork network = Network(poll);
            IListener listener = network.Listen("127.0.0.1", 0, 200);
            var clients = new Socket[count];
            var connections = new IConnection[count];
            for (int index = 0; index < count; index++)
            {
                clients[index] = Connect(listener);
                connections[index] = Accept(network, listener);
            }

            int echoed = 0;
            long allocated = Allocation.Least(() =>
            {
                for (int index = 0; index < count; index += 7)
                {
                    clients[index].Send("x"u8);
                }

                network.Wait(1);
                listener.Accept();
                for (int index = 0; index < count; index++)
                {
                    if (connections[index].Receive(_buffer, 0, _buffer.Length) > 0)
                    {
                        echoed += connections[index].Send(_buffer, 0, 1);
                    }
                }
            });

            for (int index = 0; index < count; index++)
            {
                clients[index].Dispose();
                connections[index].Close();
            }

            listener.Close();
            Assert.AreEqual(0, allocated);
            Assert.IsGreaterThan(count, echoed);
        }

        [TestMethod]
        public void PortTaken_Listen_SaysSo()
        {
            DesktopNetwork network = new();
            IListener listener = network.Listen("127.0.0.1", 0, 4);
            Assert.IsNull(network.Listen("127.0.0.1", listener.Port, 4));
            Assert.AreEqual($"127.0.0.1:{listener.Port} is in use by another program", network.LastError);
            Assert.IsNull(network.Listen("mail.lan", 1, 4));
            Assert.AreEqual("mail.lan is not an IP address", network.LastError);
            Assert.IsNull(network.Listen("192.0.2.77", 0, 4));
            Assert.AreEqual("192.0.2.77 is not an address of this computer", network.LastError);
            listener.Close();
        }

        [TestMethod]
        public void ServerClosedFirst_ListenAgain_GetsThePort()
        {
            DesktopNetwork network = new();
            IListener listener = network.Listen("127.0.0.1", 0, 4);
            int port = listener.Port;
            using Socket client = Connect(listener);
            IConnection connection = Accept(network, listener);

            // We close first, so that the port's old connection lingers in TIME_WAIT: a restart must not be refused for it.
            connection.Close();
            Assert.AreEqual(0, client.Receive(_buffer));
            client.Dispose();
            listener.Close();
            IListener again = network.Listen("127.0.0.1", port, 4);
            Assert.IsNotNull(again, network.LastError);
            again.Close();
        }

        [TestMethod]
        public void Ipv6_AddressIsShownWithoutScope()
        {
            if (!Socket.OSSupportsIPv6)
            {
                Assert.Inconclusive("no IPv6 here");
            }

            DesktopNetwork network = new();
            IListener listener = network.Listen("::1", 0, 4);
            Assert.IsNotNull(listener, network.LastError);
            using var client = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            client.Connect(IPAddress.IPv6Loopback, listener.Port);
            IConnection connection = Accept(network, listener);
            Assert.AreEqual("IPv6:::1", Encoding.ASCII.GetString(connection.RemoteAddress));
            connection.Close();
            listener.Close();
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void Listener_ManyNewcomersAtOnce_NoneIsLost(bool poll)
        {
            const int Newcomers = 200;
            DesktopNetwork network = Network(poll);
            IListener listener = network.Listen("127.0.0.1", 0, 4);
            Socket[] clients = Enumerable.Range(0, Newcomers).Select(_ => Connect(listener)).ToArray();
            for (int at = 0; at < Newcomers; at++)
            {
                IConnection connection = Accept(network, listener);
                connection.Send([(byte)'2'], 0, 1);
                connection.Close();
            }

            foreach (Socket client in clients)
            {
                Assert.AreEqual(1, client.Receive(_buffer));
                client.Dispose();
            }

            listener.Close();
        }
    }
}

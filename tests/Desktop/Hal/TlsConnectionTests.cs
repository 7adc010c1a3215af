using System;
using System.IO;
using System.Linq;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Threading.Tasks;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>TLS on real sockets, with the platform's own client at the other end.</summary>
    [TestClass]
    public sealed class TlsConnectionTests
    {
        private readonly byte[] _buffer = new byte[64 * 1024];

        [TestMethod]
        [DataRow(SslProtocols.Tls12)]
        [DataRow(SslProtocols.Tls13)]
        public void Handshake_EitherVersion_CarriesOctetsBothWays(SslProtocols version)
        {
            using TlsRig rig = new TlsRig().StartTls().Handshake(version);
            Assert.IsFalse(rig.Plain.IsTls);
            Assert.IsTrue(rig.Server.IsTls);
            Assert.AreEqual(version, rig.Client!.SslProtocol);
            Assert.AreEqual("127.0.0.1", Encoding.ASCII.GetString(rig.Server.RemoteAddress));
            Assert.AreEqual("127.0.0.1", Encoding.ASCII.GetString(rig.Server.LocalAddress));

            rig.Client.Write("EHLO ups\r\n"u8);
            Assert.AreEqual("EHLO ups\r\n", Encoding.ASCII.GetString(rig.Receive(10)));
            rig.Send("250 mail.lan\r\n");
            rig.Client.ReadExactly(_buffer, 0, 14);
            Assert.AreEqual("250 mail.lan\r\n", Encoding.ASCII.GetString(_buffer, 0, 14));
            Assert.IsEmpty(rig.Log.Lines);
        }

        [TestMethod]
        public async Task Handshake_VersionBelow12_IsRefusedAndToldInTheLog()
        {
            using TlsRig rig = new TlsRig().StartTls();

            // A hello as a client of TLS 1.0 sends it: the platform's own no longer does.
            rig.Socket.Send(OldHello(0x01));
            Assert.AreEqual(HalResult.Gone, rig.ReceiveEnd());
            int taken = await rig.Socket.ReceiveAsync(_buffer.AsMemory()).ConfigureAwait(false);

            // A fatal alert of protocol_version (RFC 8446 section 6.2).
            Assert.IsGreaterThanOrEqualTo(7, taken);
            Assert.AreEqual((0x15, 2, 70), (_buffer[0], _buffer[5], _buffer[6])); // [98]
            Assert.HasCount(1, rig.Log.Lines);
            StringAssert.StartsWith(rig.Log.Lines[0], "warning: tls: no handshake with 127.0.0.1, ", StringComparison.Ordinal);
        }

        // Devices of before 2014 have these, and nothing better.
        [TestMethod]
        [DataRow(TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)]
        [DataRow(TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA256)]
        [DataRow(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA)]
        public void Handshake_OldCipherSuite_IsTakenInLegacyModeOnly(TlsCipherSuite suite)
        {
            if (!OperatingSystem.IsLinux())
            {
                Assert.Inconclusive("the system chooses the cipher suites");
                return;
            }

            var suites = new CipherSuitesPolicy([suite]);
            using TlsRig legacy = new TlsRig(isLegacy: true) { Suites = suites }.StartTls().Handshake(SslProtocols.Tls12);
            Assert.AreEqual(suite, legacy.Client!.NegotiatedCipherSuite);
            using TlsRig modern = new TlsRig { Suites = suites }.StartTls();
            Task client = modern.BeginHandshake(SslProtocols.Tls12);
            Assert.AreEqual(HalResult.Gone, modern.ReceiveEnd());
            Assert.ThrowsExactly<AuthenticationException>(() => client.GetAwaiter().GetResult());
        }

        [TestMethod]
        public void Handshake_ClientSaysNothing_WaitsWithoutTakingAnything()
        {
            using TlsRig rig = new TlsRig().StartTls();
            for (int turn = 0; turn < 10; turn++)
            {
                Assert.AreEqual(0, rig.Server.Receive(_buffer, 0, 10));
                Assert.AreEqual(0, rig.Server.Send(_buffer, 0, 10));
            }

            rig.Handshake();
            rig.Client!.Write("x"u8);
            Assert.HasCount(1, rig.Receive(1));
        }

        [TestMethod]
        public void Handshake_SendIsAskedOnly_AdvancesToo()
        {
            using TlsRig rig = new TlsRig().StartTls();
            Task client = rig.BeginHandshake();
            byte[] greeting = "220 mail.lan\r\n"u8.ToArray();
            int sent = 0;
            rig.Until(() => sent > 0, () => sent = rig.Server.Send(greeting, 0, greeting.Length));
            Assert.AreEqual(greeting.Length, sent);
            client.GetAwaiter().GetResult();
            rig.Client!.ReadExactly(_buffer, 0, greeting.Length);
        }

        [TestMethod]
        [DataRow("EHLO ups\r\n")]
        [DataRow("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")]
        [DataRow("\x16\x03\x01\x00\x05garba")]
        [DataRow("\x16garbage in place of a hello, and more of it than a header has")]
        public void Handshake_GarbageInPlaceOfAHello_Fails(string octets)
        {
            using TlsRig rig = new TlsRig().StartTls();
            rig.Socket.Send(Encoding.Latin1.GetBytes(octets));
            rig.Socket.Shutdown(SocketShutdown.Send);
            Assert.AreEqual(HalResult.Gone, rig.ReceiveEnd());
            Assert.AreEqual(HalResult.Gone, rig.Server.Receive(_buffer, 0, 1));
            Assert.AreEqual(HalResult.Gone, rig.Server.Send(_buffer, 0, 1));
            Assert.HasCount(1, rig.Log.Lines);
            Assert.IsTrue(rig.Log.Lines[0].All(letter => letter is >= ' ' and <= '~'), rig.Log.Lines[0]);
        }

        [TestMethod]
        public void Handshake_ManyFailWithinASecond_AreOneLine()
        {
            ListLog log = new();
            var tls = new MailAppliance.Hal.Desktop.DesktopTls(TlsRig.Certificate, null, false, log);
            for (int count = 0; count < 100; count++)
            {
                tls.TellFailure("192.0.2.1", "what came is no TLS");
            }

            Assert.HasCount(1, log.Lines);
        }

        [TestMethod]
        [DataRow(SslProtocols.Tls12)]
        [DataRow(SslProtocols.Tls13)]
        public void Handshake_OctetByOctet_IsDone(SslProtocols version)
        {
            using TlsRig rig = new TlsRig { SlowStream = true }.StartTls().Handshake(version);
            rig.Client!.Write("NOOP\r\n"u8);
            Assert.AreEqual("NOOP\r\n", Encoding.ASCII.GetString(rig.Receive(6)));
        }

        // Behind some octet of what a client says in the handshake, his hello or what answers ours, he is gone.
        [TestMethod]
        [DataRow(SslProtocols.Tls12)]
        [DataRow(SslProtocols.Tls13)]
        public void Handshake_ClientVanishesInIt_IsGone(SslProtocols version)
        {
            for (int octets = 0; ; octets += octets < 7 ? 1 : 23)
            {
                using TlsRig rig = new TlsRig { SlowStream = true, OctetsMax = octets }.StartTls();
                Task client = rig.BeginHandshake(version);
                rig.Until(() => client.IsCompleted, () => rig.Server.Receive(_buffer, 0, 1));
                if (client.IsCompletedSuccessfully)
                {
                    Assert.IsGreaterThan(200, octets);
                    return;
                }

                Assert.IsNotNull(client.Exception);
                Assert.AreEqual(HalResult.Gone, rig.ReceiveEnd(), $"{octets}");

                // Who has said nothing is no event.
                Assert.HasCount(octets == 0 ? 0 : 1, rig.Log.Lines, $"{octets}");
            }
        }

        [TestMethod]
        [DataRow(SslProtocols.Tls12)]
        [DataRow(SslProtocols.Tls13)]
        public void Octets_ManyBothWays_AreTheSame(SslProtocols version)
        {
            using TlsRig rig = new TlsRig().StartTls().Handshake(version);
            byte[] octets = new byte[5_000_000];
            new Random(7).NextBytes(octets);
            Task sending = Task.Run(() => rig.Client!.Write(octets));
            CollectionAssert.AreEqual(octets, rig.Receive(octets.Length, 3000));
            sending.GetAwaiter().GetResult();

            byte[] received = new byte[octets.Length];
            Task receiving = Task.Run(() => rig.Client!.ReadExactly(received));
            rig.Send(octets);
            receiving.GetAwaiter().GetResult();
            CollectionAssert.AreEqual(octets, received);
        }

        [TestMethod]
        public void Send_PeerDoesNotRead_TakesABoundedNumberAndTheLastOctetOnlyWithTheRest()
        {
            using TlsRig rig = new TlsRig().StartTls().Handshake();
            byte[] octets = new byte[64 * 1024 * 1024];
            new Random(8).NextBytes(octets);
            int at = 0;
            int sent;
            do
            {
                sent = rig.Server.Send(octets, at, octets.Length - at);
                at += sent;
            }
            while (sent > 0);

            // The network is full in the midst of a record: all of it is encrypted, and its last octet is still the caller's.
            Assert.IsLessThan(octets.Length, at);
            Assert.AreEqual(16383, at % 16384);
            Assert.AreEqual(0, rig.Server.Send(octets, at, octets.Length - at));
            byte[] received = new byte[at + 1];
            Task receiving = Task.Run(() => rig.Client!.ReadExactly(received));

            // That octet is offered, and no more: once it is taken all is under way, and a close loses none of it.
            rig.Until(() => sent == 1, () => sent = rig.Server.Send(octets, at, 1));
            rig.Server.Close();
            receiving.GetAwaiter().GetResult();
            CollectionAssert.AreEqual(octets[..(at + 1)], received);
        }

        [TestMethod]
        [DataRow(SslProtocols.Tls12)]
        [DataRow(SslProtocols.Tls13)]
        public void CloseNotify_OfTheClient_IsTheEndOfInputAndAnswersStillGoOut(SslProtocols version)
        {
            using TlsRig rig = new TlsRig().StartTls().Handshake(version);
            rig.Client!.Write("QUIT\r\n"u8);
            rig.Client.ShutdownAsync().GetAwaiter().GetResult();
            Assert.AreEqual("QUIT\r\n", Encoding.ASCII.GetString(rig.Receive(6)));
            Assert.AreEqual(HalResult.EndOfInput, rig.ReceiveEnd());
            Assert.AreEqual(HalResult.EndOfInput, rig.Server.Receive(_buffer, 0, 1));
            rig.Send("221 bye\r\n");
            rig.Client.ReadExactly(_buffer, 0, 9);
        }

        [TestMethod]
        public void HalfClose_WithoutCloseNotify_IsTheEndOfInput()
        {
            using TlsRig rig = new TlsRig().StartTls().Handshake();
            rig.Client!.Write("QUIT\r\n"u8);
            rig.Socket.Shutdown(SocketShutdown.Send);
            Assert.HasCount(6, rig.Receive(6));
            Assert.AreEqual(HalResult.EndOfInput, rig.ReceiveEnd());
            rig.Send("221 bye\r\n");
            rig.Client.ReadExactly(_buffer, 0, 9);
        }

        [TestMethod]
        public void HalfClose_WithinARecord_IsGone()
        {
            using TlsRig rig = new TlsRig().StartTls().Handshake();
            rig.Socket.Send([0x17, 0x03, 0x03, 0x01, 0x00, 1, 2, 3]);
            rig.Socket.Shutdown(SocketShutdown.Send);
            Assert.AreEqual(HalResult.Gone, rig.ReceiveEnd());
        }

        [TestMethod]
        public void Record_ThatIsForged_IsGone()
        {
            using TlsRig rig = new TlsRig().StartTls().Handshake();
            rig.Socket.Send([0x17, 0x03, 0x03, 0x00, 0x18, .. new byte[24]]);
            Assert.AreEqual(HalResult.Gone, rig.ReceiveEnd());
            Assert.AreEqual(HalResult.Gone, rig.Server.Send(_buffer, 0, 1));
        }

        [TestMethod]
        [DataRow(SslProtocols.Tls12)]
        [DataRow(SslProtocols.Tls13)]
        public void EndSend_AfterTheLastWords_IsACloseNotifyAndInputIsReadAway(SslProtocols version)
        {
            using TlsRig rig = new TlsRig().StartTls().Handshake(version);
            rig.Send("221 bye\r\n");
            Assert.IsTrue(rig.Server.EndSend());
            Assert.IsTrue(rig.Server.EndSend());
            rig.Client!.Write("NOOP\r\n"u8);
            Assert.IsGreaterThan(0, rig.Receive(1).Length);
            rig.Client.ReadExactly(_buffer, 0, 9);

            // An end without close_notify would be an exception here, or an end that a stranger could have made.
            Assert.AreEqual(0, rig.Client.Read(_buffer, 0, 1));
            rig.Server.Close();
            rig.Server.Close();
            Assert.AreEqual(HalResult.Gone, rig.Server.Receive(_buffer, 0, 1));
        }

        [TestMethod]
        public void Close_InAnyState_IsQuiet()
        {
            using (TlsRig untouched = new TlsRig().StartTls())
            {
                untouched.Server.Close();
            }

            using (TlsRig begun = new TlsRig().StartTls())
            {
                begun.Socket.Send([0x16, 3, 1, 1, 0, 1, 0, 0, 252, 3, 3, .. new byte[40]]);
                begun.Until(() => begun.Network.Tls!.Scratch[0] == 0x16, () => begun.Server.Receive(_buffer, 0, 1));
                begun.Server.Close();
            }

            using TlsRig rig = new TlsRig().StartTls().Handshake();
            Assert.AreEqual(0, rig.Server.Receive(_buffer, 0, 1));
            rig.Server.Close();
            Assert.ThrowsExactly<IOException>(() => { while (rig.Client!.Read(_buffer) >= 0) { rig.Client.Write("x"u8); } });
        }

        // The octets of RFC 2246 section 7.4.1.2, with two cipher suites.
        private static byte[] OldHello(byte minor)
        {
            return [0x16, 3, 1, 0, 47, 1, 0, 0, 43, 3, minor, .. new byte[32], 0, 0, 4, 0, 0x2f, 0, 0x35, 1, 0];
        }
    }
}

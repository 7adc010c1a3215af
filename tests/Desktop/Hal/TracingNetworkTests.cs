using System;
using System.IO;
using System.Text;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    [TestClass]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Disposed in Cleanup")]
    public sealed class TracingNetworkTests
    {
        private readonly MemoryNetwork _network = new();
        private readonly StringWriter _trace = new() { NewLine = "\n" };
        private readonly byte[] _buffer = new byte[4096];
        private IConnection _server = null!;
        private MemoryClient _client = null!;

        [TestCleanup]
        public void Cleanup()
        {
            _trace.Dispose();
        }

        [TestInitialize]
        public void Initialize()
        {
            IListener listener = new TracingNetwork(_network, _trace).Listen("0.0.0.0", 110, 4);
            Assert.IsNull(listener.Accept());
            _client = _network.Connect(110);
            _server = listener.Accept();
        }

        private string ClientSends(string text)
        {
            _client.Send(text);
            int taken = _server.Receive(_buffer, 0, _buffer.Length);
            Assert.AreEqual(text, Encoding.Latin1.GetString(_buffer, 0, taken));
            return Lines();
        }

        private string ServerSends(string text)
        {
            byte[] octets = Encoding.Latin1.GetBytes(text);
            Assert.AreEqual(octets.Length, _server.Send(octets, 0, octets.Length));
            return Lines();
        }

        /// <summary>The lines since the last call, without their times.</summary>
        private string Lines()
        {
            string[] lines = _trace.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            _trace.GetStringBuilder().Clear();
            for (int index = 0; index < lines.Length; index++)
            {
                lines[index] = lines[index].Substring("00:00:00.000 ".Length);
            }

            return string.Join('|', lines);
        }

        [TestMethod]
        public void Connection_IsToldFromBeginToEnd()
        {
            Assert.AreEqual("110#1 -- connected from 192.168.2.7", Lines());
            Assert.AreEqual("110#1 -> USER alice", ClientSends("USER alice\r\n"));
            Assert.AreEqual("110#1 <- +OK", ServerSends("+OK\r\n"));
            Assert.AreEqual(string.Empty, ClientSends("NO"));
            Assert.AreEqual("110#1 -> NOOP|110#1 -> a\\x00\\xE9\\\\\\rb\\n", ClientSends("OP\r\na\0\xE9\\\rb\n"));
            _client.EndSend();
            Assert.AreEqual(HalResult.EndOfInput, _server.Receive(_buffer, 0, 1));
            Assert.AreEqual("110#1 -- the client's side ends", Lines());
            ServerSends("half");
            _server.Close();
            _server.Close();
            Assert.AreEqual("110#1 <- half|110#1 -- closed", Lines());
            Assert.IsTrue(_client.IsClosed);
        }

        [TestMethod]
        public void Passwords_AreMasked()
        {
            Lines();
            Assert.AreEqual("110#1 -> PASS ****", ClientSends("PASS secret alice\r\n"));
            Assert.AreEqual("110#1 -> pass ****", ClientSends("pass secret\n").Replace("\\n", string.Empty, StringComparison.Ordinal));
            Assert.AreEqual("110#1 -> PASS ****", ClientSends("PASS\tsecret\r\n"));
            Assert.AreEqual("110#1 -> PASSWORD", ClientSends("PASSWORD\r\n"));
            Assert.AreEqual("110#1 -> AUTH ****", ClientSends("AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n"));
            Assert.AreEqual("110#1 <- 334 VXNlcm5hbWU6", ServerSends("334 VXNlcm5hbWU6\r\n"));
            Assert.AreEqual("110#1 -> ****", ClientSends("YWxpY2U=\r\n"));
            Assert.AreEqual("110#1 <- 235 2.7.0 ok", ServerSends("235 2.7.0 ok\r\n"));
            Assert.AreEqual("110#1 -> NOOP", ClientSends("NOOP\r\n"));
            Assert.AreEqual("110#1 -> APOP ****", ClientSends("APOP alice c4c9334bac560ecc979e58001b3e22fb\r\n"));
        }

        [TestMethod]
        public void Passwords_BehindAReplyToAnEarlierCommand_AreMasked()
        {
            Lines();
            Assert.AreEqual("110#1 -> NOOP|110#1 -> AUTH ****", ClientSends("NOOP\r\nAUTH LOGIN\r\n"));
            Assert.AreEqual("110#1 <- 250 2.0.0 OK|110#1 <- 334 VXNlcm5hbWU6", ServerSends("250 2.0.0 OK\r\n334 VXNlcm5hbWU6\r\n"));
            Assert.AreEqual("110#1 -> ****", ClientSends("YWxpY2U=\r\n"));
            Assert.AreEqual("110#1 <- 334 UGFzc3dvcmQ6", ServerSends("334 UGFzc3dvcmQ6\r\n"));
            Assert.AreEqual("110#1 -> ****", ClientSends("c2VjcmV0\r\n"));
            Assert.AreEqual("110#1 <- 535 5.7.8 no", ServerSends("535 5.7.8 no\r\n"));
            Assert.AreEqual("110#1 -> AUTH ****", ClientSends("AUTH PLAIN\r\n"));
            Assert.AreEqual("110#1 <- + ", ServerSends("+ \r\n"));
            Assert.AreEqual("110#1 -> ****", ClientSends("AGFsaWNlAHNlY3JldA==\r\n"));
        }

        [TestMethod]
        public void Tls_Begins_IsToldAndNothingBeforeGoesOnInIt()
        {
            Lines();
            ClientSends("STLS\r\nUSER ev");
            IConnection secure = _server.StartTls();
            Assert.AreEqual("110#1 -> USER ev|110#1 -- TLS begins; what follows is shown as it is within", Lines());
            Assert.IsTrue(secure.IsTls);
            _server = secure;
            _client.StartTls();
            Assert.AreEqual("110#1 -> PASS ****", ClientSends("PASS secret\r\n"));
            _server.EndSend();
            Lines();

            // Behind the end of TLS there is nothing that could be read.
            ClientSendsBehindTheEnd();
            Assert.AreEqual(string.Empty, Lines());
        }

        private void ClientSendsBehindTheEnd()
        {
            _client.Send("\x17\x03\x03");
            Assert.AreEqual(3, _server.Receive(_buffer, 0, _buffer.Length));
        }

        [TestMethod]
        public void EndlessLine_IsCutAndTheWireIsWhole()
        {
            Lines();
            string text = new('x', 4000);
            Assert.AreEqual(string.Empty, ClientSends(text));
            Assert.AreEqual(1000 + "110#1 -> \\n".Length, ClientSends("\n").Length);
        }
    }
}

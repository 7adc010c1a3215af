using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tools.NanoSurface.Tests
{
    /// <summary>The board's own libraries, used as their types allow.</summary>
    [TestClass]
    public sealed class AcceptedLibraryTests
    {
        [TestMethod]
        public void ArraysCollectionsAndStrings_Pass() => Sample.Accepts("""
            using System;
            using System.Collections;
            using System.Text;

            public static class C
            {
                private static readonly string[] s_names = { "a", "b" };
                private static readonly byte[] s_reply = { 50, 50, 48, 32, 13, 10 };

                public static int Go(byte[] buffer, string text)
                {
                    ArrayList list = new ArrayList { 1, "two" };
                    Hashtable table = new Hashtable();
                    table["a"] = list;
                    int sum = 0;
                    foreach (object item in list)
                    {
                        sum += item is int number ? number : 0;
                    }

                    foreach (char character in text)
                    {
                        sum += character;
                    }

                    foreach (string name in s_names)
                    {
                        sum += name.Length;
                    }

                    Array.Copy(s_reply, 0, buffer, 0, s_reply.Length);
                    Array.Clear(buffer, 0, buffer.Length);
                    sum += Array.IndexOf(buffer, (object)(byte)13, 0, buffer.Length);
                    byte[] octets = Encoding.UTF8.GetBytes(text);
                    StringBuilder builder = new StringBuilder();
                    builder.Append(sum).Append(' ').Append(text);
                    return octets.Length + builder.ToString().Length + (text == "x" ? 1 : 0) + text.IndexOf('c');
                }
            }
            """);

        [TestMethod]
        public void DerivingFromTheBoardsTypes_Passes() => Sample.Accepts("""
            using System;
            using System.Collections;
            using System.IO;
            using System.Net.NetworkInformation;

            public sealed class Sink : Stream
            {
                private long _length;

                public override bool CanRead => false;

                public override bool CanSeek => false;

                public override bool CanWrite => true;

                public override long Length => _length;

                public override long Position { get; set; }

                public override void Flush()
                {
                }

                public override int Read(byte[] buffer, int offset, int count) => 0;

                public override int Read(SpanByte buffer) => buffer.Length - buffer.Length;

                public override long Seek(long offset, SeekOrigin origin) => offset;

                public override void SetLength(long value) => _length = value;

                public override void Write(byte[] buffer, int offset, int count) => _length += count;

                protected override void Dispose(bool disposing)
                {
                    base.Dispose(disposing);
                }
            }

            public class CardException : IOException
            {
                public CardException(string message)
                    : base(message)
                {
                }

                public override string Message => "card: " + base.Message;
            }

            [AttributeUsage(AttributeTargets.Class)]
            public sealed class MarkAttribute : Attribute
            {
            }

            [Mark]
            public sealed class Numbers : IEnumerable, IEnumerator, IComparer, ICloneable
            {
                public object Current => 1;

                public IEnumerator GetEnumerator() => this;

                public bool MoveNext() => false;

                public void Reset()
                {
                }

                public int Compare(object one, object other) => (int)one - (int)other;

                public object Clone() => MemberwiseClone();

                public override bool Equals(object other) => other is Numbers;

                public override int GetHashCode() => 1;

                public void Watch()
                {
                    NetworkChange.NetworkAvailabilityChanged += OnChange;
                    NetworkChange.NetworkAvailabilityChanged -= OnChange;
                    foreach (object number in this)
                    {
                        _ = number;
                    }
                }

                private void OnChange(object sender, NetworkAvailabilityEventArgs args)
                {
                }
            }
            """);

        [TestMethod]
        public void TheBoardsOwnLibraries_Pass() => Sample.Accepts("""
            using System;
            using System.IO;
            using System.IO.Hashing;
            using System.Net;
            using System.Net.NetworkInformation;
            using System.Net.Security;
            using System.Net.Sockets;
            using System.Threading;
            using nanoFramework.Networking;
            using nanoFramework.Runtime.Native;

            public static class C
            {
                public static int Serve(byte[] buffer)
                {
                    Socket listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                    listener.Bind(new IPEndPoint(IPAddress.Any, 25));
                    listener.Listen(2);
                    if (!listener.Poll(0, SelectMode.SelectRead))
                    {
                        return 0;
                    }

                    try
                    {
                        using Socket peer = listener.Accept();
                        peer.SendTimeout = 1000;
                        return peer.Receive(buffer, 0, buffer.Length, SocketFlags.None);
                    }
                    catch (SocketException exception)
                    {
                        return exception.ErrorCode;
                    }
                    catch (ObjectDisposedException)
                    {
                        return -1;
                    }
                }

                public static uint Checksum(byte[] buffer, int start, int length)
                {
                    return Crc32.HashToUInt32(new SpanByte(buffer, start, length));
                }

                public static void Card(byte[] block)
                {
                    using FileStream ring = new FileStream("D:\\MAIL.RNG", FileMode.Open, FileAccess.ReadWrite);
                    ring.Seek(512, SeekOrigin.Begin);
                    ring.Write(block, 0, block.Length);
                    ring.Flush();
                    new SslStream((Socket)null).SslVerification = SslVerification.NoVerification;
                }

                public static void Start()
                {
                    CancellationTokenSource source = new CancellationTokenSource(10000);
                    if (!NetworkHelper.SetupAndConnectNetwork(source.Token, true) || DateTime.UtcNow.Year < 2021)
                    {
                        Power.RebootDevice();
                    }

                    new Thread(() => Thread.Sleep(Timeout.Infinite)).Start();
                }
            }
            """);
    }
}

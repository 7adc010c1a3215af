using System;
using MailAppliance.Hal.Desktop;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>The search by vectors against one octet by octet.</summary>
    [TestClass]
    public sealed class VectorLineSearchTests
    {
        private const string Alphabet = "\r\n.a";

        private readonly VectorLineSearch _search = new();

        private static int Expected(byte[] buffer, int start, int end)
        {
            for (int at = start; at < end; at++)
            {
                if (buffer[at] == '\n' && (buffer[at - 1] != '\r' || buffer[at + 1] == '.'))
                {
                    return at;
                }
            }

            return end;
        }

        private void Check(byte[] buffer, int start, int end, string name)
        {
            // Two million times: words are made only where they are needed.
            int found = _search.SkipPlainLines(buffer, start, end);
            if (found != Expected(buffer, start, end))
            {
                Assert.Fail($"{name}: {start} to {end}, expected {Expected(buffer, start, end)}, but was {found}");
            }
        }

        [TestMethod]
        public void SkipPlainLines_EveryTripleAtEveryPlaceOfEveryRange_IsFoundWhereItIsOdd()
        {
            byte[] buffer = new byte[150];
            for (int triple = 0; triple < 64; triple++)
            {
                for (int place = 0; place <= buffer.Length - 3; place++)
                {
                    Array.Fill(buffer, (byte)'x');
                    buffer[place] = (byte)Alphabet[triple & 3];
                    buffer[place + 1] = (byte)Alphabet[(triple >> 2) & 3];
                    buffer[place + 2] = (byte)Alphabet[triple >> 4];
                    for (int end = 1; end < buffer.Length; end++)
                    {
                        int start = 1 + (end % 7) < end ? 1 + (end % 7) : end;
                        Check(buffer, start, end, $"triple {triple} at {place}");
                    }
                }
            }
        }

        [TestMethod]
        public void SkipPlainLines_RandomOctets_IsWhatTheLoopFinds()
        {
            Random random = new(7);
            for (int round = 0; round < 20_000; round++)
            {
                byte[] buffer = new byte[2 + random.Next(300)];
                for (int at = 0; at < buffer.Length; at++)
                {
                    buffer[at] = random.Next(40) == 0 ? (byte)Alphabet[random.Next(4)] : (byte)random.Next(256);
                }

                int end = 1 + random.Next(buffer.Length - 1);
                int start = 1 + random.Next(end);
                Check(buffer, start, end, $"round {round}");
            }
        }

        [TestMethod]
        [DataRow(0, 5)]
        [DataRow(6, 5)]
        [DataRow(1, 10)]
        public void SkipPlainLines_NoOctetAround_IsRefused(int start, int end)
        {
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _search.SkipPlainLines(new byte[10], start, end));
        }
    }
}

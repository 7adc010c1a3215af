using System;
using System.Collections.Generic;
using System.Text;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using MailAppliance.Smtp;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>The scanner of mail data against a model that works on whole strings.</summary>
    [TestClass]
    public sealed class SmtpDataModelTests
    {
        private const string End = "\r\n.\r\n";

        private static readonly VectorLineSearch s_search = new();

        /// <summary>What a mail is, after RFC 5321 section 4.5.2: everything before the first CRLF.CRLF, without transparency; then device
        /// mode's line ends.</summary>
        private static string ContentOf(string data, out int octetsUsed)
        {
            string behindDataCommand = "\r\n" + data;
            int end = behindDataCommand.IndexOf(End, StringComparison.Ordinal);
            octetsUsed = end + End.Length - 2;
            string content = behindDataCommand.Substring(0, end + 2).Replace("\r\n.", "\r\n", StringComparison.Ordinal)[2..];
            StringBuilder normalised = new();
            for (int index = 0; index < content.Length; index++)
            {
                bool bare = content[index] == '\n' && (index == 0 || content[index - 1] != '\r');
                normalised.Append(bare ? "\r\n" : content[index]);
            }

            return normalised.ToString();
        }

        private static string Unstuffed(string wire)
        {
            string text = "\r\n" + wire[..^3];
            return text.Replace("\r\n.", "\r\n", StringComparison.Ordinal)[2..];
        }

        /// <summary>Runs the scanner over data that arrives in segments, as the reader does.</summary>
        private static string Run(
            string data, Func<int, int> segmentEnd, bool strict, ILineSearch? search, out int used, out MailDataScanner scanner)
        {
            scanner = new MailDataScanner(strict) { Search = search };
            byte[] buffer = new byte[data.Length + 1];
            Encoding.Latin1.GetBytes(data, 0, data.Length, buffer, 1);
            StringBuilder wire = new();
            int at = 1;
            int end = 1;
            while (true)
            {
                // The scanner overwrites the octet before its range, so it gets what is left at a place of its own.
                byte[] copy = new byte[end - at + 1];
                copy[0] = (byte)'\r';
                Array.Copy(buffer, at, copy, 1, end - at);
                int cut = scanner.Scan(copy, 1, copy.Length);
                wire.Append(Encoding.Latin1.GetString(copy, 1, cut - 1));
                at += cut - 1;
                if (scanner.Result == ScanResult.End)
                {
                    used = at - 1;
                    return wire.ToString();
                }

                if (scanner.Result == ScanResult.Edit)
                {
                    wire.Append(Encoding.Latin1.GetString(scanner.Insertion));
                    at += scanner.SkipCount;
                }
                else if (end - 1 == data.Length)
                {
                    used = -1;
                    return wire.ToString();
                }
                else
                {
                    end = segmentEnd(end - 1) + 1;
                }
            }
        }

        private static void Check(string data, Func<int, int> segmentEnd, string how)
        {
            Check(data, segmentEnd, null, how);
            Check(data, segmentEnd, s_search, how + ", lines passed over");
        }

        private static void Check(string data, Func<int, int> segmentEnd, ILineSearch? search, string how)
        {
            string name = Show(data) + " " + how;
            string content = ContentOf(data, out int octetsUsed);
            string wire = Run(data, segmentEnd, false, search, out int used, out MailDataScanner scanner);
            Assert.AreEqual(octetsUsed, used, name);
            Assert.AreEqual(wire.Length + 2 - End.Length, ("\r\n" + wire).IndexOf(End, StringComparison.Ordinal), name); // [27]
            Assert.AreEqual(content, Unstuffed(wire), name); // [28] [29] [30]
            Assert.AreEqual(("\r\n" + content).Replace("\r\n.", "\r\n..", StringComparison.Ordinal)[2..] + ".\r\n", wire, name);
            Assert.AreEqual(wire.Length - content.Length - 3, scanner.StuffedDots, name);

            bool hasBareLf = content.Length != ContentLengthAsSent(data);
            string strictWire = Run(data, segmentEnd, true, search, out int strictUsed, out MailDataScanner strictScanner);
            Assert.AreEqual(octetsUsed, strictUsed, name); // [27]
            Assert.AreEqual(hasBareLf, strictScanner.HasBareLf, name);
            if (!hasBareLf)
            {
                Assert.AreEqual(wire, strictWire, name);
                Assert.AreEqual(scanner.StuffedDots, strictScanner.StuffedDots, name);
            }
        }

        private static int ContentLengthAsSent(string data)
        {
            string behindDataCommand = "\r\n" + data;
            int end = behindDataCommand.IndexOf(End, StringComparison.Ordinal);
            return behindDataCommand.Substring(0, end + 2).Replace("\r\n.", "\r\n", StringComparison.Ordinal).Length - 2;
        }

        private static string Show(string data)
        {
            return data.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        }

        private static IEnumerable<string> Strings(int length)
        {
            const string Alphabet = "\r\n.a";
            int count = 1 << (2 * length);
            char[] text = new char[length];
            for (int code = 0; code < count; code++)
            {
                for (int index = 0; index < length; index++)
                {
                    text[index] = Alphabet[(code >> (2 * index)) & 3];
                }

                yield return new string(text);
            }
        }

        [TestMethod]
        public void Scan_EveryShortString_IsWhatTheModelSays()
        {
            for (int length = 0; length <= 7; length++)
            {
                foreach (string text in Strings(length))
                {
                    Check(text + End, at => text.Length + End.Length, "whole");
                    Check(text + End, at => at + 1, "octet by octet");
                }
            }
        }

        [TestMethod]
        public void Scan_EveryShortStringCutAtEveryPoint_IsWhatTheModelSays()
        {
            for (int length = 0; length <= 6; length++)
            {
                foreach (string text in Strings(length))
                {
                    string data = "a" + text + End + ".\r\n\n.";
                    for (int cut = 1; cut < data.Length; cut++)
                    {
                        int first = cut;
                        Check(data, at => at < first ? first : data.Length, "cut at " + cut);
                    }
                }
            }
        }

        [TestMethod]
        public void Scan_LongRandomData_IsWhatTheModelSays()
        {
            for (int seed = 0; seed < 300; seed++)
            {
                Random random = new(seed);
                StringBuilder text = new();
                int count = random.Next(400);
                for (int index = 0; index < count; index++)
                {
                    int kind = random.Next(12);
                    text.Append(kind switch
                    {
                        0 or 1 or 2 => "\r\n",
                        3 => "\n",
                        4 => "\r",
                        5 => ".",
                        6 => "\0",
                        7 => ((char)random.Next(256)).ToString(),
                        _ => new string('x', random.Next(90)),
                    });
                }

                int segmentOctetsMax = 1 + random.Next(seed % 2 == 0 ? 60 : 2000);
                string data = text + End + "QUIT\r\n";
                Check(data, at => Math.Min(data.Length, at + 1 + random.Next(segmentOctetsMax)), "seed " + seed);
            }
        }

        [TestMethod]
        public void Scan_NoEnd_IsNeverFound()
        {
            string[] falseEnds =
            [
                "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\r\n.\r", "\r\n\0.\r\n", "\r\n.\0\r\n",
                "\r\n.\r\r\n", "\r\n..\r\n", "\r\n. \r\n",
            ];
            foreach (string falseEnd in falseEnds)
            {
                foreach (bool strict in new[] { false, true })
                {
                    string data = "text" + falseEnd + "more";
                    foreach (ILineSearch? search in new[] { null, s_search })
                    {
                        Run(data, at => at + 1, strict, search, out int used, out _);
                        Assert.AreEqual(-1, used, Show(falseEnd)); // [27]
                        Run(data, at => data.Length, strict, search, out used, out _);
                        Assert.AreEqual(-1, used, Show(falseEnd)); // [27]
                    }
                }
            }
        }
    }
}

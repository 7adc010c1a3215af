using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using MailAppliance.Pop3;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>The scanner against a model, for every message of up to six lines out of five kinds.</summary>
    [TestClass]
    public class Pop3TopScannerTests
    {
        private static readonly string[] s_kinds = ["A: b", "", "..", "x", "\r"];

        [TestMethod]
        public void Scan_EveryMessageOfUpToSixLines_CutsWhereTheModelDoes()
        {
            TopScanner scanner = new();
            foreach (string[] lines in Messages(6))
            {
                byte[] wire = Encoding.Latin1.GetBytes(string.Concat(lines.Select(line => line + "\r\n")) + ".\r\n");
                int empty = Array.IndexOf(lines, "");
                for (int wanted = 0; wanted <= lines.Length + 1; wanted++)
                {
                    // Without an empty line all is header; else it is what stands before that line, the line, and so many more.
                    int sent = empty < 0 ? lines.Length : Math.Min(lines.Length, empty + 1 + wanted);
                    int octets = lines.Take(sent).Sum(line => line.Length + 2);
                    foreach (int chunk in new[] { 1, 3, wire.Length })
                    {
                        string reply = Scan(scanner, wire, wanted, chunk);
                        string expected = Encoding.Latin1.GetString(wire, 0, octets) + ".\r\n";
                        Assert.AreEqual(expected, reply, $"{Encoding.Latin1.GetString(wire)} for {wanted} lines by {chunk}"); // [84] [85]
                    }
                }
            }
        }

        private static string Scan(TopScanner scanner, byte[] wire, int lines, int chunk)
        {
            StringBuilder reply = new();
            scanner.Begin(lines);
            for (int at = 0; at < wire.Length && !scanner.IsDone; at += chunk)
            {
                int count = scanner.Scan(wire, at, Math.Min(chunk, wire.Length - at));
                reply.Append(Encoding.Latin1.GetString(wire, at, count));
            }

            return reply.Append(scanner.HasEnd ? "" : ".\r\n").ToString();
        }

        private static IEnumerable<string[]> Messages(int linesMax)
        {
            IEnumerable<string[]> ofThatLength = [[]];
            for (int count = 0; count <= linesMax; count++)
            {
                foreach (string[] lines in ofThatLength)
                {
                    yield return lines;
                }

                ofThatLength = [.. ofThatLength.SelectMany(lines => s_kinds.Select(kind => (string[])[.. lines, kind]))];
            }
        }
    }
}

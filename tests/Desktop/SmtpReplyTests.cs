using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using MailAppliance.Pop3;
using MailAppliance.Smtp;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>Every reply there is, looked at as a list: some are given in states that no test of lines reaches.</summary>
    [TestClass]
    public sealed partial class SmtpReplyTests
    {
        // The greeting and the replies to a hello (RFC 2034 section 4).
        private static readonly string[] s_withoutEnhancedCode = ["GreetingBefore", "HeloBefore", "EhloBefore", "BadHello"];

        // What stands behind the host name or the size.
        private static readonly string[] s_ends = ["EhloSize", "EhloAfter", "EhloTls", "EhloAuth", "EhloCramMd5", "EhloEnd", "EndOfLine"];

        [TestMethod]
        public void Replies_All_HaveTheEnhancedCodeOfTheirClass()
        {
            (string Name, string Text)[] replies =
                [.. Replies().Where(reply => !reply.Name.EndsWith("After", StringComparison.Ordinal) && !s_ends.Contains(reply.Name))];
            Assert.IsGreaterThan(30, replies.Length);
            foreach ((string name, string text) in replies)
            {
                Match match = Code().Match(text);
                Assert.IsTrue(match.Success, $"{name}: {text}");
                bool hasNone = text[0] == '3' || s_withoutEnhancedCode.Contains(name);
                Assert.AreEqual(!hasNone, match.Groups["enhanced"].Success, $"{name}: {text}"); // [60]
                Assert.IsTrue(hasNone || match.Groups["enhanced"].Value[0] == text[0], $"{name}: {text}"); // [61]
            }
        }

        [TestMethod]
        public void Replies_All_HaveAConstant()
        {
            Assert.HasCount(SmtpReplies.Texts.Count, Replies().ToList());
            int pop3 = typeof(Pop3Replies).GetFields(BindingFlags.Public | BindingFlags.Static).Count(field => field.IsLiteral && !field.Name.EndsWith("Max", StringComparison.Ordinal));
            Assert.AreEqual(Pop3Replies.Texts.Count, pop3);
        }

        [TestMethod]
        public void Replies_All_AreShortLinesOfAscii()
        {
            foreach ((string name, string text) in Replies())
            {
                Assert.IsTrue(text.Replace("\r\n", "", StringComparison.Ordinal).All(letter => letter is >= ' ' and <= '~'), name);
                bool hasHostBehind = name.EndsWith("Before", StringComparison.Ordinal);
                int most = hasHostBehind || name.EndsWith("After", StringComparison.Ordinal) ? 512 - 255 - 100 : 512;
                Assert.IsTrue(text.Split("\r\n").All(line => line.Length + 2 <= most), name); // [42]
            }
        }

        private static IEnumerable<(string Name, string Text)> Replies()
        {
            return typeof(SmtpReplies).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
                .Select(field => (field.Name, Text((int)field.GetRawConstantValue()!)));
        }

        private static string Text(int reply)
        {
            byte[] octets = new byte[SmtpReplies.Texts.OctetsOf(reply)];
            Assert.AreEqual(octets.Length, SmtpReplies.Texts.Write(reply, octets, 0));
            return Encoding.Latin1.GetString(octets);
        }

        [GeneratedRegex(@"^[2-5][0-9][0-9][ -](?<enhanced>[245]\.[0-9]{1,3}\.[0-9]{1,3} )?")]
        private static partial Regex Code();
    }
}

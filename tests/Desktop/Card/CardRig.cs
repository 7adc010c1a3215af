using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using MailAppliance.Hal.Desktop;
using MailAppliance.Store;
using MailAppliance.Tests.Store;
using MailAppliance.Tools.Card;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Card
{
    /// <summary>A card in a folder of its own, the store that fills it, and the tool that is run on it in this process.</summary>
    internal sealed class CardRig : IDisposable
    {
        private readonly StoreRig _rig;
        private readonly FolderCard _card;

        internal CardRig(int ringBlocks = 2048, params string[] maildrops)
        {
            Folder = Directory.CreateTempSubdirectory("mail-appliance-card-tool-").FullName;
            _card = new FolderCard(Folder);
            _rig = new StoreRig(ringBlocks, 3072, 64, 1, maildrops) { Through = _card };
        }

        internal string Folder { get; }

        internal string Ring => Path.Combine(Folder, FolderCard.FileName);

        /// <summary>Octets that the last command printed.</summary>
        internal byte[] Octets { get; private set; } = [];

        /// <summary>Lines that the last command printed.</summary>
        internal string Text { get; private set; } = string.Empty;

        /// <summary>What the last command printed of errors.</summary>
        internal string Errors { get; private set; } = string.Empty;

        /// <summary>A mail in wire form, with a header.</summary>
        internal static byte[] Mail(string subject, int lines = 1)
        {
            return Encoding.Latin1.GetBytes($"Return-Path: <ups@x.example>\r\nSubject: {subject}\r\n\r\n{string.Concat(Enumerable.Repeat("text \u00e9\r\n", lines))}.\r\n");
        }

        /// <summary>The mail as its sender wrote it: it has no dots.</summary>
        internal static byte[] Plain(byte[] wire)
        {
            return wire[..^3];
        }

        /// <summary>Lets the store run on the card, and stops it.</summary>
        internal CardRig Fill(Action<StoreRig> work)
        {
            _rig.Boot();
            work(_rig);
            _rig.Rest();
            _card.Close();
            return this;
        }

        /// <summary>A card with three mails for alice, of which bob has the second too, and one that was removed.</summary>
        internal CardRig FillUsual()
        {
            return Fill(rig =>
            {
                Assert.AreEqual(StoreResult.Ok, rig.Store1(Mail("gone")));
                rig.RemoveAll(0);
                Assert.AreEqual(StoreResult.Ok, rig.Store1(Mail("one")));
                Assert.AreEqual(StoreResult.Ok, rig.Store1(Mail("two", 2000), 3));
                Assert.AreEqual(StoreResult.Ok, rig.Store1(Mail("three")));
            });
        }

        /// <summary>All messages of a maildrop by number and unique-id, as the store finds them.</summary>
        internal SortedDictionary<string, byte[]> Fetch(int maildrop)
        {
            SortedDictionary<string, byte[]> all = [];
            Fill(rig => all = new(rig.Fetch(maildrop).ToDictionary(mail => mail.Key, mail => mail.Value), StringComparer.Ordinal));
            return all;
        }

        /// <summary>Runs the tool on the card.</summary>
        internal int Run(params string[] arguments)
        {
            return RunAsked(null, [.. arguments, "--card", Folder]);
        }

        /// <summary>Runs the tool with somebody who answers, and names no card.</summary>
        internal int RunAsked(string? answer, params string[] arguments)
        {
            using var octets = new MemoryStream();
            using var text = new StringWriter();
            using var errors = new StringWriter();
            using StringReader? answers = answer == null ? null : new StringReader(answer);
            int result = new CardCommandLine(new ToolConsole { Octets = octets, Text = text, Errors = errors, Answers = answers }).Run(arguments);
            Octets = octets.ToArray();
            Text = text.ToString();
            Errors = errors.ToString();
            return result;
        }

        /// <summary>Runs a command that has to be refused with these words, and must leave every file as it is.</summary>
        internal void Refuses(string words, params string[] arguments)
        {
            string before = Snapshot();
            Assert.AreEqual(1, Run(arguments), Text + Errors);
            StringAssert.Contains(Errors, words, StringComparison.Ordinal);
            Assert.AreEqual(1, Errors.Count(letter => letter == '\n'), Errors);
            Assert.AreEqual(before, Snapshot());
        }

        /// <summary>Every file in the folder, with its octets' checksum.</summary>
        internal string Snapshot()
        {
            return string.Join('\n', Directory.GetFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(path => path + " " + (File.Exists(path) ? Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))) : "-")));
        }

        /// <summary>Unique-ids of all messages, in order, as ls lists them.</summary>
        internal string[] Ids()
        {
            Assert.AreEqual(0, Run("ls"), Errors);
            return [.. Text.Split('\n').Select(line => line.Split(' ')[0]).Where(id => id.Length == 16)];
        }

        /// <summary>Turns over a bit behind a text that is on the card once.</summary>
        internal void Damage(string text)
        {
            byte[] ring = File.ReadAllBytes(Ring);
            int at = ring.AsSpan().IndexOf(Encoding.Latin1.GetBytes(text));
            Assert.IsGreaterThan(0, at, text);
            Damage(at);
        }

        /// <summary>Turns over a bit.</summary>
        internal void Damage(long octet)
        {
            using FileStream stream = File.Open(Ring, FileMode.Open);
            stream.Position = octet;
            int value = stream.ReadByte();
            stream.Position = octet;
            stream.WriteByte((byte)(value ^ 4));
        }

        internal string Write(string name, string content)
        {
            string path = Path.Combine(Folder, name);
            File.WriteAllBytes(path, Encoding.Latin1.GetBytes(content));
            return path;
        }

        public void Dispose()
        {
            _card.Dispose();
            Directory.Delete(Folder, true);
        }
    }
}

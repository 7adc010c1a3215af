using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using MailAppliance.Boards;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Tools.Card;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Boards
{
    /// <summary>The log on a card in RAM, and the tool that reads it by a program of its own.</summary>
    internal sealed class CardLogRig
    {
        internal const int RamBlocks = 3;

        internal CardLogRig()
        {
            Slot = new CardSlot(Card);
            Log = Start();
        }

        internal MemoryCard Card { get; } = new();

        internal CardSlot Slot { get; }

        internal ManualClock Clock { get; } = new();

        internal CardLog Log { get; private set; }

        internal int ExitCode { get; private set; }

        /// <summary>A start: what was in RAM is gone.</summary>
        internal CardLog Start(int cause = StartCause.Power)
        {
            Log = new CardLog(Slot, new Crc32(), Clock, RamBlocks);
            Log.Begin(cause);
            return Log;
        }

        internal void Write(string text, int severity = 2)
        {
            byte[] line = Encoding.UTF8.GetBytes(text);
            Log.Write(severity, line, line.Length);
        }

        /// <summary>Turns until the log has sought its newest block, and a little more.</summary>
        internal void Turn(int turns = 70)
        {
            for (int turn = 0; turn < turns; turn++)
            {
                Log.Turn();
            }
        }

        /// <summary>What the tool prints of the card.</summary>
        internal string[] Read()
        {
            string folder = Directory.CreateTempSubdirectory("mail-appliance-log-").FullName;
            try
            {
                Card.Open();
                byte[] octets = new byte[Card.BlockCount * MemoryCard.BlockOctets];
                Assert.IsTrue(Card.Read(0, octets, 0, Card.BlockCount));
                File.WriteAllBytes(Path.Combine(folder, CardLog.FileName), octets);
                using var text = new StringWriter();
                using var errors = new StringWriter();
                ExitCode = new CardCommandLine(new ToolConsole { Octets = Stream.Null, Text = text, Errors = errors }).Run(["log", "--card", folder]);
                return [.. (text.ToString() + errors).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        /// <summary>The texts of the lines that the tool prints, without what it says itself.</summary>
        internal List<string> Lines()
        {
            return [.. Read().Where(row => row.Length > 31 && (row.StartsWith("20", StringComparison.Ordinal) || row.StartsWith("start ", StringComparison.Ordinal)))
                .Select(row => row[31..])];
        }
    }
}

using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Store;

namespace MailAppliance
{
    /// <summary>
    /// Every buffer and table there is, with its octets, before any is made. All of it is taken at boot, and nothing after
    /// that; a configuration that asks for more than its bound is refused in words.
    /// </summary>
    public sealed class MemoryPlan
    {
        // Measured on the interpreter, with its 12 octets a field and an object: objects, replies and tables of one kind.
        private const int ArrayOctets = 16;
        private const int SmtpSessionOctets = 2600;
        private const int Pop3SessionOctets = 1200;
        private const int RestOctets = 12 * 1024;
        private const int OutputOctets = 1024;
        private const int Rows = 10;

        private readonly string[] _names = new string[Rows];
        private readonly long[] _octets = new long[Rows];
        private readonly int[] _counts = new int[Rows];
        private int _rows;

        /// <summary>Makes the plan of a configuration.</summary>
        /// <param name="settings">The configuration.</param>
        public MemoryPlan(ApplianceSettings settings)
        {
            long index = 6L * settings.MessagesMax * 4;
            index += 4L * settings.MessagesMax * ((settings.MaildropsMax + 31) / 32);
            long view = (4L * settings.MessagesMax) + (settings.MessagesMax / 8);
            Add("SMTP input", settings.SmtpInputOctets + 1, settings.SmtpSlots);
            Add("SMTP output and session", OutputOctets + SmtpSessionOctets, settings.SmtpSlots);
            Add("SMTP record buffer", settings.RecordOctets, settings.SmtpSlots);
            Add("POP3 input, output, session", (2 * OutputOctets) + Pop3SessionOctets, settings.Pop3Slots);
            Add("POP3 read buffer", settings.ReadOctets, settings.Pop3Slots);
            Add("POP3 view", view, settings.Pop3Slots);
            Add("index of messages", index, 1);
            Add("record scratch", MailStore.ScratchOctets(settings), 1);
            Add("superblocks, void, wrap, recovery", Limits.BlockOctets, 5);
            Add("replies, tables, objects", RestOctets, 1);
        }

        /// <summary>Rows of the table.</summary>
        public int RowCount
        {
            get { return _rows; }
        }

        /// <summary>Octets of everything.</summary>
        public long TotalOctets { get; private set; }

        /// <summary>What a row is.</summary>
        /// <param name="row">Its index.</param>
        /// <returns>Words for a person.</returns>
        public string NameAt(int row)
        {
            return _names[row];
        }

        /// <summary>Octets of one.</summary>
        /// <param name="row">The row's index.</param>
        /// <returns>The octets.</returns>
        public long OctetsAt(int row)
        {
            return _octets[row];
        }

        /// <summary>How many there are.</summary>
        /// <param name="row">The row's index.</param>
        /// <returns>The count.</returns>
        public int CountAt(int row)
        {
            return _counts[row];
        }

        private void Add(string name, long octets, int count)
        {
            _names[_rows] = name;
            _octets[_rows] = octets + ArrayOctets;
            _counts[_rows] = count;
            _rows++;
            TotalOctets += (octets + ArrayOctets) * count;
        }
    }
}

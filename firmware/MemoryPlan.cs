using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Pop3;
using MailAppliance.Smtp;
using MailAppliance.Store;

namespace MailAppliance
{
    /// <summary>
    /// Every buffer and table there is, with its octets, before any is made. All of it is taken at boot, and nothing after
    /// that; a configuration that asks for more than its bound is refused in words.
    /// </summary>
    public sealed class MemoryPlan
    {
        private const int ArrayOctets = 16;

        // Measured on the interpreter, with its 12 octets a field and an object. Rest: 3 KiB are the replies
        // and tables that are there before the program starts, the others the store's and the loop's objects, the ring's file
        // and the listeners.
        private const int SmtpSessionOctets = 2780;
        private const int Pop3SessionOctets = 1942;
        private const int MaildropOctets = 56;
        private const int AddressOctets = 12;
        private const int WaitingOctets = 4 + 4 + 8 + 4 + 8 + 8;
        private const int RestOctets = (15 * 1024) + 256;

        // Those who were here last and may come again: what they did wrong counts on.
        private const int SourcesLeft = 8;

        // What is made only where the configuration asks for it.
        private const int RetentionOctets = 480;
        private const int QuotasOctets = 80;
        private const int QuotaOctets = 12;
        private const int DropOctets = 32;
        private const int HashingOctets = 480;
        private const int HashOctets = 140;
        private const int NoticesOctets = 640;

        private const int Rows = 14;

        private readonly string[] _names = new string[Rows];
        private readonly long[] _octets = new long[Rows];
        private readonly int[] _counts = new int[Rows];
        private int _rows;

        /// <summary>Makes the plan of a configuration.</summary>
        /// <param name="settings">The configuration.</param>
        public MemoryPlan(ApplianceSettings settings)
        {
            int smtpSlots = settings.SmtpSlots;
            int pop3Slots = settings.Pop3Slots;
            Add("SMTP input", settings.SmtpInputOctets + 1, smtpSlots);
            Add("SMTP output", SmtpSession.OutputOctetsOf(settings), smtpSlots);
            Add("SMTP record buffer", settings.RecordOctets, smtpSlots);
            Add("SMTP session", SmtpSessionOctets, smtpSlots);
            Add("POP3 input", Pop3Session.InputOctets + 1, pop3Slots);
            Add("POP3 output", Pop3Session.OutputOctetsOf(settings), pop3Slots);
            Add("POP3 read buffer", MailStore.ReadBufferOctets(settings), pop3Slots);
            Add("POP3 session and marks", Pop3SessionOctets + (2 * (settings.MessagesMax / 8)), pop3Slots);
            Add("index of messages", MailStore.IndexOctets(settings), 1);
            Add("record scratch, blocks", MailStore.ScratchOctets(settings) + (2 * Limits.BlockOctets), 1);
            Add("maildrops and addresses", MaildropsOctets(settings), 1);
            Add("newcomers of one door", WaitingOctets, 2 * (settings.WaitingMax + 1));
            Add("sources", Sources.PlaceOctets * SourcesOf(settings), 1);
            Add("replies, tables, objects", RestOctets + PoliciesOctets(settings), 1);
        }

        /// <summary>Places for sources: one for each connection that there can be, and some for who has left.</summary>
        /// <param name="settings">The configuration.</param>
        /// <returns>The places.</returns>
        public static int SourcesOf(ApplianceSettings settings)
        {
            return settings.SmtpSlots + settings.Pop3Slots + (2 * (settings.WaitingMax + 1)) + SourcesLeft;
        }

        /// <summary>Octets of it that are there before the program starts: replies and tables.</summary>
        public const int ConstantOctets = (3 * 1024) + 64;

        /// <summary>Rows of the table.</summary>
        public int RowCount
        {
            get { return _rows; }
        }

        /// <summary>Octets of everything.</summary>
        public long TotalOctets;

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

        // Each name is there twice, since the ring's table has its own.
        private static int MaildropsOctets(ApplianceSettings settings)
        {
            int octets = settings.Addresses.TextOctets + (AddressOctets * settings.Addresses.Count) + settings.Access.OctetCount;
            MaildropSettings[] maildrops = settings.Maildrops;
            for (int index = 0; index < maildrops.Length; index++)
            {
                octets += MaildropOctets + (2 * ArrayOf(maildrops[index].Name)) + ArrayOf(maildrops[index].Password);
            }

            return octets;
        }

        private static int ArrayOf(byte[] array)
        {
            return array == null ? 0 : ArrayOctets + array.Length;
        }

        private static int PoliciesOctets(ApplianceSettings settings)
        {
            return (settings.PasswordHashes != null ? HashingOctets + (HashOctets * settings.Maildrops.Length) : 0)
                + (settings.Notices ? NoticesOctets : 0)
                + (settings.RetentionMilliseconds > 0 ? RetentionOctets : 0)
                + (settings.QuotaMessages != null ? QuotasOctets + (QuotaOctets * settings.Maildrops.Length) : 0)
                + (settings.DropOldest ? DropOctets * settings.SmtpSlots : 0);
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

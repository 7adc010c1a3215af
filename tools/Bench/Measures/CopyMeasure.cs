using System.Collections.Generic;
using System.Text;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Loop;
using MailAppliance.Tools.Bench.Clients;
using MailAppliance.Tools.Bench.Report;
using MailAppliance.Tools.Bench.Rigs;

namespace MailAppliance.Tools.Bench.Measures
{
    /// <summary>How often an octet of mail is copied in user space between the socket and the card.</summary>
    internal sealed class CopyMeasure : IMeasure
    {
        /// <inheritdoc/>
        public string Name
        {
            get { return "copies"; }
        }

        /// <inheritdoc/>
        public string Summary
        {
            get { return "octets copied per octet received and per octet sent"; }
        }

        /// <inheritdoc/>
        public void Run(FigureTable table, Effort effort)
        {
            var figures = new List<Figure>();
            foreach (int octets in new[] { 1 << 10, 10 << 10, 1000 << 10 })
            {
                Measure(figures, octets, true);
                Measure(figures, octets, false);
            }

            table.Print("Copies in user space; what the system copies between itself and a buffer is not one", figures);
        }

        private static void Measure(List<Figure> figures, int octets, bool isLarge)
        {
            const int Mails = 10;
            var rig = new SimulatedAppliance(isLarge ? BenchConfiguration.Large("64M") : BenchConfiguration.Small("64M"));
            string what = $"mail of {octets >> 10} KB, profile {(isLarge ? "large" : "small")}";
            MemoryClient smtp = rig.Smtp();
            byte[] commands = Encoding.ASCII.GetBytes($"MAIL FROM:<ups@lan>\r\nRCPT TO:<{BenchConfiguration.Maildrop}@lan>\r\nDATA\r\n");
            byte[] wire = Mail.OnTheWire(Mail.Make(octets), commands);
            rig.Say(smtp, commands);
            long received = rig.Edge.ReceivedOctets;
            long copied = CopiedOctets(rig);
            for (int mail = 0; mail < Mails; mail++)
            {
                rig.Say(smtp, wire);
            }

            double inward = (double)(CopiedOctets(rig) - copied) / (rig.Edge.ReceivedOctets - received);
            figures.Add(Figure.AtMost("octets copied per octet received, " + what, inward, 2, 3));

            MemoryClient pop3 = rig.Pop3();
            long fromCard = rig.Edge.SentFromCardOctets;
            long fromElsewhere = rig.Edge.SentFromElsewhereOctets;
            for (int number = 1; number <= Mails; number++)
            {
                rig.Say(pop3, $"RETR {number}\r\n");
            }

            fromCard = rig.Edge.SentFromCardOctets - fromCard;
            fromElsewhere = rig.Edge.SentFromElsewhereOctets - fromElsewhere;
            double outward = (double)fromElsewhere / (fromCard + fromElsewhere);
            figures.Add(Figure.AtMost("octets copied per octet sent, " + what, outward, 1, 3));
        }

        // Received octets are moved in the input buffer, where a rest of one is in the way, and copied to the record buffer;
        // our own fields are moved up against the data.
        private static long CopiedOctets(SimulatedAppliance rig)
        {
            long octets = 0;
            foreach (SmtpSlot slot in rig.Appliance.SmtpSlots)
            {
                octets += slot.Session.Input.MovedOctets;
            }

            for (int at = 0; at < rig.Appliance.Store.Commits.WriterCount; at++)
            {
                octets += rig.Appliance.Store.Commits.WriterAt(at).CopiedOctets;
            }

            return octets;
        }
    }
}

using System;
using System.Text;

namespace MailAppliance.Tools.Bench.Clients
{
    /// <summary>Mails to send: a header and lines of 76 characters, as mail programs write them.</summary>
    internal static class Mail
    {
        private const int LineOctets = 78;

        private const string Header =
            "From: ups@lan\r\nTo: alice@lan\r\nSubject: on battery\r\nDate: Sat, 21 Nov 2026 01:28:00 +0000\r\nMessage-ID: <1@ups.lan>\r\n\r\n";

        /// <summary>Makes a mail.</summary>
        /// <param name="octets">Its octets, the final dot's line not among them.</param>
        /// <returns>The octets.</returns>
        internal static byte[] Make(int octets)
        {
            byte[] mail = new byte[octets];
            Array.Fill(mail, (byte)'a');
            Encoding.ASCII.GetBytes(Header, mail);
            for (int at = Header.Length + LineOctets - 2; at + LineOctets < octets; at += LineOctets)
            {
                mail[at] = (byte)'\r';
                mail[at + 1] = (byte)'\n';
            }

            mail[octets - 2] = (byte)'\r';
            mail[octets - 1] = (byte)'\n';
            return mail;
        }

        /// <summary>What goes over the wire for one mail on an open connection: the data, its end, and the next mail's commands behind it.</summary>
        /// <param name="mail">The mail.</param>
        /// <param name="next">The commands that follow; may be empty.</param>
        /// <returns>The octets.</returns>
        internal static byte[] OnTheWire(byte[] mail, byte[] next)
        {
            byte[] wire = new byte[mail.Length + 3 + next.Length];
            mail.CopyTo(wire, 0);
            ".\r\n"u8.CopyTo(wire.AsSpan(mail.Length));
            next.CopyTo(wire, mail.Length + 3);
            return wire;
        }
    }
}

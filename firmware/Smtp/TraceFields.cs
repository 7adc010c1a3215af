using System;
using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <summary>Writes the fields that are ours: Return-Path and Received (RFC 5321 section 4.4), and Date and Message-ID where a mail
    /// lacks them.</summary>
    /// <remarks>
    /// Every method writes at an offset and returns the index behind what it wrote. No line is longer than 512 octets but those with
    /// a name, path or host near their limits, and none reaches 998 (RFC 5322 section 2.1.1).
    /// <para>
    /// A Received field ends in a date-time, and readers sort and parse by it. Where the clock is not set yet there is none to give,
    /// so the field holds the zero of the clock and, in a comment, the truth; no Date field is added then, as nothing could mark it.
    /// </para>
    /// </remarks>
    public static class TraceFields
    {
        private const int IdOctets = 16;

        private static readonly byte[] s_returnPath = Octets.Of("Return-Path: <");
        private static readonly byte[] s_received = Octets.Of(">\r\nReceived: from ");
        private static readonly byte[] s_address = Octets.Of(" ([");
        private static readonly byte[] s_by = Octets.Of("])\r\n\tby ");

        // With an A where the peer has logged in (RFC 3848, RFC 6531 section 4.3).
        private static readonly byte[] s_withSmtp = Octets.Of(" with SMTP id ");
        private static readonly byte[] s_withEsmtp = Octets.Of(" with ESMTP id ");
        private static readonly byte[] s_withEsmtpa = Octets.Of(" with ESMTPA id ");
        private static readonly byte[] s_withUtf8Smtp = Octets.Of(" with UTF8SMTP id ");
        private static readonly byte[] s_withUtf8Smtpa = Octets.Of(" with UTF8SMTPA id ");
        private static readonly byte[] s_for = Octets.Of("\r\n\tfor <");
        private static readonly byte[] s_stampAfterFor = Octets.Of(">; ");
        private static readonly byte[] s_stampAfterId = Octets.Of(";\r\n\t");
        private static readonly byte[] s_clockUnknown = Octets.Of(" (clock not set)");
        private static readonly byte[] s_date = Octets.Of("Date: ");
        private static readonly byte[] s_messageId = Octets.Of("Message-ID: <");
        private static readonly byte[] s_idAt = Octets.Of("@");
        private static readonly byte[] s_idEnd = Octets.Of(">\r\n");

        /// <summary>The most octets that all fields and an empty line can take for an envelope; no more than 100 over what they do
        /// take.</summary>
        /// <param name="envelope">The envelope, its recipients known.</param>
        /// <param name="host">Our name.</param>
        /// <param name="remoteAddress">The peer's address in text form.</param>
        /// <returns>Octets.</returns>
        public static int OctetsMax(Envelope envelope, byte[] host, byte[] remoteAddress)
        {
            int name = envelope.HeloCount > 0 ? envelope.HeloCount : remoteAddress.Length + 2;
            int forPath = envelope.HasForwardPath
                ? s_for.Length + envelope.ForwardPathCount + s_stampAfterFor.Length
                : s_stampAfterId.Length;
            return s_returnPath.Length + envelope.ReversePathCount + s_received.Length + name + s_address.Length + remoteAddress.Length
                + s_by.Length + host.Length + s_withUtf8Smtpa.Length + IdOctets + forPath + InternetDate.OctetCount
                + s_clockUnknown.Length + Octets.CrLf.Length + MissingOctetsMax(host) + Octets.CrLf.Length;
        }

        /// <summary>The octets of a Date and a Message-ID.</summary>
        /// <param name="host">Our name.</param>
        /// <returns>Octets.</returns>
        public static int MissingOctetsMax(byte[] host)
        {
            return s_date.Length + InternetDate.OctetCount + Octets.CrLf.Length
                + s_messageId.Length + IdOctets + s_idAt.Length + host.Length + s_idEnd.Length;
        }

        /// <summary>Writes Return-Path and Received, with FOR where <see cref="Envelope.HasForwardPath"/> says so.</summary>
        /// <param name="envelope">The envelope.</param>
        /// <param name="host">Our name.</param>
        /// <param name="remoteAddress">The peer's address in text form.</param>
        /// <param name="buffer">Written to.</param>
        /// <param name="offset">Where the first octet goes.</param>
        /// <param name="utcKnown">Whether the date is known.</param>
        /// <param name="utcSeconds">Seconds since 1970, where it is.</param>
        /// <param name="idHigh">First half of the id.</param>
        /// <param name="idLow">Second half of the id.</param>
        /// <returns>Index behind it.</returns>
        public static int Write(
            Envelope envelope, byte[] host, byte[] remoteAddress, byte[] buffer, int offset,
            bool utcKnown, long utcSeconds, int idHigh, int idLow)
        {
            int at = Put(s_returnPath, buffer, offset);
            at = Put(envelope.Names, envelope.ReversePathOffset, envelope.ReversePathCount, buffer, at);
            at = Put(s_received, buffer, at);
            at = WriteName(envelope, remoteAddress, buffer, at);
            at = Put(s_address, buffer, at);
            at = Put(remoteAddress, buffer, at);
            at = Put(s_by, buffer, at);
            at = Put(host, buffer, at);
            at = Put(WithOf(envelope), buffer, at);
            at = WriteId(idHigh, idLow, buffer, at);
            if (envelope.HasForwardPath)
            {
                at = Put(s_for, buffer, at);
                at = Put(envelope.Names, envelope.ForwardPathOffset, envelope.ForwardPathCount, buffer, at);
                at = Put(s_stampAfterFor, buffer, at);
            }
            else
            {
                at = Put(s_stampAfterId, buffer, at);
            }

            InternetDate.Write(utcKnown ? utcSeconds : 0, buffer, at);
            at += InternetDate.OctetCount;
            at = utcKnown ? at : Put(s_clockUnknown, buffer, at);
            return Put(Octets.CrLf, buffer, at);
        }

        /// <summary>Writes a Date field.</summary>
        /// <param name="utcSeconds">Seconds since 1970.</param>
        /// <param name="buffer">Written to.</param>
        /// <param name="offset">Where the first octet goes.</param>
        /// <returns>Index behind it.</returns>
        public static int WriteDate(long utcSeconds, byte[] buffer, int offset)
        {
            int at = Put(s_date, buffer, offset);
            InternetDate.Write(utcSeconds, buffer, at);
            return Put(Octets.CrLf, buffer, at + InternetDate.OctetCount);
        }

        /// <summary>Writes a Message-ID field.</summary>
        /// <param name="host">Our name.</param>
        /// <param name="buffer">Written to.</param>
        /// <param name="offset">Where the first octet goes.</param>
        /// <param name="idHigh">First half of the id.</param>
        /// <param name="idLow">Second half of the id.</param>
        /// <returns>Index behind it.</returns>
        public static int WriteMessageId(byte[] host, byte[] buffer, int offset, int idHigh, int idLow)
        {
            int at = Put(s_messageId, buffer, offset);
            at = WriteId(idHigh, idLow, buffer, at);
            at = Put(s_idAt, buffer, at);
            at = Put(host, buffer, at);
            return Put(s_idEnd, buffer, at);
        }

        // AUTH is an extension, whatever the hello was.
        private static byte[] WithOf(Envelope envelope)
        {
            if (envelope.IsLoggedIn)
            {
                return envelope.IsUtf8 ? s_withUtf8Smtpa : s_withEsmtpa;
            }

            return envelope.IsUtf8 ? s_withUtf8Smtp : envelope.IsExtended ? s_withEsmtp : s_withSmtp;
        }

        // Who gave no name is named by his address.
        private static int WriteName(Envelope envelope, byte[] remoteAddress, byte[] buffer, int offset)
        {
            if (envelope.HeloCount > 0)
            {
                return Put(envelope.Names, 0, envelope.HeloCount, buffer, offset);
            }

            buffer[offset] = (byte)'[';
            int at = Put(remoteAddress, buffer, offset + 1);
            buffer[at] = (byte)']';
            return at + 1;
        }

        private static int WriteId(int idHigh, int idLow, byte[] buffer, int offset)
        {
            Octets.WriteHex(idHigh, buffer, offset);
            Octets.WriteHex(idLow, buffer, offset + 8);
            return offset + IdOctets;
        }

        private static int Put(byte[] octets, byte[] buffer, int offset)
        {
            return Put(octets, 0, octets.Length, buffer, offset);
        }

        private static int Put(byte[] octets, int first, int count, byte[] buffer, int offset)
        {
            Array.Copy(octets, first, buffer, offset, count);
            return offset + count;
        }
    }
}

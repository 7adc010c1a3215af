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

        private const int ReturnPath = 0;
        private const int Received = 1;
        private const int Address = 2;
        private const int By = 3;

        // The two that begin with an E or with UTF8 have an S behind them under TLS, an A after a login, and both where both are (RFC 3848,
        // RFC 6531 section 4.3): in this order behind them.
        private const int WithSmtp = 4;
        private const int WithEsmtp = 5;
        private const int WithUtf8Smtp = 9;
        private const int ForTls = 1;
        private const int ForLogin = 2;
        private const int WithLongest = WithUtf8Smtp + ForTls + ForLogin;
        private const int For = 13;
        private const int StampAfterFor = 14;
        private const int StampAfterId = 15;
        private const int ClockUnknown = 16;
        private const int Date = 17;
        private const int MessageId = 18;
        private const int IdAt = 19;
        private const int IdEnd = 20;

        private static readonly Phrases s_texts = new Phrases(
            "Return-Path: <|"
            + ">\r\nReceived: from |"
            + " ([|"
            + "])\r\n\tby |"
            + " with SMTP id |"
            + " with ESMTP id |"
            + " with ESMTPS id |"
            + " with ESMTPA id |"
            + " with ESMTPSA id |"
            + " with UTF8SMTP id |"
            + " with UTF8SMTPS id |"
            + " with UTF8SMTPA id |"
            + " with UTF8SMTPSA id |"
            + "\r\n\tfor <|"
            + ">; |"
            + ";\r\n\t|"
            + " (clock not set)|"
            + "Date: |"
            + "Message-ID: <|"
            + "@|"
            + ">\r\n|",
            "");

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
                ? s_texts.OctetsOf(For) + envelope.ForwardPathCount + s_texts.OctetsOf(StampAfterFor)
                : s_texts.OctetsOf(StampAfterId);
            return s_texts.OctetsOf(ReturnPath) + envelope.ReversePathCount + s_texts.OctetsOf(Received) + name + s_texts.OctetsOf(Address) + remoteAddress.Length
                + s_texts.OctetsOf(By) + host.Length + s_texts.OctetsOf(WithLongest) + IdOctets + forPath + InternetDate.OctetCount
                + s_texts.OctetsOf(ClockUnknown) + Octets.CrLf.Length + MissingOctetsMax(host) + Octets.CrLf.Length;
        }

        /// <summary>The octets of a Date and a Message-ID.</summary>
        /// <param name="host">Our name.</param>
        /// <returns>Octets.</returns>
        public static int MissingOctetsMax(byte[] host)
        {
            return s_texts.OctetsOf(Date) + InternetDate.OctetCount + Octets.CrLf.Length
                + s_texts.OctetsOf(MessageId) + IdOctets + s_texts.OctetsOf(IdAt) + host.Length + s_texts.OctetsOf(IdEnd);
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
            int at = s_texts.Write(ReturnPath, buffer, offset);
            at = Put(envelope.Names, envelope.ReversePathOffset, envelope.ReversePathCount, buffer, at);
            at = s_texts.Write(Received, buffer, at);
            at = WriteName(envelope, remoteAddress, buffer, at);
            at = s_texts.Write(Address, buffer, at);
            at = Put(remoteAddress, buffer, at);
            at = s_texts.Write(By, buffer, at);
            at = Put(host, buffer, at);
            at = s_texts.Write(WithOf(envelope), buffer, at);
            at = WriteId(idHigh, idLow, buffer, at);
            if (envelope.HasForwardPath)
            {
                at = s_texts.Write(For, buffer, at);
                at = Put(envelope.Names, envelope.ForwardPathOffset, envelope.ForwardPathCount, buffer, at);
                at = s_texts.Write(StampAfterFor, buffer, at);
            }
            else
            {
                at = s_texts.Write(StampAfterId, buffer, at);
            }

            InternetDate.Write(utcKnown ? utcSeconds : 0, buffer, at);
            at += InternetDate.OctetCount;
            at = utcKnown ? at : s_texts.Write(ClockUnknown, buffer, at);
            return Put(Octets.CrLf, buffer, at);
        }

        /// <summary>Writes a Date field.</summary>
        /// <param name="utcSeconds">Seconds since 1970.</param>
        /// <param name="buffer">Written to.</param>
        /// <param name="offset">Where the first octet goes.</param>
        /// <returns>Index behind it.</returns>
        public static int WriteDate(long utcSeconds, byte[] buffer, int offset)
        {
            int at = s_texts.Write(Date, buffer, offset);
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
            int at = s_texts.Write(MessageId, buffer, offset);
            at = WriteId(idHigh, idLow, buffer, at);
            at = s_texts.Write(IdAt, buffer, at);
            at = Put(host, buffer, at);
            return s_texts.Write(IdEnd, buffer, at);
        }

        // TLS and AUTH are extensions, whatever the hello was.
        private static int WithOf(Envelope envelope)
        {
            int more = (envelope.IsSecure ? ForTls : 0) + (envelope.IsLoggedIn ? ForLogin : 0);
            return envelope.IsUtf8 ? WithUtf8Smtp + more : more > 0 || envelope.IsExtended ? WithEsmtp + more : WithSmtp;
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

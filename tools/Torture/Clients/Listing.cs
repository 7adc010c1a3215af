using System;
using System.Buffers.Text;
using System.Collections.Generic;
using MailAppliance.Tools.Torture.Model;

namespace MailAppliance.Tools.Torture.Clients
{
    /// <summary>What a POP3 session shows of its maildrop, by message-number.</summary>
    internal sealed class Listing
    {
        private readonly List<ulong> _uniqueIds = new();
        private readonly List<int> _octets = new();

        /// <summary>The mails, in order; good once <see cref="Identify"/> says that none is unknown.</summary>
        internal List<SentMail> Mails { get; } = new();

        /// <summary>Messages.</summary>
        internal int Count
        {
            get { return _uniqueIds.Count; }
        }

        /// <summary>Forgets all: another session.</summary>
        internal void Clear()
        {
            _uniqueIds.Clear();
            _octets.Clear();
            Mails.Clear();
        }

        /// <summary>Octets of a message, as LIST said; -1 where nobody asked.</summary>
        internal int OctetsOf(int number)
        {
            return number <= _octets.Count ? _octets[number - 1] : -1;
        }

        /// <summary>Takes UIDL's lines.</summary>
        internal void TakeUniqueIds(ReadOnlySpan<byte> body)
        {
            _uniqueIds.Clear();
            while (TakeLine(ref body, _uniqueIds.Count + 1, out ReadOnlySpan<byte> rest))
            {
                if (rest.Length != 16 || !Utf8Parser.TryParse(rest, out ulong uniqueId, out int taken, 'X') || taken != 16)
                {
                    throw new BrokenPromiseException(Promise.NumbersAreRight, "a unique-id that is none");
                }

                _uniqueIds.Add(uniqueId);
            }
        }

        /// <summary>Takes LIST's lines.</summary>
        internal void TakeOctets(ReadOnlySpan<byte> body)
        {
            _octets.Clear();
            while (TakeLine(ref body, _octets.Count + 1, out ReadOnlySpan<byte> rest))
            {
                _octets.Add(Utf8Parser.TryParse(rest, out int octets, out _) ? octets : -1);
            }

            if (_octets.Count != Count)
            {
                throw new BrokenPromiseException(Promise.NumbersAreRight, $"UIDL lists {Count} messages, LIST {_octets.Count}");
            }
        }

        /// <summary>Finds out which mails they are, by their unique-ids.</summary>
        /// <returns>The first message-number that nobody has seen before; 0 where all are known.</returns>
        internal int Identify(MailLedger ledger)
        {
            while (Mails.Count < Count)
            {
                SentMail? mail = ledger.OfUniqueId(_uniqueIds[Mails.Count]);
                if (mail == null)
                {
                    return Mails.Count + 1;
                }

                Mails.Add(mail);
            }

            return 0;
        }

        /// <summary>The message that <see cref="Identify"/> asked for is known now.</summary>
        internal void Know(MailLedger ledger, int number, ReadOnlySpan<byte> body)
        {
            SentMail mail = ledger.Find(MailText.NumberOf(body, out _))
                ?? throw new BrokenPromiseException(Promise.AnsweredIsWhole, $"message {number} is none that was sent: {body.Length} octets");
            ledger.TakeUniqueId(mail, _uniqueIds[number - 1]);
        }

        private static bool TakeLine(ref ReadOnlySpan<byte> body, int number, out ReadOnlySpan<byte> rest)
        {
            int end = body.IndexOf("\r\n"u8);
            ReadOnlySpan<byte> line = body.Slice(0, end);
            body = body.Slice(end + 2);
            rest = default;
            if (line.SequenceEqual("."u8))
            {
                return false;
            }

            if (!Utf8Parser.TryParse(line, out int found, out int taken) || found != number)
            {
                throw new BrokenPromiseException(Promise.NumbersAreRight, $"message-number {number} was expected, and {found} is listed");
            }

            rest = line.Slice(taken + 1);
            return true;
        }
    }
}

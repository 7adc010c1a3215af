using System;
using System.Buffers.Text;
using System.Collections.Generic;
using MailAppliance.Tools.Torture.Model;

namespace MailAppliance.Tools.Torture.Clients
{
    /// <summary>What a POP3 session shows of its maildrop, by message-number. One that was dropped since the login leaves its number empty.</summary>
    internal sealed class Listing
    {
        private const int Gone = -1;

        private readonly List<ulong> _uniqueIds = new();
        private readonly List<int> _octets = new();
        private readonly List<SentMail?> _byNumber = new();

        /// <summary>The mails, in order; good once <see cref="Identify"/> says that none is unknown.</summary>
        internal List<SentMail> Mails { get; } = new();

        /// <summary>Numbers may be empty: old mail may be dropped while the session lists.</summary>
        internal bool MayHaveGaps { get; set; }

        /// <summary>The highest message-number.</summary>
        internal int Count
        {
            get { return _uniqueIds.Count; }
        }

        /// <summary>Forgets all: another session.</summary>
        internal void Clear()
        {
            _uniqueIds.Clear();
            _octets.Clear();
            _byNumber.Clear();
            Mails.Clear();
            MayHaveGaps = false;
        }

        /// <summary>The mail of a message-number; null for an empty one.</summary>
        internal SentMail? MailOf(int number)
        {
            return _byNumber[number - 1];
        }

        /// <summary>Octets of a message, as LIST said; -1 where nobody asked, or it was gone by then.</summary>
        internal int OctetsOf(int number)
        {
            return number <= _octets.Count ? _octets[number - 1] : Gone;
        }

        /// <summary>Takes UIDL's lines.</summary>
        internal void TakeUniqueIds(ReadOnlySpan<byte> body)
        {
            _uniqueIds.Clear();
            for (int number = TakeLine(ref body, out ReadOnlySpan<byte> rest); number != 0; number = TakeLine(ref body, out rest))
            {
                if (rest.Length != 16 || !Utf8Parser.TryParse(rest, out ulong uniqueId, out int taken, 'X') || taken != 16)
                {
                    throw new BrokenPromiseException(Promise.NumbersAreRight, "a unique-id that is none");
                }

                CheckNumber(number, _uniqueIds.Count + 1);
                while (_uniqueIds.Count < number - 1)
                {
                    _uniqueIds.Add(0);
                }

                _uniqueIds.Add(uniqueId);
            }
        }

        /// <summary>Takes LIST's lines.</summary>
        internal void TakeOctets(ReadOnlySpan<byte> body)
        {
            _octets.Clear();
            for (int number = TakeLine(ref body, out ReadOnlySpan<byte> rest); number != 0; number = TakeLine(ref body, out rest))
            {
                CheckNumber(number, _octets.Count + 1);
                while (_octets.Count < number - 1)
                {
                    _octets.Add(Gone);
                }

                _octets.Add(Utf8Parser.TryParse(rest, out int octets, out _) ? octets : Gone);
                if (number > Count || _uniqueIds[number - 1] == 0)
                {
                    throw new BrokenPromiseException(Promise.NumbersAreRight, $"LIST has a message {number}, and UIDL had none");
                }
            }

            if (_octets.Count != Count && !MayHaveGaps)
            {
                throw new BrokenPromiseException(Promise.NumbersAreRight, $"UIDL lists {Count} messages, LIST {_octets.Count}");
            }
        }

        /// <summary>Finds out which mails they are, by their unique-ids.</summary>
        /// <returns>The first message-number that nobody has seen before; 0 where all are known.</returns>
        internal int Identify(MailLedger ledger)
        {
            while (_byNumber.Count < Count)
            {
                ulong uniqueId = _uniqueIds[_byNumber.Count];
                SentMail? mail = uniqueId == 0 ? null : ledger.OfUniqueId(uniqueId);
                if (mail == null && uniqueId != 0)
                {
                    return _byNumber.Count + 1;
                }

                _byNumber.Add(mail);
                if (mail != null)
                {
                    Mails.Add(mail);
                }
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

        private void CheckNumber(int number, int next)
        {
            if (number < next || (number > next && !MayHaveGaps))
            {
                throw new BrokenPromiseException(Promise.NumbersAreRight, $"message-number {next} was expected, and {number} is listed");
            }
        }

        // The message-number; 0 behind the last.
        private static int TakeLine(ref ReadOnlySpan<byte> body, out ReadOnlySpan<byte> rest)
        {
            int end = body.IndexOf("\r\n"u8);
            ReadOnlySpan<byte> line = body.Slice(0, end);
            body = body.Slice(end + 2);
            rest = default;
            if (line.SequenceEqual("."u8))
            {
                return 0;
            }

            if (!Utf8Parser.TryParse(line, out int number, out int taken) || number < 1)
            {
                throw new BrokenPromiseException(Promise.NumbersAreRight, "a message-number that is none");
            }

            rest = line.Slice(taken + 1);
            return number;
        }
    }
}

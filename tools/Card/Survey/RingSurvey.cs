using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using MailAppliance.Hal;

namespace MailAppliance.Tools.Card.Survey
{
    /// <summary>
    /// What a ring holds and what of it is damaged: every record of the chain, every payload's checksum, who has which message.
    /// By SPEC.md, with no code of the store's.
    /// </summary>
    internal sealed class RingSurvey
    {
        private readonly ICard _card;
        private readonly IChecksum _checksum;
        private readonly Dictionary<int, SurveyedMessage> _live = [];
        private byte[] _buffer = new byte[1024 * 1024];
        private int _proven;

        /// <summary>Makes one.</summary>
        /// <param name="card">The card.</param>
        /// <param name="checksum">CRC-32.</param>
        /// <param name="ring">The superblock that holds.</param>
        public RingSurvey(ICard card, IChecksum checksum, SuperblockCopy ring)
        {
            _card = card;
            _checksum = checksum;
            Ring = ring;
            Chain = new ChainSurvey(card, checksum, ring);
        }

        /// <summary>The superblock that holds.</summary>
        public SuperblockCopy Ring { get; }

        /// <summary>The chain.</summary>
        public ChainSurvey Chain { get; }

        /// <summary>Messages that somebody has, in the order of their unique-ids.</summary>
        public IReadOnlyList<SurveyedMessage> Live { get; private set; } = [];

        /// <summary>What is damaged, a line each.</summary>
        public List<string> Damage { get; } = [];

        /// <summary>What was written last and is not whole: a power cut came before it was answered, or it is damaged since.</summary>
        public List<string> Doubts { get; } = [];

        /// <summary>Messages in the chain that nobody has any more.</summary>
        public int DeadCount { get; private set; }

        /// <summary>Commits that were taken back, or that a power cut left unfinished.</summary>
        public int UnfinishedCount { get; private set; }

        /// <summary>Blocks of live messages and of the table of maildrops.</summary>
        public int LiveBlocks { get; private set; }

        /// <summary>Records that nobody needs any more and that do not match their checksums.</summary>
        public int RottenDeadCount { get; private set; }

        /// <summary>Surveys the ring.</summary>
        /// <param name="done">Told how many blocks are behind, of twice those of the area.</param>
        public void Run(Action<long> done)
        {
            Chain.Walk(done);
            ReadPayloads(done);
            TakeBack();
            LeaveUnfinished();
            foreach (SurveyedRecord record in Chain.Records.Where(record => !record.IsTakenBack))
            {
                Apply(record);
            }

            List<SurveyedMessage> live = [.. _live.Values];
            live.Sort((a, b) => a.Commit.UniqueIdNumber - b.Commit.UniqueIdNumber);
            Live = live;
            CheckMessages();
            NameMissing();
        }

        private void ReadPayloads(Action<long> done)
        {
            long blocks = 0;
            foreach (SurveyedRecord record in Chain.Records)
            {
                int octets = record.Blocks * 512;
                if (_buffer.Length < octets)
                {
                    _buffer = new byte[octets];
                }

                record.IsWhole = _card.Read(record.Block, _buffer, 0, record.Blocks)
                    && _checksum.Compute(_buffer, record.PayloadAt, record.PayloadOctets) == record.PayloadSum;
                if (record.IsWhole && record.Kind is SurveyedKind.Removal or SurveyedKind.Maildrops)
                {
                    record.Payload = _buffer.AsSpan(record.PayloadAt, record.PayloadOctets).ToArray();
                }

                blocks += record.Blocks;
                done(Chain.AreaBlocks + (blocks * Chain.AreaBlocks / Math.Max(1, Chain.UsedBlocks)));
            }
        }

        // A void record takes back what was not proven when it was written; also records that are missing.
        private void TakeBack()
        {
            _proven = Chain.TailSequence - 1;
            foreach (SurveyedRecord record in Chain.Records)
            {
                _proven = Later(_proven, record.Verified);
                if (record.Kind != SurveyedKind.Void)
                {
                    continue;
                }

                int first = Later(record.Message, _proven + 1);
                foreach (SurveyedRecord voided in Chain.Records.Where(other => other.Sequence - first >= 0 && record.Fragment - other.Sequence >= 0))
                {
                    voided.IsTakenBack = true;
                    UnfinishedCount += IsCommit(voided) ? 1 : 0;
                }

                for (int at = Chain.Missing.Count - 1; at >= 0; at--)
                {
                    (int sequence, int count, int block) = Chain.Missing[at];
                    int from = Later(sequence, first);
                    int to = sequence + count - 1 - record.Fragment > 0 ? record.Fragment : sequence + count - 1;
                    count -= Math.Max(0, to - from + 1);
                    Chain.Missing[at] = (sequence, count, block);
                }
            }
        }

        // Behind what is known as proven, a commit that is not whole never happened: so recovery takes it.
        private void LeaveUnfinished()
        {
            int known = Later(_proven, Ring.KnownHead);
            foreach (SurveyedRecord broken in Chain.Records.Where(record => record.Sequence - known > 0 && !record.IsWhole))
            {
                foreach (SurveyedRecord commit in Chain.Records.Where(record => record.Sequence - _proven > 0 && !record.IsTakenBack))
                {
                    bool isPart = broken.IsFragment && IsCommit(commit) && commit.Message == broken.Message;
                    if (isPart || commit == broken)
                    {
                        commit.IsTakenBack = true;
                        UnfinishedCount += IsCommit(commit) ? 1 : 0;
                        string what = IsCommit(commit) ? "message " + StoredMessage.UniqueIdOf(commit.UniqueIdEpoch, commit.UniqueIdNumber) : "record";
                        Doubts.Add(Text($"{what} at block {(IsCommit(commit) ? commit.FirstBlock : commit.Block)}: {Ending(broken)}; a power cut came before it was answered, or it is damaged since"));
                    }
                }
            }
        }

        // Who had it removed before has it no more, also where that record has rotted.
        private void Move(SurveyedMessage moved, SurveyedRecord copy)
        {
            if (copy.Message - Chain.TailSequence >= 0)
            {
                moved.Commit = copy;
                moved.Recipients &= copy.Recipients;
            }
        }

        private void Apply(SurveyedRecord record)
        {
            switch (record.Kind)
            {
                case SurveyedKind.LastFragment:
                    Add(record);
                    break;
                case SurveyedKind.Copy when _live.TryGetValue(record.UniqueIdNumber, out SurveyedMessage? moved):
                    Move(moved, record);
                    break;
                case SurveyedKind.Copy:
                    Add(record);
                    break;
                case SurveyedKind.Removal when record.IsWhole:
                    Remove(record);
                    break;
                case SurveyedKind.Removal:
                    Damage.Add(Text($"removal at block {record.Block} ({Ending(record)}): what it removed is back"));
                    break;
                case SurveyedKind.Lost:
                    DeadCount += _live.Remove(record.UniqueIdNumber) ? 1 : 0;
                    break;
                default:
                    break;
            }
        }

        private void Add(SurveyedRecord commit)
        {
            if (commit.Message - Chain.TailSequence >= 0 && commit.Recipients != 0)
            {
                _live[commit.UniqueIdNumber] = new SurveyedMessage { Commit = commit, Recipients = commit.Recipients };
            }
        }

        private void Remove(SurveyedRecord removal)
        {
            UInt128 bit = UInt128.One << removal.RecipientBit;
            for (int at = 0; at + 8 <= removal.Payload.Length; at += 8)
            {
                int first = BitConverter.ToInt32(removal.Payload, at);
                int last = BitConverter.ToInt32(removal.Payload, at + 4);
                foreach (SurveyedMessage message in _live.Values.ToArray())
                {
                    int number = message.Commit.UniqueIdNumber;
                    if (number - first < 0 || last - number < 0)
                    {
                        continue;
                    }

                    message.Recipients &= ~bit;
                    if (message.Recipients == 0)
                    {
                        _live.Remove(number);
                        DeadCount++;
                    }
                }
            }
        }

        private void CheckMessages()
        {
            ILookup<(int Message, int Epoch), SurveyedRecord> parts =
                Chain.Records.Where(record => record.IsFragment).ToLookup(record => (record.Message, record.Epoch));
            var needed = new HashSet<SurveyedRecord>();
            foreach (SurveyedMessage message in Live)
            {
                message.Records.AddRange(parts[(message.Commit.Message, message.Commit.Epoch)].Where(part => part.Fragment <= message.Commit.Fragment));
                needed.UnionWith(message.Records);
                message.Fault = FaultOf(message);
                if (message.Fault != null)
                {
                    Damage.Add(Text($"message {message.UniqueId} at block {message.Commit.FirstBlock}: {message.Fault}"));
                }
            }

            SurveyedRecord? table = Chain.Records.LastOrDefault(record => record.Kind == SurveyedKind.Maildrops && !record.IsTakenBack);
            if (table != null)
            {
                needed.Add(table);
            }

            if (table is { IsWhole: false })
            {
                Damage.Add(Text($"table of maildrops at block {table.Block} ({Ending(table)}): nobody knows whose the mail is"));
            }

            LiveBlocks = needed.Sum(record => record.Blocks);
            RottenDeadCount = Chain.Records.Count(record => !record.IsWhole && !record.IsTakenBack && record.Kind != SurveyedKind.Removal && !needed.Contains(record));
        }

        private static string? FaultOf(SurveyedMessage message)
        {
            SurveyedRecord commit = message.Commit;
            for (int index = 0; index <= commit.Fragment; index++)
            {
                SurveyedRecord? part = index < message.Records.Count ? message.Records[index] : null;
                if (part == null || part.Fragment != index)
                {
                    return Text($"fragment {index + 1} of {commit.Fragment + 1} is missing: its header is damaged");
                }

                if (!part.IsWhole)
                {
                    return Text($"fragment {index + 1} of {commit.Fragment + 1} ({Ending(part)})");
                }
            }

            long octets = message.Records.Sum(part => (long)part.PayloadOctets);
            return octets != commit.WireOctets ? Text($"{octets} octets instead of {commit.WireOctets}")
                : message.Records[0].Block != commit.FirstBlock ? Text($"it begins at block {message.Records[0].Block} instead")
                : null;
        }

        // What the missing records were nobody can say; a number that no message has may have been theirs.
        private void NameMissing()
        {
            foreach ((int sequence, int count, int block) in Chain.Missing.Where(missing => missing.Count > 0))
            {
                SurveyedRecord? before = Chain.Records.LastOrDefault(record => record.Kind == SurveyedKind.LastFragment && record.Sequence - sequence < 0);
                SurveyedRecord? after = Chain.Records.FirstOrDefault(record => record.Kind == SurveyedKind.LastFragment && record.Sequence - sequence > 0);
                int gap = before != null && after != null ? after.UniqueIdNumber - before.UniqueIdNumber - 1 : 0;
                IEnumerable<string> names = gap > 0 && gap <= count
                    ? Enumerable.Range(1, gap).Select(step => StoredMessage.UniqueIdOf(before!.UniqueIdEpoch, before.UniqueIdNumber + step))
                    : [];
                string may = names.Any() ? ", message " + string.Join(" and ", names) + " is lost unless it was removed" : string.Empty;
                Damage.Add(Text($"{count} {(count == 1 ? "record" : "records")} at block {block}: no header that proves itself{may}"));
            }
        }

        private static string Ending(SurveyedRecord record)
        {
            return record.Blocks == 1
                ? Text($"block {record.Block} does not match its checksum")
                : Text($"blocks {record.Block} to {record.Block + record.Blocks - 1} do not match their checksum");
        }

        private static bool IsCommit(SurveyedRecord record)
        {
            return record.Kind is SurveyedKind.LastFragment or SurveyedKind.Copy;
        }

        private static int Later(int a, int b)
        {
            return a - b > 0 ? a : b;
        }

        private static string Text(FormattableString text)
        {
            return text.ToString(CultureInfo.InvariantCulture);
        }
    }
}

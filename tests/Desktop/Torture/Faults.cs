using System.Collections.Generic;

namespace MailAppliance.Tests.Torture
{
    /// <summary>Faults that a store could have, each as a change of a few words of its source.</summary>
    internal static class Faults
    {
        private const string Store = "firmware/Store/";

        /// <summary>The faults, by what is wrong then.</summary>
        internal static readonly IReadOnlyDictionary<string, SourcePatch[]> All = new Dictionary<string, SourcePatch[]>
        {
            ["a commit is not synced"] =
            [
                new(Store + "ReadBack.cs", "if (!_card.Sync())", "if (_card == null)"),
                new(Store + "ReadBack.cs", "Note(_card.BeginSync())", "Note(SyncState.Done)"),
            ],
            ["the read-back looks at headers only"] =
                [new(Store + "ReadBack.cs", "|| !RecordHeader.IsPayloadValid(_scratch, 0, _checksum))", ")")],
            ["250 is said before the read-back"] =
                [new("firmware/Loop/SmtpSlot.cs", "int outcome = _writer.Outcome;", "int outcome = StoreResult.Ok;")],
            ["451 is said without a void record"] =
                [new(Store + "CommitQueue.cs", "            _isFaulted = !WriteVoid();\n            for", "            _readBack.StartAtHead();\n            _ring.ForgetFailures();\n            for")],
            ["no defence against stale records"] =
            [
                new(Store + "ChainWalker.cs", "                && HeaderSequence == Sequence + 1\n", ""),
                new(Store + "ChainWalker.cs", "&& (_isFirst || Octets.ReadInt32(_header, RecordHeader.Link) == Link)", ""),
                new(Store + "Recovery.cs", "if (found == 0)", "if (found >= 0)"),
                new(Store + "MessageReader.cs", "- _sequence > 0;", "!= _sequence;"),
            ],
            ["blocks are free before the superblock says so"] =
                [new(Store + "Tail.cs", "if (!_superblocks.Write(_superblock))", "if (_superblocks == null)")],
            ["a copy counts before it is proven"] =
                [new(Store + "Relocation.cs", "                _isOpen = false;\n                _queue.Add(this);", "                _isOpen = false;\n                Apply();")],
            ["numbers of unique-ids are given again after a boot"] =
                [new(Store + "Recovery.cs", "_superblock.NextUniqueId = _nextUniqueId;", "")],
            ["half a removal is applied at boot"] =
                [new(Store + "Removal.cs", "at + RangeOctets <= end", "at + RangeOctets < end")],
            ["a message that is being written does not hold the tail"] =
                [new(Store + "Tail.cs", "if (writer.IsInRing && writer.IsBusy)", "if (writer == null)")],
            ["what a power cut left unfinished is not voided"] =
                [new(Store + "StoreOpening.cs", "|| !VoidUnfinished(recovery) ", "")],
            ["what was written last is believed unread"] =
                [new(Store + "Recovery.cs", "            VerifyEnd(before.Sequence);\n", "            _unfinished = new int[0];\n")],
            ["maildrops have bits by their order"] =
                [new(Store + "MaildropTable.cs", "_bits[drop] = FindName(maildrops[drop].Name);", "_bits[drop] = drop < _names.Length && _names[drop] != null ? drop : -1;")],
            ["a bit is given away while mail has it"] =
                [new(Store + "MaildropTable.cs", "if (!IsConfigured(bit) && !IsLive(bit, index))", "if (!IsConfigured(bit))")],
            ["a maildrop opens twice"] =
                [new(Store + "OpenViews.cs", "if (_views[at].IsLocking && _views[at].Bit == bit)", "if (_views[at] == null)")],
        };
    }
}

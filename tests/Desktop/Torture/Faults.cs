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
            ["a void record does not name what the one did whose place it takes"] =
                [new(Store + "VoidWriter.cs", "_first = goesOn ? _standingFirst : verified + 1;", "_first = verified + 1;")],
            ["no defence against stale records"] =
            [
                new(Store + "ChainWalker.cs", "                && HeaderSequence == Sequence + 1\n", ""),
                new(Store + "ChainWalker.cs", "&& (IsFirst || Octets.ReadInt32(_header, RecordHeader.Link) == Link)", ""),
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
            ["the newest is dropped instead of the oldest"] =
                [new(Store + "DropChoice.cs", "            int seen = None;\n            for (int at = 0; at < _index.Count; at++)", "            int seen = None;\n            for (int at = _index.Count - 1; at >= 0; at--)")],
            ["what a session sees is dropped like anything else"] =
                [new(Store + "DropChoice.cs", "if (!_views.Sees(at))", "if (_views != null)")],
            ["a drop is not on the card"] =
                [new(Store + "Disposal.cs", "            _queue.Add(this);\n            _queue.Settle();\n            return Outcome == StoreResult.Ok ?", "            Apply();\n            return _uniqueId == uniqueId ?"), new(Store + "Disposal.cs", "            _ring.Append(_scratch, RecordHeader.Octets, 0);\n", "")],
            ["recovery passes over what was dropped"] =
                [new(Store + "Recovery.cs", "_index.Drop(value);", "")],
            ["old mail is dropped where the ring is half full"] =
                [new(Store + "Room.cs", "int cap = CapBlocks - _index.LiveBlocks - _queue.OpenBlocks;", "int cap = (CapBlocks / 4) - _index.LiveBlocks - _queue.OpenBlocks;"),
                new(Store + "DropChoice.cs", "if (blocks > _room.CapBlocks - _index", "if (blocks > (_room.CapBlocks / 4) - _index"), new(Store + "Room.cs", "if (blocks + spent < _plentyBlocks)", "if (blocks < 0)")],
            ["a quota of messages is ignored"] =
                [new(Store + "MaildropQuotas.cs", "_index.MessagesOf(bit) >= messagesMax", "_index.MessagesOf(bit) < 0")],
            ["a quota of octets is ignored"] =
                [new(Store + "MaildropQuotas.cs", "_index.OctetsIn(bit) + octets > octetsMax", "_index.OctetsIn(bit) < 0")],
            ["a maildrop opens twice"] =
                [new(Store + "OpenViews.cs", "if (_views[at].IsLocking && _views[at].Bit == bit)", "if (_views[at] == null)")],
        };
    }
}

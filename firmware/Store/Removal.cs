using MailAppliance.Core;

namespace MailAppliance.Store
{
    /// <summary>A removal record's payload: ranges of unique-ids, each 8 octets, first and last (SPEC.md, "Removal").</summary>
    internal static class Removal
    {
        /// <summary>Octets of one range.</summary>
        internal const int RangeOctets = 8;

        /// <summary>The most octets a removal record can take: every second message of a full maildrop.</summary>
        /// <param name="messagesMax">Messages a maildrop can hold.</param>
        /// <returns>Octets with the header.</returns>
        internal static int RecordOctetsMax(int messagesMax)
        {
            return RecordHeader.Octets + (RangeOctets * ((messagesMax + 1) / 2));
        }

        /// <summary>Puts a record's removals into force.</summary>
        /// <param name="buffer">A buffer that holds the whole record.</param>
        /// <param name="index">The index.</param>
        internal static void Apply(byte[] buffer, MessageIndex index)
        {
            ApplyRanges(
                buffer,
                Octets.ReadUInt16(buffer, RecordHeader.PayloadOffset),
                Octets.ReadInt32(buffer, RecordHeader.PayloadOctets),
                Octets.ReadUInt16(buffer, RecordHeader.Maildrop),
                index);
            index.Sweep();
        }

        /// <summary>Puts a part of a record's removals into force; sweep the index behind the last.</summary>
        /// <param name="buffer">A buffer that holds the ranges.</param>
        /// <param name="offset">The first.</param>
        /// <param name="count">Their octets.</param>
        /// <param name="bit">The maildrop's recipient bit.</param>
        /// <param name="index">The index.</param>
        internal static void ApplyRanges(byte[] buffer, int offset, int count, int bit, MessageIndex index)
        {
            int end = offset + count;
            for (int at = offset; at + RangeOctets <= end; at += RangeOctets)
            {
                index.Remove(Octets.ReadInt32(buffer, at), Octets.ReadInt32(buffer, at + 4), bit);
            }
        }
    }
}

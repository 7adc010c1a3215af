using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Store
{
    /// <summary>
    /// Reads whole records at boot, also those that another configuration wrote and that are larger than any buffer of this
    /// one: these piece by piece.
    /// </summary>
    internal sealed class RecordCheck
    {
        private readonly ChainWalker _walker;
        private readonly IChecksum _checksum;
        private int _blocks;
        private int _payloadAt;
        private int _payloadOctets;
        private int _payloadChecksum;
        private int _bit;

        internal RecordCheck(ChainWalker walker, IChecksum checksum, byte[] scratch)
        {
            _walker = walker;
            _checksum = checksum;
            Buffer = scratch;
        }

        /// <summary>Holds the record that <see cref="Load"/> read.</summary>
        internal readonly byte[] Buffer;

        /// <summary>Reads a record into <see cref="Buffer"/>.</summary>
        /// <param name="block">Where it is.</param>
        /// <returns>False where it can't be read, is not whole, or does not fit.</returns>
        internal bool Load(int block)
        {
            return LoadHeader(block) && Fits && LoadWhole(block);
        }

        /// <summary>Whether every octet of a record is what it was written with, however large it is.</summary>
        /// <param name="block">Where it is.</param>
        /// <returns>True where it is.</returns>
        internal bool IsWhole(int block)
        {
            return LoadHeader(block) && (Fits ? LoadWhole(block) : RunThrough(block, null));
        }

        /// <summary>Puts a removal record into force.</summary>
        /// <param name="block">Where it is.</param>
        /// <param name="index">The index.</param>
        /// <returns>False where it is not whole; then nothing of it is in force.</returns>
        internal bool ApplyRemoval(int block, MessageIndex index)
        {
            if (!LoadHeader(block))
            {
                return false;
            }

            if (!Fits)
            {
                return RunThrough(block, null) && RunThrough(block, index);
            }

            bool isWhole = LoadWhole(block);
            if (isWhole)
            {
                Removal.Apply(Buffer, index);
            }

            return isWhole;
        }

        private bool Fits
        {
            get { return _blocks * Limits.BlockOctets <= Buffer.Length; }
        }

        /// <summary>Reads a record's header into <see cref="Buffer"/>.</summary>
        /// <param name="block">Where it is.</param>
        /// <returns>False where it can't be read.</returns>
        internal bool LoadHeader(int block)
        {
            if (!_walker.Read(block, Buffer, 0, 1) || !_walker.IsHeader(Buffer, block))
            {
                return false;
            }

            _blocks = Octets.ReadUInt16(Buffer, RecordHeader.Blocks);
            _payloadAt = Octets.ReadUInt16(Buffer, RecordHeader.PayloadOffset);
            _payloadOctets = Octets.ReadInt32(Buffer, RecordHeader.PayloadOctets);
            _payloadChecksum = Octets.ReadInt32(Buffer, RecordHeader.PayloadChecksum);
            _bit = Octets.ReadUInt16(Buffer, RecordHeader.Maildrop);
            return true;
        }

        private bool LoadWhole(int block)
        {
            return (_blocks == 1 || _walker.Read(block, Buffer, 0, _blocks)) && RecordHeader.IsPayloadValid(Buffer, 0, _checksum);
        }

        // Pieces go behind the buffer's first block, which leaves the running checksum its room.
        private bool RunThrough(int block, MessageIndex index)
        {
            int roomBlocks = (Buffer.Length / Limits.BlockOctets) - 1;
            int at = _payloadAt;
            int left = _payloadOctets;
            int sum = 0;
            int piece;
            for (int done = 0; done < _blocks && left > 0; done += piece)
            {
                piece = _blocks - done < roomBlocks ? _blocks - done : roomBlocks;
                int octets = piece * Limits.BlockOctets;
                if (!_walker.Read(block + done, Buffer, Limits.BlockOctets, piece))
                {
                    return false;
                }

                // What stands in front of the payload may be more than a piece.
                int skipped = at < octets ? at : octets;
                int count = octets - skipped < left ? octets - skipped : left;
                at -= skipped;
                left -= count;
                if (count > 0)
                {
                    if (index != null)
                    {
                        Removal.ApplyRanges(Buffer, Limits.BlockOctets + skipped, count, _bit, index);
                    }

                    sum = RunningChecksum.Continue(_checksum, sum, Buffer, Limits.BlockOctets + skipped, count);
                }
            }

            if (index != null)
            {
                index.Sweep();
            }

            return sum == _payloadChecksum;
        }
    }
}

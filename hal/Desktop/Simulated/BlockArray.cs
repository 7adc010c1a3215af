using System;

namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>Blocks in RAM, in pieces that are taken when first written: a large ring costs what is in it.</summary>
    internal sealed class BlockArray
    {
        private const int BlockOctets = MemoryCard.BlockOctets;
        private const int PieceOctets = 1 << 20;

        private readonly byte[]?[] _pieces;

        internal BlockArray(int count)
        {
            Count = count;
            _pieces = new byte[]?[(((long)count * BlockOctets) + PieceOctets - 1) / PieceOctets];
        }

        /// <summary>How many blocks.</summary>
        internal int Count { get; }

        internal BlockArray Fork()
        {
            var copy = new BlockArray(Count);
            for (int piece = 0; piece < _pieces.Length; piece++)
            {
                copy._pieces[piece] = (byte[]?)_pieces[piece]?.Clone();
            }

            return copy;
        }

        /// <summary>Makes every octet 0.</summary>
        internal void Clear()
        {
            foreach (byte[]? piece in _pieces)
            {
                piece.AsSpan().Clear();
            }
        }

        internal void Read(int block, Span<byte> target)
        {
            long at = (long)block * BlockOctets;
            while (target.Length > 0)
            {
                int inPiece = (int)(at % PieceOctets);
                int count = Math.Min(target.Length, PieceOctets - inPiece);
                byte[]? piece = _pieces[at / PieceOctets];
                if (piece == null)
                {
                    target.Slice(0, count).Clear();
                }
                else
                {
                    piece.AsSpan(inPiece, count).CopyTo(target);
                }

                target = target.Slice(count);
                at += count;
            }
        }

        internal void Write(int block, ReadOnlySpan<byte> octets)
        {
            long at = (long)block * BlockOctets;
            while (octets.Length > 0)
            {
                int inPiece = (int)(at % PieceOctets);
                int count = Math.Min(octets.Length, PieceOctets - inPiece);
                octets.Slice(0, count).CopyTo(Piece(at).AsSpan(inPiece));
                octets = octets.Slice(count);
                at += count;
            }
        }

        internal void Flip(long octet, byte mask)
        {
            Piece(octet)[octet % PieceOctets] ^= mask;
        }

        private byte[] Piece(long at)
        {
            ref byte[]? piece = ref _pieces[at / PieceOctets];
            piece ??= new byte[Math.Min(PieceOctets, ((long)Count * BlockOctets) - (at / PieceOctets * PieceOctets))];
            return piece;
        }
    }
}

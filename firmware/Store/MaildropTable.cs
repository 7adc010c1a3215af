using System;
using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Store
{
    /// <summary>
    /// Which recipient bit is whose, by name. A bit belongs to its name for as long as a message has it, also when the
    /// configuration no longer knows the name; it is never given away before.
    /// </summary>
    public sealed class MaildropTable
    {
        private readonly byte[][] _names;
        private readonly int[] _bits;
        private int _block = -1;

        /// <summary>Makes an empty table; done at boot.</summary>
        /// <param name="bits">Recipient bits there are.</param>
        /// <param name="maildrops">Maildrops of the configuration.</param>
        public MaildropTable(int bits, int maildrops)
        {
            _names = new byte[bits][];
            _bits = new int[maildrops];
        }

        /// <summary>Where the record is that holds this table; -1 before the first.</summary>
        public int Block
        {
            get { return _block; }
            internal set { _block = value; }
        }

        /// <summary>The recipient bit of a maildrop of the configuration.</summary>
        /// <param name="maildrop">Its index in the settings.</param>
        /// <returns>The bit.</returns>
        public int BitOf(int maildrop)
        {
            return _bits[maildrop];
        }

        /// <summary>Forgets all names: another card may have others.</summary>
        internal void Reset()
        {
            Array.Clear(_names, 0, _names.Length);
            _block = -1;
        }

        /// <summary>Recipient bits there are.</summary>
        public int BitCount
        {
            get { return _names.Length; }
        }

        /// <summary>Whose a recipient bit is.</summary>
        /// <param name="bit">0 to <see cref="BitCount"/> - 1.</param>
        /// <returns>The name, the table's own; null where it is nobody's.</returns>
        public byte[] NameOf(int bit)
        {
            return _names[bit];
        }

        /// <summary>The most octets a record of the table takes, with its header.</summary>
        /// <param name="bits">Recipient bits there are.</param>
        /// <returns>The octets.</returns>
        public static int RecordOctetsMax(int bits)
        {
            return RecordHeader.Octets + 2 + (bits * (2 + Limits.MaildropNameOctetsMax));
        }

        /// <summary>Writes the table as a payload: the count, and bit, name's octets and name for each.</summary>
        /// <param name="buffer">The record's buffer.</param>
        /// <param name="offset">Where the payload begins.</param>
        /// <returns>The payload's octets.</returns>
        internal int Encode(byte[] buffer, int offset)
        {
            int count = 0;
            int at = offset + 2;
            for (int bit = 0; bit < _names.Length; bit++)
            {
                byte[] name = _names[bit];
                if (name != null)
                {
                    buffer[at] = (byte)bit;
                    buffer[at + 1] = (byte)name.Length;
                    Array.Copy(name, 0, buffer, at + 2, name.Length);
                    at += 2 + name.Length;
                    count++;
                }
            }

            Octets.WriteUInt16(count, buffer, offset);
            return at - offset;
        }

        /// <summary>Takes the table of a record.</summary>
        /// <param name="buffer">A buffer that holds the whole record, its payload proven.</param>
        /// <returns>False where it names a bit that this configuration's <c>maildrops</c> has no room for.</returns>
        internal bool Decode(byte[] buffer)
        {
            int at = Octets.ReadUInt16(buffer, RecordHeader.PayloadOffset);
            int count = Octets.ReadUInt16(buffer, at);
            at += 2;
            Array.Clear(_names, 0, _names.Length);
            for (int index = 0; index < count; index++)
            {
                int bit = buffer[at];
                if (bit >= _names.Length)
                {
                    return false;
                }

                byte[] name = new byte[buffer[at + 1]];
                Array.Copy(buffer, at + 2, name, 0, name.Length);
                _names[bit] = name;
                at += 2 + name.Length;
            }

            return true;
        }

        /// <summary>Gives each maildrop of the configuration its bit: the one it has, else a free one.</summary>
        /// <param name="maildrops">The configuration's maildrops.</param>
        /// <param name="index">What is live, and so whose bits are not free.</param>
        /// <returns>1 where the table changed and has to be written, 0 where not, -1 where there are more names with mail than bits.</returns>
        internal int Reconcile(MaildropSettings[] maildrops, MessageIndex index)
        {
            bool changed = false;
            for (int drop = 0; drop < maildrops.Length; drop++)
            {
                _bits[drop] = FindName(maildrops[drop].Name);
            }

            for (int drop = 0; drop < maildrops.Length; drop++)
            {
                if (_bits[drop] >= 0)
                {
                    continue;
                }

                int bit = FindFree(index);
                if (bit < 0)
                {
                    return -1;
                }

                _names[bit] = maildrops[drop].Name;
                _bits[drop] = bit;
                changed = true;
            }

            return changed || _block < 0 ? 1 : 0;
        }

        private int FindName(byte[] name)
        {
            for (int bit = 0; bit < _names.Length; bit++)
            {
                byte[] known = _names[bit];
                if (known != null && Octets.EqualIgnoreCase(known, 0, known.Length, name, 0, name.Length))
                {
                    return bit;
                }
            }

            return -1;
        }

        // A bit without a name, else one whose name is in nobody's use: not in the configuration, and no message has it.
        private int FindFree(MessageIndex index)
        {
            for (int bit = 0; bit < _names.Length; bit++)
            {
                if (_names[bit] == null)
                {
                    return bit;
                }
            }

            for (int bit = 0; bit < _names.Length; bit++)
            {
                if (!IsConfigured(bit) && !IsLive(bit, index))
                {
                    return bit;
                }
            }

            return -1;
        }

        private bool IsConfigured(int bit)
        {
            for (int drop = 0; drop < _bits.Length; drop++)
            {
                if (_bits[drop] == bit)
                {
                    return true;
                }
            }

            return false;
        }

        private static bool IsLive(int bit, MessageIndex index)
        {
            for (int at = 0; at < index.Count; at++)
            {
                if (index.Has(at, bit))
                {
                    return true;
                }
            }

            return false;
        }
    }
}

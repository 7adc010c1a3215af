using System;
using System.Buffers.Text;

namespace MailAppliance.Tools.Torture.Clients
{
    /// <summary>Puts together what a client sends; its buffer grows to the most it ever held.</summary>
    internal sealed class OctetText
    {
        private byte[] _octets = new byte[256];
        private int _count;

        /// <summary>The octets.</summary>
        internal ReadOnlySpan<byte> Octets
        {
            get { return _octets.AsSpan(0, _count); }
        }

        /// <summary>Starts anew.</summary>
        internal OctetText Begin()
        {
            _count = 0;
            return this;
        }

        /// <summary>Adds octets.</summary>
        internal OctetText Add(ReadOnlySpan<byte> octets)
        {
            Room(octets.Length);
            octets.CopyTo(_octets.AsSpan(_count));
            _count += octets.Length;
            return this;
        }

        /// <summary>Adds ASCII text.</summary>
        internal OctetText Add(string text)
        {
            Room(text.Length);
            foreach (char letter in text)
            {
                _octets[_count++] = (byte)letter;
            }

            return this;
        }

        /// <summary>Adds a decimal number.</summary>
        internal OctetText Add(int number)
        {
            Room(11);
            Utf8Formatter.TryFormat(number, _octets.AsSpan(_count), out int written);
            _count += written;
            return this;
        }

        private void Room(int more)
        {
            if (_count + more > _octets.Length)
            {
                Array.Resize(ref _octets, Math.Max(_count + more, 2 * _octets.Length));
            }
        }
    }
}

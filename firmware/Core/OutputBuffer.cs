using System;

namespace MailAppliance.Core
{
    /// <summary>
    /// A connection's fixed buffer of replies. A session appends where <see cref="Room"/> allows, the loop sends from
    /// <see cref="Start"/>.
    /// </summary>
    public sealed class OutputBuffer
    {
        private int _start;
        private int _end;

        /// <summary>Makes a buffer; done at boot.</summary>
        /// <param name="capacity">Octets it holds, at least twice <see cref="Limits.ReplyLineOctetsMax"/>.</param>
        public OutputBuffer(int capacity)
        {
            Buffer = new byte[capacity];
        }

        /// <summary>The octets themselves.</summary>
        public readonly byte[] Buffer;

        /// <summary>Index of the first octet not sent.</summary>
        public int Start
        {
            get { return _start; }
        }

        /// <summary>Octets not sent yet.</summary>
        public int Count
        {
            get { return _end - _start; }
        }

        /// <summary>Octets that may still be appended.</summary>
        public int Room
        {
            get { return Buffer.Length - _end; }
        }

        /// <summary>Forgets everything, for the next connection.</summary>
        public void Clear()
        {
            _start = 0;
            _end = 0;
        }

        /// <summary>Notes octets that were sent from <see cref="Start"/>.</summary>
        /// <param name="count">How many.</param>
        public void Sent(int count)
        {
            _start += count;
            if (_start == _end)
            {
                _start = 0;
                _end = 0;
            }
        }

        /// <summary>Appends a text that is there from boot on.</summary>
        /// <param name="phrases">The texts.</param>
        /// <param name="phrase">Which of them; there must be room for it.</param>
        public void Append(Phrases phrases, int phrase)
        {
            _end = phrases.Write(phrase, Buffer, _end);
        }

        /// <summary>Appends a constant.</summary>
        /// <param name="octets">All of it.</param>
        public void Append(byte[] octets)
        {
            Append(octets, 0, octets.Length);
        }

        /// <summary>Appends a range.</summary>
        /// <param name="buffer">Copied from.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">How many, at most <see cref="Room"/>.</param>
        public void Append(byte[] buffer, int offset, int count)
        {
            Array.Copy(buffer, offset, Buffer, _end, count);
            _end += count;
        }

        /// <summary>Appends one octet.</summary>
        /// <param name="octet">The octet.</param>
        public void Append(byte octet)
        {
            Buffer[_end] = octet;
            _end++;
        }

        /// <summary>Appends the base64 of a range.</summary>
        /// <param name="buffer">Encoded from.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">How many; their <see cref="Base64.EncodedOctets"/> are at most <see cref="Room"/>.</param>
        public void AppendBase64(byte[] buffer, int offset, int count)
        {
            _end += Base64.Encode(buffer, offset, count, Buffer, _end);
        }

        /// <summary>Appends a decimal number.</summary>
        /// <param name="value">The number, not negative.</param>
        public void AppendDecimal(long value)
        {
            _end += Octets.WriteDecimal(value, Buffer, _end);
        }
    }
}

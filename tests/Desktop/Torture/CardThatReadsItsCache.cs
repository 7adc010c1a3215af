using System;
using System.Collections.Generic;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;

namespace MailAppliance.Tests.Torture
{
    /// <summary>Answers every read with what was written last, whether or not that is on the card: no read-back proves anything.</summary>
    internal sealed class CardThatReadsItsCache : CardDecorator
    {
        private const int BlockOctets = 512;

        private readonly Dictionary<int, byte[]> _written = [];

        internal CardThatReadsItsCache(ICard card)
            : base(card)
        {
        }

        public override bool Read(int block, byte[] buffer, int offset, int count)
        {
            bool isRead = base.Read(block, buffer, offset, count);
            for (int index = 0; index < count; index++)
            {
                if (_written.TryGetValue(block + index, out byte[]? octets))
                {
                    octets.CopyTo(buffer, offset + (index * BlockOctets));
                }
            }

            return isRead;
        }

        public override bool Write(int block, byte[] buffer, int offset, int count)
        {
            for (int index = 0; index < count; index++)
            {
                _written[block + index] = buffer.AsSpan(offset + (index * BlockOctets), BlockOctets).ToArray();
            }

            return base.Write(block, buffer, offset, count);
        }
    }
}

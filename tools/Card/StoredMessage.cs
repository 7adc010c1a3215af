using System.Collections.Generic;

namespace MailAppliance.Tools.Card
{
    /// <summary>A live message of a ring.</summary>
    internal sealed class StoredMessage
    {
        /// <summary>Its place in the index.</summary>
        public required int Place { get; init; }

        /// <summary>Number of its unique-id.</summary>
        public required int Number { get; init; }

        /// <summary>Epoch of its unique-id.</summary>
        public required int Epoch { get; init; }

        /// <summary>Its octets as POP3 counts them.</summary>
        public required int Octets { get; init; }

        /// <summary>Where its first fragment is.</summary>
        public required int FirstBlock { get; init; }

        /// <summary>Who has it, in the order of the recipient bits.</summary>
        public required IReadOnlyList<Maildrop> Maildrops { get; init; }

        /// <summary>Its unique-id as UIDL says it.</summary>
        public string UniqueId
        {
            get { return UniqueIdOf(Epoch, Number); }
        }

        /// <summary>A unique-id as UIDL says it.</summary>
        /// <param name="epoch">The epoch.</param>
        /// <param name="number">The number.</param>
        public static string UniqueIdOf(int epoch, int number)
        {
            byte[] hex = new byte[16];
            Core.Octets.WriteHex(epoch, hex, 0);
            Core.Octets.WriteHex(number, hex, 8);
            return System.Text.Encoding.ASCII.GetString(hex);
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace MailAppliance.Tools.Card
{
    /// <summary>A maildrop that the ring's own table names.</summary>
    /// <param name="Bit">Its recipient bit.</param>
    /// <param name="Octets">Its name as it stands on the card.</param>
    internal sealed record Maildrop(int Bit, byte[] Octets)
    {
        /// <summary>Its name for a person.</summary>
        public string Name { get; } = Encoding.UTF8.GetString(Octets);

        /// <summary>Finds maildrops by name, without case.</summary>
        /// <param name="all">Those on the card.</param>
        /// <param name="name">The name.</param>
        /// <returns>The maildrop; null where there is none.</returns>
        public static Maildrop? Find(IEnumerable<Maildrop> all, string name)
        {
            byte[] octets = Encoding.UTF8.GetBytes(name);
            return all.FirstOrDefault(drop => Core.Octets.EqualIgnoreCase(drop.Octets, 0, drop.Octets.Length, octets, 0, octets.Length));
        }

        /// <summary>Finds a maildrop that has to be there.</summary>
        /// <param name="all">Those on the card.</param>
        /// <param name="name">The name.</param>
        /// <exception cref="ToolException">It is not.</exception>
        public static Maildrop Named(IReadOnlyCollection<Maildrop> all, string name)
        {
            return Find(all, name) ?? throw new ToolException(all.Count == 0
                ? $"there is no maildrop {name} on this card, nor any other"
                : $"there is no maildrop {name} on this card; it has {string.Join(", ", all.Select(drop => drop.Name))}");
        }

        /// <summary>The name as a part of a file's name: whatever a file system may dislike is written as % and two hexadecimal digits.</summary>
        public string FileName
        {
            get
            {
                var text = new StringBuilder();
                foreach (byte octet in Octets)
                {
                    bool isPlain = char.IsAsciiLetterOrDigit((char)octet) || (octet == '.' && text.Length > 0) || "_-@+".Contains((char)octet, StringComparison.Ordinal);
                    text.Append(isPlain ? ((char)octet).ToString() : "%" + octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
                }

                return text.ToString();
            }
        }
    }
}

using System;
using System.Linq;
using MailAppliance.Hal.Desktop;

namespace MailAppliance.Tools.Card.Commands
{
    /// <summary><c>show</c>: one message, its octets as its sender wrote them.</summary>
    internal static class ShowCommand
    {
        /// <summary>Prints a message.</summary>
        /// <param name="console">Takes the octets.</param>
        /// <param name="path">The ring's file.</param>
        /// <param name="uniqueId">Its unique-id.</param>
        /// <exception cref="ToolException">It is not there, or damaged.</exception>
        public static void Run(ToolConsole console, string path, string uniqueId)
        {
            using FolderCard card = RingReading.OpenCard(path);
            var ring = new RingReading(new HeldCard(card), path);
            StoredMessage message = ring.Messages.FirstOrDefault(message => message.UniqueId.Equals(uniqueId, StringComparison.OrdinalIgnoreCase))
                ?? throw new ToolException($"there is no message {uniqueId} on this card; ls lists those that are");
            var text = new WireToText(console.Octets);
            if (!ring.Read(message, text.Add, out _))
            {
                throw new ToolException($"message {message.UniqueId} is damaged");
            }

            console.Octets.Flush();
        }
    }
}

using System;
using System.Collections.Generic;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal.Desktop;
using MailAppliance.Store;

namespace MailAppliance.Tools.Card.Commands
{
    /// <summary>Makes a new, empty ring in a file of its own.</summary>
    internal sealed class RingMaker : IStoreProgress
    {
        private readonly Action<long> _done;

        private RingMaker(Action<long> done)
        {
            _done = done;
        }

        /// <inheritdoc/>
        public void Formatted(int doneBlocks, int blockCount)
        {
            _done(doneBlocks);
        }

        /// <summary>Makes a ring.</summary>
        /// <param name="console">Told how far it is.</param>
        /// <param name="card">The card, without a file; the caller's.</param>
        /// <param name="octets">The ring's size.</param>
        /// <param name="messages">Messages that it has to hold at least.</param>
        /// <param name="maildrops">Names of the maildrops that it knows from the start.</param>
        /// <param name="sink">Stores messages in it.</param>
        /// <returns>The store, open.</returns>
        /// <exception cref="ToolException">The card refused.</exception>
        public static MailStore Make(
            ToolConsole console, FolderCard card, long octets, int messages, IReadOnlyCollection<byte[]> maildrops, out MessageSink sink)
        {
            ApplianceSettings settings = RingSettings.ToWrite(octets, messages, maildrops.Count, maildrops);
            var store = new MailStore(settings, card, new Crc32());
            sink = new MessageSink(store);
            console.Work("formatting", octets / Limits.BlockOctets, done =>
            {
                StoreOpening opening = store.Open(new DesktopEntropy(), new RingMaker(done));
                if (opening.Status != StoreStatus.Ready)
                {
                    throw new ToolException(card.LastError ?? "the card failed while the ring was made");
                }
            });
            return store;
        }
    }
}

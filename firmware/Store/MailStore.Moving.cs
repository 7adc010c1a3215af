namespace MailAppliance.Store
{
    /// <content>What reads a ring without changing it, and what moves its messages into another one.</content>
    public sealed partial class MailStore
    {
        /// <summary>Which recipient bit is whose.</summary>
        public MaildropTable Maildrops
        {
            get { return _maildrops; }
        }

        /// <summary>A number that no unique-id of this ring has had yet.</summary>
        public int NextUniqueId
        {
            get { return _superblock.NextUniqueId; }
        }

        /// <summary>Recovers what is on the card, up to the step that writes; only reading may follow. See <see cref="StoreOpening"/>.</summary>
        /// <returns>How it went.</returns>
        public StoreOpening OpenToRead()
        {
            StoreOpening opening = new StoreOpening(_settings, _card, _checksum, _superblock, _superblocks, Ring, ReadBack, Index, _maildrops, null, _scratch, false);
            opening.RunToRead();
            return opening;
        }

        /// <summary>Lets an empty ring go on with the unique-ids of another, whose messages are moved into it.</summary>
        /// <param name="next">The number that the other one would give next.</param>
        /// <returns>False where the card refused.</returns>
        public bool ContinueUniqueIds(int next)
        {
            _superblock.NextUniqueId = next;
            return _superblocks.Write(_superblock) && _superblocks.Write(_superblock);
        }

        /// <summary>Writes the last fragment of a message that keeps the unique-id it has; else as the other one.</summary>
        /// <param name="writer">The slot's writer.</param>
        /// <param name="recipients">Bit i of word i/32: maildrop i of the settings gets it; at least one.</param>
        /// <param name="stuffedDots">Dots of transparency in what was appended.</param>
        /// <param name="utcKnown">Whether the arrival is a real date.</param>
        /// <param name="utcSeconds">The arrival.</param>
        /// <param name="uniqueId">Number of its unique-id: below <see cref="NextUniqueId"/>, and no other message's.</param>
        /// <param name="epoch">Epoch of its unique-id.</param>
        /// <returns>Ok; Later; NoRoom or Failed, and then the message has to be dropped.</returns>
        public int Finish(MessageWriter writer, int[] recipients, int stuffedDots, bool utcKnown, long utcSeconds, int uniqueId, int epoch)
        {
            return FinishAs(writer, recipients, stuffedDots, utcKnown, utcSeconds, uniqueId, epoch);
        }
    }
}

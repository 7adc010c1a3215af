namespace MailAppliance.Store
{
    /// <content>Whether new mail is taken, and what old mail makes way for it.</content>
    public sealed partial class MailStore
    {
        /// <summary>Whether a maildrop takes more mail; for SMTP sessions. Null where none has a quota.</summary>
        public MaildropQuotas Quotas
        {
            get { return _quotas; }
        }

        /// <summary>The counters of messages dropped by rule, and their names.</summary>
        public Disposal Disposal
        {
            get { return _disposal; }
        }

        /// <summary>Mail of the appliance's own; null where there is to be none.</summary>
        public NoticeCommit Notice
        {
            get { return _notice; }
        }

        /// <summary>How much of the room for mail is taken, or of the places for messages, whichever is more; in percent.</summary>
        public int UsePercent
        {
            get
            {
                long blocks = _room.CapBlocks <= 0 ? 0 : 100L * Index.LiveBlocks / _room.CapBlocks;
                long places = 100L * Index.Count / Index.Capacity;
                return (int)(blocks > places ? blocks : places);
            }
        }

        /// <summary>The housekeeping's share of a turn: removes what is older than the retention time, where there is one.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <param name="utcKnown">Whether the date is known.</param>
        /// <param name="utcSeconds">The date.</param>
        /// <returns>Whether the next turn has something to do at once.</returns>
        public bool Retire(long now, bool utcKnown, long utcSeconds)
        {
            return _retention != null && _retention.Turn(now, utcKnown, utcSeconds);
        }

        /// <summary>Messages that were too old and are gone, since the last time that this was not 0; to be asked behind each <see cref="Retire"/>.</summary>
        public int RetiredCount
        {
            get { return _retention == null ? 0 : _retention.PassedCount; }
        }

        /// <summary>Blocks that mail may still take: what is free, less what is kept so that every removal, void and table fits.</summary>
        public int RoomBlocks
        {
            get { return _room.MailBlocks; }
        }

        /// <summary>Whether a mail could be taken now, dropping old mail for it where that is configured. Nothing is dropped here.</summary>
        /// <param name="declaredOctets">Its octets as SIZE declared them; -1 where nobody said.</param>
        /// <returns>Ok, NoRoom, Later or Failed of <see cref="StoreResult"/>.</returns>
        public int Admit(long declaredOctets)
        {
            if (!Commits.Repair())
            {
                return StoreResult.Failed;
            }

            // A mail of unknown size has room where its first record has.
            long blocks = BlocksOfMail(declaredOctets < 0 ? _settings.RecordOctets - RecordHeader.Octets : declaredOctets);
            int result = _room.HasPlace ? _room.Check(blocks) : StoreResult.NoRoom;
            return result == StoreResult.NoRoom && blocks < Ring.AreaBlocks && _choice.CanComplete(null, (int)blocks, true) ? StoreResult.Ok : result;
        }

        /// <summary>Begins a message of unknown size.</summary>
        /// <param name="writer">The slot's writer.</param>
        /// <param name="frontOctetsMax">The most that our own fields can take.</param>
        /// <returns>Ok, NoRoom or Failed.</returns>
        public int Begin(MessageWriter writer, int frontOctetsMax)
        {
            return Begin(writer, frontOctetsMax, -1);
        }

        /// <summary>Begins a message.</summary>
        /// <param name="writer">The slot's writer.</param>
        /// <param name="frontOctetsMax">The most that our own fields can take.</param>
        /// <param name="declaredOctets">The octets that its sender declared; 0 or less where he did not. It may have more.</param>
        /// <returns>Ok, NoRoom or Failed.</returns>
        public int Begin(MessageWriter writer, int frontOctetsMax, long declaredOctets)
        {
            if (!Commits.Repair())
            {
                return StoreResult.Failed;
            }

            if (!_room.HasPlace && !_settings.DropOldest)
            {
                return StoreResult.NoRoom;
            }

            writer.Begin(frontOctetsMax);
            writer.BoundBlocks = (int)BlocksOfMail((declaredOctets > 0 ? declaredOctets : _settings.MessageOctetsMax) + frontOctetsMax);
            return StoreResult.Ok;
        }

        // Each record but the last is full.
        private long BlocksOfMail(long octets)
        {
            long payload = _settings.RecordOctets - RecordHeader.Octets;
            return (octets / payload * _recordBlocks) + Ring.BlocksOf((int)(octets % payload) + RecordHeader.Octets);
        }

        // Old mail goes only here: for octets that were received, of a mail that can be completed, and no more than they need.
        private int CheckRoom(MessageWriter writer, int blocks, bool isWhole)
        {
            if (writer.Outcome == StoreResult.Failed || !Commits.Repair())
            {
                return StoreResult.Failed;
            }

            int result = isWhole ? MakePlace(writer, blocks) : StoreResult.Ok;
            int drops = 0;
            while (result == StoreResult.Ok)
            {
                // Making room verifies what lies there, and may find this message's own fragments bad.
                int room = _room.Check(blocks);
                if (writer.Outcome == StoreResult.Failed || Commits.IsFaulted)
                {
                    return StoreResult.Failed;
                }

                if (room != StoreResult.NoRoom || !_settings.DropOldest)
                {
                    return room;
                }

                if (Ring.VerifiedSequence != Ring.HeadSequence)
                {
                    // A removal may wait for its outcome, and make the room: what there is is looked at again behind it.
                    Commits.Settle();
                    continue;
                }

                // A bounded number at a time; the rest in the next turn.
                result = drops < Disposal.EachMax ? DropForRoom(writer, blocks, isWhole) : StoreResult.Later;
                drops++;
            }

            return result;
        }

        // Everything written has its outcome.
        private int DropForRoom(MessageWriter writer, int blocks, bool isWhole)
        {
            return _choice.CanComplete(writer, blocks, isWhole) ? Drop(_choice.ForRoom(blocks)) : StoreResult.NoRoom;
        }

        // The index must have a place for a mail before its last record is written: recovery needs one for each such record.
        private int MakePlace(MessageWriter writer, int blocks)
        {
            if (Index.Count + Commits.WaitingCount < Index.Capacity)
            {
                return StoreResult.Ok;
            }

            Commits.Settle();
            if (Commits.IsFaulted || writer.Outcome == StoreResult.Failed)
            {
                return StoreResult.Failed;
            }

            if (Index.Count < Index.Capacity)
            {
                return StoreResult.Ok;
            }

            return _choice.CanComplete(writer, blocks, true) ? Drop(_choice.ForPlace()) : StoreResult.NoRoom;
        }

        // What was dropped is logged first, and a copy that is under way ends first: what there is of it would be room lost.
        private int Drop(int at)
        {
            return at == DropChoice.None ? StoreResult.NoRoom
                : _disposal.IsFull || _relocation.IsCopying(Index.UniqueIdAt(at)) ? StoreResult.Later : _disposal.Run(at, false);
        }
    }
}

using System;
using MailAppliance.Store;

namespace MailAppliance.Tools.Card
{
    /// <summary>
    /// Stores messages as the appliance does: written, synced, read back. Several wait for their outcome together, so that they
    /// share a sync.
    /// </summary>
    internal sealed class MessageSink
    {
        /// <summary>Messages that may wait for their outcome at a time.</summary>
        public const int WriterCount = 8;

        private readonly MailStore _store;
        private readonly MessageWriter[] _writers = new MessageWriter[WriterCount];
        private readonly string[] _names = new string[WriterCount];
        private int _at;

        /// <summary>Makes one.</summary>
        /// <param name="store">The store, not open yet; the caller's.</param>
        public MessageSink(MailStore store)
        {
            _store = store;
            for (int at = 0; at < WriterCount; at++)
            {
                _writers[at] = store.CreateWriter();
                _names[at] = string.Empty;
            }
        }

        /// <summary>Messages that are on the card, proven.</summary>
        public int StoredCount { get; private set; }

        /// <summary>Begins a message.</summary>
        /// <param name="name">What a person calls it.</param>
        /// <exception cref="ToolException">There is no room, or the card failed.</exception>
        public void Begin(string name)
        {
            _at = (_at + 1) % WriterCount;
            Await(_at);
            _names[_at] = name;
            Check(_store.Begin(_writers[_at], 0));
            _writers[_at].PlaceFront(0);
        }

        /// <summary>Goes on with the message.</summary>
        /// <param name="octets">In wire form; free for reuse on return.</param>
        /// <exception cref="ToolException">There is no room, or the card failed.</exception>
        public void Append(ArraySegment<byte> octets)
        {
            MessageWriter writer = _writers[_at];
            for (int at = 0; at < octets.Count;)
            {
                if (writer.IsFull)
                {
                    Check(Retry(() => _store.Flush(writer)));
                }

                at += writer.Append(octets.Array!, octets.Offset + at, octets.Count - at);
            }
        }

        /// <summary>Ends a new message; its outcome comes later.</summary>
        /// <param name="recipients">Bit i of word i/32: maildrop i of the store's settings.</param>
        /// <param name="stuffedDots">Dots of transparency in it.</param>
        /// <param name="arrival">When it arrived.</param>
        /// <exception cref="ToolException">There is no room, or the card failed.</exception>
        public void Finish(int[] recipients, int stuffedDots, Arrival arrival)
        {
            MessageWriter writer = _writers[_at];
            Check(Retry(() => _store.Finish(writer, recipients, stuffedDots, arrival.IsKnown, arrival.Seconds)));
        }

        /// <summary>Ends a message that keeps its unique-id.</summary>
        /// <param name="recipients">Bit i of word i/32: maildrop i of the store's settings.</param>
        /// <param name="message">The message.</param>
        /// <param name="arrival">When it arrived.</param>
        /// <exception cref="ToolException">There is no room, or the card failed.</exception>
        public void FinishMoved(int[] recipients, StoredMessage message, Arrival arrival)
        {
            MessageWriter writer = _writers[_at];
            int stuffedDots = (int)(writer.WireOctets - Core.WireForm.EndOctets - message.Octets);
            Check(Retry(() => _store.Finish(
                writer, recipients, stuffedDots, arrival.IsKnown, arrival.Seconds, message.Number, message.Epoch)));
        }

        /// <summary>Waits until every message is proven.</summary>
        /// <exception cref="ToolException">The card failed.</exception>
        public void Drain()
        {
            for (int step = 1; step <= WriterCount; step++)
            {
                Await((_at + step) % WriterCount);
            }
        }

        /// <summary>Drops the message that was begun, if any.</summary>
        public void Abort()
        {
            if (_writers[_at].IsOpen)
            {
                _store.Abort(_writers[_at]);
            }
        }

        private void Await(int at)
        {
            MessageWriter writer = _writers[at];
            while (writer.Outcome == PendingCommit.Waiting)
            {
                _store.Turn();
            }

            if (writer.Outcome > StoreResult.Ok)
            {
                throw new ToolException($"the card failed while {_names[at]} was written: it is not stored");
            }

            StoredCount += writer.Outcome == StoreResult.Ok && _names[at].Length > 0 ? 1 : 0;
            _names[at] = string.Empty;
            writer.Outcome = PendingCommit.Idle;
        }

        private int Retry(Func<int> call)
        {
            int result = call();
            while (result == StoreResult.Later)
            {
                _store.Turn();
                result = call();
            }

            return result;
        }

        private void Check(int result)
        {
            if (result != StoreResult.Ok)
            {
                Abort();
                throw new ToolException(result == StoreResult.NoRoom
                    ? $"there is no room for {_names[_at]}"
                    : $"the card failed while {_names[_at]} was written: it is not stored");
            }
        }
    }
}

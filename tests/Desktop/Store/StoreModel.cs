using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>What the store promised so far, kept in the plainest way there is, and compared with what it holds.</summary>
    internal sealed class StoreModel
    {
        private readonly string _label;
        private readonly List<Message> _messages = [];
        private readonly HashSet<string> _everSeen = new(StringComparer.Ordinal);

        internal StoreModel(string label)
        {
            _label = label;
        }

        /// <summary>Mail that was answered 250, and what is left of it.</summary>
        internal int CountOf(int maildrop)
        {
            return _messages.Count(message => (message.Recipients & (1 << maildrop)) != 0);
        }

        /// <summary>A mail was answered 250.</summary>
        internal void Committed(byte[] octets, int recipients, string? uniqueId = null)
        {
            if (uniqueId != null)
            {
                Assert.IsTrue(_everSeen.Add(uniqueId), $"{_label}, unique-id {uniqueId} handed out twice");
            }

            _messages.Add(new Message { Octets = octets, Recipients = recipients, UniqueId = uniqueId });
        }

        /// <summary>A mail was dropped from all its maildrops.</summary>
        /// <returns>Whether it was the oldest.</returns>
        internal bool Dropped(string uniqueId)
        {
            int at = _messages.FindIndex(message => message.UniqueId == uniqueId);
            Assert.IsGreaterThanOrEqualTo(0, at, $"{_label}, dropped {uniqueId}, which is not there");
            _messages.RemoveAt(at);
            return at == 0;
        }

        /// <summary>A removal was answered +OK.</summary>
        internal void Removed(int maildrop, IEnumerable<int> numbers)
        {
            Message[] view = [.. Of(maildrop)];
            foreach (int number in numbers)
            {
                view[number - 1].Recipients &= ~(1 << maildrop);
            }

            _messages.RemoveAll(message => message.Recipients == 0);
        }

        /// <summary>A drop had no outcome when the power went: one mail may be gone, from all its maildrops.</summary>
        /// <returns>How many are.</returns>
        internal int ForgetMissing(StoreRig rig, int maildrops)
        {
            HashSet<string> there = [.. Enumerable.Range(0, maildrops).SelectMany(maildrop => rig.Fetch(maildrop).Keys).Select(key => key[6..])];
            int gone = _messages.RemoveAll(message => message.UniqueId != null && !there.Contains(message.UniqueId));
            Assert.IsLessThan(2, gone, _label);
            return gone;
        }

        /// <summary>Compares every maildrop with the store: order, octets and unique-ids.</summary>
        internal void Check(StoreRig rig, int maildrops)
        {
            for (int maildrop = 0; maildrop < maildrops; maildrop++)
            {
                Message[] expected = [.. Of(maildrop)];
                KeyValuePair<string, byte[]>[] found = [.. rig.Fetch(maildrop)];
                Assert.HasCount(expected.Length, found, $"{_label}, maildrop {maildrop}");
                for (int index = 0; index < expected.Length; index++)
                {
                    Assert.IsTrue(expected[index].Octets.AsSpan().SequenceEqual(found[index].Value), $"{_label}, octets of {maildrop}/{index}");
                    CheckUniqueId(expected[index], found[index].Key[6..]);
                }
            }
        }

        /// <summary>Whether the store holds a mail that nobody was told of; then it counts from now on.</summary>
        internal void Adopt(StoreRig rig, byte[] octets, int recipients)
        {
            int maildrop = (recipients & 1) != 0 ? 0 : 1;
            if (rig.Fetch(maildrop).Values.Any(found => found.AsSpan().SequenceEqual(octets)))
            {
                Committed(octets, recipients);
            }
        }

        private void CheckUniqueId(Message message, string uniqueId)
        {
            if (message.UniqueId == null)
            {
                Assert.IsTrue(_everSeen.Add(uniqueId), $"{_label}, unique-id {uniqueId} handed out twice");
                message.UniqueId = uniqueId;
            }

            Assert.AreEqual(message.UniqueId, uniqueId, $"{_label}, a unique-id changed");
        }

        private IEnumerable<Message> Of(int maildrop)
        {
            return _messages.Where(message => (message.Recipients & (1 << maildrop)) != 0);
        }

        private sealed class Message
        {
            internal byte[] Octets { get; init; } = [];

            internal int Recipients { get; set; }

            internal string? UniqueId { get; set; }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>
    /// Who was told what, kept beside the store: mail and removals that were answered, refused, or not answered at all. After
    /// every boot the maildrops must agree with it; what was not answered is settled by the first boot that is whole.
    /// </summary>
    internal sealed class CutLedger
    {
        /// <summary>Maildrops that any test has; a recipient bit here is a place in this list, whatever the configuration's order.</summary>
        internal static readonly string[] Names = ["alice", "bob", "carol", "dave", "erin"];

        private readonly List<CutMail> _mails = [];
        private readonly List<CutRemoval> _removals = [];
        private readonly HashSet<string> _uniqueIds = new(StringComparer.Ordinal);

        // A power cut may fall behind so many drops, each on the card, that nobody has noted yet.
        private const int DropsAtOnceMax = 5;

        /// <summary>Old mail may be dropped: the oldest, unless a session sees it.</summary>
        internal bool Drops { get; set; }

        /// <summary>An open session may have kept the oldest.</summary>
        internal bool DropsInAnyOrder { get; set; }

        /// <summary>Mails ever begun.</summary>
        internal int Count
        {
            get { return _mails.Count; }
        }

        internal CutLedger Copy()
        {
            var copy = new CutLedger { Drops = Drops, DropsInAnyOrder = DropsInAnyOrder };
            var mails = new Dictionary<CutMail, CutMail>();
            foreach (CutMail mail in _mails)
            {
                mails.Add(mail, mail.Copy());
                copy._mails.Add(mails[mail]);
            }

            foreach (CutRemoval removal in _removals)
            {
                copy._removals.Add(new CutRemoval(removal.Maildrop, [.. removal.Mails.Select(mail => mails[mail])]) { State = removal.State });
            }

            copy._uniqueIds.UnionWith(_uniqueIds);
            return copy;
        }

        internal CutMail Add(byte[] octets, int recipients)
        {
            var mail = new CutMail(octets, recipients);
            _mails.Add(mail);
            return mail;
        }

        /// <summary>A mail is finished: what is finished later comes later.</summary>
        internal void Finished(CutMail mail)
        {
            _mails.Remove(mail);
            _mails.Add(mail);
        }

        internal CutRemoval AddRemoval(int maildrop, IEnumerable<byte[]> octets)
        {
            var removal = new CutRemoval(maildrop, [.. octets.Select(Find)]);
            _removals.Add(removal);
            return removal;
        }

        internal void Answered(CutMail mail, string uniqueId)
        {
            mail.State = CutState.Answered;
            TakeUniqueId(mail, uniqueId, "at its commit");
        }

        /// <summary>The store says that it dropped a mail.</summary>
        internal void Dropped(string uniqueId)
        {
            CutMail? mail = _mails.Find(mail => mail.UniqueId == uniqueId);
            Assert.IsNotNull(mail, $"dropped {uniqueId}, which nobody has");
            Assert.IsTrue(Drops, "nothing is to be dropped");
            Assert.AreEqual(CutState.Answered, mail.State, "dropped twice");
            mail.State = CutState.Dropped;
        }

        /// <summary>Compares every maildrop with what was promised, and settles what was open: it may not change any more.</summary>
        internal void Check(StoreRig rig, string label)
        {
            Assert.AreEqual(0, rig.Opening.LostCount, $"{label}: lost");
            Assert.IsTrue(rig.Settings.Maildrops.Length > 0, label);
            var seen = new Dictionary<CutMail, int>();
            int asked = 0;
            for (int drop = 0; drop < rig.Settings.Maildrops.Length; drop++)
            {
                int maildrop = Array.IndexOf(Names, Encoding.ASCII.GetString(rig.Settings.Maildrops[drop].Name));
                asked |= 1 << maildrop;
                CheckMaildrop(rig, drop, maildrop, seen, label);
            }

            foreach (CutRemoval removal in _removals.Where(removal => removal.State == CutState.Open && (asked & (1 << removal.Maildrop)) != 0))
            {
                Settle(removal, seen, label);
            }

            FindDropped(seen, asked, label);
            foreach (CutMail mail in _mails)
            {
                Settle(mail, asked, seen.GetValueOrDefault(mail), label);
            }
        }

        private void CheckMaildrop(StoreRig rig, int drop, int maildrop, Dictionary<CutMail, int> seen, string label)
        {
            int last = -1;
            foreach (KeyValuePair<string, byte[]> found in rig.Fetch(drop))
            {
                CutMail mail = Find(found.Value);
                int place = _mails.IndexOf(mail);
                Assert.AreNotEqual(CutState.Refused, mail.State, $"{label}: a refused mail, {mail.Octets.Length} octets");
                Assert.AreNotEqual(CutState.Dropped, mail.State, $"{label}: a dropped mail came back, {mail.Octets.Length} octets");
                Assert.IsGreaterThan(last, place, $"{label}: order, or twice the same");
                Assert.AreNotEqual(0, mail.Recipients & (1 << maildrop), $"{label}: somebody else's mail");
                last = place;
                seen[mail] = seen.GetValueOrDefault(mail) | (1 << maildrop);
                TakeUniqueId(mail, found.Key[6..], label);
            }
        }

        // What a power cut kept from being noted as dropped: whole mails, few of them, and the oldest ones.
        private void FindDropped(Dictionary<CutMail, int> seen, int asked, string label)
        {
            int found = 0;
            foreach (CutMail mail in Drops ? _mails.Where(mail => mail.State == CutState.Answered).ToArray() : [])
            {
                bool isThere = seen.GetValueOrDefault(mail) != 0;
                if (isThere && !DropsInAnyOrder)
                {
                    break;
                }

                if (!isThere && (mail.Recipients & asked & ~RemovedFrom(mail, CutState.Answered)) != 0)
                {
                    mail.State = CutState.Dropped;
                    found++;
                }
            }

            Assert.IsLessThanOrEqualTo(DropsAtOnceMax, found, $"{label}: dropped");
        }

        // All of an unanswered removal or nothing of it.
        private void Settle(CutRemoval removal, Dictionary<CutMail, int> seen, string label)
        {
            int bit = 1 << removal.Maildrop;
            CutMail[] left = [.. removal.Mails.Where(mail => (RemovedFrom(mail, CutState.Answered) & bit) == 0)];
            int there = left.Count(mail => (seen.GetValueOrDefault(mail) & bit) != 0);
            removal.State = there == 0 ? CutState.Answered : CutState.Refused;

            // Who was not answered may have asked again: then only what no other one names tells.
            CutMail[] own = [.. left.Where(mail => (RemovedFrom(mail, CutState.Open) & bit) == 0)];
            there = own.Count(mail => (seen.GetValueOrDefault(mail) & bit) != 0);
            Assert.IsTrue(there == 0 || there == own.Length, $"{label}: half a removal, {there} of {own.Length} there");
        }

        private void Settle(CutMail mail, int asked, int seen, string label)
        {
            int expected = mail.Recipients & asked & ~RemovedFrom(mail, CutState.Answered);
            switch (mail.State)
            {
                case CutState.Answered:
                    Assert.AreEqual(expected, seen, $"{label}: an answered mail of {mail.Octets.Length} octets is not where it belongs");
                    break;
                case CutState.Open:
                    Assert.IsTrue(seen == 0 || seen == expected, $"{label}: a mail in some of its maildrops");
                    mail.State = seen == 0 ? CutState.Refused : CutState.Answered;
                    break;
                default:
                    Assert.AreEqual(0, seen, label);
                    break;
            }
        }

        private int RemovedFrom(CutMail mail, CutState state)
        {
            return _removals.Where(removal => removal.State == state && removal.Mails.Contains(mail)).Aggregate(0, (bits, removal) => bits | (1 << removal.Maildrop));
        }

        private CutMail Find(byte[] octets)
        {
            CutMail? found = _mails.Find(mail => mail.Octets.AsSpan().SequenceEqual(octets));
            Assert.IsNotNull(found, $"a mail of {octets.Length} octets that nobody sent");
            return found;
        }

        private void TakeUniqueId(CutMail mail, string uniqueId, string label)
        {
            if (mail.UniqueId == null)
            {
                Assert.IsTrue(_uniqueIds.Add(uniqueId), $"{label}: unique-id {uniqueId} handed out twice");
                mail.UniqueId = uniqueId;
            }

            Assert.AreEqual(mail.UniqueId, uniqueId, $"{label}: a unique-id changed");
        }
    }
}

using System;
using System.Linq;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>What a scenario does with a store, with every answer written into the ledger the moment it is given.</summary>
    internal sealed class CutScript
    {
        private readonly CutMail[] _open;
        private readonly int[] _sent;

        internal CutScript(MemoryCard card, ICard through, ApplianceSettings settings, CutLedger ledger, long seed)
        {
            Rig = new StoreRig(seed: seed) { Card = card, Through = through, Settings = settings };
            Ledger = ledger;
            _open = new CutMail[settings.SmtpSlots];
            _sent = new int[settings.SmtpSlots];
        }

        internal StoreRig Rig { get; }

        internal CutLedger Ledger { get; }

        internal MemoryCard Card
        {
            get { return Rig.Card; }
        }

        internal void Boot()
        {
            Rig.Boot();
        }

        internal void Configure(params string[] maildrops)
        {
            Rig.Settings.Maildrops = StoreHarness.Drops(maildrops);
        }

        /// <summary>A mail from its begin to its outcome.</summary>
        internal int Mail(int octets, int recipients = 1, int slot = 0)
        {
            Begin(slot, octets, recipients);
            Rest(slot);
            Finish(slot);
            return Await(slot);
        }

        /// <summary>Begins a mail; nothing of it reaches the store yet.</summary>
        internal void Begin(int slot, int octets, int recipients = 1)
        {
            _open[slot] = Ledger.Add(StoreRig.Mail(octets, Ledger.Count + 1), recipients);
            _sent[slot] = 0;
            if (Rig.Store.Begin(Rig.Writer(slot), 0, octets) != StoreResult.Ok)
            {
                Refuse(slot);
            }
        }

        /// <summary>Some more of a mail.</summary>
        internal void Write(int slot, int octets)
        {
            byte[] all = _open[slot].Octets;
            int until = Math.Min(_sent[slot] + octets, all.Length);
            if (_open[slot].State == CutState.Open && Rig.Write(slot, all[_sent[slot]..until]) != StoreResult.Ok)
            {
                Refuse(slot);
            }

            _sent[slot] = until;
            NoteDropped();
        }

        internal void Rest(int slot)
        {
            Write(slot, int.MaxValue / 2);
        }

        internal void Finish(int slot)
        {
            if (_open[slot].State != CutState.Open)
            {
                return;
            }

            Ledger.Finished(_open[slot]);
            int recipients = 0;
            for (int drop = 0; drop < Rig.Settings.Maildrops.Length; drop++)
            {
                int maildrop = Array.IndexOf(CutLedger.Names, Encoding.ASCII.GetString(Rig.Settings.Maildrops[drop].Name));
                recipients |= ((_open[slot].Recipients >> maildrop) & 1) << drop;
            }

            int result = Rig.Finish(slot, recipients);
            NoteDropped();
            if (result != StoreResult.Ok)
            {
                Refuse(slot);
            }
        }

        internal int Await(int slot)
        {
            if (_open[slot].State != CutState.Open)
            {
                return StoreResult.Failed;
            }

            MessageWriter writer = Rig.Writer(slot);
            int outcome = Rig.Outcome(writer);
            if (outcome == StoreResult.Ok)
            {
                byte[] id = new byte[16];
                Core.Octets.WriteHex(writer.UniqueIdEpoch, id, 0);
                Core.Octets.WriteHex(writer.UniqueId, id, 8);
                Ledger.Answered(_open[slot], Encoding.ASCII.GetString(id));
            }
            else if (outcome != StoreResult.Unknown)
            {
                _open[slot].State = CutState.Refused;
            }

            return outcome;
        }

        /// <summary>The sender is gone: the mail never comes.</summary>
        internal void Vanish(int slot)
        {
            Refuse(slot);
        }

        /// <summary>Several mails at a time, their fragments interleaved, all finished in one turn.</summary>
        internal void Together(int recipients, params int[] octets)
        {
            for (int slot = 0; slot < octets.Length; slot++)
            {
                Begin(slot, octets[slot], recipients);
            }

            for (int at = 0; at < octets.Max(); at += 700)
            {
                for (int slot = 0; slot < octets.Length; slot++)
                {
                    Write(slot, 700);
                }
            }

            for (int slot = 0; slot < octets.Length; slot++)
            {
                Finish(slot);
            }

            for (int slot = 0; slot < octets.Length; slot++)
            {
                Await(slot);
            }
        }

        internal int Remove(int drop, params int[] numbers)
        {
            CutRemoval? removal = StartRemoval(0, drop, numbers);
            return removal == null ? StoreResult.NoRoom : EndRemoval(0, removal);
        }

        internal void RemoveAll(int drop)
        {
            int count = Rig.Fetch(drop).Count;
            if (count > 0)
            {
                Remove(drop, [.. Enumerable.Range(1, count)]);
            }
        }

        /// <summary>Asks for a removal; null where it was refused at once.</summary>
        internal CutRemoval? StartRemoval(int slot, int drop, params int[] numbers)
        {
            byte[][] mails = [.. Rig.Fetch(drop).Values];
            MaildropView view = Rig.Views[slot];
            Assert.IsTrue(Rig.Store.OpenView(view, drop));
            foreach (int number in numbers)
            {
                view.Mark(number);
            }

            int maildrop = Array.IndexOf(CutLedger.Names, Encoding.ASCII.GetString(Rig.Settings.Maildrops[drop].Name));
            CutRemoval removal = Ledger.AddRemoval(maildrop, numbers.Select(number => mails[number - 1]));
            int result = Rig.Store.Remove(view);
            view.Close();
            if (result != StoreResult.Ok)
            {
                removal.State = CutState.Refused;
            }

            return result == StoreResult.Ok ? removal : null;
        }

        internal int EndRemoval(int slot, CutRemoval removal)
        {
            int outcome = Rig.Outcome(Rig.Views[slot]);
            removal.State = outcome == StoreResult.Ok ? CutState.Answered : outcome == StoreResult.Unknown ? CutState.Open : CutState.Refused;
            return outcome;
        }

        internal void NoteDropped()
        {
            Rig.Dropped.ForEach(Ledger.Dropped);
            Rig.Dropped.Clear();
        }

        private void Refuse(int slot)
        {
            Rig.Store.Abort(Rig.Writer(slot));
            _open[slot].State = CutState.Refused;
        }
    }
}

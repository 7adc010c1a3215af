using System;
using System.Collections.Generic;
using System.Linq;
using MailAppliance.Configuration;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>
    /// Plays a scenario with the power going before, in and after every block write and before every sync, with subsets of
    /// what was unsynced on the card, boots what is left, and asks the ledger. Then the same with a second cut in that boot.
    /// </summary>
    internal sealed class CutRunner
    {
        // All subsets of up to this many unsynced blocks; of more, seeded ones.
        private const int AllSubsetsOf = 4;
        private const int SeededSubsets = 12;

        private static readonly (CardTear Tear, int Octets)[] s_tears =
        [
            (CardTear.FirstOctets, 40), (CardTear.FirstOctets, 112), (CardTear.FirstOctets, 300),
            (CardTear.LastOctets, 300), (CardTear.LastOctets, 450), (CardTear.Garbage, 0), (CardTear.Erased, 0),
        ];

        // Of the boots behind a cut, how many are cut themselves: many of those that had something to mend, few of the others.
        private const int MendingEach = 12;
        private const int PlainEach = 90;

        private readonly CutScenario _scenario;
        private readonly bool _all;
        private readonly int _busyPolls;
        private int _plainSteps = int.MaxValue;
        private int _mending;
        private int _plain;

        internal CutRunner(CutScenario scenario, bool all, int busyPolls)
        {
            _busyPolls = busyPolls;
            _scenario = scenario;
            _all = all;
        }

        /// <summary>Card states that were booted from.</summary>
        internal int Cuts { get; private set; }

        internal void Run()
        {
            var card = new MemoryCard { BusyPolls = _busyPolls };
            var ledger = new CutLedger { Drops = _scenario.Drops || _scenario.RetentionMilliseconds > 0, DropsInAnyOrder = _scenario.DropsInAnyOrder };
            ApplianceSettings before = _scenario.Settings();
            if (_scenario.Before != null)
            {
                var setup = new CutScript(card, card, before, ledger, 1);
                _scenario.Before(setup);
                before = setup.Rig.Settings;
                card.Sync();
                card.Close();
            }

            bool ended = false;
            for (int step = 0; !ended; step += _all ? (_scenario.Stride + 9) / 10 : _scenario.Stride)
            {
                MemoryCard fork = card.Fork();
                var power = new PowerCutCard(fork) { CutStep = step };
                var script = new CutScript(fork, power, Copy(before), ledger.Copy(), 2);
                try
                {
                    _scenario.Script(script);
                    ended = true;
                }
                catch (PowerCutException)
                {
                }

                CheckAll(power, script.Ledger, script.Rig.Settings, $"{_scenario.Name}, step {step}", isSecond: false);
            }
        }

        private static ApplianceSettings Copy(ApplianceSettings settings)
        {
            ApplianceSettings copy = StoreRig.MakeSettings(
                (int)(settings.RingOctets / 512), settings.RecordOctets, settings.MessagesMax, CutLedger.Names);
            copy.Maildrops = settings.Maildrops;
            copy.DropOldest = settings.DropOldest;
            copy.RetentionMilliseconds = settings.RetentionMilliseconds;
            copy.MessageOctetsMax = settings.MessageOctetsMax;
            return copy;
        }

        // How the block under way ended, and which of the unsynced ones are there.
        private void CheckAll(PowerCutCard power, CutLedger ledger, ApplianceSettings settings, string label, bool isSecond)
        {
            MemoryCard whole = power.Fork(CardTear.After, 0);
            foreach (ulong kept in Subsets(whole.UnsyncedCount, isSecond ? 2 : AllSubsetsOf, isSecond ? 4 : SeededSubsets))
            {
                CheckOne(whole.Fork(), kept, ledger, settings, $"{label}, kept {kept:X}", isSecond);
            }

            if (power.BlockUnderWay < 0)
            {
                return;
            }

            foreach ((CardTear tear, int octets) in s_tears)
            {
                MemoryCard torn = power.Fork(tear, octets);
                ulong last = 1UL << (torn.UnsyncedCount - 1);
                foreach (ulong kept in Subsets(torn.UnsyncedCount - 1, isSecond ? 0 : 1, isSecond ? 1 : 3))
                {
                    CheckOne(torn.Fork(), kept | last, ledger, settings, $"{label}, {tear} {octets}, kept {kept | last:X}", isSecond);
                }
            }
        }

        private void CheckOne(MemoryCard card, ulong kept, CutLedger before, ApplianceSettings settings, string label, bool isSecond)
        {
            Cuts++;
            card.PowerCut(index => ((kept >> Math.Min(index, 63)) & 1) != 0);
            MemoryCard again = card.Fork();
            int steps = 0;
            try
            {
                steps = CheckBoots(card, before.Copy(), Copy(settings), label);
            }
            catch (InvalidOperationException broken)
            {
                Assert.Fail($"{label}: {broken}");
            }

            if (!isSecond && _scenario.CutsTwice && IsDue(steps))
            {
                CutTwice(again, before, settings, label);
            }
        }

        private bool IsDue(int steps)
        {
            _plainSteps = Math.Min(_plainSteps, steps);
            return _all || (steps > _plainSteps ? _mending++ % MendingEach == 0 : _plain++ % PlainEach == 0);
        }

        // Boots, asks, stores one more, boots and asks again; returns the steps of the first boot.
        private static int CheckBoots(MemoryCard card, CutLedger ledger, ApplianceSettings settings, string label)
        {
            var power = new PowerCutCard(card);
            var script = new CutScript(card, power, settings, ledger, 3);
            script.Boot();
            int steps = power.StepCount;
            ledger.Check(script.Rig, $"{label}, first boot");
            int result = script.Mail(700);
            Assert.IsTrue(result == StoreResult.Ok || script.Rig.Store.RoomBlocks < 8 || script.Rig.Store.Index.Count == settings.MessagesMax, $"{label}: no mail");
            ledger.Check(script.Rig, $"{label}, behind one more");
            CheckSpace(script.Rig, label);
            script.Rig.Rest();
            int room = script.Rig.Store.RoomBlocks;
            card.PowerCut();
            script.Boot();
            ledger.Check(script.Rig, $"{label}, second boot");
            CheckSpace(script.Rig, label);
            Assert.AreEqual(room, script.Rig.Store.RoomBlocks, $"{label}: room changed by a boot");
            Assert.AreEqual(0, script.Rig.Opening.UnfinishedCount, $"{label}: unfinished again");
            return steps;
        }

        private void CutTwice(MemoryCard card, CutLedger before, ApplianceSettings settings, string label)
        {
            bool ended = false;
            for (int step = 0; !ended; step++)
            {
                MemoryCard fork = card.Fork();
                var power = new PowerCutCard(fork) { CutStep = step };
                CutLedger ledger = before.Copy();
                var script = new CutScript(fork, power, Copy(settings), ledger, 4);
                try
                {
                    script.Boot();
                    ended = true;
                }
                catch (PowerCutException)
                {
                    CheckAll(power, ledger, settings, $"{label}, second cut at {step}", isSecond: true);
                }
            }
        }

        // What the ring believes to be used is what lies between the durable tail and the head.
        private static void CheckSpace(StoreRig rig, string label)
        {
            byte[] block = new byte[512];
            int generation = int.MinValue;
            int tail = 0;
            foreach (int copy in new[] { 0, rig.Card.BlockCount - 1 })
            {
                rig.Card.Read(copy, block, 0, 1);
                if (block[0] == 'M' && BitConverter.ToInt32(block, 40) > generation)
                {
                    generation = BitConverter.ToInt32(block, 40);
                    tail = BitConverter.ToInt32(block, 52);
                }
            }

            Ring ring = rig.Store.Ring;
            int used = ring.HeadBlock - tail;
            Assert.AreEqual(used > 0 ? used : used + ring.AreaBlocks, ring.UsedBlocks, $"{label}: used blocks");
            int live = 0;
            for (int at = 0; at < rig.Store.Index.Count; at++)
            {
                live += rig.Store.Index.BlocksAt(at);
            }

            Assert.AreEqual(live, rig.Store.Index.LiveBlocks, $"{label}: live blocks");

            // What the quotas go by.
            for (int bit = 0; bit < rig.Settings.MaildropsMax; bit++)
            {
                int[] places = [.. Enumerable.Range(0, rig.Store.Index.Count).Where(at => rig.Store.Index.Has(at, bit))];
                Assert.AreEqual(places.Length, rig.Store.Index.MessagesOf(bit), $"{label}: messages counted");
                Assert.AreEqual(places.Sum(at => (long)rig.Store.Index.OctetsAt(at)), rig.Store.Index.OctetsIn(bit), $"{label}: octets counted");
            }
        }

        private static IEnumerable<ulong> Subsets(int count, int allOf, int seeded)
        {
            ulong all = count >= 64 ? ulong.MaxValue : (1UL << count) - 1;
            if (count <= allOf)
            {
                for (ulong subset = 0; subset <= all; subset++)
                {
                    yield return subset;
                }

                yield break;
            }

            yield return 0;
            yield return all;
            var random = new Random(count);
            for (int index = 0; index < seeded; index++)
            {
                // Mostly one lost, or one there: those are the cruel ones.
                ulong one = 1UL << random.Next(Math.Min(count, 63));
                ulong some = (ulong)random.NextInt64() & all;
                yield return (index % 3) switch { 0 => all & ~one, 1 => one, _ => some };
            }
        }
    }
}

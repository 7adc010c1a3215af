using System;
using System.Linq;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>Random operations on a small ring, with reboots, power cuts and a card that refuses, against the model.</summary>
    [TestClass]
    public class StoreModelTests
    {
        private const int Maildrops = 2;

        [TestMethod]
        public void RandomOperations_WithReboots_AgreeWithTheModel() // [89]
        {
            for (int seed = 1; seed <= 40; seed++)
            {
                new Walk(seed, faults: false).Run(300);
            }
        }

        [TestMethod]
        public void RandomOperations_OnACardThatRefusesAndForgets_AgreeWithTheModel() // [33] [87] [88] [89]
        {
            for (int seed = 1001; seed <= 1060; seed++)
            {
                new Walk(seed, faults: true).Run(300);
            }
        }

        [TestMethod]
        public void RandomOperations_WhereTheOldestIsDropped_AgreeWithTheModel()
        {
            int dropped = 0;
            int oldest = 0;
            for (int seed = 2001; seed <= 2040; seed++)
            {
                var walk = new Walk(seed, faults: false, drops: true);
                walk.Run(300);
                dropped += walk.DroppedCount;
                oldest += walk.OldestCount;
            }

            // In a ring so small and so full of marks, the one at the tail must go now and then.
            Assert.IsGreaterThan(2_000, dropped);
            Assert.IsGreaterThan(dropped / 100 * 99, oldest);
        }

        [TestMethod]
        public void RandomOperations_WhereTheOldestIsDropped_OnACardThatRefusesAndForgets_AgreeWithTheModel()
        {
            int dropped = 0;
            for (int seed = 3001; seed <= 3040; seed++)
            {
                var walk = new Walk(seed, faults: true, drops: true);
                walk.Run(300);
                dropped += walk.DroppedCount;
            }

            Assert.IsGreaterThan(500, dropped);
        }

        private sealed class Walk
        {
            private readonly Random _random;
            private readonly StoreRig _rig;
            private readonly StoreModel _model;
            private readonly bool _faults;
            private readonly string _label;
            private readonly bool _drops;
            private int _mail;

            internal Walk(int seed, bool faults, bool drops = false)
            {
                _random = new Random(seed);
                _label = $"seed {seed}";
                _faults = faults;
                int[] rings = [256, 384, 700, 2048];
                _rig = new StoreRig(rings[_random.Next(4)], 512 << _random.Next(1, 4), _random.Next(8, 60), seed);
                _rig.Settings.DropOldest = drops;
                _drops = drops;
                _rig.Boot();
                _model = new StoreModel(_label);
                _rig.Card.BusyPolls = seed % 4;
            }

            internal int DroppedCount { get; private set; }

            internal int OldestCount { get; private set; }

            internal void Run(int operations)
            {
                for (int operation = 0; operation < operations; operation++)
                {
                    if (_faults && _random.Next(12) == 0)
                    {
                        Fault();
                    }

                    int choice = _random.Next(100);
                    if (choice < (_drops ? 80 : 55))
                    {
                        Send();
                    }
                    else if (choice < 85)
                    {
                        Remove();
                    }
                    else if (choice < 90)
                    {
                        Vanish();
                    }
                    else
                    {
                        Reboot();
                    }

                    NoteDropped();
                    if (operation % 20 == 19)
                    {
                        // A read that fails costs a message only for as long as it fails.
                        _rig.Card.FailingReads = 0;
                        _model.Check(_rig, Maildrops);
                    }
                }

                Reboot();
                _model.Check(_rig, Maildrops);
            }

            private void NoteDropped()
            {
                DroppedCount += _rig.Dropped.Count;
                OldestCount += _rig.Dropped.Count(_model.Dropped);
                _rig.Dropped.Clear();
            }

            // One to three senders, their fragments interleaved, all finished in one turn.
            private void Send()
            {
                int senders = _random.Next(1, 4);
                byte[][] mails = new byte[senders][];
                int[] recipients = new int[senders];
                bool[] fine = new bool[senders];
                for (int slot = 0; slot < senders; slot++)
                {
                    mails[slot] = StoreRig.Mail(_random.Next(8) == 0 ? _random.Next(600, 9_000) : _random.Next(200, 1_500), ++_mail);
                    recipients[slot] = _random.Next(1, 4);
                    fine[slot] = _rig.Store.Begin(_rig.Writer(slot), _random.Next(3) == 0 ? 100 : 0) == StoreResult.Ok;
                }

                for (int at = 0, open = senders; open > 0; at += 700)
                {
                    open = 0;
                    for (int slot = 0; slot < senders; slot++)
                    {
                        if (fine[slot] && at < mails[slot].Length)
                        {
                            fine[slot] = _rig.Write(slot, mails[slot][at..Math.Min(at + 700, mails[slot].Length)]) == StoreResult.Ok;
                            open++;
                        }
                    }
                }

                for (int slot = 0; slot < senders; slot++)
                {
                    fine[slot] = fine[slot] && _rig.Finish(slot, recipients[slot]) == StoreResult.Ok;
                    if (!fine[slot])
                    {
                        _rig.Store.Abort(_rig.Writer(slot));
                    }
                }

                for (int slot = 0; slot < senders; slot++)
                {
                    int outcome = fine[slot] ? _rig.Outcome(_rig.Writer(slot)) : StoreResult.Failed;
                    if (outcome == StoreResult.Ok)
                    {
                        MessageWriter writer = _rig.Writer(slot);
                        _model.Committed(mails[slot], recipients[slot], $"{writer.UniqueIdEpoch:x8}{writer.UniqueId:x8}");
                    }
                    else if (outcome == StoreResult.Unknown)
                    {
                        Reboot();
                        _model.Adopt(_rig, mails[slot], recipients[slot]);
                        return;
                    }
                }
            }

            private void Remove()
            {
                int maildrop = _random.Next(Maildrops);
                int count = _model.CountOf(maildrop);
                int[] numbers = [.. Enumerable.Range(1, count).Where(_ => _random.Next(4) != 0)];
                if (numbers.Length == 0)
                {
                    return;
                }

                MaildropView view = _rig.Views[0];
                Assert.IsTrue(_rig.Store.OpenView(view, maildrop));
                Assert.AreEqual(count, view.MessageCount, _label);
                foreach (int number in numbers)
                {
                    view.Mark(number);
                }

                int result = _rig.Store.Remove(view);
                view.Close();
                if (!_faults)
                {
                    Assert.AreEqual(StoreResult.Ok, result, _label);
                }

                if (result == StoreResult.Ok && _rig.Outcome(view) is int outcome && outcome != StoreResult.Failed)
                {
                    // Nobody knows what Unknown came to, so the test lets the card be right again and asks.
                    if (outcome == StoreResult.Unknown)
                    {
                        Reboot();
                        if (_rig.Fetch(maildrop).Count == count)
                        {
                            return;
                        }
                    }

                    _model.Removed(maildrop, numbers);
                }
            }

            private void Vanish()
            {
                if (_rig.Store.Begin(_rig.Writer(0), 0) == StoreResult.Ok)
                {
                    _rig.Write(0, StoreRig.Mail(_random.Next(600, 9_000), ++_mail));
                    _rig.Store.Abort(_rig.Writer(0));
                }
            }

            private void Fault()
            {
                switch (_random.Next(4))
                {
                    case 0:
                        _rig.Card.FailingWrites = _random.Next(1, 3);
                        break;
                    case 1:
                        _rig.Card.LyingWrites = _random.Next(1, 3);
                        break;
                    case 2:
                        _rig.Card.FailingSyncs = 1;
                        break;
                    default:
                        _rig.Card.FailingReads = _random.Next(1, 3);
                        break;
                }
            }

            private void Reboot()
            {
                _rig.Card.FailingWrites = 0;
                _rig.Card.LyingWrites = 0;
                _rig.Card.FailingSyncs = 0;
                _rig.Card.FailingReads = 0;
                if (_faults)
                {
                    _rig.Card.PowerCut(_ => _random.Next(2) == 0);
                }

                bool wasUncertain = _drops && _rig.Store.Commits.IsFaulted;
                int status = _rig.TryBoot();
                Assert.AreEqual(StoreStatus.Ready, status, _label);
                if (wasUncertain)
                {
                    DroppedCount += _model.ForgetMissing(_rig, Maildrops);
                }

                Assert.AreEqual(0, _rig.Opening.LostCount, _label);
            }
        }
    }
}

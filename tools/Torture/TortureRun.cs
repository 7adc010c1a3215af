using System;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Store;
using MailAppliance.Tools.Torture.Clients;
using MailAppliance.Tools.Torture.Model;
using MailAppliance.Tools.Torture.World;

namespace MailAppliance.Tools.Torture
{
    /// <summary>
    /// One seeded run after another, in one thread: clients send, fetch, delete and vanish while the card lies and the power goes;
    /// after every boot everything is fetched and compared. A run depends on its seed and the number of cuts, and on nothing else.
    /// </summary>
    internal sealed class TortureRun
    {
        private const int Senders = 4;
        private const int Readers = 3;

        // A cut is set within so many steps of the card, and comes between two events where those are not made.
        private const int CutStepsMax = 24;
        private const int CutEventsMax = 30;
        private const int RecoverySteps = 14;
        private const int LyingBootsMax = 4;
        private const int BootsMax = 40;
        private const int TurnsMax = 12;
        private const int PatienceMilliseconds = 600_000;

        private readonly Stage _stage = new();
        private readonly Client[] _clients = new Client[Senders + Readers];
        private readonly Inspector _inspector;
        private readonly Emptier _emptier;
        private readonly int _cutsEach;
        private int _cutEvent;
        private int _forceEvent;
        private int _cutsLeft;

        /// <summary>Makes it.</summary>
        /// <param name="cutsEach">1, or 2 for a second cut in the recovery behind each.</param>
        internal TortureRun(int cutsEach)
        {
            _cutsEach = cutsEach;
            _inspector = new Inspector(_stage);
            _emptier = new Emptier(_stage);
            _stage.Clients = _clients;
            for (int at = 0; at < _clients.Length; at++)
            {
                _clients[at] = at < Senders ? new SmtpSender(_stage, "smtp" + at) : new Pop3Reader(_stage, "pop" + (at - Senders));
            }
        }

        /// <summary>What the runs so far came to.</summary>
        internal Totals Totals { get; } = new();

        /// <summary>Puts something between the appliance and its card, new at each boot: a fault for the torture to find.</summary>
        internal Func<ICard, ICard>? Between
        {
            get { return Devices.Between; }
            set { Devices.Between = value; }
        }

        /// <summary>The last events, where <see cref="Trail.IsOn"/>.</summary>
        internal Trail Trail
        {
            get { return _stage.Trail; }
        }

        /// <summary>Makes one run.</summary>
        /// <param name="seed">Its seed.</param>
        /// <returns>The promise that was broken; null for none.</returns>
        internal Failure? Run(long seed)
        {
            try
            {
                Play(seed);
                return null;
            }
            catch (BrokenPromiseException broken)
            {
                return new Failure(seed, broken.Promise, broken.Message, _stage.Trail.Event);
            }
#pragma warning disable CA1031 // whatever the appliance throws is a find
            catch (Exception thrown) when (thrown is not PowerCutException)
            {
                return new Failure(seed, Promise.InvariantsHold, thrown.ToString(), _stage.Trail.Event);
            }
#pragma warning restore CA1031 // as above
            finally
            {
                Totals.Add(_stage, _inspector);
            }
        }

        private Devices Devices
        {
            get { return _stage.Devices; }
        }

        private SeededRandom Random
        {
            get { return _stage.Random; }
        }

        private void Play(long seed)
        {
            _stage.Reset(seed);
            _inspector.Fetched = 0;
            foreach (Client client in _clients)
            {
                client.Lose();
            }

            _cutsLeft = _stage.Plan.Cuts;
            DrawCut();
            if (_stage.Plan.CutsFormat)
            {
                Devices.Card.CutStep = Random.Next((RingShape.All[_stage.Plan.Shape].Blocks * 5 / 4) + 12);
            }

            Recover();
            for (int at = 1; at <= _stage.Plan.Events; at++)
            {
                _stage.Trail.Event++;
                try
                {
                    PlayEvent(at);
                }
                catch (PowerCutException)
                {
                    Cut();
                }
            }

            End();
        }

        private void PlayEvent(int at)
        {
            if (at == _cutEvent)
            {
                Devices.Card.CutStep = Devices.Card.StepCount + Random.Next(CutStepsMax);
            }
            else if (at == _forceEvent)
            {
                Devices.Card.CutPower();
                throw new PowerCutException();
            }

            if (Random.Chance(_stage.Plan.Tricks))
            {
                PlayTrick();
            }
            else
            {
                _clients[Random.Next(_clients.Length)].Step();
            }

            Devices.Time.Advance(Random.Next(8) == 0 ? Random.Next(2_000) : Random.Next(10));
            for (int turns = Random.Next(4); turns > 0; turns--)
            {
                Devices.Poll();
            }
        }

        private void PlayTrick()
        {
            int trick = Random.Next(6);
            if (_stage.Trail.IsOn)
            {
                _stage.Trail.Add($"trick {trick}");
            }

            switch (trick)
            {
                case 0:
                    Devices.Card.PullOut(Random.Next(2) == 0 ? Random.Between(1, TurnsMax) : Random.Between(1, 1_500));
                    TurnByTurn(Random.Next(TurnsMax));
                    break;
                case 1:
                    Devices.Card.Fill(Random.Between(1, 1_500));
                    TurnByTurn(Random.Next(TurnsMax));
                    break;
                default:
                    Devices.Play((ClockTrick)(trick - 2), Random.Next(4) == 0 ? 70_000 : Random.Next(30_000));
                    break;
            }
        }

        // Whatever is under way has to meet what the card does now, and its being back before it has done.
        private void TurnByTurn(int turns)
        {
            for (; turns > 0; turns--)
            {
                Devices.Poll();
                Devices.Time.Advance(1);
            }
        }

        private void DrawCut()
        {
            _cutEvent = _cutsLeft == 0 ? 0 : _stage.Trail.Event + Random.Between(10, _stage.Plan.Events / (_stage.Plan.Cuts + 1));
            _forceEvent = _cutsLeft == 0 ? 0 : _cutEvent + Random.Next(CutEventsMax);
            _cutsLeft--;
        }

        // What the appliance had said before the cut counts as heard.
        private void Cut()
        {
            Note("the power goes");
            Totals.Cuts++;
            foreach (Client client in _clients)
            {
                client.Listen();
                client.Lose();
            }

            _stage.Ledger.Drops.PowerGoes();
            Devices.Card.PowerOn();
            if (Random.Next(3) == 0)
            {
                Configure();
            }

            if (_cutsEach > 1)
            {
                Devices.Card.CutStep = Devices.Card.StepCount + Random.Next(RecoverySteps);
            }

            Recover();
            if (_stage.Trail.Event >= _forceEvent)
            {
                DrawCut();
            }
            else
            {
                _cutEvent = 0;
                DrawCut();
            }
        }

        private void Configure()
        {
            int layout = Random.Next(Layouts.Count);
            _stage.Layout = Layouts.Fits(layout, _stage.Ledger.LiveMaildrops()) ? layout : _stage.Layout;
        }

        // Boots until the appliance runs, and asks it for everything. A card that lies may keep it from running, an honest one not.
        private void Recover()
        {
            Devices.Network.IsCalm = true;
            for (int boots = 0; !Boots(boots); boots++)
            {
                if (boots > BootsMax)
                {
                    throw new BrokenPromiseException(Promise.RingOpens, $"the appliance does not start in {BootsMax} boots");
                }
            }

            Devices.Card.IsHonest = true;
            Devices.Card.CutStep = int.MaxValue;
            CheckOpening();
            _inspector.Check(true);
            Devices.Card.IsHonest = false;
            Devices.Network.IsCalm = false;
        }

        private bool Boots(int boots)
        {
            Totals.Boots++;
            Devices.Card.IsHonest = Devices.Card.IsHonest || boots >= LyingBootsMax;
            if (Devices.Card.IsHonest)
            {
                Devices.Card.PutBack();
            }

            try
            {
                Note("boots");
                int status = Devices.Boot(_stage.Settings);
                Note(_stage.Trail.IsOn ? $"status {status} of the store {Devices.Appliance.Opening.Status}, steps {Devices.Card.StepCount}" : string.Empty);
                if (status == ApplianceStatus.Running)
                {
                    return true;
                }
            }
            catch (PowerCutException)
            {
                Note("the power goes in the boot");
                Totals.Cuts++;
                Devices.Card.PowerOn();
                return false;
            }

            StoreOpening opening = Devices.Appliance.Opening;
            // A file that can't be read and may hold mail is left alone, and said to be damaged.
            if (Devices.Card.IsHonest || opening.Status is not (StoreStatus.CardFailed or StoreStatus.Damaged))
            {
                throw new BrokenPromiseException(Promise.RingOpens, $"the store does not open: status {opening.Status}");
            }

            // Whoever waits long enough, or switches it off and on.
            if (Random.Next(2) == 0)
            {
                Devices.Card.PowerOn();
            }

            Devices.Time.Advance(Random.Next(2_000));
            return false;
        }

        private void CheckOpening()
        {
            int lost = Devices.Appliance.Opening.LostCount;
            if (lost != 0)
            {
                throw new BrokenPromiseException(Promise.RingOpens, $"{lost} records count as damaged, and nothing was");
            }
        }

        // The card tells the truth, the network is calm: everybody who waits is answered, and nothing is lost by one more cut.
        private void End()
        {
            Devices.Card.IsHonest = true;
            Devices.Card.PutBack();
            Devices.Card.CutStep = int.MaxValue;
            Devices.Network.IsCalm = true;
            Await(CardIsGone, "the card is back, and not used");
            Await(ClientsWait, "somebody was not answered");
            foreach (Client client in _clients)
            {
                client.Lose();
            }

            Await(SlotsAreTaken, "a slot is taken, and nobody is there");
            _inspector.Check(false);
            int free = Devices.Appliance.Store.Ring.FreeBlocks;
            bool wasFaulted = Devices.Appliance.Store.Commits.IsFaulted;
            string before = _stage.Trail.IsOn ? Devices.Describe() : string.Empty;
            Note("the power goes at the end");
            Totals.Cuts++;
            Devices.Card.CutPower();
            _stage.Ledger.Drops.PowerGoes();
            Devices.Card.PowerOn();
            Recover();
            if (!wasFaulted && Devices.Appliance.Store.RelocatedCount == 0 && Devices.Appliance.Store.Ring.FreeBlocks < free)
            {
                throw new BrokenPromiseException(
                    Promise.CountsAreRight, $"free blocks before the last boot: {free}, behind it: {Devices.Appliance.Store.Ring.FreeBlocks}; {before}; {Devices.Describe()}");
            }

            if (_stage.Plan.Empties)
            {
                Empty();
            }
        }

        // Whose maildrop the configuration lacks is emptied in another boot.
        private void Empty()
        {
            for (int layout = _stage.Layout; layout >= 0; layout = Layouts.Find(_stage.Ledger.LiveMaildrops()))
            {
                if (layout != _stage.Layout)
                {
                    _stage.Layout = layout;
                    Devices.Card.CutPower();
                    _stage.Ledger.Drops.PowerGoes();
                    Devices.Card.PowerOn();
                    Recover();
                }

                Devices.Card.IsHonest = true;
                Devices.Network.IsCalm = true;
                _emptier.Empty();
            }

            if (_stage.Ledger.LiveMaildrops() == 0)
            {
                _emptier.SendLargest();
                _inspector.Check(false);
            }
        }

        private void Await(Func<bool> isSo, string what)
        {
            long until = Devices.Time.MonotonicMilliseconds + PatienceMilliseconds;
            Devices.Run();
            while (isSo())
            {
                if (Devices.Time.MonotonicMilliseconds > until)
                {
                    throw new BrokenPromiseException(Promise.NothingWaits, what);
                }

                Devices.Rest(1_000);
            }
        }

        private bool CardIsGone()
        {
            return Devices.Appliance.CardWatch.IsGone;
        }

        private bool ClientsWait()
        {
            bool isSo = false;
            foreach (Client client in _clients)
            {
                client.Listen();
                isSo |= client.Awaits;
            }

            return isSo;
        }

        private bool SlotsAreTaken()
        {
            Appliance appliance = Devices.Appliance;
            return appliance.SmtpGate.TakenCount > 0 || appliance.Pop3Gate.TakenCount > 0 || appliance.Store.IsBusy;
        }

        private void Note(string what)
        {
            _stage.Trail.Add("----- " + what);
        }
    }
}

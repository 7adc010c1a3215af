using System;
using MailAppliance.Hal;
using MailAppliance.Tools.Torture;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Torture
{
    /// <summary>A slice of what tools/Torture runs for hours, and what has to be true of the torture for that to mean anything.</summary>
    [TestClass]
    public sealed class TortureTests
    {
        [TestMethod]
        [DataRow(1, 6_000)]
        [DataRow(2, 4_000)]
        public void Runs_OfManySeeds_BreakNoPromise(int cutsEach, int runs)
        {
            var run = new TortureRun(cutsEach);
            string? found = Torturer.FirstFailure(run, 1, runs);
            Assert.IsNull(found, $"{found}\nReplay: dotnet run -c Release --project tools/Torture -- --runs 1 --cuts {cutsEach} --seed (the seed)");
            Assert.IsGreaterThanOrEqualTo(200 * run.Totals.Runs, run.Totals.Events);
            Assert.IsGreaterThan(run.Totals.Runs * (1 + cutsEach), run.Totals.Cuts);
            Assert.IsGreaterThan(run.Totals.Runs / 10, run.Totals.Laps);
            Assert.IsTrue(Array.TrueForAll(run.Totals.Lies, count => count > 100), "a lie that is hardly told: " + string.Join(' ', run.Totals.Lies));
            Assert.IsTrue(Array.TrueForAll(run.Totals.Troubles, count => count > 100), "trouble that hardly happens: " + string.Join(' ', run.Totals.Troubles));
        }

        [TestMethod]
        public void Run_SameSeedElsewhere_IsTheSameRun()
        {
            var after = new TortureRun(2);
            Torturer.FirstFailure(after, 100, 20);
            Totals before = Copy(after.Totals);
            after.Run(7);
            var alone = new TortureRun(2);
            alone.Run(7);
            Assert.AreEqual(alone.Totals.Events, after.Totals.Events - before.Events);
            Assert.AreEqual(alone.Totals.Turns, after.Totals.Turns - before.Turns);
            Assert.AreEqual(alone.Totals.Fetched, after.Totals.Fetched - before.Fetched);
            Assert.AreEqual(alone.Totals.Mails, after.Totals.Mails - before.Mails);
            Assert.AreEqual(alone.Totals.Boots, after.Totals.Boots - before.Boots);
        }

        [TestMethod]
        public void Run_ItsEventsKept_IsTheSameRunAndTellsThem()
        {
            var plain = new TortureRun(1);
            plain.Run(3);
            var told = new TortureRun(1);
            told.Trail.IsOn = true;
            told.Run(3);
            Assert.IsNotEmpty(told.Trail.Lines);
            Assert.AreEqual(plain.Totals.Turns, told.Totals.Turns);
            Assert.AreEqual(plain.Totals.Fetched, told.Totals.Fetched);
        }

        [TestMethod]
        public void Card_SyncsNothing_IsFound()
        {
            Assert.IsNotNull(FirstFailure(card => new CardThatForgetsToSync(card)));
        }

        [TestMethod]
        public void Card_ReadsItsCache_IsFound()
        {
            Assert.IsNotNull(FirstFailure(card => new CardThatReadsItsCache(card)));
        }

        private static string? FirstFailure(Func<ICard, ICard> between)
        {
            return Torturer.FirstFailure(new TortureRun(1) { Between = between }, 1, 10_000);
        }

        private static Totals Copy(Totals totals)
        {
            var copy = new Totals();
            copy.Add(totals);
            return copy;
        }
    }
}

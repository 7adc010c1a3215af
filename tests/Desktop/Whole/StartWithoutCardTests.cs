using System;
using System.Linq;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Whole
{
    /// <summary>A board is switched on before its card is in, or with one that can't be used.</summary>
    [TestClass]
    public class StartWithoutCardTests
    {
        private const string Mail = "Subject: kept\r\n\r\nbattery";

        [TestMethod]
        public void NoCard_NewcomersWaitThenHear421()
        {
            ApplianceRig rig = StartWithout(out _);
            MemoryClient newcomer = rig.Smtp();
            MemoryClient reader = rig.Pop3();
            rig.Advance(22_000);

            Assert.IsTrue(rig.Appliance.CardWatch.IsGone);
            Assert.AreEqual("421 mail.lan has no card now, try again later\r\n", newcomer.TakeText());
            Assert.AreEqual("-ERR [SYS/TEMP] no card now, try again later\r\n", reader.TakeText());
            Assert.AreEqual("there is no card in the slot", rig.Appliance.CardWatch.Trouble);
            Assert.AreEqual(1, Lines(rig, "card: what is in now can't be used: there is no card in the slot"));
        }

        [TestMethod]
        public void EmptyCardComes_ARingIsMadeAndWhoWaitedIsServed()
        {
            ApplianceRig rig = StartWithout(out MemoryCard card);
            MemoryClient waiting = rig.Smtp();
            rig.Advance(5_000);
            rig.Slot.Put(card);
            rig.Advance(1_000);

            Assert.StartsWith("220 mail.lan", waiting.TakeText());
            Assert.IsNull(rig.Appliance.CardWatch.Trouble);
            Assert.AreEqual(1, Lines(rig, "card: there, messages 0, records lost 0"));
            Assert.StartsWith("250 2.0.0", rig.SendMail(Mail));
            card.PowerCut();
            rig.Start();
            Assert.Contains("Subject: kept", rig.Say(rig.Login("alice"), "RETR 1\r\nQUIT\r\n"));
        }

        [TestMethod]
        public void CardWithMailComes_AllIsThereAndUniqueIdsStay()
        {
            ApplianceRig rig = new ApplianceRig().Start();
            Assert.StartsWith("250 2.0.0", rig.SendMail(Mail));
            string id = rig.Say(rig.Login("alice"), "UIDL 1\r\nQUIT\r\n");
            rig.Slot.Pull();
            rig.WaitsForCard = true;
            rig.Start();
            rig.Advance(3_000);
            rig.Slot.Put(rig.Card);
            rig.Advance(1_000);

            Assert.AreEqual(id, rig.Say(rig.Login("alice"), "UIDL 1\r\nQUIT\r\n"));
            Assert.AreEqual(1, Lines(rig, "card: there, messages 1"));
        }

        [TestMethod]
        public void AfterTheFirstCard_AnotherWithoutARingIsLeftAlone()
        {
            ApplianceRig rig = StartWithout(out MemoryCard card);
            rig.Slot.Put(card);
            rig.Advance(1_000);
            rig.Slot.Pull();
            rig.Advance(1_000);
            var stranger = new MemoryCard();
            rig.Slot.Put(stranger);
            rig.Advance(3_000);

            Assert.IsTrue(rig.Appliance.CardWatch.IsGone);
            Assert.AreEqual(0, stranger.Writes);
            Assert.AreEqual(1, Lines(rig, "one is made when the appliance starts"));
        }

        [TestMethod]
        public void CardTooSmall_SaidOnceAndALargerOneIsTaken()
        {
            ApplianceRig rig = StartWithout(out MemoryCard card);
            var small = new MemoryCard { BlockCountMax = 100 };
            rig.Slot.Put(small);
            rig.Advance(20_000);

            Assert.IsTrue(rig.Appliance.CardWatch.IsGone);
            Assert.AreEqual(2, Lines(rig, "card: what is in now can't be used"), "no card, and then too small a one");
            rig.Slot.Put(card);
            rig.Advance(1_000);
            Assert.StartsWith("250 2.0.0", rig.SendMail(Mail));
        }

        [TestMethod]
        public void RingOfAnotherKind_LeftAloneUntilTheCardIsChanged()
        {
            ApplianceRig rig = new ApplianceRig(ApplianceRig.Configuration.Replace("ring = 4M", "ring = 1M", StringComparison.Ordinal)
                .Replace("message-max = 1M", "message-max = 64K", StringComparison.Ordinal)).Start();
            rig.Settings = ApplianceRig.Parse(ApplianceRig.Configuration);
            rig.WaitsForCard = true;
            rig.Start();
            long writes = rig.Card.Writes;
            rig.Advance(60_000);

            Assert.AreEqual(writes, rig.Card.Writes);
            Assert.AreEqual(1, Lines(rig, "smaller than 4 times message-max"));
            rig.Slot.Put(new MemoryCard());
            rig.Advance(10_000);
            Assert.StartsWith("250 2.0.0", rig.SendMail(Mail));
        }

        [TestMethod]
        public void NotAsked_TheStartFailsAndNothingStaysOpen()
        {
            var rig = new ApplianceRig();
            rig.Slot.Pull();
            var network = new MemoryNetwork { Clock = rig.Clock };
            var appliance = new Appliance(rig.Settings, network, rig.Slot, rig.Clock, new SeededEntropy(1), new Crc32(), new DesktopKeyedHash(), rig.Log);

            Assert.AreEqual(ApplianceStatus.StoreFailed, appliance.Start(null!));
            Assert.AreEqual("there is no card in the slot", appliance.LastError);
            Assert.IsFalse(appliance.CardWatch.IsGone);
        }

        private static ApplianceRig StartWithout(out MemoryCard card)
        {
            var rig = new ApplianceRig { WaitsForCard = true };
            card = rig.Card;
            rig.Slot.Pull();
            return rig.Start();
        }

        private static int Lines(ApplianceRig rig, string words)
        {
            return rig.Log.Lines.Count(line => line.Contains(words, StringComparison.Ordinal));
        }
    }
}

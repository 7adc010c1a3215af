using System;
using System.Linq;
using MailAppliance.Hal.Desktop;
using MailAppliance.Store;
using MailAppliance.Tests.Store;
using MailAppliance.Tools;
using MailAppliance.Tools.Card;
using MailAppliance.Tools.Card.Survey;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Card
{
    /// <summary>Two readers of SPEC.md, the store's recovery and the survey, find the same on rings of random history and damage.</summary>
    [TestClass]
    public sealed class CardSurveyTests
    {
        private const int RingBlocks = 320;

        private static readonly Crc32 s_checksum = new();

        private static string[] Surveyed(HeldCard card, out RingSurvey survey)
        {
            SuperblockCopy[] copies = [new(card, s_checksum, 0), new(card, s_checksum, card.BlockCount - 1)];
            SuperblockCopy ring = copies[1].IsValid && (!copies[0].IsValid || copies[1].Generation - copies[0].Generation > 0) ? copies[1] : copies[0];
            survey = new RingSurvey(card, s_checksum, ring);
            survey.Run(_ => { });
            return [.. survey.Live.Select(message => message.UniqueId)];
        }

        private static string[] Recovered(HeldCard card)
        {
            return [.. new RingReading(card, "ring").Messages.Select(message => message.UniqueId)];
        }

        // Mail of all sizes, removals, laps of the ring, a power cut that keeps any of the unsynced blocks.
        private static void Live(StoreRig rig, Random random)
        {
            Assert.AreEqual(StoreStatus.Ready, rig.TryBoot());
            for (int step = random.Next(60); step > 0; step--)
            {
                switch (random.Next(6))
                {
                    case 0:
                        Remove(rig, random);
                        break;
                    case 1:
                        rig.Card.FailingWrites = random.Next(2);
                        rig.Store1(StoreRig.Mail(10 + random.Next(9000), random.Next()), 1 + random.Next(3));
                        rig.Card.FailingWrites = 0;
                        break;
                    case 2:
                        rig.Put(1, StoreRig.Mail(10 + random.Next(9000), random.Next()), 1);
                        break;
                    default:
                        rig.Store1(StoreRig.Mail(10 + random.Next(9000), random.Next()), 1 + random.Next(3));
                        break;
                }
            }

            rig.Card.PowerCut(_ => random.Next(2) == 0);
            Assert.AreEqual(Hal.CardStatus.Ready, rig.Card.Open());
        }

        // It may fail: the card refuses now and then.
        private static void Remove(StoreRig rig, Random random)
        {
            MaildropView view = rig.Views[0];
            Assert.IsTrue(rig.Store.OpenView(view, random.Next(2)));
            for (int number = 1; number <= view.MessageCount; number++)
            {
                if (random.Next(3) > 0)
                {
                    view.Mark(number);
                }
            }

            if (rig.Store.Remove(view) == StoreResult.Ok)
            {
                rig.Outcome(view);
            }

            view.Close();
        }

        [TestMethod]
        public void RandomHistory_RecoveryAndSurvey_FindTheSame()
        {
            int whole = 0;
            for (int seed = 1; seed <= 150; seed++)
            {
                var random = new Random(seed);
                var rig = new StoreRig(RingBlocks, 3072, 64, seed);
                for (int boot = 0; boot < 3; boot++)
                {
                    Live(rig, random);
                    var card = new HeldCard(rig.Card);
                    string[] surveyed = Surveyed(card, out RingSurvey survey);
                    CollectionAssert.AreEqual(Recovered(card), surveyed, $"seed {seed}, boot {boot}");
                    Assert.IsEmpty(survey.Damage, $"seed {seed}, boot {boot}: {string.Join("; ", survey.Damage)}");
                    whole += surveyed.Length;
                }
            }

            Assert.IsGreaterThan(500, whole);
        }

        [TestMethod]
        public void RandomDamage_RecoveryAndSurvey_FindTheSame()
        {
            int damaged = 0;
            for (int seed = 1; seed <= 150; seed++)
            {
                var random = new Random(seed);
                var rig = new StoreRig(RingBlocks, 3072, 64, seed);
                Live(rig, random);
                for (int count = 1 + random.Next(6); count > 0; count--)
                {
                    rig.Card.Damage(512 + random.Next((RingBlocks - 2) * 512), (byte)(1 << random.Next(8)));
                }

                var card = new HeldCard(rig.Card);
                string[] surveyed = Surveyed(card, out RingSurvey survey);
                try
                {
                    CollectionAssert.AreEqual(Recovered(card), surveyed, $"seed {seed}");
                }
                catch (ToolException)
                {
                    // The table of maildrops: without it recovery gives up.
                    Assert.IsTrue(survey.Damage.Count + survey.Doubts.Count > 0, $"seed {seed}");
                }

                damaged += survey.Damage.Count + survey.Doubts.Count > 0 ? 1 : 0;
            }

            Assert.IsGreaterThan(50, damaged);
        }

        [TestMethod]
        public void DamageInALiveMessage_IsAlwaysFound()
        {
            var rig = new StoreRig(RingBlocks, 3072, 64);
            rig.Boot();
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(8000)));
            Assert.AreEqual(StoreResult.Ok, rig.Store1(StoreRig.Mail(700)));
            var card = new HeldCard(rig.Card);
            Surveyed(card, out RingSurvey before);
            foreach (SurveyedRecord record in before.Live.SelectMany(message => message.Records).ToArray())
            {
                for (int at = record.PayloadAt; at < record.PayloadAt + record.PayloadOctets; at += 97)
                {
                    long octet = (record.Block * 512L) + at;
                    rig.Card.Damage(octet, 1);
                    Surveyed(card, out RingSurvey survey);
                    Assert.HasCount(1, (string[])[.. survey.Damage, .. survey.Doubts], $"octet {octet}");
                    rig.Card.Damage(octet, 1);
                }
            }

            Surveyed(card, out RingSurvey after);
            Assert.IsEmpty(after.Damage);
            Assert.IsEmpty(after.Doubts);
        }
    }
}

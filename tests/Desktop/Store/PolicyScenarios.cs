using System;
using System.Collections.Generic;
using System.Linq;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>Scenarios of <see cref="PowerCutTests"/> in which mail goes by rule, or large mail moves.</summary>
    internal static class PolicyScenarios
    {
        internal static IEnumerable<CutScenario> All()
        {
            return Drops().Concat(Sessions()).Concat(Retained()).Concat(Moves());
        }

        private static IEnumerable<CutScenario> Drops()
        {
            yield return new CutScenario("drop-oldest", script =>
            {
                script.Boot();
                Expect(script, 900, 1);
                Expect(script, 900, 3);
                Expect(script, 2_600, 2);
            })
            { Before = Full(900), Drops = true };
            yield return new CutScenario("drop-oldest for one mail more than the index holds", script =>
            {
                script.Boot();
                Expect(script, 700, 1);
                Expect(script, 300, 3);
            })
            { Before = Full(600), Drops = true, MessagesMax = 6 };
            yield return new CutScenario("drop-oldest of mail that several have", script =>
            {
                script.Boot();
                script.Remove(1, 1);
                Expect(script, 900, 2);
                Expect(script, 1_900, 1);
            })
            { Before = Full(900, 3), Drops = true };
            yield return new CutScenario("drop-oldest for a sender who vanishes", script =>
            {
                script.Boot();
                script.Begin(0, 6_000);
                script.Write(0, 3_000);
                script.Vanish(0);
                Expect(script, 900, 2);
            })
            { Before = Full(900), Drops = true, CutsTwice = false };
            yield return new CutScenario("drop-oldest all around the ring", script =>
            {
                script.Boot();
                for (int mail = 0; mail < 10; mail++)
                {
                    Expect(script, 1_900, 1 + (mail % 3));
                }
            })
            { Before = Full(900), Drops = true, RingBlocks = 96, CutsTwice = false };
            yield return new CutScenario("drop-oldest on a card that refuses", script =>
            {
                script.Boot();
                for (int mail = 0; mail < 4; mail++)
                {
                    script.Card.FailingWrites = mail == 0 ? 1 : 0;
                    script.Card.LyingWrites = mail == 1 ? 1 : 0;
                    script.Card.FailingSyncs = mail == 2 ? 1 : 0;
                    script.Mail(900);
                    script.Card.FailingWrites = 0;
                    script.Card.LyingWrites = 0;
                    script.Card.FailingSyncs = 0;
                }
            })
            { Before = Full(900), Drops = true, CutsTwice = false };
        }

        private static IEnumerable<CutScenario> Sessions()
        {
            yield return new CutScenario("drop-oldest while a POP3 session sees the oldest", script =>
            {
                script.Boot();
                MaildropView view = script.Rig.Views[1];
                Assert.IsTrue(script.Rig.Store.OpenView(view, 1));
                string id = StoreRig.UniqueId(view, 1);
                Expect(script, 900, 1);
                Expect(script, 1_900, 1);
                Assert.AreEqual(id, StoreRig.UniqueId(view, 1));
                Assert.AreEqual(1, view.UnmarkedCount);
                Assert.HasCount(901, script.Rig.Read(view, 1));
                view.Close();
            })
            { Before = BobFirst, Drops = true, DropsInAnyOrder = true };
            yield return new CutScenario("drop-oldest where a POP3 session sees everything", script =>
            {
                script.Boot();
                MaildropView view = script.Rig.Views[1];
                Assert.IsTrue(script.Rig.Store.OpenView(view, 0));
                int count = view.MessageCount;
                Expect(script, 3_900, 2);
                Expect(script, 900, 2);
                Assert.AreEqual(-1, view.OctetsOf(1));
                Assert.AreEqual(count, view.MessageCount);
                view.Close();
            })
            { Before = Full(900), Drops = true, DropsInAnyOrder = true };
        }

        private static IEnumerable<CutScenario> Retained()
        {
            yield return new CutScenario("retention", script =>
            {
                script.Boot();
                for (int minute = 0; minute < 130; minute++)
                {
                    script.Rig.UtcSeconds += 60;
                    script.Rig.Store.Retire(minute * 60_000L, true, script.Rig.UtcSeconds!.Value);
                    if (minute == 60)
                    {
                        script.Mail(500, 3);
                    }
                }

                Assert.AreEqual(1, script.Rig.Store.Index.Count);
                script.Mail(600);
            })
            { Before = Filled, RetentionMilliseconds = 2 * 3_600_000 };
        }

        private static void Filled(CutScript script)
        {
            script.Boot();
            Expect(script, 500, 1);
            Expect(script, 1_900, 3);
            Expect(script, 600, 2);
        }

        private static IEnumerable<CutScenario> Moves()
        {
            yield return new CutScenario("a reader in the middle of what is being relocated", script =>
            {
                script.Boot();
                byte[] kept = script.Rig.Fetch(0).Values.Single();
                StoreRig rig = script.Rig;
                Assert.IsTrue(rig.Store.OpenView(rig.Views[1], 0));
                MessageReader reader = rig.Store.CreateReader();
                Assert.AreEqual(StoreResult.Ok, reader.Open(rig.Views[1], 1));
                var read = new List<byte>();
                int mails = 0;
                for (int count = reader.Next(); count != MessageReader.End; count = reader.Next())
                {
                    Assert.AreNotEqual(MessageReader.Damaged, count);
                    read.AddRange(reader.Buffer.AsSpan(reader.Offset, Math.Max(0, count)));
                    if (count > 0 && mails < 12)
                    {
                        mails++;
                        script.Mail(2_000, 2);
                        script.RemoveAll(1);
                    }
                }

                CollectionAssert.AreEqual(kept, read);
                Assert.IsGreaterThan(0, rig.Store.RelocatedCount);
                rig.Views[1].Close();
            })
            { Before = script => Kept(script, 11_000), RingBlocks = 128, CutsTwice = false };
            yield return new CutScenario("relocation of a 5 MiB message", script =>
            {
                script.Boot();
                while (script.Rig.Store.RelocatedCount == 0)
                {
                    script.Mail(400_000, 2);
                    script.RemoveAll(1);
                    script.Rig.Rest();
                }
            })
            {
                Before = script => Around(script, 5 * 1024 * 1024),
                RingBlocks = 43_008,
                RecordOctets = 65_536,
                CutsTwice = false,
                Stride = 6_007,
            };
        }

        private static void Expect(CutScript script, int octets, int recipients)
        {
            Assert.AreEqual(StoreResult.Ok, script.Mail(octets, recipients), "old mail makes room");
        }

        // Bob has the oldest of all, and nothing was dropped yet.
        private static void BobFirst(CutScript script)
        {
            script.Rig.Settings.DropOldest = false;
            script.Boot();
            Expect(script, 901, 2);
            while (script.Mail(900) == StoreResult.Ok)
            {
            }

            script.Rig.Settings.DropOldest = true;
        }

        // Until the first message went for a new one.
        private static Action<CutScript> Full(int octets, int recipients = 1)
        {
            return script =>
            {
                script.Boot();
                int before = script.Rig.Store.Index.Count;
                for (int count = before; script.Rig.Store.Index.Count == count; count++)
                {
                    Expect(script, octets, recipients);
                }
            };
        }

        private static void Kept(CutScript script, int octets)
        {
            script.Boot();
            Assert.AreEqual(StoreResult.Ok, script.Mail(octets));
        }

        // The mail is kept, and the ring full of others that are gone, up to where it has to move.
        private static void Around(CutScript script, int octets)
        {
            Kept(script, octets);
            while (script.Rig.Store.RoomBlocks > 3_000)
            {
                Assert.AreEqual(StoreResult.Ok, script.Mail(400_000, 2));
                script.RemoveAll(1);
            }

            Assert.AreEqual(0, script.Rig.Store.RelocatedCount);
        }
    }
}

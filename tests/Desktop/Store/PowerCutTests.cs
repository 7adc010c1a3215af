using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using MailAppliance.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Store
{
    /// <summary>Every scenario with the power cut at every step of it, and at every step of the boot behind that.</summary>
    [TestClass]
    public class PowerCutTests
    {
        private static readonly string[] s_four = ["alice", "bob", "carol", "dave"];
        private static long s_cuts;

        public static IEnumerable<object[]> Names
        {
            get { return All().Select(scenario => new object[] { scenario.Name }); }
        }

        [TestMethod]
        [DynamicData(nameof(Names))]
        public void PowerCut_AtEveryStep_KeepsWhatWasAnswered(string name) // [18] [32] [33] [87] [89]
        {
            bool all = Environment.GetEnvironmentVariable("MAILAPPLIANCE_CUTS") == "all";
            int cuts = 0;

            // A card that syncs while the store goes on has other states at a cut than one that does it at once.
            foreach (int busyPolls in new[] { 0, 2 })
            {
                var runner = new CutRunner(All().Single(scenario => scenario.Name == name), all, busyPolls);
                runner.Run();
                cuts += runner.Cuts;
            }

            long inAll = Interlocked.Add(ref s_cuts, cuts);
            Console.WriteLine($"{name}: {cuts} cuts, {inAll} in all so far");
            Assert.IsGreaterThan(10, cuts);
        }

        private static IEnumerable<CutScenario> All()
        {
            return Simple().Concat(Wraps()).Concat(Space()).Concat(Relocations()).Concat(Faults()).Concat(Changes()).Concat(PolicyScenarios.All());
        }

        private static IEnumerable<CutScenario> Simple()
        {
            yield return new CutScenario("first format", script =>
            {
                script.Boot();
                script.Mail(600);
            })
            { Before = null, RingBlocks = 40, CutsTwice = false };
            yield return new CutScenario("boot", script => script.Boot());
            yield return new CutScenario("one mail", script =>
            {
                script.Boot();
                script.Mail(600, 2);
            });
            yield return new CutScenario("one mail behind another", script =>
            {
                script.Boot();
                script.Mail(800);
            })
            { Before = Filled(1) };
            yield return new CutScenario("three mails, one by one", script =>
            {
                script.Boot();
                script.Mail(300);
                script.Mail(900, 3);
                script.Mail(400, 2);
            });
            yield return new CutScenario("several fragments", script =>
            {
                script.Boot();
                script.Mail(4_000, 3);
            })
            { Before = Filled(1) };
            yield return new CutScenario("three in one turn", script =>
            {
                script.Boot();
                script.Together(1, 300, 700, 900);
            })
            { Before = Filled(1) };
            yield return new CutScenario("two senders interleaved", script =>
            {
                script.Boot();
                script.Together(3, 2_500, 1_900);
            });
            yield return new CutScenario("many recipients", script =>
            {
                script.Boot();
                script.Mail(600, 15);
                script.Mail(1_500, 13);
            })
            { Maildrops = s_four };
            yield return new CutScenario("a sender vanishes", script =>
            {
                script.Boot();
                script.Begin(0, 3_000);
                script.Write(0, 2_000);
                script.Mail(500, 2, slot: 1);
                script.Vanish(0);
                script.Mail(600, 1, slot: 0);
            });
            yield return new CutScenario("removal", script =>
            {
                script.Boot();
                script.Remove(0, 1, 3);
            })
            { Before = Filled(4) };
            yield return new CutScenario("removal of all, one mail behind it", script =>
            {
                script.Boot();
                script.RemoveAll(0);
                script.Mail(600);
            })
            { Before = Filled(4) };
            yield return new CutScenario("two removals and a mail in one turn", script =>
            {
                script.Boot();
                script.Begin(0, 600, 3);
                script.Rest(0);
                CutRemoval one = script.StartRemoval(0, 0, 1, 2, 4)!;
                script.Finish(0);
                CutRemoval two = script.StartRemoval(1, 1, 2)!;
                script.EndRemoval(1, two);
                script.EndRemoval(0, one);
                script.Await(0);
            })
            { Before = Filled(4, 3) };
            yield return new CutScenario("a removal of several blocks", script =>
            {
                script.Boot();
                script.Remove(0, [.. Enumerable.Range(0, 60).Select(number => 1 + (2 * number))]);
            })
            { Before = Filled(120, 1, 200), MessagesMax = 128, RingBlocks = 512 };
            yield return new CutScenario("boot after boot after an unfinished mail", script =>
            {
                script.Boot();
                script.Begin(0, 3_000);
                script.Write(0, 2_500);
                script.Boot();
                script.Mail(400);
                script.Boot();
            });
        }

        // The head at every distance from the area's end, and records of one to three blocks.
        private static IEnumerable<CutScenario> Wraps()
        {
            for (int rest = 0; rest < 6; rest++)
            {
                int left = rest;
                yield return new CutScenario($"wrap with {rest} blocks left", script =>
                {
                    script.Boot();
                    script.Together(1, 300, 1_200);
                    script.Remove(0, 1);
                    script.Mail(900);
                })
                { Before = script => FillTo(script, left) };
            }
        }

        private static IEnumerable<CutScenario> Space()
        {
            yield return new CutScenario("full", script =>
            {
                script.Boot();
                script.Mail(900);
                script.Mail(900);
                script.Remove(0, 2);
                script.Mail(900);
                script.Remove(0, 1);
                script.Mail(900);
            })
            { Before = Full };
            yield return new CutScenario("full, emptied one by one", script =>
            {
                script.Boot();
                while (script.Rig.Fetch(0).Count is int count && count > 0)
                {
                    Assert.AreEqual(StoreResult.Ok, script.Remove(0, count));
                }

                Assert.AreEqual(StoreResult.Ok, script.Mail(900));
            })
            { Before = Full, RingBlocks = 64 };
            yield return new CutScenario("superblock turns", script =>
            {
                script.Boot();
                for (int mail = 0; mail < 8; mail++)
                {
                    script.Mail(3_000);
                    script.RemoveAll(0);
                }
            })
            { RingBlocks = 64 };
            yield return new CutScenario("table of maildrops in the tail's way", script =>
            {
                script.Boot();
                for (int mail = 0; mail < 8; mail++)
                {
                    script.Mail(2_000, 2);
                    script.RemoveAll(1);
                }
            })
            { Before = Lap, RingBlocks = 80 };
            yield return new CutScenario("table rewritten while another mail is under way", script =>
            {
                script.Boot();
                script.Begin(2, 4_000);
                script.Write(2, 1_500);
                for (int mail = 0; mail < 6; mail++)
                {
                    script.Mail(2_000, 2);
                    script.RemoveAll(1);
                }

                script.Rest(2);
                script.Finish(2);
                script.Await(2);
            })
            { Before = Lap, RingBlocks = 96 };
        }

        // Alice keeps a mail, and bob's come and go until it has to be moved; what else happens, happens meanwhile.
        private static IEnumerable<CutScenario> Relocations()
        {
            (string Name, int[] Kept)[] kept = [("a small mail", [600]), ("a large mail", [7_000]), ("three mails", [400, 2_600, 900])];
            foreach ((string name, int[] octets) in kept)
            {
                yield return new CutScenario("relocation of " + name, script =>
                {
                    script.Boot();
                    Churn(script);
                    Assert.IsGreaterThan(0, script.Rig.Store.RelocatedCount);
                    script.RemoveAll(0);
                    script.Mail(800);
                })
                { Before = script => Keep(script, octets), RingBlocks = 96, CutsTwice = octets.Length == 1 && octets[0] < 1_000 };
            }

            yield return new CutScenario("relocation beside a sender who is slow", script =>
            {
                script.Boot();
                script.Begin(2, 5_000, 3);
                script.Write(2, 1_200);
                Churn(script);
                script.Rest(2);
                script.Finish(2);
                script.Await(2);
            })
            { Before = script => Keep(script, 2_600), RingBlocks = 128, CutsTwice = false };
            yield return new CutScenario("relocation of what is removed meanwhile", script =>
            {
                script.Boot();
                for (int mail = 0; mail < 14; mail++)
                {
                    script.Mail(2_000, 2);
                    script.RemoveAll(1);
                    if (mail % 4 == 3)
                    {
                        script.Remove(0, 1);
                        script.Mail(1_400, 1);
                    }
                }
            })
            { Before = script => Keep(script, 2_600, 700), RingBlocks = 96, CutsTwice = false };
            yield return new CutScenario("relocation on a card that refuses", script =>
            {
                script.Boot();
                for (int mail = 0; mail < 12; mail++)
                {
                    script.Card.FailingWrites = mail % 5 == 4 ? 1 : 0;
                    script.Card.LyingWrites = mail % 5 == 2 ? 1 : 0;
                    script.Mail(2_000, 2);
                    Heal(script);
                    script.RemoveAll(1);
                }
            })
            { Before = script => Keep(script, 2_600, 700), RingBlocks = 96, CutsTwice = false };
        }

        private static void Keep(CutScript script, params int[] octets)
        {
            script.Boot();
            foreach (int each in octets)
            {
                script.Mail(each);
            }
        }

        private static void Churn(CutScript script)
        {
            for (int mail = 0; mail < 12; mail++)
            {
                script.Mail(2_000, 2);
                script.RemoveAll(1);
            }
        }

        private static IEnumerable<CutScenario> Faults()
        {
            (string Name, Action<CutScript> Fault)[] faults =
            [
                ("write refused", script => script.Card.FailingWrites = 1),
                ("two writes refused", script => script.Card.FailingWrites = 2),
                ("write that lies", script => script.Card.LyingWrites = 1),
                ("two writes that lie", script => script.Card.LyingWrites = 2),
                ("sync refused", script => script.Card.FailingSyncs = 1),
                ("two syncs refused", script => script.Card.FailingSyncs = 2),
                ("three syncs refused", script => script.Card.FailingSyncs = 3),
                ("three writes that lie", script => script.Card.LyingWrites = 3),
                ("card gone for a while", script => script.Card.FailingWrites = 12),
            ];
            foreach ((string name, Action<CutScript> fault) in faults)
            {
                yield return new CutScenario($"{name}, one mail", script =>
                {
                    script.Boot();
                    fault(script);
                    script.Mail(600);
                    Heal(script);
                    script.Mail(500);
                })
                { Before = Filled(1) };
                yield return new CutScenario($"{name}, between two fragments of another mail", script =>
                {
                    script.Boot();
                    script.Begin(0, 3_500);
                    script.Write(0, 1_500);
                    script.Mail(400, 1, slot: 2);
                    fault(script);
                    script.Mail(600, 2, slot: 1);
                    Heal(script);
                    script.Rest(0);
                    script.Finish(0);
                    script.Await(0);
                    script.Mail(500, 2, slot: 1);
                });
                yield return new CutScenario($"{name}, three in one turn", script =>
                {
                    script.Boot();
                    script.Begin(0, 500);
                    script.Rest(0);
                    script.Finish(0);
                    fault(script);
                    script.Begin(1, 700);
                    script.Rest(1);
                    script.Finish(1);
                    script.Begin(2, 600, 3);
                    script.Rest(2);
                    script.Finish(2);
                    script.Await(2);
                    script.Await(1);
                    script.Await(0);
                    Heal(script);
                    script.Mail(500);
                });
                yield return new CutScenario($"{name}, removal", script =>
                {
                    script.Boot();
                    fault(script);
                    script.Remove(0, 1, 2);
                    Heal(script);
                    script.Mail(500);
                    script.Remove(0, 1);
                })
                { Before = Filled(3) };
                yield return new CutScenario($"{name}, again and again", script =>
                {
                    script.Boot();
                    for (int time = 0; time < 4; time++)
                    {
                        fault(script);
                        script.Together(1, 400, 1_200);
                    }

                    Heal(script);
                    script.Mail(700);
                    fault(script);
                    script.Remove(0, 1);
                    Heal(script);
                    script.Mail(500);
                })
                { Before = Filled(2) };
            }
        }

        private static IEnumerable<CutScenario> Changes()
        {
            yield return new CutScenario("maildrops added and reordered", script =>
            {
                script.Configure("dave", "bob", "alice");
                script.Boot();
                script.Mail(600, 8);
                script.Configure("erin", "alice", "dave", "bob");
                script.Boot();
                script.Mail(700, 24);
            })
            { Before = Filled(3, 3) };
            yield return new CutScenario("smaller records than before", script =>
            {
                script.Rig.Settings.RecordOctets = 1_024;
                script.Rig.Settings.ReadOctets = 512;
                script.Boot();
                script.Mail(3_000);
            })
            { Before = Filled(3, 3, 3_500), RecordOctets = 4_096, RingBlocks = 256 };
        }

        private static void Heal(CutScript script)
        {
            script.Card.FailingWrites = 0;
            script.Card.LyingWrites = 0;
            script.Card.FailingSyncs = 0;
        }

        private static Action<CutScript> Filled(int mails, int recipients = 1, int octets = 500)
        {
            return script =>
            {
                script.Boot();
                for (int mail = 0; mail < mails; mail++)
                {
                    Assert.AreEqual(StoreResult.Ok, script.Mail(octets + mail, recipients));
                }
            };
        }

        private static void FillTo(CutScript script, int rest)
        {
            Lap(script);
            while (script.Rig.Store.Ring.AreaEnd - script.Rig.Store.Ring.HeadBlock is int left && (left < rest || left > rest + 1))
            {
                Assert.AreEqual(StoreResult.Ok, script.Mail(300));
                script.RemoveAll(0);
            }

            if (script.Rig.Store.Ring.AreaEnd - script.Rig.Store.Ring.HeadBlock > rest)
            {
                Assert.AreEqual(StoreResult.Ok, script.Mail(300));
            }

            Assert.AreEqual(rest, script.Rig.Store.Ring.AreaEnd - script.Rig.Store.Ring.HeadBlock);
        }

        // More than once around, so that every block holds something older.
        private static void Lap(CutScript script)
        {
            script.Boot();
            int lap = script.Rig.Store.Ring.AreaBlocks * 3 / 2;
            while (script.Rig.Store.Ring.WrittenBlocks < lap)
            {
                Assert.AreEqual(StoreResult.Ok, script.Mail(900));
                script.RemoveAll(0);
            }
        }

        private static void Full(CutScript script)
        {
            script.Boot();
            while (script.Mail(900) == StoreResult.Ok)
            {
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using MailAppliance.Core;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Whole
{
    /// <summary>
    /// 10,000 connections that are never closed, 200 slow senders of one octet a second that come again each time, and an endless DATA, all
    /// at once: a good device gets its 250 within 5 seconds, a POP3 client its mail, and nothing is allocated.
    /// </summary>
    [TestClass]
    public class AttackTests
    {
        private const int TickMilliseconds = 100;
        private const int TicksMax = 5_000 / TickMilliseconds;
        private const int FloodsATick = 100;
        private const int Seconds = 15;
        private const string EndlessPiece = "the same again and again and again and again and again and again and again and again\r\n";

        [TestMethod]
        [DataRow("small", 1)]
        [DataRow("large", 1)]
        [DataRow("large", 3)]
        public void Attack_GoodDevice_GetsIts250InFiveSeconds(string profile, int attackers)
        {
            string configuration = ApplianceRig.Configuration.Replace("profile = small", $"profile = {profile}\nlog = error", StringComparison.Ordinal);
            var attack = new Attack(new ApplianceRig(configuration).Start(), attackers);
            attack.Rig.SendMail("Subject: old\r\n\r\nold", "bob@lan");
            for (int tick = 0; tick < 30; tick++)
            {
                attack.Tick();
            }

            int stored = 1;
            for (int second = 0; second < Seconds; second += 5)
            {
                int sent = attack.TicksToSend();
                stored++;
                int fetched = attack.TicksToFetch(stored);
                Assert.IsLessThanOrEqualTo(TicksMax, sent);
                Assert.IsLessThanOrEqualTo(TicksMax, fetched);
                for (int tick = sent + fetched; tick < TicksMax; tick++)
                {
                    attack.Tick();
                }
            }

            Assert.IsGreaterThanOrEqualTo(10_000, attack.Floods);
            Assert.AreEqual(0, attack.LeastAllocated, "octets that the quietest 50 ticks allocated");
            Assert.IsGreaterThan(0, attack.Rig.Appliance.Sources.CountOf(Bound.Connections));
            Assert.IsGreaterThan(0, attack.Rig.Appliance.Sources.CountOf(Bound.Yielded));
        }

        /// <summary>The attackers, and time, which goes on by what they do.</summary>
        private sealed class Attack
        {
            private const int SlowSenders = 200;
            private const int Window = 50;

            private readonly MemoryClient?[] _slow = new MemoryClient?[SlowSenders];
            private readonly Queue<long> _allocated = new();
            private readonly int _attackers;
            private MemoryClient? _endless;
            private int _ticks;

            internal Attack(ApplianceRig rig, int attackers)
            {
                Rig = rig;
                _attackers = attackers;
            }

            internal ApplianceRig Rig { get; }

            internal int Floods { get; private set; }

            internal long LeastAllocated { get; private set; } = long.MaxValue;

            internal void Tick()
            {
                for (int flood = 0; flood < FloodsATick; flood++)
                {
                    // Where the queue is full the handshake is not answered.
                    Floods++;
                    Rig.TryConnect(Address(flood), flood % 4 == 3);
                }

                for (int at = 0; at < SlowSenders; at++)
                {
                    MemoryClient? slow = _slow[at];
                    if (slow == null || slow.IsEndOfInput || slow.IsClosed)
                    {
                        slow = _slow[at] = Rig.TryConnect(Address(at));
                        slow?.Send(at % 2 == 0 ? string.Empty : "HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n");
                    }
                    else if ((_ticks + at) % 10 == 0)
                    {
                        slow.Send("x");
                    }
                }

                if (_endless == null || _endless.IsEndOfInput || _endless.IsClosed)
                {
                    _endless = Rig.TryConnect(Address(0));
                    _endless?.Send("HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n");
                }
                else if (_endless.Unread < 10_000)
                {
                    _endless.Send(string.Concat(Enumerable.Repeat(EndlessPiece, 40)));
                }

                _ticks++;
                Note(Rig.AllocatedByRun());
                Rig.Clock.Advance(TickMilliseconds);
            }

            /// <summary>Ticks until a device that comes now has its 250.</summary>
            internal int TicksToSend()
            {
                MemoryClient? device = null;
                string heard = string.Empty;
                for (int ticks = 1; ticks <= TicksMax; ticks++)
                {
                    if (device == null)
                    {
                        device = Rig.TryConnect("10.0.0.7");
                        device?.Send("HELO ups\r\nMAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\nSubject: on battery\r\n\r\nx\r\n.\r\nQUIT\r\n");
                    }

                    Tick();
                    heard += device?.TakeText();
                    if (heard.Contains("250 2.0.0 OK stored", StringComparison.Ordinal))
                    {
                        return ticks;
                    }
                }

                Assert.Fail("no 250, heard: " + heard);
                return 0;
            }

            /// <summary>Ticks until a client that comes now has a message.</summary>
            internal int TicksToFetch(int messages)
            {
                MemoryClient? client = null;
                string heard = string.Empty;
                for (int ticks = 1; ticks <= TicksMax; ticks++)
                {
                    if (client == null)
                    {
                        client = Rig.TryConnect("10.0.0.8", true);
                        client?.Send($"USER bob\r\nPASS secret-bob\r\nRETR {messages}\r\nQUIT\r\n");
                    }

                    Tick();
                    heard += client?.TakeText();
                    if (heard.Contains("Subject: on battery", StringComparison.Ordinal))
                    {
                        return ticks;
                    }
                }

                Assert.Fail("no mail, heard: " + heard);
                return 0;
            }

            private string Address(int number)
            {
                return "10.0.9." + (number % _attackers);
            }

            private void Note(long allocated)
            {
                _allocated.Enqueue(allocated);
                if (_allocated.Count > Window)
                {
                    _allocated.Dequeue();
                    LeastAllocated = Math.Min(LeastAllocated, _allocated.Sum());
                }
            }
        }
    }
}

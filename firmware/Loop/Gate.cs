using System;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal;

namespace MailAppliance.Loop
{
    /// <summary>
    /// One service's door. Who finds every slot taken waits, accepted and unanswered, since many devices never try twice: a
    /// slot that falls free goes to the one who has waited longest, and who has waited too long is told to come again.
    /// </summary>
    public sealed class Gate
    {
        // Of those who are refused, one is named in so much time.
        private const int NamedMilliseconds = 1000;

        // In place of the index of one who waits.
        private const int HasPlace = -1;
        private const int NoPlace = -2;

        // Accepts a turn.
        private const int AcceptsMax = 4;

        // How often slots are looked at.
        private const int LookMilliseconds = 250;

        // How long nothing may come of a slot that somebody waits for: longer than he waits, so that it does not go to the next from the
        // same device.
        private const int PatienceMilliseconds = 30000;

        // The same where it is unfair, or many wait: a device that has something to say has said it.
        private const int SoonMilliseconds = 3000;

        private readonly Slot[] _slots;
        private readonly Farewell _farewell;
        private readonly byte[] _busyReply;
        private readonly byte[] _shutReply;
        private readonly byte[] _refusal;
        private readonly ApplianceSettings _settings;
        private readonly byte[] _address = new byte[IpAddress.OctetCount];
        private readonly int _right;
        private readonly EventLog _log;
        private readonly byte[] _overReply;
        private readonly Sources _sources;
        private readonly IConnection[] _waiting;
        private readonly long[] _since;
        private readonly int[] _from;
        private long _lookAt;
        private IListener _listener;
        private IListener _tlsListener;
        private int _waitingCount;
        private int _unnamed;
        private long _nextNamed;

        /// <summary>Makes a gate; done at boot.</summary>
        /// <param name="settings">The configuration.</param>
        /// <param name="slots">The service's slots.</param>
        /// <param name="farewell">Who sees connections off.</param>
        /// <param name="right">Which service it is: <see cref="AccessList.Send"/> or <see cref="AccessList.Fetch"/>.</param>
        /// <param name="sources">Who is connected.</param>
        /// <param name="log">Tells who was refused.</param>
        public Gate(ApplianceSettings settings, Slot[] slots, Farewell farewell, int right, Sources sources, EventLog log)
        {
            _sources = sources;
            for (int at = 0; at < slots.Length; at++)
            {
                slots[at].Sources = sources;
            }

            // One more than wait: where he is to be let in, another goes.
            int places = settings.WaitingMax + 1;
            _from = new int[places];
            _settings = settings;
            _right = right;
            _log = log;
            _slots = slots;
            _farewell = farewell;
            _waiting = new IConnection[places];
            _since = new long[places];

            // In place of the greeting, so without enhanced code (RFC 2034 section 4).
            bool isSmtp = right == AccessList.Send;
            string host = Encoding.UTF8.GetString(settings.Host, 0, settings.Host.Length);
            string before = isSmtp ? "421 " + host + " " : "-ERR [SYS/TEMP] ";
            _busyReply = Octets.Of(before + "all connections are taken, try again later\r\n");
            _overReply = Octets.Of(before + "too much from your address, try again later\r\n");
            _shutReply = Octets.Of(before + (isSmtp ? "has " : "") + "no card now, try again later\r\n");
            _refusal = Octets.Of((isSmtp ? "554 5.7.1 " + host + " gives " : "-ERR [SYS/PERM] ") + "no access from your address\r\n");
        }

        /// <summary>Nobody is admitted to a slot; newcomers wait as for one.</summary>
        public bool IsShut;

        /// <summary>Told of who found every slot taken for too long; null where nobody wants to know. Set at boot.</summary>
        public TurnedAway TurnedAway;

        /// <summary>Connections admitted to a slot since boot.</summary>
        public int AdmittedCount;

        /// <summary>Connections turned away since boot.</summary>
        public int TurnedAwayCount;

        /// <summary>Connections refused since boot, because of where they came from.</summary>
        public int RefusedCount;

        /// <summary>Connections turned away at once since boot, because their source was over one of its bounds.</summary>
        public int OverCount;

        /// <summary>Connections that wait.</summary>
        public int WaitingCount
        {
            get { return _waitingCount; }
        }

        /// <summary>Slots taken.</summary>
        public int TakenCount
        {
            get
            {
                int taken = 0;
                for (int at = 0; at < _slots.Length; at++)
                {
                    taken += _slots[at].IsFree ? 0 : 1;
                }

                return taken;
            }
        }

        /// <summary>Opens the door.</summary>
        /// <param name="listener">Owned by the gate from now on.</param>
        /// <param name="tlsListener">The one whose connections speak TLS from their first octet on, likewise; null for none.</param>
        public void Open(IListener listener, IListener tlsListener)
        {
            _listener = listener;
            _tlsListener = tlsListener;
        }

        /// <summary>Closes the door, and turns away who waits.</summary>
        public void Close()
        {
            if (_listener != null)
            {
                _listener.Close();
                _listener = null;
            }

            if (_tlsListener != null)
            {
                _tlsListener.Close();
                _tlsListener = null;
            }

            while (_waitingCount > 0)
            {
                TurnAway();
            }
        }

        /// <summary>One turn: newcomers in, the longest waiting to free slots, the overdue away.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <returns>Whether anybody moved.</returns>
        public bool Poll(long now)
        {
            bool moved = false;
            if (now >= _lookAt)
            {
                _lookAt = now + LookMilliseconds;
                LookAtSlots(now);
            }

            for (int accepts = 0; accepts < AcceptsMax && _listener != null; accepts++)
            {
                int last = LastOfAPile();
                IConnection newcomer = last == NoPlace ? null : Accept((accepts & 1) != 0);
                if (newcomer == null)
                {
                    break;
                }

                moved = true;
                if ((_settings.Access.RightsOf(newcomer.RemoteAddress, _address) & _right) == 0)
                {
                    Refuse(newcomer, now);
                    continue;
                }

                _from[_waitingCount] = _sources.Open(_address, newcomer.RemoteAddress);
                _waiting[_waitingCount] = newcomer;
                _since[_waitingCount] = now;
                _waitingCount++;
                if (!TurnBack(_waitingCount - 1) && last >= 0)
                {
                    TurnBack(last);
                }
            }

            for (int at = 0; at < _slots.Length && _waitingCount > 0 && !IsShut; at++)
            {
                Slot slot = _slots[at];
                if (slot.IsFree)
                {
                    AdmittedCount++;
                    int next = Next();
                    int source = _from[next];
                    slot.Admit(Take(next), source, now);
                    moved = true;
                }
            }

            while (_waitingCount > 0 && now - _since[0] >= _settings.WaitingMilliseconds)
            {
                TurnAway();
                moved = true;
            }

            return moved;
        }

        /// <summary>Milliseconds until the next one has waited too long.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <returns>The milliseconds; a large number where nobody waits.</returns>
        public long WaitLeft(long now)
        {
            if (_waitingCount == 0)
            {
                return int.MaxValue;
            }

            long due = _since[0] + _settings.WaitingMilliseconds;
            return (due < _lookAt ? due : _lookAt) - now;
        }

        // In turns, so that neither port starves the other.
        private IConnection Accept(bool tlsFirst)
        {
            IConnection newcomer = tlsFirst ? AcceptTls() : null;
            if (newcomer == null)
            {
                newcomer = _listener.Accept();
            }

            return newcomer == null && !tlsFirst ? AcceptTls() : newcomer;
        }

        // Nothing is done for it before its peer has said something.
        private IConnection AcceptTls()
        {
            IConnection newcomer = _tlsListener == null ? null : _tlsListener.Accept();
            return newcomer == null ? null : newcomer.StartTls();
        }

        // Of those who wait, the first whose source holds the fewest slots: one that takes many is served, and not before the others.
        private int Next()
        {
            int next = 0;
            int fewest = HeldBy(_from[0]);
            for (int at = 1; at < _waitingCount && fewest > 0; at++)
            {
                int held = _from[at] == _from[next] ? fewest : HeldBy(_from[at]);
                if (held < fewest)
                {
                    fewest = held;
                    next = at;
                }
            }

            return next;
        }

        private int HeldBy(int source)
        {
            int held = 0;
            for (int at = 0; at < _slots.Length; at++)
            {
                held += _slots[at].Source == source ? 1 : 0;
            }

            return held;
        }

        // Where all places are taken: the last of a source that was let in while it looked like a burst. If somebody else comes, he has to
        // go; without such a one nobody is accepted, and newcomers wait in the platform's queue.
        private int LastOfAPile()
        {
            int at = _waitingCount - 1;
            if (_waitingCount < _settings.WaitingMax)
            {
                return HasPlace;
            }

            while (at >= 0 && !_sources.IsPile(_from[at]))
            {
                at--;
            }

            return at < 0 ? NoPlace : at;
        }

        private bool TurnBack(int at)
        {
            int source = _from[at];
            bool isOver = _sources.Over(source, _right == AccessList.Fetch) != Bound.None;
            if (isOver)
            {
                OverCount++;
                _sources.Close(source);
                SayAndClose(Take(at), _overReply);
            }

            return isOver;
        }

        // Where somebody waits no slot is free. Those go first that are at nothing, then mail that hardly moves: soon where their source
        // holds two more than who waits, or where more wait than there are slots or places, and not all from one source.
        private void LookAtSlots(long now)
        {
            Slot[] slots = _slots;
            int wanted = IsShut ? 0 : _waitingCount;
            int first = wanted > 0 ? _from[Next()] : 0;
            int fewest = HeldBy(first);
            bool isCrowd = wanted > slots.Length || wanted == _settings.WaitingMax;
            int soon = wanted > slots.Length ? SoonMilliseconds * slots.Length / wanted : SoonMilliseconds;
            for (int stage = SlotStage.Nothing; stage <= SlotStage.Mail; stage++)
            {
                for (int at = 0; at < slots.Length; at++)
                {
                    Slot slot = slots[at];
                    if (stage == SlotStage.Nothing)
                    {
                        slot.Watch(_settings, now);
                    }

                    if (wanted > 0)
                    {
                        int source = slot.Source;
                        bool goesSoon = (isCrowd && source != first) || HeldBy(source) > fewest + 1;
                        wanted -= slot.Yield(stage, goesSoon ? soon : PatienceMilliseconds, _settings.ProgressOctets, now) ? 1 : 0;
                    }
                }
            }
        }

        private IConnection Take(int at)
        {
            IConnection taken = _waiting[at];
            _waitingCount--;
            int behind = _waitingCount - at;
            Array.Copy(_waiting, at + 1, _waiting, at, behind);
            Array.Copy(_since, at + 1, _since, at, behind);
            Array.Copy(_from, at + 1, _from, at, behind);
            _waiting[_waitingCount] = null;
            return taken;
        }

        private void TurnAway()
        {
            TurnedAwayCount++;
            _sources.Close(_from[0]);
            IConnection connection = Take(0);
            if (TurnedAway != null && !IsShut && _listener != null)
            {
                TurnedAway.Note(connection.RemoteAddress);
            }

            SeeOff(connection, IsShut ? _shutReply : _busyReply);
        }

        // However many come, they fill no log, and push nobody out who has been told something that he has still to read.
        private void Refuse(IConnection connection, long now)
        {
            RefusedCount++;
            _unnamed++;
            if (now >= _nextNamed)
            {
                _log.Begin(LogSeverity.Warning, Words.AccessRefused).Add(connection.RemoteAddress).Say(_right == AccessList.Send ? Words.AccessToSend : Words.AccessToFetch);
                if (_unnamed > 1)
                {
                    _log.Say(Words.AccessOthers).Add(_unnamed - 1).Say(Words.AccessBefore);
                }

                _log.End();
                _unnamed = 0;
                _nextNamed = now + NamedMilliseconds;
            }

            SayAndClose(connection, _refusal);
        }

        private void SayAndClose(IConnection connection, byte[] reply)
        {
            if (_farewell.HasRoom)
            {
                SeeOff(connection, reply);
            }
            else
            {
                connection.Send(reply, 0, reply.Length);
                connection.Close();
            }
        }

        // A new connection's send buffer is empty, so one send is all it takes.
        private void SeeOff(IConnection connection, byte[] reply)
        {
            connection.Send(reply, 0, reply.Length);
            _farewell.Take(connection);
        }
    }
}

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

        // Accepts a turn.
        private const int AcceptsMax = 4;

        private readonly Slot[] _slots;
        private readonly Farewell _farewell;
        private readonly byte[] _busyReply;
        private readonly byte[] _shutReply;
        private readonly byte[] _refusal;
        private readonly ApplianceSettings _settings;
        private readonly byte[] _address = new byte[IpAddress.OctetCount];
        private readonly int _right;
        private readonly EventLog _log;
        private readonly IConnection[] _waiting;
        private readonly long[] _since;
        private IListener _listener;
        private int _waitingCount;
        private int _unnamed;
        private long _nextNamed;

        /// <summary>Makes a gate; done at boot.</summary>
        /// <param name="settings">The configuration.</param>
        /// <param name="slots">The service's slots.</param>
        /// <param name="farewell">Who sees connections off.</param>
        /// <param name="right">Which service it is: <see cref="AccessList.Send"/> or <see cref="AccessList.Fetch"/>.</param>
        /// <param name="log">Tells who was refused.</param>
        public Gate(ApplianceSettings settings, Slot[] slots, Farewell farewell, int right, EventLog log)
        {
            _settings = settings;
            _right = right;
            _log = log;
            _slots = slots;
            _farewell = farewell;
            _waiting = new IConnection[settings.WaitingMax];
            _since = new long[settings.WaitingMax];
            if (right == AccessList.Send)
            {
                // In place of the greeting, so without enhanced code (RFC 2034 section 4).
                string host = Encoding.UTF8.GetString(settings.Host, 0, settings.Host.Length);
                _busyReply = Octets.Of("421 " + host + " all connections are taken, try again later\r\n");
                _shutReply = Octets.Of("421 " + host + " has no card now, try again later\r\n");
                _refusal = Octets.Of("554 5.7.1 " + host + " gives no access from your address\r\n");
            }
            else
            {
                _busyReply = Octets.Of("-ERR [SYS/TEMP] all connections are taken, try again later\r\n");
                _shutReply = Octets.Of("-ERR [SYS/TEMP] no card now, try again later\r\n");
                _refusal = Octets.Of("-ERR [SYS/PERM] no access from your address\r\n");
            }
        }

        /// <summary>Nobody is admitted to a slot; newcomers wait as for one.</summary>
        public bool IsShut;

        /// <summary>Told of who found every slot taken for too long; null where nobody wants to know. Set at boot.</summary>
        public TurnedAway TurnedAway;

        /// <summary>Connections admitted to a slot since boot.</summary>
        public int AdmittedCount { get; private set; }

        /// <summary>Connections turned away since boot.</summary>
        public int TurnedAwayCount { get; private set; }

        /// <summary>Connections refused since boot, because of where they came from.</summary>
        public int RefusedCount { get; private set; }

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
        public void Open(IListener listener)
        {
            _listener = listener;
        }

        /// <summary>Closes the door, and turns away who waits.</summary>
        public void Close()
        {
            if (_listener != null)
            {
                _listener.Close();
                _listener = null;
            }

            while (_waitingCount > 0)
            {
                TurnAway(TakeFirst());
            }
        }

        /// <summary>One turn: newcomers in, the longest waiting to free slots, the overdue away.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <returns>Whether anybody moved.</returns>
        public bool Poll(long now)
        {
            bool moved = false;
            for (int accepts = 0; accepts < AcceptsMax && _waitingCount < _waiting.Length && _listener != null; accepts++)
            {
                IConnection newcomer = _listener.Accept();
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

                _waiting[_waitingCount] = newcomer;
                _since[_waitingCount] = now;
                _waitingCount++;
            }

            for (int at = 0; at < _slots.Length && _waitingCount > 0 && !IsShut; at++)
            {
                if (_slots[at].IsFree)
                {
                    AdmittedCount++;
                    _slots[at].Admit(TakeFirst(), now);
                    moved = true;
                }
            }

            while (_waitingCount > 0 && now - _since[0] >= _settings.WaitingMilliseconds)
            {
                TurnAway(TakeFirst());
                moved = true;
            }

            return moved;
        }

        /// <summary>Milliseconds until the next one has waited too long.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <returns>The milliseconds; a large number where nobody waits.</returns>
        public long WaitLeft(long now)
        {
            return _waitingCount == 0 ? int.MaxValue : _since[0] + _settings.WaitingMilliseconds - now;
        }

        private IConnection TakeFirst()
        {
            IConnection first = _waiting[0];
            _waitingCount--;
            Array.Copy(_waiting, 1, _waiting, 0, _waitingCount);
            Array.Copy(_since, 1, _since, 0, _waitingCount);
            _waiting[_waitingCount] = null;
            return first;
        }

        private void TurnAway(IConnection connection)
        {
            TurnedAwayCount++;
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

            if (_farewell.HasRoom)
            {
                SeeOff(connection, _refusal);
            }
            else
            {
                connection.Send(_refusal, 0, _refusal.Length);
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

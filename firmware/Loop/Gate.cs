using System;
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
        private readonly AccessList _access;
        private readonly byte[] _address = new byte[IpAddress.OctetCount];
        private readonly int _right;
        private readonly EventLog _log;
        private readonly int _waitMilliseconds;
        private readonly IConnection[] _waiting;
        private readonly long[] _since;
        private IListener _listener;
        private IListener _tlsListener;
        private int _waitingCount;
        private int _unnamed;
        private long _nextNamed;

        /// <summary>Makes a gate; done at boot.</summary>
        /// <param name="slots">The service's slots.</param>
        /// <param name="farewell">Who sees connections off.</param>
        /// <param name="busyReply">What the turned away read.</param>
        /// <param name="shutReply">What they read while nobody is admitted.</param>
        /// <param name="refusal">What those read who may not come in.</param>
        /// <param name="access">Which networks may.</param>
        /// <param name="right">What the service is among its rights.</param>
        /// <param name="log">Tells who was refused.</param>
        /// <param name="waitingMax">How many may wait; more stay in the platform's listen queue.</param>
        /// <param name="waitMilliseconds">How long one may wait.</param>
        public Gate(
            Slot[] slots, Farewell farewell, byte[] busyReply, byte[] shutReply, byte[] refusal, AccessList access, int right, EventLog log, int waitingMax, int waitMilliseconds)
        {
            _refusal = refusal;
            _access = access;
            _right = right;
            _log = log;
            _slots = slots;
            _farewell = farewell;
            _busyReply = busyReply;
            _shutReply = shutReply;
            _waitMilliseconds = waitMilliseconds;
            _waiting = new IConnection[waitingMax];
            _since = new long[waitingMax];
        }

        /// <summary>Nobody is admitted to a slot; newcomers wait as for one.</summary>
        public bool IsShut { get; set; }

        /// <summary>Told of who found every slot taken for too long; null where nobody wants to know. Set at boot.</summary>
        public TurnedAway TurnedAway { get; set; }

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
                IConnection newcomer = Accept((accepts & 1) != 0);
                if (newcomer == null)
                {
                    break;
                }

                moved = true;
                if ((_access.RightsOf(newcomer.RemoteAddress, _address) & _right) == 0)
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

            while (_waitingCount > 0 && now - _since[0] >= _waitMilliseconds)
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
            return _waitingCount == 0 ? int.MaxValue : _since[0] + _waitMilliseconds - now;
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

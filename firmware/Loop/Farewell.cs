using System;
using MailAppliance.Hal;

namespace MailAppliance.Loop
{
    /// <summary>
    /// Sees connections off. One that is closed with input unread is reset by TCP, and the peer may never read the 221 or
    /// 421: so what still comes is read away, for a bounded time, and no slot is held meanwhile.
    /// </summary>
    public sealed class Farewell
    {
        // Where the peer has been told (FIN), he closes next; this long he may take.
        private const int ToldMilliseconds = 2000;

        // Where only the close itself can tell him, it comes as soon as what was under way has arrived: after so much silence, and no later than
        // where he was told.
        private const int UntoldMilliseconds = 200;

        // Reads a turn from each: as much as a slot's receive brings, with the small sink that the appliance gives.
        private const int ReadsMax = 12;

        private readonly IConnection[] _connections;
        private readonly long[] _until;
        private readonly long[] _latest;
        private readonly byte[] _sink;
        private int _count;
        private long _now;

        /// <summary>Makes it; done at boot.</summary>
        /// <param name="capacity">Connections it sees off at a time; the oldest is closed where one more comes.</param>
        /// <param name="sinkOctets">Octets read away in one call.</param>
        public Farewell(int capacity, int sinkOctets)
        {
            _connections = new IConnection[capacity];
            _until = new long[capacity];
            _latest = new long[capacity];
            _sink = new byte[sinkOctets];
        }

        /// <summary>One more can be taken without closing another before its time.</summary>
        public bool HasRoom
        {
            get { return _count < _connections.Length; }
        }

        /// <summary>Connections on their way out.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Takes a connection of which everything has been sent.</summary>
        /// <param name="connection">Owned by this from now on.</param>
        public void Take(IConnection connection)
        {
            if (_count == _connections.Length)
            {
                Close(0);
            }

            bool told = connection.EndSend();
            _connections[_count] = connection;
            _latest[_count] = _now + ToldMilliseconds;
            _until[_count] = _now + (told ? ToldMilliseconds : UntoldMilliseconds);
            _count++;
        }

        /// <summary>One turn: bounded reads from each.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <returns>Whether one of them may have more.</returns>
        public bool Poll(long now)
        {
            _now = now;
            bool busy = false;
            for (int at = _count - 1; at >= 0; at--)
            {
                int taken = 1;
                for (int reads = 0; reads < ReadsMax && taken > 0; reads++)
                {
                    taken = _connections[at].Receive(_sink, 0, _sink.Length);
                    if (taken > 0 && _until[at] < now + UntoldMilliseconds)
                    {
                        _until[at] = now + UntoldMilliseconds;
                    }
                }

                busy |= taken > 0;
                if (taken < 0 || now >= _until[at] || now >= _latest[at])
                {
                    Close(at);
                }
            }

            return busy;
        }

        /// <summary>Closes all of them at once.</summary>
        public void CloseAll()
        {
            while (_count > 0)
            {
                Close(_count - 1);
            }
        }

        private void Close(int at)
        {
            _connections[at].Close();
            _count--;
            Array.Copy(_connections, at + 1, _connections, at, _count - at);
            Array.Copy(_until, at + 1, _until, at, _count - at);
            Array.Copy(_latest, at + 1, _latest, at, _count - at);
            _connections[_count] = null;
        }
    }
}

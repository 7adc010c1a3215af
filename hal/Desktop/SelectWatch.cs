using System;
using System.Collections.Generic;
using System.Net.Sockets;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>The same by Socket.Select, for systems without poll(2). Past some 80 sockets the library allocates.</summary>
    internal sealed class SelectWatch : SocketWatch
    {
        private readonly List<Socket> _input = new(64);
        private readonly List<Socket> _room = new(64);

        /// <inheritdoc/>
        internal override bool Look(WatchedSocket[] sockets, int count, int milliseconds)
        {
            _input.Clear();
            _room.Clear();
            for (int index = 0; index < count; index++)
            {
                WatchedSocket socket = sockets[index];
                if (socket.WantsInput)
                {
                    _input.Add(socket.Socket);
                }

                if (socket.WaitsForRoom)
                {
                    _room.Add(socket.Socket);
                }
            }

            if (_input.Count + _room.Count == 0)
            {
                return false;
            }

            int microseconds = (int)Math.Min(milliseconds * 1000L, int.MaxValue);
            Socket.Select(_input, _room, null, microseconds);
            Note(sockets, count);
            return true;
        }

        /// <summary>Select leaves in its lists what it found, in the order given: both lists are walked beside the table.</summary>
        private void Note(WatchedSocket[] sockets, int count)
        {
            int input = 0;
            int room = 0;
            for (int index = 0; index < count; index++)
            {
                WatchedSocket socket = sockets[index];
                if (input < _input.Count && ReferenceEquals(_input[input], socket.Socket))
                {
                    socket.HasInput = true;
                    input++;
                }

                if (room < _room.Count && ReferenceEquals(_room[room], socket.Socket))
                {
                    socket.WaitsForRoom = false;
                    room++;
                }
            }
        }
    }
}

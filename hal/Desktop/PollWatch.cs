using System;
using System.Runtime.InteropServices;

namespace MailAppliance.Hal.Desktop
{
    /// <summary>poll(2) of Linux and macOS: a microsecond for 26 sockets where Socket.Select takes five, and allocates past 80.</summary>
    internal sealed partial class PollWatch : SocketWatch
    {
        private const short Input = 1;
        private const short Room = 4;
        private const short Broken = 8 | 16 | 32;

        private PollDescriptor[] _descriptors = new PollDescriptor[64];

        /// <summary>Whether this system has poll(2) as it is described here.</summary>
        internal static bool IsSupported
        {
            get { return OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(); }
        }

        /// <inheritdoc/>
        internal override bool Look(WatchedSocket[] sockets, int count, int milliseconds)
        {
            if (_descriptors.Length < count)
            {
                _descriptors = new PollDescriptor[count * 2];
            }

            PollDescriptor[] descriptors = _descriptors;
            int wanted = 0;
            for (int index = 0; index < count; index++)
            {
                WatchedSocket socket = sockets[index];
                int events = (socket.WantsInput ? Input : 0) | (socket.WaitsForRoom ? Room : 0);

                // A negative descriptor is passed over; with no events asked for, a reset would still be told again and again.
                descriptors[index].Descriptor = events == 0 ? -1 : socket.Descriptor;
                descriptors[index].Events = (short)events;
                descriptors[index].Found = 0;
                wanted += events == 0 ? 0 : 1;
            }

            if (wanted == 0)
            {
                return false;
            }

            // -1 is a signal that came in between: nothing was found, and returning early is allowed.
            if (Poll(ref descriptors[0], (nuint)count, milliseconds) > 0)
            {
                Note(sockets, count);
            }

            return true;
        }

        private void Note(WatchedSocket[] sockets, int count)
        {
            PollDescriptor[] descriptors = _descriptors;
            for (int index = 0; index < count; index++)
            {
                int found = descriptors[index].Found;
                if (found == 0)
                {
                    continue;
                }

                // A broken connection has input, which is the error, and room, which is the error too.
                WatchedSocket socket = sockets[index];
                if (socket.WantsInput && (found & (Input | Broken)) != 0)
                {
                    socket.HasInput = true;
                }

                if ((found & (Room | Broken)) != 0)
                {
                    socket.WaitsForRoom = false;
                }
            }
        }

        [LibraryImport("libc", EntryPoint = "poll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static partial int Poll(ref PollDescriptor first, nuint count, int milliseconds);

        /// <summary>struct pollfd.</summary>
        [StructLayout(LayoutKind.Sequential)]
        private struct PollDescriptor
        {
            public int Descriptor;
            public short Events;
            public short Found;
        }
    }
}
